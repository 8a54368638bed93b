/** Finds the places where a schema is written in SQL. */
import type {
	DiscoveryInput,
	DiscoveryResult,
	ProjectFiles,
	Skipped,
	SourceDescriptor,
} from "@schemalign/core";
import { discoverExplicit } from "./explicit.js";
import { findFolders, type MigrationFolder } from "./folders.js";
import { gathered } from "./gathered.js";
import { included, type LookedAt } from "./includes.js";
import { changesSchema, descriptor, look, ofTool, sqliteCrate } from "./look.js";
import { addLoose } from "./loose.js";
import { isLaidAside, isOutside, isSql } from "./paths.js";
import { pgroll } from "./pgroll.js";

export async function discover(input: DiscoveryInput): Promise<DiscoveryResult> {
	const { files, explicit } = input;
	if (explicit) return { sources: await discoverExplicit(files, explicit), skipped: [] };
	const matched = new Set(input.matched);
	const skipped: Skipped[] = await pgroll(files, input.matched);
	const candidates: string[] = [];
	for (const path of files.paths()) {
		if (!isSql(path)) continue;
		if (isOutside(path)) {
			if (matched.has(path)) skipped.push({ path, why: "lies among tests, examples or foreign code" });
		} else candidates.push(path);
	}
	const sources: SourceDescriptor[] = [];
	const taken = new Set<string>();
	for (const path of candidates) {
		if (!isLaidAside(path, candidates)) continue;
		taken.add(path);
		skipped.push({ path, why: "laid aside, by its folder's name: another set lies beside it" });
	}
	const current = candidates.filter((path) => !taken.has(path));
	for (const folder of await findFolders(files, current)) {
		for (const path of [...folder.files, ...folder.neverRun]) taken.add(path);
		for (const each of folder.skipped) taken.add(each.path);
		skipped.push(...folder.skipped);
		for (const path of await addFolder(files, folder, sources, skipped)) taken.add(path);
	}
	const rest = current.filter((path) => !taken.has(path));
	await addLoose(files, rest, matched, taken, sources, skipped);
	return { sources, skipped: gathered(skipped) };
}

/** Adds the folder's source; answers the files elsewhere that its scripts include. */
async function addFolder(
	files: ProjectFiles,
	folder: MigrationFolder,
	sources: SourceDescriptor[],
	skipped: Skipped[],
): Promise<readonly string[]> {
	const neverRun = await changing(files, folder, skipped);
	if (folder.files.length === 0) {
		const { path, label } = folder;
		if (neverRun.length > 0) sources.push(descriptor(path, [], label, { neverRun }));
		return [];
	}
	const contents: LookedAt[] = [];
	for (const path of folder.files) contents.push(await look(files, path));
	const dialect = commonDialect(contents) ?? (await sqliteCrate(files, folder.files[0] ?? ""));
	if (dialect) {
		skipped.push({ path: folder.path, why: `migrations: ${dialect}` });
		return [];
	}
	const known = contents.filter(({ content }) => content !== undefined);
	const others: LookedAt[] = [];
	for (const file of known) others.push(...(await included(files, file, (path) => look(files, path))));
	const changes = [...known, ...others].some(({ content }) => content && changesSchema(content));
	if (!changes && known.length > 0) {
		skipped.push({ path: folder.path, why: "its scripts define no schema, they only work on data" });
		return [];
	}
	sources.push(
		descriptor(folder.path === "" ? "." : folder.path, folder.files, folder.label, {
			neverRun,
			...ofTool(folder),
		}),
	);
	return others.map(({ path }) => path);
}

/** Of the files that never run, those that would change the schema; the others harm nobody. */
async function changing(files: ProjectFiles, folder: MigrationFolder, skipped: Skipped[]): Promise<string[]> {
	const kept: string[] = [];
	for (const path of folder.neverRun) {
		const { content } = await look(files, path);
		if (!content || changesSchema(content)) kept.push(path);
		else skipped.push({ path, why: `never runs, and defines no schema: it lies among the ${folder.label}` });
	}
	return kept;
}

/** Why most of the files which tell are for another database. */
function commonDialect(files: readonly LookedAt[]): string | undefined {
	const telling = files.filter(({ content }) => content && content.creates.size > 0);
	const foreign = telling.flatMap(({ content }) => (content?.dialect ? [content.dialect] : []));
	return foreign.length > 0 && foreign.length * 2 >= telling.length
		? `written for ${foreign[0]}, not for Postgres`
		: undefined;
}
