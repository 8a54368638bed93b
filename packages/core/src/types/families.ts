/** Families of types that Postgres treats alike, as far as programs meet them. */
import type { TypeValue } from "../model/snapshot.js";

export const INTEGERS: readonly string[] = ["smallint", "integer", "bigint"];
export const FLOATS: readonly string[] = ["real", "double precision"];
export const TEXTS: readonly string[] = ["text", "character varying", "character", "citext", "name"];
const JSONS: readonly string[] = ["json", "jsonb"];
export const STAMPS: readonly string[] = ["timestamp without time zone", "timestamp with time zone"];

export type Family =
	| "integer"
	| "float"
	| "numeric"
	| "text"
	| "json"
	| "timestamp"
	| "vector"
	| "user"
	| "other";

/** The family of a type; `user`: a type of the project, an enum most likely. */
export function familyOf(type: TypeValue): Family {
	if (INTEGERS.includes(type.name)) return "integer";
	if (FLOATS.includes(type.name)) return "float";
	if (type.name === "numeric") return "numeric";
	if (TEXTS.includes(type.name)) return "text";
	if (JSONS.includes(type.name)) return "json";
	if (STAMPS.includes(type.name)) return "timestamp";
	if (["vector", "halfvec", "sparsevec"].includes(type.name)) return "vector";
	return isUserType(type) ? "user" : "other";
}

const BUILTIN_OTHER = new Set(
	"boolean bytea money date interval bit uuid xml inet cidr macaddr macaddr8 point line lseg box path polygon circle tsvector tsquery oid hstore ltree lquery cube seg geometry geography raster".split(
		" ",
	),
);

function isUserType(type: TypeValue): boolean {
	if (type.schema !== undefined) return true;
	return !BUILTIN_OTHER.has(type.name) && !/^(time |bit |int\d|num|ts|date|reg|json)/.test(type.name);
}
