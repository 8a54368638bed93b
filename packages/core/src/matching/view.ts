/** A snapshot indexed for comparison: one source's entities by address and table, and what its silence means. */
import { type Address, parseAddress, qualifiedName } from "../model/address.js";
import { type Kind, kindDefinition } from "../model/kinds.js";
import type { Coverage, Entity, Gap, Snapshot } from "../model/snapshot.js";
import { isTexts, statedValue } from "./facts.js";

export interface SourceView {
	readonly id: string;
	readonly snapshot: Snapshot;
	/** Entities by address; several only where one source has two structures on the same elements. */
	readonly byAddress: ReadonlyMap<Address, readonly Entity[]>;
	/** Qualified table name to its table entity. */
	readonly tables: ReadonlyMap<string, Entity>;
	/** Qualified table name to its columns by name. */
	readonly columns: ReadonlyMap<string, ReadonlyMap<string, Entity>>;
	/** Qualified table name to everything within the table. */
	readonly children: ReadonlyMap<string, readonly Entity[]>;
}

/** A snapshot is looked at for grouping and again for judging: it is indexed once. */
const INDEXED = new WeakMap<Snapshot, SourceView>();

/** Indexes `snapshot` as it is. */
export function viewOf(snapshot: Snapshot): SourceView {
	const known = INDEXED.get(snapshot);
	if (known) return known;
	const view = rewrittenView(snapshot, snapshot.entities);
	INDEXED.set(snapshot, view);
	return view;
}

/** Indexes `snapshot` with a rewritten form of its entities (see renames.ts). */
export function rewrittenView(snapshot: Snapshot, entities: readonly Entity[]): SourceView {
	const byAddress = new Map<Address, Entity[]>();
	const tables = new Map<string, Entity>();
	const columns = new Map<string, Map<string, Entity>>();
	const children = new Map<string, Entity[]>();
	for (const entity of entities) {
		push(byAddress, entity.address, entity);
		const [schema = "", table = "", own = ""] = parseAddress(entity.address).parts;
		const name = qualifiedName(schema, table);
		if (entity.kind === "table") tables.set(name, entity);
		if (kindDefinition(entity.kind).within !== "table") continue;
		push(children, name, entity);
		if (entity.kind !== "column") continue;
		const known = columns.get(name) ?? new Map<string, Entity>();
		columns.set(name, known.set(own, entity));
	}
	return { id: snapshot.source, snapshot, byAddress, tables, columns, children };
}

function push<K>(map: Map<K, Entity[]>, key: K, entity: Entity): void {
	const list = map.get(key);
	if (list) list.push(entity);
	else map.set(key, [entity]);
}

/** What the lack of an entity of `kind` in the source means, gaps aside. */
export function kindCoverage(view: SourceView, kind: Kind): Coverage {
	return view.snapshot.capabilities.kinds[kind] ?? "none";
}

/** Whether the source can say the facet at all: `"index.predicate"`. Facets that are not listed follow the kind. */
export function canState(view: SourceView, facet: string): boolean {
	return view.snapshot.capabilities.aspects[facet] !== "none";
}

/** Whether the column is one of the table's primary key. `table`: qualified. */
export function isInPrimaryKey(view: SourceView, table: string, column: string): boolean {
	return (view.children.get(table) ?? []).some((entity) => {
		const columns = entity.kind === "primaryKey" ? statedValue(entity, "columns") : undefined;
		return isTexts(columns) && columns.includes(column);
	});
}

/** Whether columns of the table were not read: what it lacks it may have. */
export function isPartlyRead(view: SourceView, table: string): boolean {
	return gapOver(view, "column", `table:${table}`, table) !== undefined;
}

/** The gap that makes even what the source states of an entity uncertain, if there is one. */
export function gapThatMayChange(
	view: SourceView,
	kind: Kind,
	address: Address,
	table?: string,
): Gap | undefined {
	return view.snapshot.gaps.find((gap) => gap.mayChange === true && covers(gap, kind, address, table));
}

/** The gap under which an entity of `kind` at `address`, within `table`, would have been lost, if there is one. */
export function gapOver(view: SourceView, kind: Kind, address: Address, table?: string): Gap | undefined {
	return view.snapshot.gaps.find((gap) => covers(gap, kind, address, table));
}

function covers(gap: Gap, kind: Kind, address: Address, table: string | undefined): boolean {
	if (gap.kinds.length > 0 && !gap.kinds.includes(kind)) return false;
	return (
		gap.under === "*" || gap.under === address || (table !== undefined && gap.under === `table:${table}`)
	);
}
