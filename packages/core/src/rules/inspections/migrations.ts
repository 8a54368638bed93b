/** `migration-pending`, `migration-unknown`, `migration-failed`: what has run on a live database, beside the files of the repository. */
import type { SourceNote } from "../../analyze.js";
import type { MigrationLog, Snapshot } from "../../model/snapshot.js";
import { count, listOf } from "../../report/describe.js";
import { AT_SOURCE, claimAt, type Located } from "../located.js";

const SHOWN = 4;

/** Compares each log with the definition whose files it speaks of. */
export function inspectMigrations(
	snapshots: readonly Snapshot[],
	notes: Readonly<Record<string, SourceNote>>,
	pathOf: (source: string) => string,
): Located[] {
	const folders = snapshots.flatMap(({ source, role }) => {
		const files = notes[source]?.files ?? [];
		return role === "definition" && files.length > 0
			? [{ source, files, label: notes[source]?.label ?? "" }]
			: [];
	});
	return snapshots.flatMap((live) =>
		(live.migrations ?? []).flatMap((log) => {
			const failed = failures(live, log, pathOf);
			const folder = folderOf(log, folders);
			return folder ? [...failed, ...differences(live, log, folder, pathOf)] : failed;
		}),
	);
}

interface Folder {
	readonly source: string;
	readonly files: readonly string[];
	readonly label: string;
}

/** The folder that the log is about: the one with the most files of its entries; without any, the only one of its tool. */
function folderOf(log: MigrationLog, folders: readonly Folder[]): Folder | undefined {
	const counted = folders.map((folder) => ({ folder, known: knownIn(log, folder.files) }));
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

function knownIn({ by, entries }: MigrationLog, files: readonly string[]): number {
	return by === "count"
		? 0
		: files.filter((file) => entries.some(({ name }) => isFileOf(by, name, file))).length;
}

/** Whether the entry's name is that of the file (or of the folder that a `migration.sql` lies in). */
function isFileOf(by: MigrationLog["by"], name: string, file: string): boolean {
	const [base = "", folder = ""] = file.split("/").reverse();
	if (by === "revision") return base.includes(name);
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

function differences(
	live: Snapshot,
	log: MigrationLog,
	folder: Folder,
	pathOf: (source: string) => string,
): Located[] {
	const pending = pendingIn(log, folder.files);
	const unknown = unknownIn(log, folder.files);
	const [path, database] = [pathOf(folder.source), pathOf(live.source)];
	const at = { file: live.path, line: 1 };
	const found: Located[] = [];
	if (pending.length > 0) {
		const [first = ""] = pending;
		found.push({
			code: "migration-pending",
			severity: "medium",
			message: `${database} has not run ${pending.length} of ${count(folder.files.length, "migration")} of ${path}: ${names(pending)}`,
			why: "What they create or change is not there yet: code written for them meets the older schema.",
			help: `Deploy them with ${log.tool}, or note why ${database} stays behind.`,
			consequences: [],
			...AT_SOURCE,
			aspect: "migrations",
			claims: [
				claimAt(
					live.source,
					`${folder.files.length - pending.length} of ${folder.files.length} have run`,
					at,
				),
				claimAt(folder.source, `still to run: ${names(pending)}`, { file: first, line: 1 }),
			],
			verdict: {
				truth: null,
				deviating: [live.source],
				basis: `${log.table} records what ${log.tool} has run`,
			},
			subject: `${live.source} ${folder.source} pending`,
		});
	}
	if (unknown.length > 0) {
		found.push({
			code: "migration-unknown",
			severity: "medium",
			message: `${database} has run ${count(unknown.length, "migration")} that ${path} does not have: ${listOf(unknown, SHOWN)}`,
			why: "They come from another branch, or were renamed or deleted after they had run: the repository cannot make this database.",
			help: `Bring them back into ${path}, or squash: then clear ${log.table} as ${log.tool} describes it.`,
			consequences: [],
			...AT_SOURCE,
			aspect: "migrations",
			claims: [
				claimAt(live.source, listOf(unknown, SHOWN), at),
				{ source: folder.source, state: "absent", value: null, at: null },
			],
			verdict: {
				truth: null,
				deviating: [folder.source],
				basis: `${log.table} records what ${log.tool} has run`,
			},
			subject: `${live.source} ${folder.source} unknown`,
		});
	}
	return found;
}

function pendingIn({ by, entries }: MigrationLog, files: readonly string[]): readonly string[] {
	if (by === "revision") return [];
	if (by === "count") return files.slice(entries.length);
	if (by === "latest") {
		const last = files.findLastIndex((file) => entries.some(({ name }) => isFileOf(by, name, file)));
		return last === -1 && entries.length > 0 ? [] : files.slice(last + 1);
	}
	return files.filter((file) => !entries.some(({ name, failed }) => !failed && isFileOf(by, name, file)));
}

function unknownIn({ by, entries }: MigrationLog, files: readonly string[]): string[] {
	if (by === "count") {
		const more = entries.length - files.length;
		return more > 0 ? entries.slice(-more).map(({ name }) => name) : [];
	}
	return entries.flatMap(({ name }) => (files.some((file) => isFileOf(by, name, file)) ? [] : [name]));
}

function failures(live: Snapshot, log: MigrationLog, pathOf: (source: string) => string): Located[] {
	const failed = log.entries.filter((entry) => entry.failed).map(({ name }) => name);
	if (failed.length === 0) return [];
	return [
		{
			code: "migration-failed",
			severity: "high",
			message: `${count(failed.length, "migration")} failed on ${pathOf(live.source)}: ${listOf(failed, SHOWN)}`,
			why: `A part of it may have run. ${log.tool} runs nothing more there until it is cleared up.`,
			help: `Look at what it has left, finish or undo it, then mark it so in ${log.table} by ${log.tool}'s own command.`,
			consequences: [],
			...AT_SOURCE,
			aspect: "migrations",
			claims: [claimAt(live.source, `${listOf(failed, SHOWN)} failed`, { file: live.path, line: 1 })],
			verdict: { truth: null, deviating: [live.source], basis: `${log.table} records it` },
			subject: `${live.source} ${log.table} failed`,
		},
	];
}

function names(files: readonly string[]): string {
	const own = files.map((file) => {
		const [base = "", folder = ""] = file.split("/").reverse();
		return /^(?:migration|up)\.\w+$/.test(base) ? folder : base;
	});
	return listOf(own, SHOWN);
}
