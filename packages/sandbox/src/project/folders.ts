/** Where files lie in a project. */
import { dirname } from "node:path";
import { commonFolder } from "@schemalign/core";

/** The folder of the nearest package.json, `.` where there is none. */
export function packageFolder(path: string, manifests: ReadonlySet<string>): string {
	for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
		if (manifests.has(`${folder}/package.json`)) return folder;
	}
	return ".";
}

/** The deepest folder that holds all paths; of a single file the file itself. */
export function commonPath(paths: readonly string[]): string {
	const [only] = paths;
	return (paths.length === 1 && only) || commonFolder(paths) || ".";
}
