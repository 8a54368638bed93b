/** The sources of one database, brought under common names, and all that rules are to know of them. */
import type { AnalyzeOptions } from "./analyze.js";
import type { Copies } from "./grouping/copies.js";
import type { DatabaseGroup } from "./grouping/group.js";
import { type DifferentTable, findDifferentTables } from "./matching/different-tables.js";
import { findEnumRenames } from "./matching/enum-renames.js";
import { findPartial } from "./matching/partial.js";
import { findAdditions } from "./matching/presupposed.js";
import { findRenames, type Rename } from "./matching/renames.js";
import { findTableRenames } from "./matching/table-renames.js";
import { rewrittenView, type SourceView, viewOf } from "./matching/view.js";
import { tableOf } from "./model/address.js";
import { kindDefinition } from "./model/kinds.js";
import type { Role, Snapshot } from "./model/snapshot.js";
import type { DatabaseContext } from "./rules/context.js";
import { findAuthority } from "./verdict/authority.js";
import { makeWitnesses, type Witnesses } from "./verdict/witnesses.js";

export interface MatchedDatabase {
	/** What is compared: the context's views, without tables that are others than their namesakes. */
	readonly views: readonly SourceView[];
	readonly context: DatabaseContext;
	readonly witnesses: Witnesses;
}

/** `snapshots`: of all databases; those of the group are matched. */
export function matchDatabase(
	group: DatabaseGroup,
	snapshots: readonly Snapshot[],
	copies: Copies,
	options: AnalyzeOptions,
): MatchedDatabase {
	const all = snapshots.filter((snapshot) => group.sources.includes(snapshot.source));
	const own = all.filter((snapshot) => snapshot.role !== "record");
	const isRun = (source: string): boolean =>
		(options.evidence ?? []).some((one) => one.source === source && one.createsTables !== true);
	const authority = findAuthority(own, options.evidence ?? [], group.declaredAuthority);
	const complete = (source: string): boolean => options.notes?.[source]?.complete === true;
	const whole = findAdditions(findPartial(own, authority, isRun, complete));
	const byId = new Map(whole.map((snapshot) => [snapshot.source, snapshot]));
	const ordered = authority.order.flatMap((id) => byId.get(id) ?? []);
	const { views, ...renamed } = renamedViews(ordered, authority.source);
	const roleOf = (source: string): Role =>
		byId.get(source)?.role ?? all.find((one) => one.source === source)?.role ?? "model";
	const witnesses = makeWitnesses(authority, roleOf, copies, views);
	const context: DatabaseContext = {
		name: group.name,
		views,
		authority,
		...renamed,
		roleOf,
		votesOf: (sources) => new Set(sources.map(witnesses.voteOf)).size,
		pathOf: namesOf(snapshots),
		adapterOf: (source) => byId.get(source)?.adapter ?? "",
		labelOf: (source) => options.notes?.[source]?.label ?? "",
		isRun,
		isComplete: complete,
		creationBy: (source) =>
			options.evidence?.find((one) => one.source === source && one.createsTables === true),
	};
	return { views: withoutDifferentTables(views, renamed.differentTables), context, witnesses };
}

/** The sources under common names: tables first, then columns, then enums. */
function renamedViews(ordered: readonly Snapshot[], authority: string | null) {
	const tables = findTableRenames(
		ordered.map((snapshot) => viewOf(snapshot)),
		authority,
	);
	const columns = findRenames(tables.views, authority);
	const enums = findEnumRenames(columns.views, authority);
	const differentTables = findDifferentTables(enums.views);
	const inDifferentTable = (rename: Rename): boolean =>
		differentTables.some((one) => one.source === rename.source && one.table === rename.table);
	return {
		views: enums.views,
		tableRenames: tables.renames,
		renames: columns.renames.filter((rename) => !inDifferentTable(rename)),
		differentTableRenames: columns.renames.filter(inDifferentTable),
		enumRenames: enums.renames,
		differentTables,
	};
}

/** What messages call a source. */
function namesOf(snapshots: readonly Snapshot[]): (source: string) => string {
	const paths = pathsOf(snapshots);
	return (source) => {
		const path = paths.get(source) ?? source;
		return path === "." ? "./" : path;
	};
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
