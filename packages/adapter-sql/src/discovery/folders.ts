/** Migration folders: which tool's they are, and the order in which that tool runs them. */
import { baseOf, compareText, folderOf, type ProjectFiles, type Skipped } from "@schemalign/core";
import { z } from "zod";
import { flyway, flywaySets } from "./flyway.js";
import { liquibase } from "./liquibase.js";
import { numbered } from "./numbered.js";
import { byVersion, isUndo, joinPath, otherDatabaseOf, versionOf } from "./paths.js";
import { sqitch } from "./sqitch.js";

/** A folder of scripts that run in an order. */
export interface MigrationFolder {
	readonly path: string;
	readonly label: string;
	readonly files: readonly string[];
	/** Files that lie in the folder and that the tool never runs. */
	readonly neverRun: readonly string[];
	readonly skipped: readonly Skipped[];
	/** What the tool's table on a database calls each of the files, where that is not its name. */
	readonly marks?: readonly string[];
	/** The schemas in which the tool looks up and makes what is named without one. */
	readonly searchPath?: readonly string[];
}

const PRISMA_FILE = /^(?:(.*)\/)?([^/]+)\/migration\.sql$/;

/** The folders of migrations among `paths`, and by omission the files that belong to none. */
export async function findFolders(files: ProjectFiles, paths: readonly string[]): Promise<MigrationFolder[]> {
	const found: MigrationFolder[] = [];
	const taken = new Set<string>();
	const take = (folder: MigrationFolder | undefined): void => {
		if (!folder) return;
		found.push(folder);
		for (const path of [...folder.files, ...folder.neverRun]) taken.add(path);
		for (const { path } of folder.skipped) taken.add(path);
	};
	const left = (): string[] => paths.filter((path) => !taken.has(path));
	for (const folder of await sqitch(files, paths)) take(folder);
	for (const folder of await liquibase(files, left())) take(folder);
	for (const [folder, members] of nested(left(), PRISMA_FILE))
		take(await prisma(files, folder, members, paths));
	for (const [folder, members] of nested(left(), /^(?:(.*)\/)?([^/]+)\/up\.sql$/))
		take(diesel(folder, members, paths));
	const ours = left().filter((path) => otherDatabaseOf(path) === undefined);
	for (const set of await flywaySets(files, ours)) {
		const beside = ours.filter((path) => folderOf(path) === set.path && !set.members.includes(path));
		take(await flyway(files, set, [...set.members, ...beside]));
	}
	for (const [folder, members] of versionFolders(left())) take(versioned(folder, members));
	for (const [folder, all] of byFolder(left())) {
		const foreign = all.filter((path) => otherDatabaseOf(path) !== undefined);
		const members = all.filter((path) => !foreign.includes(path));
		const own =
			stray(folder, members) ??
			(await drizzle(files, folder, members)) ??
			(await numbered(files, folder, members));
		const skipped = foreign.map((path) => ({ path, why: `for ${otherDatabaseOf(path)}, by its name` }));
		take(own && { ...own, skipped: [...own.skipped, ...skipped] });
	}
	return found;
}

function byFolder(paths: readonly string[]): Map<string, string[]> {
	const folders = new Map<string, string[]>();
	for (const path of paths) {
		const folder = folderOf(path);
		const members = folders.get(folder);
		if (members) members.push(path);
		else folders.set(folder, [path]);
	}
	return folders;
}

/** Files of one name in numbered folders of one parent. */
function nested(paths: readonly string[], pattern: RegExp): Map<string, string[]> {
	const folders = new Map<string, string[]>();
	for (const path of paths) {
		const match = pattern.exec(path);
		if (!match || versionOf(match[2] ?? "") === undefined) continue;
		const folder = match[1] ?? "";
		folders.set(folder, [...(folders.get(folder) ?? []), path]);
	}
	return folders;
}

const VERSION_FOLDER = /^(?:(.*)\/)?([vV]?\d+(?:\.\d+)+)\/[^/]+$/;

/** Files in folders of one parent that are named by versions: `0.20/01__a.sql`, `v1.2/b.sql`. */
function versionFolders(paths: readonly string[]): Map<string, string[]> {
	const parents = new Map<string, string[]>();
	for (const path of paths) {
		const match = otherDatabaseOf(path) === undefined ? VERSION_FOLDER.exec(path) : null;
		if (!match) continue;
		const parent = match[1] ?? "";
		parents.set(parent, [...(parents.get(parent) ?? []), path]);
	}
	return new Map([...parents].filter(([, members]) => new Set(members.map(folderOf)).size > 1));
}

