/** Finds the places where a schema is written in SQL. */
import {
	baseOf,
	compareText,
	type DiscoveryInput,
	type DiscoveryResult,
	folderOf,
	type Json,
	type ProjectFiles,
	type Skipped,
	type SourceDescriptor,
} from "@schemalign/core";
import { upSection } from "../script/sections.js";
import { baseOfRevisions } from "./alembic-base.js";
import { lookAt, type SqlContent } from "./content.js";
import { findFolders, type MigrationFolder } from "./folders.js";
import { included, type LookedAt, together } from "./includes.js";
import { orderByNeed } from "./need.js";
import {
	byVersion,
	isErrand,
	isLaidAside,
	isMigrationFolder,
	isOutside,
	isSql,
	isUndo,
	joinPath,
	namesEnvironment,
	otherDatabaseOf,
} from "./paths.js";
import { pgroll } from "./pgroll.js";

/** Files larger than this are looked at by their beginning only. */
const LOOK_LIMIT = 400_000;

/** What `pg_dump` wrote: the picture of a database. */
export const DUMP_LABEL = "pg_dump output";

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
	await addRest(files, rest, matched, taken, sources, skipped);
	return { sources, skipped: gathered(skipped) };
}

/** So many files of a folder that are skipped for one reason are one line. */
const GATHERED = 4;

/** The skipped files, many in and below one folder for one reason as one line. */
function gathered(skipped: readonly Skipped[]): Skipped[] {
	const reasons = new Set(skipped.map(({ why }) => why));
	const lines = [...reasons].flatMap((why) => {
		const paths = skipped.filter((each) => each.why === why).map(({ path }) => path);
		return foldersOf(paths).map(({ folder, members }): Skipped => {
			const [only = ""] = members;
			return members.length === 1
				? { path: only, why }
				: { path: folder, why: `${members.length} files: ${why}` };
		});
	});
	return lines.sort((a, b) => compareText(a.path, b.path));
}

/** The paths by the topmost folder that holds enough of them and is not the root; the others alone. */
function foldersOf(paths: readonly string[]): { folder: string; members: readonly string[] }[] {
	const below = new Map<string, string[]>();
	for (const path of paths) {
		for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) {
			below.set(folder, [...(below.get(folder) ?? []), path]);
		}
	}
	const whole = [...below].filter(([folder, members]) => {
		// A folder stands for its files if most lie in it together, not if they are strewn over its parts.
		const direct = new Set(members.map((path) => path.slice(folder.length + 1).split("/")[0]));
		return members.length >= GATHERED && (direct.size >= GATHERED || direct.size === members.length);
	});
	const done = new Set<string>();
	const found = whole
		.sort(([a], [b]) => a.length - b.length)
		.flatMap(([folder, members]) => {
			const left = members.filter((path) => !done.has(path));
			for (const path of left) done.add(path);
			return left.length > 0 ? [{ folder, members: left }] : [];
		});
	return [
		...found,
		...paths.filter((path) => !done.has(path)).map((path) => ({ folder: path, members: [path] })),
	];
}

async function look(files: ProjectFiles, path: string): Promise<LookedAt> {
	const text = await files.read(path).catch(() => undefined);
	return { path, content: text === undefined ? undefined : lookAt(upSection(text.slice(0, LOOK_LIMIT))) };
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

function changesSchema(content: SqlContent): boolean {
	return content.creates.size > 0 || content.alters || content.defines;
}

/** Why the file's crate takes it for SQLite: its Cargo.toml asks for that database only. */
async function sqliteCrate(files: ProjectFiles, path: string): Promise<string | undefined> {
	for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) {
		const manifest = joinPath(folder, "Cargo.toml");
		if (!files.has(manifest)) continue;
		const text = await files.read(manifest).catch(() => "");
		return /sqlite/i.test(text) && !/postgres/i.test(text) ? `for SQLite, says ${manifest}` : undefined;
	}
	return undefined;
}

