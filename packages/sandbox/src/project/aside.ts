/** Files that are not part of the program itself. */

const ASIDE: readonly [RegExp, string][] = [
	[/(?:^|\/)node_modules\//, "it belongs to an installed package"],
	[
		/(?:^|\/)(?:dist|build|out-tsc|\.next|\.nuxt|\.output|\.svelte-kit|\.turbo|\.vercel|coverage)\//,
		"it is build output",
	],
	[/\.d\.[cm]?ts$/, "it is a declaration file"],
	[
		/(?:^|\/)(?:__tests__|tests?|__mocks__|mocks?|__fixtures__|fixtures?|e2e|specs?)\/|\.(?:test|spec|bench|stories)\.[cm]?[jt]sx?$/,
		"it belongs to tests",
	],
];

/** Why a path is not looked at, unless the user names it. */
export function setAside(path: string): string | undefined {
	return ASIDE.find(([pattern]) => pattern.test(path))?.[1];
}
