/**
 * A live database as it will be once it has run what it has not run yet. What the pending migrations change is no drift: it is told
 * once, as theirs; what differs beyond it is drift.
 */
import { likeness } from "../compare/equivalence.js";
import { gapOver, rewrittenView, type SourceView, viewOf } from "../matching/view.js";
import { type Address, tableOf } from "../model/address.js";
import { aspectDefinition, type Kind, kindDefinition } from "../model/kinds.js";
import type { Entity, Fact, Snapshot } from "../model/snapshot.js";

export interface Change {
	readonly address: Address;
	readonly kind: Kind;
	readonly is: "new" | "gone" | "changed";
	/** As the database has it now, and as it will have it. */
	readonly before?: Entity;
	readonly after?: Entity;
}

export interface CaughtUp {
	readonly snapshot: Snapshot;
	/** What the pending migrations do to the database; what lies within a new or dropped table goes with it. */
	readonly changes: readonly Change[];
}

/**
 * `live` with what lies between `reached` (the definition as far as the database has run it) and `head` (the whole
 * definition). A fact of `live` that is not the one that `reached` gives stays as it is. `pending`: the files that are still to run.
 */
export function catchUp(
	live: Snapshot,
	reached: Snapshot,
	head: Snapshot,
	pending: readonly string[] = [],
): CaughtUp {
	const [now, then, later] = [viewOf(live), viewOf(reached), viewOf(head)];
	const changes: Change[] = [];
	const entities: Entity[] = [];
	for (const own of live.entities) {
		const [before, after] = [only(then, own.address), only(later, own.address)];
		const isOne = only(now, own.address) !== undefined;
		if (!isOne || !before) entities.push(own);
		else if (after) entities.push(changed(own, before, after, changes));
		else if (later.byAddress.has(own.address) || isInDoubt(later, own)) entities.push(own);
		else changes.push({ address: own.address, kind: own.kind, is: "gone", before: own });
	}
	for (const after of head.entities) {
		if (now.byAddress.has(after.address) || then.byAddress.has(after.address)) continue;
		// What a file creates that is still to run was not there before it, whatever else could not be read.
		if (!pending.includes(after.at.file) && isInDoubt(then, after)) continue;
		entities.push(after);
		changes.push({ address: after.address, kind: after.kind, is: "new", after });
	}
	const snapshot = { ...live, entities: withTheirTables({ ...live, entities }) };
	return { snapshot, changes: outermost(changes, snapshot) };
}

function only(view: SourceView, address: Address): Entity | undefined {
	const [entity, ...more] = view.byAddress.get(address) ?? [];
	return more.length === 0 ? entity : undefined;
}

function isInDoubt(view: SourceView, { kind, address }: Entity): boolean {
	return gapOver(view, kind, address, withinTable(kind) ? tableOf(address) : undefined) !== undefined;
}

function withinTable(kind: Kind): boolean {
	return kindDefinition(kind).within === "table";
}

/** The entity with the facts that will be others. */
function changed(own: Entity, before: Entity, after: Entity, changes: Change[]): Entity {
	const facts: Record<string, Fact> = { ...own.facts };
	let isChanged = false;
	for (const [aspect, fact] of Object.entries(own.facts)) {
		const next = after.facts[aspect];
		const alike = (a: Fact | undefined, b: Fact | undefined): boolean =>
			a !== undefined &&
			b !== undefined &&
			"value" in a &&
			"value" in b &&
			likeness(aspectDefinition(own.kind, aspect)?.equivalence ?? "exact", a.value, b.value) !== "different";
		if (next === undefined || !alike(fact, before.facts[aspect]) || alike(fact, next)) continue;
		facts[aspect] = next;
		isChanged = true;
	}
	if (!isChanged) return own;
	const later = { ...own, facts };
	changes.push({ address: own.address, kind: own.kind, is: "changed", before: own, after: later });
	return later;
}

/** What is to be within a table that the database lacks will not be there either. */
function withTheirTables(snapshot: Snapshot): Entity[] {
	const { tables } = rewrittenView(snapshot, snapshot.entities);
	return snapshot.entities.filter(({ kind, address }) => !withinTable(kind) || tables.has(tableOf(address)));
}

function outermost(changes: readonly Change[], { entities }: Snapshot): Change[] {
	const whole = new Set(
		changes.flatMap(({ kind, is, address }) =>
			kind === "table" && is !== "changed" ? [tableOf(address)] : [],
		),
	);
	const tables = new Set(
		entities.flatMap(({ kind, address }) => (kind === "table" ? [tableOf(address)] : [])),
	);
	return changes.filter(({ kind, is, address }) => {
		if (!withinTable(kind)) return true;
		const table = tableOf(address);
		return !whole.has(table) && (is === "gone" || tables.has(table));
	});
}

/** A definition as far as a live database has run it. */
export interface Reached {
	/** The live database's id. */
	readonly database: string;
	/** The definition's id. */
	readonly definition: string;
	/** What the definition's files make that have run there. */
	readonly snapshot: Snapshot;
	/** The files that have not. */
	readonly pending: readonly string[];
}

export interface CaughtUpState {
	readonly snapshots: readonly Snapshot[];
	/** By the ids of the database and of the definition. */
	changesOf(database: string, definition: string): readonly Change[];
}

/** The snapshots with every live database caught up with its definitions. */
export function catchUpAll(snapshots: readonly Snapshot[], reached: readonly Reached[]): CaughtUpState {
	const byId = new Map(snapshots.map((snapshot) => [snapshot.source, snapshot]));
	const changes = new Map<string, readonly Change[]>();
	const key = (database: string, definition: string): string => JSON.stringify([database, definition]);
	for (const { database, definition, snapshot, pending } of reached) {
		const [live, head] = [byId.get(database), byId.get(definition)];
		if (!live || !head) continue;
		const caughtUp = catchUp(live, snapshot, head, pending);
		byId.set(database, caughtUp.snapshot);
		changes.set(key(database, definition), caughtUp.changes);
	}
	return {
		snapshots: snapshots.map((snapshot) => byId.get(snapshot.source) ?? snapshot),
		changesOf: (database, definition) => changes.get(key(database, definition)) ?? [],
	};
}
