/**
 * Between which types Postgres has an operator `=`: of their own, or after implicit casts (pg_operator, pg_cast). A test
 * holds the table against Postgres.
 */
import type { TypeValue } from "../model/snapshot.js";

/** The types of one group compare with each other. */
const GROUPS: readonly (readonly string[])[] = [
	["smallint", "integer", "bigint", "numeric", "real", "double precision"],
	["smallint", "integer", "bigint", "oid"],
	["text", "character varying", "character", "citext", "name"],
	["date", "timestamp without time zone", "timestamp with time zone"],
	["time without time zone", "time with time zone"],
	["time without time zone", "interval"],
	["inet", "cidr"],
	["macaddr"],
	["macaddr8"],
	["bit", "bit varying"],
	["uuid"],
	["boolean"],
	["bytea"],
	["jsonb"],
	["money"],
];

/** Types that compare with nothing, not even with themselves. */
const NEVER = ["json", "xml", "point"];

const KNOWN = new Set([...GROUPS.flat(), ...NEVER]);

/** Whether `a = b` type-checks; `undefined` where the names do not tell (types of the project). */
export function isComparable(a: TypeValue, b: TypeValue): boolean | undefined {
	if ([a, b].some((type) => type.schema !== undefined || !KNOWN.has(type.name))) return undefined;
	const [left, right] = [a.dimensions > 0, b.dimensions > 0];
	if (left !== right) return false;
	// There is one operator for all arrays: it wants one type of element.
	if (left) return a.name === b.name;
	return GROUPS.some((group) => group.includes(a.name) && group.includes(b.name));
}
