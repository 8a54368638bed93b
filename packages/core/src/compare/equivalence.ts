/** Whether two stated values of one aspect say the same. One function per {@link Equivalence}. */

import { sameEffect } from "../expression/same-effect.js";
import type { Equivalence } from "../model/kinds.js";
import {
	defaultValueSchema,
	expressionValueSchema,
	type IndexElement,
	indexElementSchema,
	type Json,
	typeValueSchema,
} from "../model/snapshot.js";
import { compareTypes } from "../types/compare.js";

/**
 * `same`: one meaning. `equivalent`: other words, same effect. `unstated`: one side leaves a facet open.
 * `different`: they cannot both be true.
 */
export type Likeness = "same" | "equivalent" | "unstated" | "different";

type Comparison = (a: Json, b: Json) => Likeness;

const COMPARISONS: Readonly<Record<Equivalence, Comparison>> = {
	exact: (a, b) => verdictOf(sameJson(a, b)),
	set: (a, b) => verdictOf(sortedText(a) === sortedText(b)),
	action: (a, b) => verdictOf(a === b),
	type: compareTypeValues,
	expression: compareExpressions,
	default: compareDefaults,
	elements: compareElements,
};

/** How alike `a` and `b` are as values of an aspect with the given equivalence. Symmetric; not transitive for `unstated`. */
export function likeness(equivalence: Equivalence, a: Json, b: Json): Likeness {
	return sameJson(a, b) ? "same" : COMPARISONS[equivalence](a, b);
}

/** Deep equality of JSON values; a property that is `undefined` is not there. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
	if (a === b) return true;
	if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
	if (isList(a) || isList(b)) {
		return isList(a) && isList(b) && a.length === b.length && a.every((item, at) => sameJson(item, b[at]));
	}
	for (const key in a) if (!sameJson(a[key], b[key])) return false;
	for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false;
	return true;
}

function isList(value: Json): value is readonly Json[] {
	return Array.isArray(value);
}

function verdictOf(same: boolean): Likeness {
	return same ? "same" : "different";
}

/** The same for what a value means: the text of an expression that has a canonical form does not count. */
export function canonicalText(value: Json): string {
	return stableText(withoutSpelling(value));
}

function withoutSpelling(value: Json): Json {
	if (Array.isArray(value)) return value.map(withoutSpelling);
	if (value === null || typeof value !== "object" || isList(value)) return value;
	const entries = Object.entries(value).filter(([key]) => key !== "sql" || !("canonical" in value));
	return Object.fromEntries(
		entries.map(([key, item]) => [key, item === undefined ? item : withoutSpelling(item)]),
	);
}

/** JSON with sorted keys: equal values give equal texts. */
export function stableText(value: Json): string {
	if (Array.isArray(value)) return `[${value.map(stableText).join(",")}]`;
	if (value === null || typeof value !== "object") return JSON.stringify(value);
	const entries = Object.entries(value).filter(([, item]) => item !== undefined);
	entries.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${stableText(item ?? null)}`).join(",")}}`;
}

function sortedText(value: Json): string {
	return Array.isArray(value) ? value.map(stableText).sort().join(",") : stableText(value);
}

function compareTypeValues(a: Json, b: Json): Likeness {
	const left = typeValueSchema.safeParse(a);
	const right = typeValueSchema.safeParse(b);
	if (!left.success || !right.success) return COMPARISONS.exact(a, b);
	return compareTypes(left.data, right.data);
}

function compareExpressions(a: Json, b: Json): Likeness {
	if (a === null || b === null) return verdictOf(a === b);
	const left = expressionValueSchema.safeParse(a);
	const right = expressionValueSchema.safeParse(b);
	if (!left.success || !right.success) return COMPARISONS.exact(a, b);
	if (left.data.canonical === right.data.canonical) return "same";
	return sameEffect(left.data.canonical, right.data.canonical) ? "equivalent" : "different";
}

function compareDefaults(a: Json, b: Json): Likeness {
	const left = defaultValueSchema.safeParse(a);
	const right = defaultValueSchema.safeParse(b);
	if (!left.success || !right.success) return COMPARISONS.exact(a, b);
	if (left.data === null || right.data === null) return verdictOf(left.data === right.data);
	if (left.data.is === "sequence" && right.data.is === "sequence") {
		return left.data.how === right.data.how ? "same" : "equivalent";
	}
	if (left.data.is === "expression" && right.data.is === "expression")
		return compareExpressions(left.data, right.data);
	return "different";
}

function compareElements(a: Json, b: Json): Likeness {
	const left = indexElementSchema.array().safeParse(a);
	const right = indexElementSchema.array().safeParse(b);
	if (!left.success || !right.success) return COMPARISONS.exact(a, b);
	if (sameJson(left.data, right.data)) return "same";
	const open = (["order", "nulls"] as const).filter((facet) =>
		[...left.data, ...right.data].some((element) => element[facet] === undefined),
	);
	const stated = (elements: readonly IndexElement[]): Json =>
		elements.map((element) => ({
			...element,
			...Object.fromEntries(open.map((facet) => [facet, undefined])),
		}));
	// What a language has no word for is no claim.
	return verdictOf(open.length > 0 && sameJson(stated(left.data), stated(right.data)));
}
