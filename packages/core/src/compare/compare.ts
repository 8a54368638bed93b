/**
 * The n-way comparison: for each aspect of each entity the claims of all sources are grouped by equivalence; two
 * classes are a delta. It reads the kinds' table and never names a kind (a guard test holds it to that).
 */

import type { SourceView } from "../matching/view.js";
import { type Address, compareText } from "../model/address.js";
import { type AspectDefinition, type Kind, kindDefinition } from "../model/kinds.js";
import type { Entity, Json } from "../model/snapshot.js";
import { aspectClaim, type Claim, EXISTENCE, existenceClaim, type Slot, type StandIn } from "./claims.js";
import { type Likeness, likeness, sameJson } from "./equivalence.js";

/** A disagreement, or a difference in words with the same effect. */
export interface Delta {
	readonly address: Address;
	readonly kind: Kind;
	readonly table?: string;
	/** One of the kind's aspects, or {@link EXISTENCE}. */
	readonly aspect: string;
	readonly claims: readonly Claim[];
	/** The sources of each class of equal claims; one class only where `grade` is not `different`. */
	readonly classes: readonly (readonly string[])[];
	readonly grade: Exclude<Likeness, "same">;
	/** The entity as each source that has it states it. */
	readonly entities: ReadonlyMap<string, Entity>;
}

/** Compares every slot. Deltas come in the order of the slots, existence first. */
export function compareSlots(
	slots: readonly Slot[],
	views: readonly SourceView[],
	standIn: StandIn,
): Delta[] {
	return slots.flatMap((slot) => {
		const existence = delta(slot, EXISTENCE, existenceClaims(slot, views, standIn), EXISTENCE_DEFINITION);
		return [...(existence ? [existence] : []), ...aspectDeltas(slot, views)];
	});
}

const EXISTENCE_DEFINITION: AspectDefinition = {
	equivalence: "exact",
	weight: "structural",
	label: "existence",
};

function existenceClaims(slot: Slot, views: readonly SourceView[], standIn: StandIn): Claim[] {
	if (slot.entities.size === views.length) return [];
	return views.flatMap((view) => existenceClaim(view, slot, standIn) ?? []);
}

function aspectDeltas(slot: Slot, views: readonly SourceView[]): Delta[] {
	if (slot.entities.size < 2) return [];
	const having = views.filter((view) => slot.entities.has(view.id));
	const deltas: Delta[] = [];
	const { aspects } = kindDefinition(slot.kind);
	for (const aspect in aspects) {
		const definition = aspects[aspect];
		if (!definition || definition.weight === "program" || allSame(slot, aspect)) continue;
		const claims = having.flatMap((view) => {
			const entity = slot.entities.get(view.id);
			return entity ? [aspectClaim(view, slot, entity, aspect)] : [];
		});
		const found = delta(slot, aspect, claims, definition);
		if (found) deltas.push(found);
	}
	return deltas;
}

/** Whether no two sources state different values: the usual case, told without looking at what silence means. */
function allSame(slot: Slot, aspect: string): boolean {
	let first: Json | undefined;
	for (const entity of slot.entities.values()) {
		const fact = entity.facts[aspect];
		if (!fact || "unknown" in fact) continue;
		if (first === undefined) first = fact.value;
		else if (!sameJson(first, fact.value)) return false;
	}
	return true;
}

/** The delta of the claims on one aspect, or `undefined` if those that say something agree. */
function delta(
	slot: Slot,
	aspect: string,
	claims: readonly Claim[],
	definition: AspectDefinition,
): Delta | undefined {
	const speaking = claims.filter((claim) => claim.state === "value" || claim.state === "absent");
	if (speaking.length < 2) return undefined;
	const { classes, grade } = classify(speaking, definition);
	if (grade === "same") return undefined;
	return {
		address: slot.address,
		kind: slot.kind,
		...(slot.table === undefined ? {} : { table: slot.table }),
		aspect,
		claims,
		classes: classes.map((members) => members.map((claim) => claim.source).sort(compareText)),
		grade,
		entities: slot.entities,
	};
}

/** Groups the claims: a claim joins the first class in which it contradicts nobody. */
function classify(
	claims: readonly Claim[],
	definition: AspectDefinition,
): { classes: Claim[][]; grade: Likeness } {
	const classes: Claim[][] = [];
	let grade: Likeness = "same";
	for (const claim of claims) {
		const home = classes.find((members) =>
			members.every((member) => alike(member, claim, definition) !== "different"),
		);
		if (!home) {
			classes.push([claim]);
			continue;
		}
		for (const member of home) grade = milder(grade, alike(member, claim, definition));
		home.push(claim);
	}
	return { classes, grade: classes.length > 1 ? "different" : grade };
}

function milder(current: Likeness, next: Likeness): Likeness {
	return current === "same" ? next : current;
}

function alike(a: Claim, b: Claim, definition: AspectDefinition): Likeness {
	if (a.state !== "value" || b.state !== "value") return a.state === b.state ? "same" : "different";
	return likeness(definition.equivalence, a.value, b.value);
}
