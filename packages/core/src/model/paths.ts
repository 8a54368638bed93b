/** Paths of the project: relative to its root, with forward slashes. */

/** The folder that a path lies in; empty for the root. */
export function folderOf(path: string): string {
	const slash = path.lastIndexOf("/");
	return slash === -1 ? "" : path.slice(0, slash);
}

/** The last part of a path. */
export function baseOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

/** The innermost folder that all of `paths` lie in; empty for the root. */
export function commonFolder(paths: readonly string[]): string {
	const [first = "", ...rest] = paths.map(folderOf);
	let common = first;
	for (const folder of rest) {
		while (common !== "" && folder !== common && !folder.startsWith(`${common}/`)) common = folderOf(common);
	}
	return common;
}
