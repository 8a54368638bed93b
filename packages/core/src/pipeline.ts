/** The whole pure pipeline, one step after the other: group, find copies, match, compare, decide, judge, fold. */
import type { AnalyzeOptions } from "./analyze.js";
import { Screening } from "./baseline/screening.js";
import { compareSlots, type Delta } from "./compare/compare.js";
import { conclude, type JudgedDatabase, type Judgement } from "./conclude.js";
import { type Copies, findCopies } from "./grouping/copies.js";
import { type DatabaseGroup, groupDatabases } from "./grouping/group.js";
import { withRecords } from "./grouping/records.js";
import { type DifferentTable, findDifferentTables } from "./matching/different-tables.js";
import { findEnumRenames } from "./matching/enum-renames.js";
import { findMoved } from "./matching/moved.js";
import { findPartial } from "./matching/partial.js";
import { findAdditions } from "./matching/presupposed.js";
import { findRenames, type Rename } from "./matching/renames.js";
import { slotsOf } from "./matching/slots.js";
import { standIn } from "./matching/stand-ins.js";
import { findTableRenames } from "./matching/table-renames.js";
import { rewrittenView, type SourceView, viewOf } from "./matching/view.js";
import { type CaughtUpState, catchUpAll } from "./migrations/catch-up.js";
import { type MigrationState, migrationStates } from "./migrations/log.js";
import { compareText, formatAddress, parseAddress, tableOf } from "./model/address.js";
import { kindDefinition } from "./model/kinds.js";
import type { Entity, Role, Snapshot } from "./model/snapshot.js";
import { sharpen } from "./observations/sharpen.js";
import { inspectOwners } from "./ownership/inspect.js";
import type { Report, ReportDatabase, ReportSource } from "./report/report.js";
import { type DatabaseContext, isStore } from "./rules/context.js";
import { inspect, judgeCase } from "./rules/index.js";
import { inspectCopies } from "./rules/inspections/copies.js";
import { inspectDiagnostics } from "./rules/inspections/diagnostics.js";
import { history } from "./rules/inspections/hygiene/history.js";
import { inspectMigrations } from "./rules/inspections/migrations.js";
import { movedDraft } from "./rules/inspections/moved.js";
import type { Located } from "./rules/located.js";
import { narrow } from "./rules/narrow.js";
import { tempered } from "./rules/platform.js";
import { readRecord } from "./rules/records.js";
import { type Authority, findAuthority } from "./verdict/authority.js";
import { decide } from "./verdict/decide.js";
import { makeWitnesses } from "./verdict/witnesses.js";

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

