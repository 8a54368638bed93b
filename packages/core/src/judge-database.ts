/** Compares the sources of one database and judges what differs. */
import type { AnalyzeOptions } from "./analyze.js";
import { compareSlots, type Delta } from "./compare/compare.js";
import type { JudgedDatabase } from "./conclude.js";
import type { Copies } from "./grouping/copies.js";
import type { DatabaseGroup } from "./grouping/group.js";
import { matchDatabase } from "./match-database.js";
import { findMoved } from "./matching/moved.js";
import { slotsOf } from "./matching/slots.js";
import { standInAmong } from "./matching/stand-ins.js";
import type { SourceView } from "./matching/view.js";
import type { CaughtUpState } from "./migrations/catch-up.js";
import type { MigrationState } from "./migrations/log.js";
import { formatAddress, parseAddress } from "./model/address.js";
import type { Snapshot } from "./model/snapshot.js";
import { sharpen } from "./observations/sharpen.js";
import { inspectOwners } from "./ownership/inspect.js";
import type { ReportDatabase } from "./report/report.js";
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
import type { Authority } from "./verdict/authority.js";
import { decide } from "./verdict/decide.js";

export interface JudgeOptions extends AnalyzeOptions {
	readonly migrations: {
		readonly states: readonly MigrationState[];
		readonly changesOf: CaughtUpState["changesOf"];
	};
}

/** `snapshots`: of all databases; `copies`: among all of them. */
export function judgeDatabase(
	group: DatabaseGroup,
	snapshots: readonly Snapshot[],
	copies: Copies,
	options: JudgeOptions,
): JudgedDatabase {
	const all = snapshots.filter((snapshot) => group.sources.includes(snapshot.source));
	const members = [...group.sources, ...copiesOf(group.sources, copies)];
	const { views, context, witnesses } = matchDatabase(group, snapshots, copies, options);
	const standIn = standInAmong(views);
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
		...inspectCopies(members, copies, context.pathOf, firstLine),
		...inspectOwners(context.views, options.owners ?? [], context.pathOf),
		...all
			.map((own) => views.find(({ id }) => id === own.source)?.snapshot ?? own)
			.flatMap(inspectDiagnostics)
			.flatMap((found) => history(context, found)),
	];
	return {
		database: databaseOf(group, context.authority, members),
		tableRenames: context.tableRenames,
		context,
		deltas: narrowed.map(({ delta }) => delta),
		drafts: drafts.flatMap((draft) =>
			tempered(draft, {
				isMade: (schema) => makesIn(views, context, schema),
				isDatabase: (source) => context.roleOf(source) === "database",
				pathOf: context.pathOf,
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
