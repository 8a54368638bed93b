/** The whole pure pipeline, one step after the other: catch up, find copies, group, then match, compare, decide and judge each database. */
import type { AnalyzeOptions } from "./analyze.js";
import { Screening } from "./baseline/screening.js";
import { conclude, type JudgedDatabase, type Judgement } from "./conclude.js";
import { type Copies, findCopies } from "./grouping/copies.js";
import { groupDatabases } from "./grouping/group.js";
import { withRecords } from "./grouping/records.js";
import { judgeDatabase } from "./judge-database.js";
import { catchUpAll } from "./migrations/catch-up.js";
import { migrationStates } from "./migrations/log.js";
import { compareText, tableOf } from "./model/address.js";
import { kindDefinition } from "./model/kinds.js";
import type { Entity, Snapshot } from "./model/snapshot.js";
import type { Report, ReportSource } from "./report/report.js";

/** Compares snapshots (one per source) and reports. Pure: the same input gives the same report. */
export function analyze(snapshots: readonly Snapshot[], options: AnalyzeOptions = {}): Report {
	return conclude(judge(snapshots, options), options, new Screening(options));
}

/** All that the comparison of the snapshots finds, before anything is set aside or folded. */
export function judge(snapshots: readonly Snapshot[], options: AnalyzeOptions): Judgement {
	const read = snapshots.map((snapshot) => withoutIgnored(snapshot, options));
	const states = migrationStates(read, options.notes ?? {});
	const reached = (options.reached ?? []).map((one) => ({
		...one,
		snapshot: withoutIgnored(one.snapshot, options),
	}));
	const { snapshots: kept, changesOf } = catchUpAll(read, reached);
	const witnesses = kept.filter((snapshot) => snapshot.role !== "record");
	const copies = findCopies(witnesses);
	const originals = witnesses.filter((snapshot) => !copies.identical.has(snapshot.source));
	const alike = groupDatabases(originals, options.databases, options.notes).map((group) => ({
		...group,
		sources: group.sources.filter((source) => !copies.identical.has(source)),
	}));
	const groups = withRecords(alike, kept, copies.identical, options.notes);
	const judged = groups.map((group) =>
		judgeDatabase(group, kept, copies, { ...options, migrations: { states, changesOf } }),
	);
	return {
		databases: judged,
		sources: read.map((snapshot) => reportSource(snapshot, judged, copies, options)),
		pending: states.map(({ database, definition }) => ({
			database,
			changes: changesOf(database, definition),
		})),
	};
}

function withoutIgnored(snapshot: Snapshot, { ignoreTable }: AnalyzeOptions): Snapshot {
	if (!ignoreTable) return snapshot;
	const inTable = (entity: Entity): boolean =>
		entity.kind === "table" || kindDefinition(entity.kind).within === "table";
	return {
		...snapshot,
		entities: snapshot.entities.filter(
			(entity) => !(inTable(entity) && ignoreTable(tableOf(entity.address))),
		),
	};
}

function reportSource(
	snapshot: Snapshot,
	judged: readonly JudgedDatabase[],
	copies: Copies,
	{ notes, evidence }: AnalyzeOptions,
): ReportSource {
	const counts: Record<string, number> = {};
	for (const entity of snapshot.entities) counts[entity.kind] = (counts[entity.kind] ?? 0) + 1;
	const duplicateOf = copies.identical.get(snapshot.source);
	const traces = (evidence ?? []).filter((one) => one.source === snapshot.source);
	const own = judged.find((one) => one.database.sources.includes(snapshot.source));
	const names = new Map(
		own?.tableRenames.flatMap(({ source, written, name }) =>
			source === (duplicateOf ?? snapshot.source) ? [[written, name]] : [],
		),
	);
	return {
		id: snapshot.source,
		adapter: snapshot.adapter,
		role: snapshot.role,
		path: snapshot.path,
		label: notes?.[snapshot.source]?.label ?? snapshot.adapter,
		database: own?.database.name ?? "",
		tables: snapshot.entities
			.filter((entity) => entity.kind === "table")
			.map((entity) => tableOf(entity.address))
			.map((table) => names.get(table) ?? table)
			.sort(compareText),
		counts,
		gaps: snapshot.gaps.map((gap) => ({ why: gap.why, at: gap.at ?? null })),
		...(duplicateOf === undefined ? {} : { duplicateOf }),
		...(traces.length > 0 ? { evidence: traces.map(({ what, at }) => ({ what, at })) } : {}),
	};
}