/** Why most of the files which tell are for another database. */
function commonDialect(files: readonly LookedAt[]): string | undefined {
	const telling = files.filter(({ content }) => content && content.creates.size > 0);
	const foreign = telling.flatMap(({ content }) => (content?.dialect ? [content.dialect] : []));
	return foreign.length > 0 && foreign.length * 2 >= telling.length
		? `written for ${foreign[0]}, not for Postgres`
		: undefined;
}

function descriptor(
	path: string,
	files: readonly string[],
	label: string,
	options: { readonly [key: string]: Json },
	role: SourceDescriptor["role"] = "definition",
): SourceDescriptor {
	return { id: `sql:${path}`, adapter: "sql", role, path, files, label, options };
}

async function addRest(
	files: ProjectFiles,
	paths: readonly string[],
	matched: ReadonlySet<string>,
	taken: ReadonlySet<string>,
	sources: SourceDescriptor[],
	skipped: Skipped[],
): Promise<void> {
	const folders = new Map<string, LookedAt[]>();
	const parts = await addIncluding(files, paths, matched, taken, sources, skipped);
	for (const path of paths) {
		if (parts.has(path)) continue;
		if (!matched.has(path)) {
			skipped.push({ path, why: "defines no schema: only data, queries or comments" });
			continue;
		}
		const file = await look(files, path);
		const why = whySkip(file) ?? (await sqliteCrate(files, path)) ?? (await baseOfRevisions(files, path));
		if (why) skipped.push({ path, why });
		else folders.set(folderOf(path), [...(folders.get(folderOf(path)) ?? []), file]);
	}
	for (const [folder, members] of folders) {
		const occupied = sources.some(({ path }) => path === (folder === "" ? "." : folder));
		sources.push(...(occupied ? members.map(single) : folderSources(folder, members)));
	}
}

/** Adds the scripts that include others as sources with these; answers all files that are thereby done with. */
async function addIncluding(
	files: ProjectFiles,
	paths: readonly string[],
	matched: ReadonlySet<string>,
	taken: ReadonlySet<string>,
	sources: SourceDescriptor[],
	skipped: Skipped[],
): Promise<ReadonlySet<string>> {
	const including: { file: LookedAt; content: SqlContent; others: readonly LookedAt[] }[] = [];
	for (const path of paths) {
		if (!matched.has(path)) continue;
		const file = await look(files, path);
		if (!file.content || file.content.includes.length === 0) continue;
		const others = await included(files, file, (each) => look(files, each));
		if (others.length > 0) including.push({ file, content: file.content, others });
	}
	const done = new Set<string>();
	for (const { file, content, others } of including) {
		if (done.has(file.path)) continue;
		const above = including.find(
			(one) => one.file !== file && one.others.some(({ path }) => path === file.path),
		);
		if (above && !others.some(({ path }) => path === above.file.path)) continue;
		const whole = { path: file.path, content: together(content, others) };
		done.add(file.path);
		const why =
			others.every(({ path }) => taken.has(path)) && !changesSchema(content)
				? "only runs files that are read as another source"
				: whySkip(whole);
		if (why) {
			skipped.push({ path: file.path, why });
			continue;
		}
		for (const { path } of others) done.add(path);
		const members = [file.path, ...others.map(({ path }) => path)];
		sources.push(descriptor(file.path, members, "SQL schema files (psql includes)", {}));
	}
	return done;
}

/** Why a file that belongs to no migration folder is no source; `undefined`: it is one. */
function whySkip({ path, content }: LookedAt): string | undefined {
	if (content === undefined) return undefined;
	if (content.empty) return "empty, or nothing but comments";
	const other = otherDatabaseOf(path);
	if (other) return `for ${other}, by its name`;
	if (content.dialect) return `written for ${content.dialect}, not for Postgres`;
	if (isUndo(path)) return "takes changes back (rollback)";
	if (content.queries) return "queries for a compiler (sqlc), and tables only as these see them";
	if (content.stubs) return "stands in for views of Postgres itself, for a query compiler";
	if (content.computes && !content.defines && !content.dump)
		return "its tables are results of queries (CREATE TABLE AS), not a schema";
	if (content.creates.size > 0) return undefined;
	if (isErrand(path)) return "an ad-hoc script by its name: it fills, checks or repairs data";
	if (!content.alters && !content.defines) return "defines no schema: only data or queries";
	if (isMigrationFolder(folderOf(path))) return undefined;
	if (content.alters && !content.defines) {
		return "changes tables but creates none: an ad-hoc script, or one step of something that lies elsewhere";
	}
	return undefined;
}

