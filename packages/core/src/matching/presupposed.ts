/** Definitions that build on tables which another one creates: together they make the database. */
import { type Address, parseAddress, qualifiedName } from "../model/address.js";
import { kindDefinition } from "../model/kinds.js";
import type { Diagnostic, Gap, Snapshot } from "../model/snapshot.js";
import { tableLabel } from "../report/describe.js";
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
	for (const [table, entity] of view.tables) {
		// A table may be made without a column: then its maker says how it is kept.
		if (!view.columns.has(table) && entity.facts.persistence === undefined) found.set(table, new Set());
	}
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

/** A definition, and another that creates tables which it builds on. */
interface Pair {
	readonly addition: SourceView;
	readonly base: SourceView;
	/** The base's tables that the addition builds on. */
	readonly tables: ReadonlySet<string>;
}

/**
 * The snapshots where one definition builds on another: together they make the database. What the one creates beside the
 * other, neither says is not there; what it adds to the other's tables is as if these had it. A table that neither creates is
 * lacking all the same.
 */
export function findAdditions(snapshots: readonly Snapshot[]): Snapshot[] {
	const definitions = snapshots.filter((snapshot) => snapshot.role === "definition").map(viewOf);
	const changed = new Map(snapshots.map((snapshot) => [snapshot.source, snapshot]));
	const change = (id: string, by: (snapshot: Snapshot) => Snapshot): void => {
		const snapshot = changed.get(id);
		if (snapshot) changed.set(id, by(snapshot));
	};
	for (const pair of pairsOf(definitions)) {
		const { addition, base } = pair;
		const itBuilds = `it builds on what ${base.snapshot.path} creates`;
		const buildsOnIt = `${addition.snapshot.path}, which builds on it, creates it`;
		change(base.id, (snapshot) => withAdded(excused(snapshot, base, addition, buildsOnIt), pair));
		change(addition.id, (snapshot) => withoutAdded(excused(snapshot, addition, base, itBuilds), pair));
	}
	return snapshots.map((snapshot) => changed.get(snapshot.source) ?? snapshot);
}

function pairsOf(definitions: readonly SourceView[]): Pair[] {
	return definitions.flatMap((addition) => {
		const needed = [...presupposed(addition).keys()];
		return definitions.flatMap((base): Pair[] => {
			const tables = new Set(needed.filter((table) => base.columns.has(table)));
			if (base === addition || tables.size === 0) return [];
			// Two that create one table are two attempts at one schema.
			const isRival = [...addition.columns.keys()].some((table) => base.columns.has(table));
			return isRival ? [] : [{ addition, base, tables }];
		});
	});
}

/** The snapshot with a gap for each thing that only the other creates, tables with all that is in them. */
function excused(snapshot: Snapshot, own: SourceView, other: SourceView, why: string): Snapshot {
	const lost = other.snapshot.entities.filter(({ kind, address }) => {
		if (kind === "table")
			return other.columns.has(qualifiedTable(address)) && !own.columns.has(qualifiedTable(address));
		return kindDefinition(kind).within !== "table" && !own.byAddress.has(address);
	});
	const gaps = lost.map(({ address }): Gap => ({ under: address, kinds: [], why }));
	return { ...snapshot, gaps: [...snapshot.gaps, ...gaps] };
}

function qualifiedTable(address: Address): string {
	const [schema = "", table = ""] = parseAddress(address).parts;
	return qualifiedName(schema, table);
}

/** The base with what the addition adds to its tables. */
function withAdded(snapshot: Snapshot, { addition, tables }: Pair): Snapshot {
	const known = new Set(snapshot.entities.map(({ address }) => address));
	const added = [...tables].flatMap((table) =>
		(addition.children.get(table) ?? []).filter(({ address }) => !known.has(address)),
	);
	const entities = snapshot.entities.map((entity) => {
		const said = entity.kind === "table" ? addition.tables.get(qualifiedTable(entity.address)) : undefined;
		if (!said || !tables.has(qualifiedTable(entity.address))) return entity;
		return { ...entity, facts: { ...entity.facts, ...said.facts } };
	});
	return { ...snapshot, entities: [...entities, ...added] };
}

/** The addition without what is now said by the base. */
function withoutAdded(snapshot: Snapshot, { addition, base, tables }: Pair): Snapshot {
	const moved = new Set(
		[...tables].flatMap((table) => [
			`table:${table}`,
			...(addition.children.get(table) ?? []).map(({ address }) => address),
		]),
	);
	return {
		...snapshot,
		entities: snapshot.entities.filter(({ address }) => !moved.has(address)),
		diagnostics: snapshot.diagnostics.map((diagnostic) =>
			lacksTable(diagnostic, moved) ? afterwards(diagnostic, base.snapshot.path) : diagnostic,
		),
	};
}

/** That the definition cannot run because a table is nowhere created in it. */
function lacksTable({ code, address }: Diagnostic, tables: ReadonlySet<Address>): boolean {
	return code === "definition-cannot-run" && address !== undefined && tables.has(address);
}

function afterwards(diagnostic: Diagnostic, base: string): Diagnostic {
	const name = tableLabel(qualifiedTable(diagnostic.address ?? ""));
	return {
		...diagnostic,
		code: "altered-but-never-created",
		severity: "info",
		message: `${name} is used here and created by ${base}`,
		why: "Run on a database in which that has not run, these scripts fail (42P01: relation does not exist).",
		help: `Run them after ${base}.`,
	};
}
