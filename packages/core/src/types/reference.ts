/**
 * Which types a foreign key may have for which it references. Postgres compares the two columns by an operator of the
 * referenced index's family, or after an implicit cast (ATAddForeignKeyConstraint in tablecmds.c; pg_amop, pg_cast). A
 * test holds the table below against Postgres.
 */
import type { TypeValue } from "../model/snapshot.js";

/** Types of one btree operator family: they reference each other. */
const FAMILIES: readonly (readonly string[])[] = [
	["smallint", "integer", "bigint"],
	["real", "double precision"],
	["text", "character varying", "name"],
	["date", "timestamp without time zone", "timestamp with time zone"],
	["inet", "cidr"],
];

const INTEGERS = ["smallint", "integer", "bigint"];

/** The types that may reference a type by an implicit cast to it. */
const CAST_TO: Readonly<Record<string, readonly string[]>> = {
	numeric: INTEGERS,
	real: [...INTEGERS, "numeric"],
	"double precision": [...INTEGERS, "numeric"],
	text: ["character", "citext"],
	"character varying": ["character", "citext"],
	name: ["character"],
	character: ["text", "character varying"],
	"time with time zone": ["time without time zone"],
	interval: ["time without time zone"],
	macaddr: ["macaddr8"],
	macaddr8: ["macaddr"],
	oid: INTEGERS,
	bit: ["bit varying"],
	"bit varying": ["bit"],
};

/** Further types that nothing but themselves references. */
const ALONE = ["uuid", "boolean", "bytea", "jsonb", "money", "citext"];

const KNOWN = new Set([
	...FAMILIES.flat(),
	...Object.entries(CAST_TO).flatMap(([to, from]) => [to, ...from]),
	...ALONE,
]);

/**
 * Whether Postgres lets a column of the type `from` reference one of the type `to`; `undefined` where that cannot be told
 * from their names (domains and other types of the user).
 */
export function mayReference(from: TypeValue, to: TypeValue): boolean | undefined {
	const known = [from, to].every((type) => type.schema === undefined && KNOWN.has(type.name));
	if (!known) return undefined;
	if (from.dimensions > 0 || to.dimensions > 0) {
		return from.dimensions > 0 && to.dimensions > 0 && from.name === to.name;
	}
	return (
		from.name === to.name ||
		FAMILIES.some((family) => family.includes(from.name) && family.includes(to.name)) ||
		(CAST_TO[to.name]?.includes(from.name) ?? false)
	);
}

const LARGEST: Readonly<Record<string, string>> = { smallint: "32767", integer: "2147483647" };

/** What of the referenced values does not fit into the referencing column; `undefined` where all do. */
export function outgrown(from: TypeValue, to: TypeValue): string | undefined {
	const [narrow, wide] = [INTEGERS.indexOf(from.name), INTEGERS.indexOf(to.name)];
	if (narrow !== -1 && narrow < wide) {
		return `once an id is above ${LARGEST[from.name]}, no row can reference it (22003)`;
	}
	const [own, other] = [from.args?.[0], to.args?.[0]];
	const texts = [from, to].every(({ name }) => name === "character varying" || name === "character");
	if (texts && typeof own === "number" && typeof other === "number" && own < other) {
		return `no row can reference a key of more than ${own} characters (22001)`;
	}
	return undefined;
}
