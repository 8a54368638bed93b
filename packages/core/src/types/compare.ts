import type { TypeValue } from "../model/snapshot.js";

/** Types that hold the same values under another name: `varchar` without a length is `text` (manual, "Character Types"). */
function withoutSynonyms(type: TypeValue): TypeValue {
	return type.name === "character varying" && !type.args?.length ? { ...type, name: "text" } : type;
}

const TIMES = /^(time|timestamp|interval)\b/;

/** Six digits of a second are what times have without a precision (manual, "Date/Time Types"). */
function withoutDefaultPrecision(type: TypeValue): TypeValue {
	const { args, ...bare } = type;
	return TIMES.test(type.name) && args?.length === 1 && args[0] === 6 ? bare : type;
}

/**
 * How two types relate. `unstated`: they are the same but for a length or precision that one of them leaves open.
 * `equivalent`: two names of one set of values.
 */
export function compareTypes(a: TypeValue, b: TypeValue): "same" | "equivalent" | "unstated" | "different" {
	const [left, right] = [withoutDefaultPrecision(a), withoutDefaultPrecision(b)];
	if (left !== a || right !== b) return compareTypes(left, right);
	if (a.dimensions !== b.dimensions && (a.dimensions === 0 || b.dimensions === 0)) return "different";
	if (sameName(a, b)) {
		if (sameArgs(a, b)) return "same";
		if (leavesArgsOpen(a, b) || leavesArgsOpen(b, a)) return "unstated";
	}
	const [plainA, plainB] = [withoutSynonyms(a), withoutSynonyms(b)];
	return sameName(plainA, plainB) && sameArgs(plainA, plainB) ? "equivalent" : "different";
}

function sameName(a: TypeValue, b: TypeValue): boolean {
	// A source that does not qualify a type leaves its schema to the search path.
	const schemas = a.schema === undefined || b.schema === undefined || a.schema === b.schema;
	return a.name === b.name && schemas;
}

function sameArgs(a: TypeValue, b: TypeValue): boolean {
	return (a.args ?? []).join() === (b.args ?? []).join();
}

function leavesArgsOpen(open: TypeValue, other: TypeValue): boolean {
	return open.unstated === true && !open.args?.length && (other.args?.length ?? 0) > 0;
}
