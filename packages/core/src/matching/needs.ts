import { type Entity, indexElementSchema, type Json } from "../model/snapshot.js";
import { statedValue } from "./facts.js";

/**
 * The facets that a language must have to write this entity at all: a partial index cannot be stated where
 * `index.predicate` is "none", and its lack there says nothing.
 */
export function facetsNeeded(entity: Entity): string[] {
	const needs: string[] = [];
	const include = statedValue(entity, "include");
	if (statedValue(entity, "predicate")) needs.push("predicate");
	if (Array.isArray(include) && include.length > 0) needs.push("include");
	if (statedValue(entity, "nullsNotDistinct") === true) needs.push("nullsNotDistinct");
	if ((statedValue(entity, "method") ?? "btree") !== "btree") needs.push("method");
	if (hasExpression(statedValue(entity, "elements"))) needs.push("expression");
	return needs.map((need) => `${entity.kind}.${need}`);
}

/** The plain columns that a constraint or index is on; a source that lacks one of them has no say on the constraint. */
export function columnsNeeded(entity: Entity): string[] {
	const named = ["columns", "elements"].flatMap((aspect) => {
		const stated = statedValue(entity, aspect);
		if (!Array.isArray(stated)) return [];
		return stated.flatMap((element) => {
			if (typeof element === "string") return element.startsWith("(") ? [] : [element];
			const parsed = indexElementSchema.safeParse(element);
			return parsed.success && !parsed.data.isExpression ? [parsed.data.canonical] : [];
		});
	});
	return entity.kind === "enum" ? [] : named;
}

/** Index elements are objects; a unique's elements are texts, where an expression stands in parentheses. */
function hasExpression(elements: Json | undefined): boolean {
	if (!Array.isArray(elements)) return false;
	return elements.some((element) => {
		if (typeof element === "string") return element.startsWith("(");
		const parsed = indexElementSchema.safeParse(element);
		return parsed.success && parsed.data.isExpression;
	});
}
