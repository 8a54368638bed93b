/** Paths of the project. */

/** The folder that a path is in; empty for the root. */
export function parent(path: string): string {
	const at = path.lastIndexOf("/");
	return at === -1 ? "" : path.slice(0, at);
}

/** The innermost folder that holds all of `paths`. */
export function commonFolder(paths: readonly string[]): string {
	const [first = "", ...rest] = paths.map(parent);
	let common = first;
	for (const folder of rest) {
		while (common !== "" && folder !== common && !folder.startsWith(`${common}/`)) common = parent(common);
	}
	return common;
}
