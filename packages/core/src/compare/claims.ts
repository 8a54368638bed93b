/** What each source says on one aspect: the claims, and the three meanings of silence. */

import { columnsNeeded, facetsNeeded } from "../matching/needs.js";
import { canState, gapOver, gapThatMayChange, kindCoverage, type SourceView } from "../matching/view.js";
import type { Address } from "../model/address.js";
import type { Kind } from "../model/kinds.js";
import type { Entity, Json, Origin } from "../model/snapshot.js";

/** Pseudo-aspect of every kind: whether the entity is there. */
export const EXISTENCE = "existence";

export type Claim = {
	readonly source: string;
	/** Where the source says so; for an absent thing, where it would be. */
	readonly at?: Origin;
} & (
	| { readonly state: "value"; readonly value: Json; readonly implied?: string }
	| { readonly state: "absent" }
	| { readonly state: "inexpressible" }
	| { readonly state: "unknown"; readonly why: string }
);

/** One entity as the sources of a database state it: the entity of each source that has it. */
export interface Slot {
	readonly address: Address;
	readonly kind: Kind;
	/** The qualified name of the table that it lies within, for kinds that do. */
	readonly table?: string;
	readonly entities: ReadonlyMap<string, Entity>;
}

/** Tells that `view` needs no entity of its own because another does its work, and which. */
export type StandIn = (view: SourceView, entity: Entity) => string | undefined;

/** The claim of `view` on whether the slot's entity exists; `undefined` where it has no say (it lacks the table). */
export function existenceClaim(view: SourceView, slot: Slot, standIn: StandIn): Claim | undefined {
	const entity = slot.entities.get(view.id);
	if (entity) {
		const gap = gapThatMayChange(view, slot.kind, slot.address, slot.table);
		if (gap) return { source: view.id, state: "unknown", why: gap.why, at: entity.at };
		return { source: view.id, state: "value", value: true, at: entity.at };
	}
	const table = slot.table === undefined ? undefined : view.tables.get(slot.table);
	if (slot.table !== undefined && !table) return undefined;
	const place = table ? { at: table.at } : {};
	return { source: view.id, ...place, ...silence(view, slot, standIn) };
}

type Silence =
	| { state: "absent" }
	| { state: "inexpressible" }
	| { state: "unknown"; why: string }
	| { state: "value"; value: Json; implied: string };

function silence(view: SourceView, slot: Slot, standIn: StandIn): Silence {
	const coverage = kindCoverage(view, slot.kind);
	if (coverage === "none") return { state: "inexpressible" };
	const gap = gapOver(view, slot.kind, slot.address, slot.table);
	if (gap) return { state: "unknown", why: gap.why };
	if (coverage === "partial") return { state: "unknown", why: "it states only a part of the schema" };
	const example = slot.entities.values().next().value;
	if (example) {
		if (facetsNeeded(example).some((facet) => !canState(view, facet))) return { state: "inexpressible" };
		const columns = slot.table === undefined ? undefined : view.columns.get(slot.table);
		const lost = columnsNeeded(example).find((column) => columns !== undefined && !columns.has(column));
		if (lost !== undefined) return { state: "unknown", why: `it does not have the column ${lost}` };
		const instead = standIn(view, example);
		if (instead !== undefined) return { state: "value", value: true, implied: instead };
	}
	return { state: "absent" };
}

/** The claim of a source that has the entity on one of its aspects. */
export function aspectClaim(view: SourceView, slot: Slot, entity: Entity, aspect: string): Claim {
	const fact = entity.facts[aspect];
	if (!fact) return { source: view.id, state: "inexpressible", at: entity.at };
	const gap = gapThatMayChange(view, slot.kind, slot.address, slot.table);
	if (gap) return { source: view.id, state: "unknown", why: gap.why, at: fact.at };
	if ("unknown" in fact) return { source: view.id, state: "unknown", why: fact.unknown, at: fact.at };
	return {
		source: view.id,
		state: "value",
		value: asStated(view, slot.kind, fact.value),
		at: fact.at,
		...(fact.implied === undefined ? {} : { implied: fact.implied }),
	};
}

/** Facets of single elements, which a source without a word for them leaves open although they have a usual value. */
const ELEMENT_FACETS = ["order", "nulls"];

/** The value without what the source's language cannot say of it. */
function asStated(view: SourceView, kind: Kind, value: Json): Json {
	const open = ELEMENT_FACETS.filter((facet) => !canState(view, `${kind}.${facet}`));
	if (open.length === 0 || !Array.isArray(value)) return value;
	return value.map((element: Json) => {
		if (element === null || typeof element !== "object" || Array.isArray(element)) return element;
		return Object.fromEntries(Object.entries(element).filter(([key]) => !open.includes(key)));
	});
}
