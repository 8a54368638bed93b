/** What discovery asks of single files, and the sources that it makes of them. */
import { folderOf, type Json, type ProjectFiles, type SourceDescriptor } from "@schemalign/core";
import { upSection } from "../script/sections.js";
import { lookAt, type SqlContent } from "./content.js";
import type { MigrationFolder } from "./folders.js";
import type { LookedAt } from "./includes.js";
import { joinPath } from "./paths.js";

/** Files larger than this are looked at by their beginning only. */
const LOOK_LIMIT = 400_000;

/** The file with what its text tells. */
export async function look(files: ProjectFiles, path: string): Promise<LookedAt> {
	const text = await files.read(path).catch(() => undefined);
	return { path, content: text === undefined ? undefined : lookAt(upSection(text.slice(0, LOOK_LIMIT))) };
}

/** Whether running it would change the schema. */
export function changesSchema(content: SqlContent): boolean {
	return content.creates.size > 0 || content.alters || content.defines;
}

/** Why the file's crate takes it for SQLite: its Cargo.toml asks for that database only. */
export async function sqliteCrate(files: ProjectFiles, path: string): Promise<string | undefined> {
	for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) {
		const manifest = joinPath(folder, "Cargo.toml");
		if (!files.has(manifest)) continue;
		const text = await files.read(manifest).catch(() => "");
		return /sqlite/i.test(text) && !/postgres/i.test(text) ? `for SQLite, says ${manifest}` : undefined;
	}
	return undefined;
}

/** The source that the files are. */
export function descriptor(
	path: string,
	files: readonly string[],
	label: string,
	options: { readonly [key: string]: Json },
	role: SourceDescriptor["role"] = "definition",
): SourceDescriptor {
	return { id: `sql:${path}`, adapter: "sql", role, path, files, label, options };
}

/** What reading has to know of the tool: how its own table calls the files, and where it looks up names. */
export function ofTool({ files, marks, searchPath }: MigrationFolder): { [key: string]: Json } {
	return {
		...(marks ? { marks: Object.fromEntries(files.map((file, at) => [file, marks[at] ?? ""])) } : {}),
		...(searchPath ? { searchPath: [...searchPath] } : {}),
	};
}
