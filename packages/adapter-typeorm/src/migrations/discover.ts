/** Finds TypeORM's migrations: classes with an `up` that takes a query runner, folder by folder. */
import { posix } from "node:path";
import {
	commonFolder,
	type DiscoveryInput,
	type DiscoveryResult,
	FileProblem,
	folderOf,
	type ProjectFiles,
	type Skipped,
	type SourceDescriptor,
} from "@schemalign/core";
import { candidates } from "@schemalign/sandbox";
import { otherDialect } from "../dialects.js";
import { dialectOf, formOf, skipByPath } from "./scan.js";

/** Migrations that run together: of one folder, or of the list that imports them. */
interface Group {
	readonly files: Set<string>;
}

/** Never throws for bad input. */
export async function discover(input: DiscoveryInput): Promise<DiscoveryResult> {
	const { files, explicit } = input;
	const skipped = new Map<string, Skipped>();
	const texts = new Map<string, string>();
	const unreadable: Skipped[] = [];
	for (const path of input.matched) {
		try {
			const text = await files.read(path);
			const form = formOf(text);
			if (!form) continue;
			const skip = explicit ? undefined : skipOf(path, form, text);
			if (skip) skipped.set(skip.path, skip);
			else texts.set(path, text);
		} catch (error) {
			if (!(error instanceof FileProblem)) throw error;
			unreadable.push({ path, why: error.message });
		}
	}
	const groups = explicit
		? new Map([[explicit.path, { files: new Set(texts.keys()) }]])
		: await grouped([...texts.keys()], files);
	for (const each of unreadable) {
		// Among migrations it is most likely one of them: what it does is then a gap of theirs.
		const home = [...groups.values()].find((group) =>
			[...group.files].some((file) => folderOf(file) === folderOf(each.path)),
		);
		if (home) home.files.add(each.path);
		else skipped.set(each.path, each);
	}
	const sources: SourceDescriptor[] = [];
	for (const [key, group] of groups) {
		if (group.files.size === 0) continue;
		const path = key || commonFolder([...group.files]) || ".";
		const dialect = explicit ? undefined : dialectOf([...group.files].map((file) => texts.get(file) ?? ""));
		if (dialect) skipped.set(path, { path, why: `TypeORM migrations for ${dialect}, not for Postgres` });
		else sources.push(descriptor(path, [...group.files].sort()));
	}
	return { sources: sources.sort((a, b) => (a.id < b.id ? -1 : 1)), skipped: [...skipped.values()] };
}

function descriptor(path: string, files: readonly string[]): SourceDescriptor {
	return {
		id: `typeorm-migrations:${path}`,
		adapter: "typeorm-migrations",
		role: "definition",
		path,
		files,
		label: "TypeORM migrations",
		options: {},
	};
}

function skipOf(path: string, form: "typeorm" | "wrapped", text: string): Skipped | undefined {
	const byPath = skipByPath(path);
	if (byPath) return byPath;
	const other = otherDialect(path);
	if (other) return { path: other.folder, why: `TypeORM migrations for ${other.dialect}, not for Postgres` };
	if (form === "typeorm") return undefined;
	const wrapper = /\bimplements\s+([\w$]+)/.exec(text)?.[1] ?? "another interface";
	const why = `migrations that a program of the project's own runs (${wrapper}), not TypeORM`;
	return { path: folderOf(path) || path, why };
}

/** By folder; a folder below another belongs to it, and a list of imported migrations may join several. */
async function grouped(paths: readonly string[], files: ProjectFiles): Promise<Map<string, Group>> {
	const groups = new Map<string, Group>();
	const folders = new Set(paths.map(folderOf));
	for (const path of paths) {
		const home = outermost(folderOf(path), folders);
		const group = groups.get(home) ?? { files: new Set() };
		groups.set(home, group);
		group.files.add(path);
	}
	const joined = new Set<string>();
	const known = new Set(paths);
	for (const [folder, group] of groups) {
		const listed = await listedIn(folder, known, files);
		if (listed.size === 0) continue;
		const own = [...group.files].filter((file) => listed.has(file));
		// A list that has nearly all of the folder is what is run; another is one of several.
		if (own.length < group.files.size * 0.8) continue;
		for (const file of group.files) if (!listed.has(file)) group.files.delete(file);
		for (const file of listed) {
			if (!group.files.has(file)) joined.add(file);
			group.files.add(file);
		}
	}
	for (const [folder, group] of groups) {
		if ([...group.files].every((file) => joined.has(file))) groups.delete(folder);
	}
	return groups;
}

function outermost(folder: string, folders: ReadonlySet<string>): string {
	let home = folder;
	for (let at = folderOf(folder); at !== ""; at = folderOf(at)) if (folders.has(at)) home = at;
	return home;
}

const IMPORTED = /\bfrom\s*["'](\.[^"'\n]+)["']|\brequire\(\s*["'](\.[^"'\n]+)["']\s*\)/g;

/** The migrations that the index of a folder imports. */
async function listedIn(
	folder: string,
	known: ReadonlySet<string>,
	files: ProjectFiles,
): Promise<Set<string>> {
	const found = new Set<string>();
	for (const name of ["index.ts", "index.js", "index.mts", "index.cts", "index.mjs", "index.cjs"]) {
		const path = posix.join(folder, name);
		if (!files.has(path)) continue;
		const text = await files.read(path).catch(() => "");
		for (const [, imported, required] of text.matchAll(IMPORTED)) {
			const base = posix.join(folder, imported ?? required ?? "");
			const target = candidates(base).find((candidate) => known.has(candidate));
			if (target) found.add(target);
		}
	}
	return found;
}
