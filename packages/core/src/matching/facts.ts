import type { Entity, Json } from "../model/snapshot.js";

/** The value that the entity states for `aspect`; `undefined` if it says nothing or it is unknown. */
export function statedValue(entity: Entity, aspect: string): Json | undefined {
	const fact = entity.facts[aspect];
	return fact && "value" in fact ? fact.value : undefined;
}

/** Whether a value is a list of texts: column names, labels. */
export function isTexts(value: Json | undefined): value is readonly string[] {
	return Array.isArray(value) && value.every((item) => typeof item === "string");
}
