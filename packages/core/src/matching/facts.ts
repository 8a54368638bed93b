import type { Entity, Json } from "../model/snapshot.js";

/** The value that the entity states for `aspect`; `undefined` if it says nothing or it is unknown. */
export function statedValue(entity: Entity, aspect: string): Json | undefined {
	const fact = entity.facts[aspect];
	return fact && "value" in fact ? fact.value : undefined;
}

/** What a foreign key points to. */
export interface Reference {
	readonly schema: string;
	readonly table: string;
	readonly columns: readonly string[];
}

/** The value of a foreign key's `references`, or `undefined` if it is none. */
export function referenceIn(value: Json | undefined): Reference | undefined {
	if (value === null || typeof value !== "object" || !("schema" in value)) return undefined;
	const { schema, table, columns } = value;
	if (typeof schema !== "string" || typeof table !== "string" || !isTexts(columns)) return undefined;
	return { schema, table, columns };
}

/** Whether a value is a list of texts: column names, labels. */
export function isTexts(value: Json | undefined): value is readonly string[] {
	return Array.isArray(value) && value.every((item) => typeof item === "string");
}
