/** The services of a repository: the folders with a manifest of their own. */

const MANIFEST =
	/(?:^|\/)(?:package\.json|deno\.jsonc?|pyproject\.toml|setup\.py|setup\.cfg|requirements\.txt|Pipfile|go\.mod|Cargo\.toml|composer\.json|Gemfile|pom\.xml|build\.gradle(?:\.kts)?|mix\.exs|[^/]+\.csproj)$/;

/**
 * Tells which service a path belongs to: the nearest folder at or above it with a package.json, pyproject.toml, go.mod or
 * the like; `.` (the project's root) where there is none.
 */
export function serviceFinder(paths: readonly string[]): (path: string) => string {
	const services = new Set(
		paths
			.filter((path) => MANIFEST.test(path))
			.map((path) => path.slice(0, Math.max(path.lastIndexOf("/"), 0))),
	);
	return (path) => {
		for (
			let folder = path;
			folder !== "" && folder !== ".";
			folder = folder.slice(0, Math.max(folder.lastIndexOf("/"), 0))
		) {
			if (services.has(folder)) return folder;
		}
		return ".";
	};
}
