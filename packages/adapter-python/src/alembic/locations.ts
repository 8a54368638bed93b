/** Where `alembic.ini` and `[tool.alembic]` of pyproject.toml say that an environment's revisions lie (`version_locations`). */
import { posix } from "node:path";
import { FileProblem, folderOf, type ProjectFiles } from "@schemalign/core";

const CONFIG = /(^|\/)(alembic\.ini|pyproject\.toml)$/;

/** The environment's folder (`script_location`) by each folder of its revisions. */
export async function versionLocations(files: ProjectFiles): Promise<Map<string, string>> {
	const homes = new Map<string, string>();
	for (const path of files.paths().filter((each) => CONFIG.test(each))) {
		let text: string;
		try {
			text = await files.read(path);
		} catch (error) {
			if (!(error instanceof FileProblem)) throw error;
			continue;
		}
		const here = folderOf(path);
		for (const section of text.split(/^(?=\[)/m)) {
			if (path.endsWith(".toml") && !section.startsWith("[tool.alembic]")) continue;
			const script = setting(section, "script_location")[0];
			if (script === undefined) continue;
			const home = placeOf(script, here, script);
			for (const each of setting(section, "version_locations")) homes.set(placeOf(each, here, script), home);
		}
	}
	return homes;
}

/** The paths of a setting: apart by spaces, commas, new lines, `:` or `;`, in quotes and brackets in TOML. */
function setting(section: string, name: string): string[] {
	const found = new RegExp(
		`^${name}[ \\t]*=[ \\t]*(\\[[^\\]]*\\]|[^\\n]*(?:\\n[ \\t]+\\S[^\\n]*)*)`,
		"m",
	).exec(section);
	const words = found?.[1]?.split(/[\s,:;"'[\]]+/) ?? [];
	return words.filter((word) => word !== "");
}

function placeOf(text: string, here: string, script: string): string {
	const known = text.replaceAll("%(script_location)s", script).replaceAll(/%\(here\)s\/?/g, "./");
	const path = posix.normalize(posix.join(here === "" ? "." : here, known)).replace(/\/$/, "");
	return path === "." ? "" : path;
}
