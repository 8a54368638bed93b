/** Definitions that build on tables which another one creates: together they make the database. */
import { qualifiedName } from "../model/address.js";
import type { Gap, Snapshot } from "../model/snapshot.js";
import { referenceIn, statedValue } from "./facts.js";
import { type SourceView, viewOf } from "./view.js";

/**
 * The tables that a source builds on without creating them, with the columns that must be there: its foreign keys point to
 * them, or it adds triggers and the like to them.
 */
export function presupposed(view: SourceView): ReadonlyMap<string, ReadonlySet<string>> {
	const known = FOUND.get(view);
	if (known) return known;
	const found = search(view);
	FOUND.set(view, found);
	return found;
}

/** Sources are looked at in pairs: each is searched once. */
const FOUND = new WeakMap<SourceView, ReadonlyMap<string, ReadonlySet<string>>>();

function search(view: SourceView): ReadonlyMap<string, ReadonlySet<string>> {
	const found = new Map<string, Set<string>>();
	for (const table of view.tables.keys()) if (!view.columns.has(table)) found.set(table, new Set());
	for (const entity of [...view.children.values()].flat()) {
		const reference = referenceIn(statedValue(entity, "references"));
		if (!reference) continue;
		const table = qualifiedName(reference.schema, reference.table);
		if (view.columns.has(table)) continue;
		const columns = found.get(table) ?? new Set<string>();
		for (const column of reference.columns) columns.add(column);
		found.set(table, columns);
	}
	return found;
}

/**
 * The snapshots with gaps where one definition builds on another: what the one creates beside the other, neither says is not
 * there. A table that neither creates is lacking all the same.
 */
export function findAdditions(snapshots: readonly Snapshot[]): Snapshot[] {
	const definitions = snapshots.filter((snapshot) => snapshot.role === "definition").map(viewOf);
	const gaps = new Map<string, Gap[]>();
	const excuse = (view: SourceView, other: SourceView, why: string): void => {
		const lost = [...other.columns.keys()].filter((table) => !view.tables.has(table));
		const own = lost.map((table): Gap => ({ under: `table:${table}`, kinds: [], why }));
		gaps.set(view.id, [...(gaps.get(view.id) ?? []), ...own]);
	};
	for (const addition of definitions) {
		const needed = [...presupposed(addition).keys()];
		for (const base of definitions) {
			if (base === addition || !needed.some((table) => base.columns.has(table))) continue;
			// Two that create one table are two attempts at one schema.
			if ([...addition.columns.keys()].some((table) => base.columns.has(table))) continue;
			excuse(addition, base, `it builds on what ${base.snapshot.path} creates`);
			excuse(base, addition, `${addition.snapshot.path}, which builds on it, creates it`);
		}
	}
	return snapshots.map((snapshot) => {
		const own = gaps.get(snapshot.source);
		return own === undefined ? snapshot : { ...snapshot, gaps: [...snapshot.gaps, ...own] };
	});
}
