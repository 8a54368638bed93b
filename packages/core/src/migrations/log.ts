/** What a migration tool's log on a live database says of the repository's files. */
import type { SourceNote } from "../analyze.js";
import { viewOf } from "../matching/view.js";
import type { MigrationLog, Revision, Snapshot } from "../model/snapshot.js";

/** A live database's log beside the definition whose files it speaks of. */
export interface MigrationState {
	/** The live database's id. */
	readonly database: string;
	/** The definition's id. */
	readonly definition: string;
	readonly log: MigrationLog;
	/** The definition's files, in the order in which they run. */
	readonly files: readonly string[];
	/** Those that have not run on the database. */
	readonly pending: readonly string[];
	/** Entries of the log that no file is of. */
	readonly unknown: readonly string[];
}

interface Folder {
	readonly source: string;
	readonly files: readonly string[];
	readonly label: string;
	/** What the files say of their order. */
	readonly revisions?: readonly Revision[];
}

/** The state of every log that belongs to one of the definitions. `notes`: by source id, the files and the label. */
export function migrationStates(
	snapshots: readonly Snapshot[],
	notes: Readonly<Record<string, SourceNote>>,
): MigrationState[] {
	const folders = snapshots.flatMap(({ source, role, revisions }): Folder[] => {
		const { files = [], label = "" } = notes[source] ?? {};
		if (role !== "definition" || files.length === 0) return [];
		return [{ source, files, label, ...(revisions ? { revisions } : {}) }];
	});
	return snapshots.flatMap((live) =>
		(live.migrations ?? []).flatMap((log) => {
			const folder = folderOf(log, folders);
			if (!folder || isForgotten(live, log, folder.source, snapshots)) return [];
			const state = { database: live.source, definition: folder.source, log, files: folder.files };
			return [{ ...state, pending: pendingIn(log, folder), unknown: unknownIn(log, folder) }];
		}),
	);
}

/** An empty log of a database that has tables of the definition tells nothing: it was copied without rows, or made otherwise. */
function isForgotten(
	live: Snapshot,
	{ entries }: MigrationLog,
	definition: string,
	snapshots: readonly Snapshot[],
): boolean {
	if (entries.length > 0) return false;
	const own = viewOf(live).tables;
	return snapshots.some(
		(one) => one.source === definition && [...viewOf(one).tables.keys()].some((table) => own.has(table)),
	);
}

/** The folder that the log is about: the one with the most files of its entries; without any, the only one of its tool. */
function folderOf(log: MigrationLog, folders: readonly Folder[]): Folder | undefined {
	const counted = folders.map((folder) => ({ folder, known: knownIn(log, folder) }));
	const best = counted.sort((a, b) => b.known - a.known)[0];
	if (best && best.known > 0 && log.by !== "count") return best.folder;
	const [own, ...more] = folders.filter(({ label }) => isOf(label, log.tool));
	return more.length === 0 ? own : undefined;
}

/** Whether a folder's label ("Prisma migrations") names the tool ("Prisma Migrate"). */
function isOf(label: string, tool: string): boolean {
	const [brand = ""] = tool.split(" ");
	return label.toLowerCase().startsWith(brand.toLowerCase());
}

function knownIn({ by, entries }: MigrationLog, { files, revisions }: Folder): number {
	if (by === "count") return 0;
	return files.filter((file) => entries.some(({ name }) => isFileOf(by, name, file, revisions))).length;
}

/** Whether the entry's name is that of the file (or of the folder that a `migration.sql` lies in). */
function isFileOf(
	by: MigrationLog["by"],
	name: string,
	file: string,
	revisions?: readonly Revision[],
): boolean {
	const [base = "", folder = ""] = file.split("/").reverse();
	if (by === "revision") {
		return revisions?.some((one) => one.file === file && one.name === name) ?? base.includes(name);
	}
	const own = /^(?:migration|up|down)\.\w+$/.test(base) ? folder : base;
	if (by === "name") return own === name || own.replace(/(?:\.up)?\.\w+$/, "") === name;
	return versionIn(own) !== undefined && versionIn(own) === versionIn(name);
}

/** The number that a name begins with: `0012_users.sql` and `12` are one, `V1_2__x.sql` and `1.2` too. */
function versionIn(name: string): string | undefined {
	const digits = /^[VU]?(\d+(?:[._]\d+)*)/.exec(name)?.[1];
	return digits
		?.split(/[._]/)
		.map((part) => part.replace(/^0+(?=\d)/, ""))
		.join(".");
}

function pendingIn({ by, entries }: MigrationLog, { files, revisions }: Folder): readonly string[] {
	if (by === "revision") {
		return revisions
			? notFollowed(
					entries.map(({ name }) => name),
					revisions,
				)
			: [];
	}
	if (by === "count") return files.slice(entries.length);
	if (by === "latest") {
		const last = files.findLastIndex((file) => entries.some(({ name }) => isFileOf(by, name, file)));
		return last === -1 && entries.length > 0 ? [] : files.slice(last + 1);
	}
	return files.filter((file) => !entries.some(({ name, failed }) => !failed && isFileOf(by, name, file)));
}

/** The files of the revisions that are neither among `last` nor followed by one of them; none where one of `last` is not known. */
function notFollowed(last: readonly string[], revisions: readonly Revision[]): string[] {
	const byName = new Map(revisions.map((revision) => [revision.name, revision]));
	if (last.some((name) => !byName.has(name))) return [];
	const run = new Set<string>();
	const ahead = [...last];
	for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
		if (run.has(name)) continue;
		run.add(name);
		ahead.push(...(byName.get(name)?.follows ?? []));
	}
	return revisions.filter(({ name }) => !run.has(name)).map(({ file }) => file);
}

function unknownIn({ by, entries }: MigrationLog, { files, revisions }: Folder): string[] {
	if (by === "count") {
		const more = entries.length - files.length;
		return more > 0 ? entries.slice(-more).map(({ name }) => name) : [];
	}
	return entries.flatMap(({ name }) =>
		files.some((file) => isFileOf(by, name, file, revisions)) ? [] : [name],
	);
}
