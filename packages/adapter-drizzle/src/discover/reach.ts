/** Which files a schema is made of beside those that the configuration names. */
import type { ProjectFiles } from "@schemalign/core";
import { workspacePackages } from "@schemalign/sandbox";
import { importsAmong } from "./group.js";
import { CODE_FILE } from "./scan.js";

const MOST_FILES = 500;

/**
 * All files that the given ones import, as far as their text tells.
 * @param schemas files that declare something of a schema
 */
export async function reach(
	files: ProjectFiles,
	entries: readonly string[],
	schemas: ReadonlySet<string>,
): Promise<Set<string>> {
	const known = new Set(files.paths().filter((path) => CODE_FILE.test(path)));
	const packages = await workspacePackages(files);
	const reached = new Set(entries);
	for (const path of reached) {
		if (reached.size > MOST_FILES) break;
		const text = await files.read(path).catch(() => "");
		for (const next of importsAmong(path, text, path.startsWith(".") ? schemas : known, packages)) {
			if (schemas.has(next) || /(?:^|\/)index\.\w+$|schema|table|model/i.test(next)) reached.add(next);
		}
	}
	return reached;
}
