/** `migration-pending`, `migration-unknown`, `migration-failed`: what has run on a live database, beside the files of the repository. */
import type { SourceView } from "../../matching/view.js";
import type { CaughtUpState, Change } from "../../migrations/catch-up.js";
import type { MigrationState } from "../../migrations/log.js";
import { kindDefinition } from "../../model/kinds.js";
import type { MigrationLog, Snapshot } from "../../model/snapshot.js";
import { observedOfPending } from "../../observations/pending.js";
import { count, listOf } from "../../report/describe.js";
import type { Consequence } from "../../report/report.js";
import { type DatabaseContext, subjectText } from "../context.js";
import { AT_SOURCE, claimAt, type Located } from "../located.js";
import { ormName } from "../programs.js";

const SHOWN = 4;

/** Tells of each live database what has failed there, what has not run yet, and what no file is of. */
export function inspectMigrations(
	snapshots: readonly Snapshot[],
	states: readonly MigrationState[],
	changesOf: CaughtUpState["changesOf"],
	context: DatabaseContext,
): Located[] {
	return snapshots.flatMap((live) => [
		...(live.migrations ?? []).flatMap((log) => failures(live, log, context.pathOf)),
		...states
			.filter(({ database }) => database === live.source)
			.flatMap((state) => [
				...pendingFinding(live, state, changesOf(state.database, state.definition), context),
				...unknownFinding(live, state, context.pathOf),
			]),
	]);
}

function pendingFinding(
	live: Snapshot,
	{ definition, log, files, pending }: MigrationState,
	changes: readonly Change[],
	context: DatabaseContext,
): Located[] {
	const [first] = pending;
	if (first === undefined) return [];
	const [path, database] = [context.pathOf(definition), context.pathOf(live.source)];
	const rows = observedOfPending(changes, live);
	// A dump in the repository is as old as it is: whoever restores it runs what is newer.
	const isDump = live.adapter === "sql";
	return [
		{
			code: "migration-pending",
			severity: isDump ? "info" : "medium",
			message: `${database} has not run ${pending.length} of ${count(files.length, "migration")} of ${path}: ${names(pending)}`,
			why:
				changes.length === 0
					? "What they create or change is not there yet: code written for them meets the older schema."
					: `Until they run, ${database} has the older schema. They ${changesText(changes)}. Beyond that, ${database} is compared as it will be then.`,
			help: `${isDump ? `Run them with ${log.tool} where the dump is restored, or make a new one.` : `Deploy them with ${log.tool}, or note why ${database} stays behind.`}${rows.length > 0 ? ` Look at the rows before: unless the migrations see to them first, they fail on them or lose them.` : ""}`,
			consequences: consequences(changes, database, context),
			...AT_SOURCE,
			aspect: "migrations",
			claims: [
				claimAt(live.source, `${files.length - pending.length} of ${files.length} have run`, {
					file: live.path,
					line: 1,
				}),
				claimAt(definition, `still to run: ${names(pending)}`, { file: first, line: 1 }),
			],
			verdict: {
				truth: null,
				deviating: [live.source],
				basis: `${log.table} records what ${log.tool} has run`,
			},
			subject: `${live.source} ${definition} pending`,
			...(rows.length > 0 ? { observed: rows } : {}),
		},
	];
}

/** `create table posts and column users.phone, drop column users.fax`. */
function changesText(changes: readonly Change[]): string {
	const verbs = [
		["create", "new"],
		["change", "changed"],
		["drop", "gone"],
	] as const;
	const parts = verbs.flatMap(([verb, wanted]) => {
		const things = changes
			.filter(({ is }) => is === wanted)
			.map(({ kind, address }) => `${kindDefinition(kind).label} ${subjectText({ kind, address })}`);
		return things.length > 0 ? [`${verb} ${listOf(things, 5)}`] : [];
	});
	return listOf(parts);
}

/** The programs that are written for what is not there yet. */
function consequences(
	changes: readonly Change[],
	database: string,
	{ views, roleOf, adapterOf, pathOf }: DatabaseContext,
): Consequence[] {
	const created = changes.filter(({ kind, is }) => is === "new" && (kind === "table" || kind === "column"));
	return views.flatMap((view: SourceView) => {
		const needed = created.filter(({ address }) => view.byAddress.has(address));
		if (roleOf(view.id) !== "model" || needed.length === 0) return [];
		const states = [
			...(needed.some(({ kind }) => kind === "table") ? ["42P01"] : []),
			...(needed.some(({ kind }) => kind === "column") ? ["42703"] : []),
		];
		const things = needed.map(({ kind, address }) => `${kind} ${subjectText({ kind, address })}`);
		return [
			{
				source: view.id,
				text: `${ormName(adapterOf(view.id))} in ${pathOf(view.id)}: until then, queries on ${database} that name ${listOf(things, 4, "or")} fail (${states.join(", ")})`,
			},
		];
	});
}

function unknownFinding(
	live: Snapshot,
	{ definition, log, unknown }: MigrationState,
	pathOf: (source: string) => string,
): Located[] {
	if (unknown.length === 0) return [];
	const path = pathOf(definition);
	return [
		{
			code: "migration-unknown",
			severity: "medium",
			message: `${pathOf(live.source)} has run ${count(unknown.length, "migration")} that ${path} does not have: ${listOf(unknown, SHOWN)}`,
			why: "They come from another branch, or were renamed or deleted after they had run: the repository cannot make this database.",
			help: `Bring them back into ${path}, or squash: then clear ${log.table} as ${log.tool} describes it.`,
			consequences: [],
			...AT_SOURCE,
			aspect: "migrations",
			claims: [
				claimAt(live.source, listOf(unknown, SHOWN), { file: live.path, line: 1 }),
				{ source: definition, state: "absent", value: null, at: null },
			],
			verdict: {
				truth: null,
				deviating: [definition],
				basis: `${log.table} records what ${log.tool} has run`,
			},
			subject: `${live.source} ${definition} unknown`,
		},
	];
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
