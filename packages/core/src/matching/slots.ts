/**
 * Puts the entities of several sources that are the same thing into one slot: by address; where one source has
 * several on the same elements, by likeness; and structures that were edited, by their name.
 */

import type { Slot } from "../compare/claims.js";
import { sameJson } from "../compare/equivalence.js";
import { type Address, compareText, parseAddress, qualifiedName } from "../model/address.js";
import { type Kind, kindDefinition } from "../model/kinds.js";
import type { Entity } from "../model/snapshot.js";
import { statedValue } from "./facts.js";
import type { SourceView } from "./view.js";

interface OpenSlot {
	address: Address;
	kind: Kind;
	table?: string;
	entities: Map<string, Entity>;
}

/** The slots of all entities of all views, sorted by address. */
export function slotsOf(views: readonly SourceView[]): Slot[] {
	const byAddress = new Map<Address, OpenSlot[]>();
	for (const view of views) {
		for (const [address, entities] of view.byAddress) place(byAddress, view, address, entities);
	}
	const slots = [...byAddress.values()].flat();
	return joinEdited(slots).sort((a, b) => compareText(a.address, b.address));
}

function place(
	byAddress: Map<Address, OpenSlot[]>,
	view: SourceView,
	address: Address,
	entities: readonly Entity[],
): void {
	const slots = byAddress.get(address) ?? [];
	byAddress.set(address, slots);
	// The usual case needs no likeness: one entity, one slot.
	const [only] = entities;
	const [first] = slots;
	if (entities.length === 1 && only && slots.length <= 1) {
		if (first) first.entities.set(view.id, only);
		else slots.push(open(address, view.id, only));
		return;
	}
	for (const entity of entities) {
		const free = slots.filter((slot) => !slot.entities.has(view.id));
		const best = free.sort((a, b) => likenessTo(b, entity) - likenessTo(a, entity))[0];
		if (best) best.entities.set(view.id, entity);
		else slots.push(open(address, view.id, entity));
	}
}

function open(address: Address, source: string, entity: Entity): OpenSlot {
	const { kind, parts } = parseAddress(address);
	const within = kindDefinition(kind).within === "table";
	const table = within ? { table: qualifiedName(...parts.slice(0, 2)) } : {};
	return { address, kind, ...table, entities: new Map([[source, entity]]) };
}

/** How many facts the entity shares with the slot's first. */
function likenessTo(slot: OpenSlot, entity: Entity): number {
	const [model] = slot.entities.values();
	if (!model) return 0;
	return Object.keys(entity.facts).filter((aspect) => {
		const a = statedValue(entity, aspect);
		const b = statedValue(model, aspect);
		return a !== undefined && b !== undefined && sameJson(a, b);
	}).length;
}

/** Joins two structures of one name in one table that no source has both of: one of them is an edited form. */
function joinEdited(slots: readonly OpenSlot[]): OpenSlot[] {
	const byName = new Map<string, OpenSlot>();
	const joined: OpenSlot[] = [];
	for (const slot of slots) {
		const name = kindDefinition(slot.kind).identity === "structure" ? nameOf(slot) : undefined;
		const key = name === undefined ? undefined : `${slot.kind} ${slot.table} ${name}`;
		const earlier = key === undefined ? undefined : byName.get(key);
		if (earlier && [...slot.entities.keys()].every((source) => !earlier.entities.has(source))) {
			for (const [source, entity] of slot.entities) earlier.entities.set(source, entity);
			continue;
		}
		if (key !== undefined && !earlier) byName.set(key, slot);
		joined.push(slot);
	}
	return joined;
}

function nameOf(slot: OpenSlot): string | undefined {
	for (const entity of slot.entities.values()) {
		const name = statedValue(entity, "name");
		if (typeof name === "string") return name;
	}
	return undefined;
}