interface JudgeOptions extends AnalyzeOptions {
	readonly migrations: {
		readonly states: readonly MigrationState[];
		readonly changesOf: CaughtUpState["changesOf"];
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

function judgeDatabase(
	group: DatabaseGroup,
	snapshots: readonly Snapshot[],
	copies: Copies,
	options: JudgeOptions,
): JudgedDatabase {
	const all = snapshots.filter((snapshot) => group.sources.includes(snapshot.source));
	const own = all.filter((snapshot) => snapshot.role !== "record");
	const isRun = (source: string): boolean =>
		(options.evidence ?? []).some((one) => one.source === source && one.createsTables !== true);
	const authority = findAuthority(own, options.evidence ?? [], group.declaredAuthority);
	const complete = (source: string): boolean => options.notes?.[source]?.complete === true;
	const byId = new Map(
		findAdditions(findPartial(own, authority, isRun, complete)).map((snapshot) => [
			snapshot.source,
			snapshot,
		]),
	);
	const ordered = authority.order.flatMap((id) => byId.get(id) ?? []);
	const named = findTableRenames(
		ordered.map((snapshot) => viewOf(snapshot)),
		authority.source,
	);
	const { views: sameColumns, renames } = findRenames(named.views, authority.source);
	const { views: renamed, renames: enumRenames } = findEnumRenames(sameColumns, authority.source);
	const differentTables = findDifferentTables(renamed);
	const views = withoutDifferentTables(renamed, differentTables);
	const members = [...group.sources, ...copiesOf(group.sources, copies)];
	const paths = pathsOf(snapshots);
	const pathOf = (source: string): string => {
		const path = paths.get(source) ?? source;
		return path === "." ? "./" : path;
	};
	const inDifferentTable = (rename: Rename): boolean =>
		differentTables.some((one) => one.source === rename.source && one.table === rename.table);
	const roleOf = (source: string): Role =>
		byId.get(source)?.role ?? all.find((one) => one.source === source)?.role ?? "model";
	const witnesses = makeWitnesses(authority, roleOf, copies);
	const context: DatabaseContext = {
		name: group.name,
		views: renamed,
		authority,
		renames: renames.filter((rename) => !inDifferentTable(rename)),
		tableRenames: named.renames,
		enumRenames,
		differentTableRenames: renames.filter(inDifferentTable),
		differentTables,
		roleOf,
		votesOf: (sources) => new Set(sources.map(witnesses.voteOf)).size,
		pathOf,
		adapterOf: (source) => byId.get(source)?.adapter ?? "",
		labelOf: (source) => options.notes?.[source]?.label ?? "",
		isRun,
		isComplete: complete,
		creationBy: (source) =>
			options.evidence?.find((one) => one.source === source && one.createsTables === true),
	};
	const { moved, deltas } = findMoved(compareSlots(slotsOf(views), views, standIn), views);
	const records = all
		.filter((snapshot) => snapshot.role === "record")
		.map((record) => readRecord(record, views, deltas, context, standIn));
	const annotated = (found: Located, delta: Delta): Located =>
		records.reduce((finding, record) => record.annotate(finding, delta), found);
	const firstLine = (id: string) => snapshots.find((snapshot) => snapshot.source === id)?.entities[0]?.at;
	const narrowed = deltas.flatMap((whole) => {
		const delta = narrow(whole, (source) => isStore(context, source));
		return delta ? [{ delta, whole }] : [];
	});
	const drafts = [
		...narrowed.flatMap(({ delta, whole }) =>
			judgeCase({ delta, decision: decide(delta, witnesses, whole), database: context }).map((found) =>
				sharpen(annotated(found, delta), context, delta),
			),
		),
		...moved.map((one) => movedDraft(context, one, decide(one.delta, witnesses))),
		...records.flatMap((record) => record.findings),
		...inspect(context).map((found) => sharpen(found, context)),
		...inspectMigrations(all, options.migrations.states, options.migrations.changesOf, context),
		...inspectCopies(members, copies, pathOf, firstLine),
		...inspectOwners(renamed, options.owners ?? [], pathOf),
		...all.flatMap(inspectDiagnostics).flatMap((found) => history(context, found)),
	];
	return {
		database: databaseOf(group, authority, members),
		tableRenames: named.renames,
		context,
		deltas: narrowed.map(({ delta }) => delta),
		drafts: drafts.flatMap((draft) =>
			tempered(draft, {
				isMade: (schema) => makesIn(views, context, schema),
				isDatabase: (source) => context.roleOf(source) === "database",
				pathOf,
			}),
		),
	};
}

/** Whether something that creates the database has a hand in the schema. */
function makesIn(views: readonly SourceView[], database: DatabaseContext, schema: string): boolean {
	return views.some(
		(view) =>
			isStore(database, view.id) &&
			(view.byAddress.has(formatAddress("schema", schema)) ||
				[...view.tables.keys()].some((table) => parseAddress(`table:${table}`).parts[0] === schema)),
	);
}

/** What each source is called: its path, or the rest of its id where several have one path. */
function pathsOf(snapshots: readonly Snapshot[]): Map<string, string> {
	const users = new Map<string, number>();
	for (const { path } of snapshots) users.set(path, (users.get(path) ?? 0) + 1);
	return new Map(
		snapshots.map(({ source, adapter, path }) => {
			const own = source.startsWith(`${adapter}:`) ? source.slice(adapter.length + 1) : source;
			return [source, users.get(path) === 1 ? path : own];
		}),
	);
}

/** A table that is another table than its namesakes takes no part in comparing columns: that would be noise. */
function withoutDifferentTables(
	views: readonly SourceView[],
	different: readonly DifferentTable[],
): SourceView[] {
	return views.map((view) => {
		const own = new Set(different.filter((one) => one.source === view.id).map((one) => one.table));
		if (own.size === 0) return view;
		const entities = [...view.byAddress.values()].flat().filter((entity) => {
			return kindDefinition(entity.kind).within !== "table" || !own.has(tableOf(entity.address));
		});
		const silenced = [...own].map((table) => ({
			under: `table:${table}`,
			kinds: [],
			why: "its table of this name is another one",
		}));
		return rewrittenView({ ...view.snapshot, gaps: [...view.snapshot.gaps, ...silenced] }, entities);
	});
}

function copiesOf(sources: readonly string[], copies: Copies): string[] {
	return [...copies.identical].filter(([, original]) => sources.includes(original)).map(([copy]) => copy);
}

function databaseOf(group: DatabaseGroup, authority: Authority, members: readonly string[]): ReportDatabase {
	return {
		name: group.name,
		authority: authority.source,
		authorityBasis: authority.basis,
		sources: [...authority.order, ...members.filter((id) => !authority.order.includes(id))],
		groupedBecause: group.because,
		...(group.apart.length > 0 ? { keptApart: [...group.apart] } : {}),
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
	return {
		id: snapshot.source,
		adapter: snapshot.adapter,
		role: snapshot.role,
		path: snapshot.path,
		label: notes?.[snapshot.source]?.label ?? snapshot.adapter,
		database: judged.find((one) => one.database.sources.includes(snapshot.source))?.database.name ?? "",
		tables: snapshot.entities
			.filter((entity) => entity.kind === "table")
			.map((entity) => tableOf(entity.address))
			.sort(compareText),
		counts,
		gaps: snapshot.gaps.map((gap) => ({ why: gap.why, at: gap.at ?? null })),
		...(duplicateOf === undefined ? {} : { duplicateOf }),
		...(traces.length > 0 ? { evidence: traces.map(({ what, at }) => ({ what, at })) } : {}),
	};
}
