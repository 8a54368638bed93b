/** Ties the paths and tools that scripts mention to sources. Where more than one source could be meant, none is. */
import { posix } from "node:path";
import type { ProjectFiles, SourceDescriptor } from "@schemalign/core";

/** What is known of the sources while traces are read. */
export interface Places {
	readonly sources: readonly SourceDescriptor[];
	readonly files: ProjectFiles;
}

const VARIABLE_START = /^(?:\$\([^)]*\)|\$\{[^}]*\}|\$\w+|%~?\w+%?)\/+/;

/** The sources that the written path names: the source itself, one of its files, or (with a glob) all files of a folder. */
export function sourcesAt(places: Places, written: string, dirs: readonly string[]): SourceDescriptor[] {
	const glob = /\/?\*[^/]*$/.test(written);
	const plain = written.replace(/^(?:file|filesystem):(?:\/\/)?/, "").replace(/\/?\*[^/]*$/, "");
	for (const path of candidatePaths(plain, dirs)) {
		const named = places.sources.filter((source) => isAt(source, path, glob));
		if (named.length > 0) return named;
	}
	return [];
}

function isAt(source: SourceDescriptor, path: string, glob: boolean): boolean {
	if (source.path === path || source.files.includes(path)) return true;
	return glob && source.files.length > 0 && source.files.every((file) => posix.dirname(file) === path);
}

/** The paths, relative to the root, that a written path may mean, the likeliest first. */
export function candidatePaths(written: string, dirs: readonly string[]): string[] {
	const text = written.replace(/\/+$/, "");
	if (text === "" || text === "." || /[\n"'`]/.test(text)) return [];
	if (VARIABLE_START.test(text)) return suffixes(text.replace(VARIABLE_START, ""), dirs);
	if (text.includes("$")) return [];
	// An absolute path in a script is one inside a container or on a server: its end is the project's.
	if (text.startsWith("/")) return suffixes(text.slice(1), dirs);
	return [...new Set([...dirs, ""].flatMap((dir) => inside(posix.join(dir, text))))];
}

/** `app/db/schema.sql`, `db/schema.sql`: at least a folder with its content or a file with its ending is left. */
function suffixes(text: string, dirs: readonly string[]): string[] {
	const plain = text.replace(/^(?:\.\.?\/)+/, "");
	const segments = plain.split("/").slice(0, 12);
	const ends = segments.map((_, at) => segments.slice(at).join("/")).slice(0, 3);
	return [
		...new Set([...ends.flatMap((end) => ["", ...dirs].flatMap((dir) => inside(posix.join(dir, end))))]),
	];
}

function inside(path: string): string[] {
	return path.startsWith("..") || path === "." ? [] : [path];
}

/** The one source that `fits` nearest to `dir`: in it, else in the folders above; several alike: none. */
export function nearestSource(
	places: Places,
	dir: string,
	fits: (source: SourceDescriptor) => boolean,
): SourceDescriptor[] {
	const fitting = places.sources.filter(fits);
	for (let folder = dir; ; folder = folder.includes("/") ? posix.dirname(folder) : "") {
		const below = fitting.filter(
			(source) => folder === "" || source.path === folder || source.path.startsWith(`${folder}/`),
		);
		if (below.length === 1) return below;
		if (below.length > 1 || folder === "") return [];
	}
}