/**
 * Files of one folder that need each other are one source, in the order of need, and so are those that create functions,
 * views or the like but no table; others stand alone.
 */
function folderSources(folder: string, members: readonly LookedAt[]): SourceDescriptor[] {
	const known = members.flatMap(({ path, content }) => (content ? [{ path, content }] : []));
	const migrations = isMigrationFolder(folder);
	const path = folder === "" ? "." : folder;
	const ordered =
		known.length === members.length && known.length > 1 ? orderByNeed(known, migrations) : undefined;
	if (ordered)
		return [
			descriptor(path, ordered, migrations ? "SQL migrations" : "SQL schema files", { unordered: true }),
		];
	const routines = known.filter(({ content }) => content.creates.size === 0 && !content.dump);
	if (routines.length < 2) return members.map(single);
	const files = orderByNeed(routines, true) ?? [];
	const rest = members.filter((member) => !files.includes(member.path));
	return [descriptor(path, files, "SQL functions and views", { unordered: true }), ...rest.map(single)];
}

function single({ path, content }: LookedAt): SourceDescriptor {
	if (content?.dump) {
		return descriptor(path, [path], DUMP_LABEL, {}, namesEnvironment(path) ? "database" : "definition");
	}
	const script = /^create[_-]|[_-]create[_-]/i.test(baseOf(path));
	return descriptor(path, [path], script ? "create-table script" : "SQL schema file", {});
}

/** What the user named is a source, whatever it looks like. */
async function discoverExplicit(
	files: ProjectFiles,
	explicit: NonNullable<DiscoveryInput["explicit"]>,
): Promise<SourceDescriptor[]> {
	const path = explicit.path.replace(/\/+$/, "");
	const inside = path === "." || path === "" ? "" : `${path}/`;
	if (isSql(path) || !files.paths().some((each) => each.startsWith(inside))) {
		const file = await look(files, path);
		const others = await included(files, file, (each) => look(files, each));
		const members = [path, ...others.map((other) => other.path)];
		return [{ ...single(file), files: members, options: explicit.options }];
	}
	const members = files.paths().filter((each) => each.startsWith(inside) && isSql(each));
	if (members.length === 0) return [];
	const folders = await findFolders(files, members);
	const whole =
		folders.find((folder) => folder.path === path && folder.files.length > 0) ??
		(folders.length === 1 ? folders[0] : undefined);
	if (whole && whole.files.length > 0) {
		return [
			descriptor(path, whole.files, whole.label, {
				...explicit.options,
				neverRun: [...whole.neverRun],
				...ofTool(whole),
			}),
		];
	}
	const kept = members.filter((each) => !isUndo(each));
	const looked: LookedAt[] = [];
	for (const each of kept) looked.push(await look(files, each));
	const known = looked.flatMap((file) => (file.content ? [{ path: file.path, content: file.content }] : []));
	const ordered = known.length === kept.length ? orderByNeed(known, true) : undefined;
	return [descriptor(path, ordered ?? [...kept].sort(byVersion), "SQL files", { ...explicit.options })];
}

/** What reading has to know of the tool: how its own table calls the files, and where it looks up names. */
function ofTool({ files, marks, searchPath }: MigrationFolder): { [key: string]: Json } {
	return {
		...(marks ? { marks: Object.fromEntries(files.map((file, at) => [file, marks[at] ?? ""])) } : {}),
		...(searchPath ? { searchPath: [...searchPath] } : {}),
	};
}