function versioned(folder: string, members: readonly string[]): MigrationFolder {
	const undo = members.filter(isUndo);
	const run = members
		.filter((path) => !isUndo(path))
		.sort((a, b) => byVersion(folderOf(a), folderOf(b)) || byVersion(a, b));
	const skipped = undo.map((path) => ({ path, why: "takes a migration back" }));
	return { path: folder, label: "SQL migrations (a folder per version)", files: run, neverRun: [], skipped };
}

function below(paths: readonly string[], folder: string): string[] {
	return paths.filter((path) => folderOf(path) === folder);
}

async function prisma(
	files: ProjectFiles,
	folder: string,
	members: readonly string[],
	paths: readonly string[],
): Promise<MigrationFolder> {
	// Prisma sorts the folders' names as text: `20250625_x` comes after `20250409154352_y`.
	const sorted = [...members].sort((a, b) => compareText(folderOf(a), folderOf(b)));
	const provider = await prismaProvider(files, joinPath(folder, "migration_lock.toml"));
	if (provider && !/^(?:postgres|postgresql|cockroachdb)$/.test(provider)) {
		const why = `Prisma migrations for ${provider}, not for Postgres`;
		return {
			path: folder,
			label: "Prisma migrations",
			files: [],
			neverRun: [],
			skipped: sorted.map((path) => ({ path, why })),
		};
	}
	const label =
		provider || !files.has(joinPath(folderOf(sorted[0] ?? ""), "snapshot.json"))
			? "Prisma migrations"
			: "Drizzle migrations";
	return { path: folder, label, files: sorted, neverRun: below(paths, folder), skipped: [] };
}

/** Prisma runs only what lies in folders of its own: scripts directly in `prisma/migrations` never run. */
function stray(folder: string, members: readonly string[]): MigrationFolder | undefined {
	if (!/(?:^|\/)prisma\/migrations$/.test(folder)) return undefined;
	return { path: folder, label: "Prisma migrations", files: [], neverRun: members, skipped: [] };
}

async function prismaProvider(files: ProjectFiles, path: string): Promise<string | undefined> {
	if (!files.has(path)) return undefined;
	const text = await files.read(path).catch(() => "");
	return /^\s*provider\s*=\s*"([^"]+)"/m.exec(text)?.[1];
}

function diesel(folder: string, members: readonly string[], paths: readonly string[]): MigrationFolder {
	const sorted = [...members].sort((a, b) => byVersion(folderOf(a), folderOf(b)));
	const folders = new Set(sorted.map(folderOf));
	const skipped = paths
		.filter((path) => folders.has(folderOf(path)) && baseOf(path) === "down.sql")
		.map((path) => ({ path, why: "takes a migration back" }));
	return { path: folder, label: "SQL migrations (up.sql)", files: sorted, neverRun: [], skipped };
}

const journalSchema = z.object({
	dialect: z.string().optional(),
	entries: z.array(z.object({ idx: z.number().optional(), tag: z.string(), when: z.number().optional() })),
});

async function drizzle(
	files: ProjectFiles,
	folder: string,
	members: readonly string[],
): Promise<MigrationFolder | undefined> {
	const journal = joinPath(folder, "meta/_journal.json");
	if (!files.has(journal)) return undefined;
	const parsed = journalSchema.safeParse(await readJson(files, journal));
	if (!parsed.success) return undefined;
	const { dialect, entries } = parsed.data;
	const label = "Drizzle migrations";
	if (dialect && dialect !== "postgresql" && dialect !== "pg") {
		const why = `Drizzle migrations for ${dialect}, not for Postgres`;
		return { path: folder, label, files: [], neverRun: [], skipped: members.map((path) => ({ path, why })) };
	}
	const listed = new Set(entries.map(({ tag }) => joinPath(folder, `${tag}.sql`)));
	// A journal that knows none of the files is a relic: somebody runs them by hand, or another tool does.
	if (!members.some((path) => listed.has(path))) return undefined;
	const ordered = entries
		.map((entry, at) => ({ ...entry, idx: entry.idx ?? at }))
		.sort((a, b) => a.idx - b.idx);
	// drizzle-orm notes each migration's `when` as its created_at.
	const marks = ordered.flatMap(({ when }) => (when === undefined ? [] : [String(when)]));
	return {
		path: folder,
		label,
		files: ordered.map(({ tag }) => joinPath(folder, `${tag}.sql`)),
		neverRun: members.filter((path) => !listed.has(path)),
		skipped: [],
		...(marks.length === ordered.length ? { marks } : {}),
	};
}

async function readJson(files: ProjectFiles, path: string): Promise<unknown> {
	try {
		return JSON.parse(await files.read(path));
	} catch {
		return undefined;
	}
}
