/** Snapshots as what they say, without origins and spelling: what the static reading and a database must share. */
import { aspectDefinition, type Entity, type Json, kindDefinition, type Snapshot } from "@schemalign/core";

export type Model = Record<string, Record<string, Json>>;

/** Every stated fact by address and aspect, in the form in which it is compared. */
export function modelOf(snapshot: Snapshot): Model {
	return Object.fromEntries(snapshot.entities.map((entity) => [entity.address, factsOf(entity)]));
}

function factsOf(entity: Entity): Record<string, Json> {
	const facts: Record<string, Json> = {};
	for (const [aspect, fact] of Object.entries(entity.facts)) {
		if (!(aspect in kindDefinition(entity.kind).aspects) || "unknown" in fact) continue;
		facts[aspect] = plain(fact.value, aspectDefinition(entity.kind, aspect)?.equivalence);
	}
	return facts;
}

/** The value without the text as written, which differs by nature. */
function plain(value: Json, equivalence: string | undefined): Json {
	if (equivalence === "set" && Array.isArray(value)) return [...value].sort();
	if (value !== null && typeof value === "object" && "canonical" in value && !("order" in value)) {
		return value.canonical ?? null;
	}
	return value;
}
