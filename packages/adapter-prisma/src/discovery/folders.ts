/** Groups .prisma files into schemas: one file, or a folder of which one file has the datasource. */
import { posix } from "node:path";
import type { Skipped } from "@schemalign/core";
import type { Block } from "../text/scan.js";
import type { ConfiguredSchema } from "./config.js";

/** One .prisma file, scanned. */
export interface SchemaText {
	readonly path: string;
	readonly blocks: readonly Block[];
	/** Why it could not be read. */
	readonly problem?: string;
}

export interface SchemaGroup {
	/** The file, or the folder that holds several. */
	readonly path: string;
	readonly texts: readonly SchemaText[];
}

/** Whether `path` lies below `folder`; everything lies below `.`. */
export function isBelow(path: string, folder: string): boolean {
	return folder === "." || path.startsWith(`${folder}/`);
}

/**
 * What a configuration names is one schema. Of the rest, each file with a datasource is one, together with the files
 * without a datasource below its folder, or failing that, below the nearest folder that holds no second datasource.
 */
export function assemble(
	texts: readonly SchemaText[],
	configured: readonly ConfiguredSchema[],
): { groups: SchemaGroup[]; orphans: Skipped[] } {
	const left = new Set(texts);
	const groups: SchemaGroup[] = [];
	for (const { path, isNamed } of configured) {
		if (!isNamed) continue;
		const members = [...left].filter((text) => text.path === path || isBelow(text.path, path));
		if (!members.some(hasDatasource)) continue;
		groups.push({ path, texts: members });
		for (const member of members) left.delete(member);
	}
	const heads = [...left].filter(hasDatasource);
	const members = new Map<SchemaText, SchemaText[]>(heads.map((head) => [head, [head]]));
	const orphans: Skipped[] = [];
	for (const text of left) {
		if (hasDatasource(text)) continue;
		const head = headOf(text, heads);
		if (!head) orphans.push(orphan(text));
		else if (repeats(head, text))
			orphans.push({ path: text.path, why: `its models are also in ${head.path}` });
		else members.get(head)?.push(text);
	}
	for (const [head, list] of members) groups.push({ path: pathOf(head, list), texts: list });
	groups.sort((a, b) => (a.path < b.path ? -1 : 1));
	return { groups, orphans };
}

/** Whether the block is more than configuration. */
export function isContent({ keyword }: Block): boolean {
	return keyword === "model" || keyword === "view" || keyword === "enum";
}

export function hasDatasource(text: SchemaText): boolean {
	return text.blocks.some(({ keyword }) => keyword === "datasource");
}

function orphan({ path, problem, blocks }: SchemaText): Skipped {
	if (problem !== undefined) return { path, why: problem };
	return {
		path,
		why:
			blocks.length === 0
				? "no datasource, model or enum in it"
				: "a part of a Prisma schema without a datasource block that it belongs to",
	};
}

/** The datasource that a file without one belongs to; `undefined` where there is none, or several with equal right. */
function headOf(text: SchemaText, heads: readonly SchemaText[]): SchemaText | undefined {
	const folders = ancestors(text.path);
	const inFolder = (folder: string): SchemaText[] =>
		heads.filter((head) => posix.dirname(head.path) === folder);
	const below = (folder: string): SchemaText[] => heads.filter((head) => isBelow(head.path, folder));
	const found =
		folders.map(inFolder).find((list) => list.length > 0) ??
		folders.map(below).find((list) => list.length > 0);
	return found?.length === 1 ? found[0] : undefined;
}

/** The folders that hold the file, innermost first, without the project's root unless the file lies in it. */
function ancestors(path: string): string[] {
	const folders = [posix.dirname(path)];
	for (let above = posix.dirname(folders[0] ?? "."); above !== "."; above = posix.dirname(above)) {
		folders.push(above);
	}
	return folders;
}

/** A tool has merged the part into the file with the datasource: that one stands alone. */
function repeats(head: SchemaText, part: SchemaText): boolean {
	const names = new Set(head.blocks.filter(isContent).map(({ name }) => name));
	return part.blocks.some((block) => isContent(block) && names.has(block.name));
}

/** The file's own path, or that of the folder that holds all of them. */
function pathOf(head: SchemaText, members: readonly SchemaText[]): string {
	if (members.length === 1) return head.path;
	let folder = posix.dirname(head.path);
	while (!members.every(({ path }) => isBelow(path, folder))) folder = posix.dirname(folder);
	return folder === "." ? head.path : folder;
}
