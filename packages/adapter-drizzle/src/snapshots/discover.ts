/** Finds the folders in which drizzle-kit keeps its snapshots. */
import { dirname } from "node:path";
import {
	baseOf,
	type DiscoveryInput,
	type DiscoveryResult,
	type ProjectFiles,
	type Skipped,
	type SourceDescriptor,
} from "@schemalign/core";
import { setAside } from "@schemalign/sandbox";
import { z } from "zod";

const journalSchema = z.object({
	dialect: z.string().optional(),
	entries: z.array(z.object({ tag: z.string() })),
});

/** One source for each migration folder with snapshots of a Postgres schema. */
export async function discoverSnapshots(input: DiscoveryInput): Promise<DiscoveryResult> {
	const { files, matched, explicit } = input;
	const wanted = matched.filter((path) => explicit || setAside(path) === undefined);
	const found = [...journalFolders(wanted, files), ...plainFolders(wanted)];
	const results = await Promise.all(found.map((folder) => describe(folder, files)));
	const sources = results.flatMap((result) => ("source" in result ? [result.source] : []));
	const skipped = results.flatMap((result) => ("skipped" in result ? [result.skipped] : []));
	if (explicit && found.length === 0)
		skipped.push({ path: explicit.path, why: "there is no snapshot of drizzle-kit" });
	return { sources, skipped };
}

/** How many snapshots are looked at: an old collision would have kept drizzle-kit from writing those after it. */
const MOST_LOOKED_AT = 12;

interface Folder {
	/** The folder with the migrations. */
	readonly path: string;
	/** What messages call the source. */
	readonly shown: string;
	readonly journal?: string;
	/** In the order of drizzle-kit, which sorts the names; the last counts. */
	readonly snapshots: readonly string[];
}

/** `meta` folders: all but what begins with an underscore is a snapshot to drizzle-kit. */
function journalFolders(paths: readonly string[], files: ProjectFiles): Folder[] {
	const folders = grouped(
		paths.filter((path) => /(?:^|\/)meta\/[^/]+\.json$/.test(path)),
		dirname,
	);
	return [...folders].flatMap(([meta, members]) => {
		const journal = `${meta}/_journal.json`;
		const snapshots = members.filter((path) => /^[^_].*snapshot\.json$/.test(baseOf(path))).sort();
		if (snapshots.length === 0 || !(files.has(journal) || snapshots.every(isNumbered))) return [];
		return [
			{ path: dirname(meta), shown: meta, snapshots, ...(files.has(journal) ? { journal } : {}) },
		] satisfies Folder[];
	});
}

function isNumbered(path: string): boolean {
	return /^\d+_snapshot\.json$/.test(baseOf(path));
}

function plainFolders(paths: readonly string[]): Folder[] {
	const folders = grouped(
		paths.filter((path) => baseOf(path) === "snapshot.json" && !/(?:^|\/)meta\/[^/]+$/.test(path)),
		(path) => dirname(dirname(path)),
	);
	return [...folders].map(([path, members]) => {
		const snapshots = [...members].sort();
		return { path, shown: snapshots.at(-1) ?? path, snapshots };
	});
}

function grouped(paths: readonly string[], key: (path: string) => string): Map<string, string[]> {
	const groups = new Map<string, string[]>();
	for (const path of paths) groups.set(key(path), [...(groups.get(key(path)) ?? []), path]);
	return groups;
}

async function describe(
	folder: Folder,
	files: ProjectFiles,
): Promise<{ source: SourceDescriptor } | { skipped: Skipped } | Record<string, never>> {
	const journal = folder.journal ? journalSchema.safeParse(await jsonOf(files, folder.journal)) : undefined;
	const dialect = journal?.data?.dialect ?? (await dialectOf(folder, files));
	if (dialect === null) return {};
	if (dialect !== undefined && !/^(?:pg|postgres|postgresql)$/.test(dialect)) {
		const why = `its snapshots are of a Drizzle schema for ${dialect}; only Postgres is read`;
		return { skipped: { path: folder.shown, why } };
	}
	const tags = journal?.data?.entries.map(({ tag }) => tag) ?? [];
	if (tags.length > 0 && !tags.some((tag) => files.has(`${folder.path}/${tag}.sql`))) {
		const why = "its journal names no migration that is there: something else writes the migrations now";
		return { skipped: { path: folder.shown, why } };
	}
	return {
		source: {
			id: `drizzle-snapshot:${folder.path}`,
			adapter: "drizzle-snapshot",
			role: "record",
			path: folder.shown,
			files: [...folder.snapshots.slice(-MOST_LOOKED_AT), ...(folder.journal ? [folder.journal] : [])],
			label: "Drizzle snapshot",
			options: { last: folder.snapshots.at(-1) ?? "", journal: folder.journal ?? null },
		},
	};
}

/** What the last snapshot says. `null`: it is no snapshot of drizzle-kit. */
async function dialectOf(folder: Folder, files: ProjectFiles): Promise<string | undefined | null> {
	const text = await files.read(folder.snapshots.at(-1) ?? "").catch(() => "");
	if (folder.journal === undefined && !/"prevIds?"\s*:/.test(text)) return null;
	return /"dialect"\s*:\s*"(\w+)"/.exec(text)?.[1];
}

async function jsonOf(files: ProjectFiles, path: string): Promise<unknown> {
	try {
		return JSON.parse(await files.read(path));
	} catch {
		return undefined;
	}
}
