/** Globs over paths, source ids and table names. */
import picomatch from "picomatch";

export type Matcher = (text: string) => boolean;

/** Matches paths: a glob, or a folder that stands for all that is in it. */
export function pathMatcher(globs: readonly string[]): Matcher {
	const patterns = globs.map(trimmed).flatMap((glob) => [glob, `${glob}/**`]);
	return globs.length === 0 ? () => false : picomatch(patterns, { dot: true });
}

/** Matches qualified table names (`public.users`); a glob without a dot means the name in any schema. */
export function tableMatcher(globs: readonly string[]): Matcher {
	if (globs.length === 0) return () => false;
	const patterns = globs.map((glob) => (glob.includes(".") ? glob : `*.${glob}`));
	return picomatch(patterns, { dot: true, nocase: false });
}

/** Matches a source by its id, its path, or a glob over either; `adapters`: also by the bare adapter name. */
export function sourceMatcher(
	glob: string,
): (source: { id: string; path: string; adapter: string }) => boolean {
	const matches = pathMatcher([glob]);
	return (source) =>
		source.id === glob ||
		source.path === trimmed(glob) ||
		source.adapter === glob ||
		matches(source.id) ||
		matches(source.path);
}

function trimmed(glob: string): string {
	const text = glob.startsWith("./") ? glob.slice(2) : glob;
	return text.length > 1 && text.endsWith("/") ? text.slice(0, -1) : text;
}
