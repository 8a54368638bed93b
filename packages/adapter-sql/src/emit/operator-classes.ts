/** The operator classes that an index method takes by itself for a type (pg_opclass.opcdefault). */
import type { TypeValue } from "@schemalign/core";

const BTREE: Readonly<Record<string, string>> = {
	bigint: "int8",
	integer: "int4",
	smallint: "int2",
	"double precision": "float8",
	real: "float4",
	"timestamp without time zone": "timestamp",
	"timestamp with time zone": "timestamptz",
	"time without time zone": "time",
	"time with time zone": "timetz",
	boolean: "bool",
	character: "bpchar",
	"character varying": "text",
	"bit varying": "varbit",
	cidr: "inet",
};

/** Classes that are the default of their method for the only types that they are for. */
const ALWAYS: Readonly<Record<string, readonly string[]>> = {
	gin: ["jsonb_ops", "array_ops", "tsvector_ops"],
	gist: ["tsvector_ops", "range_ops", "point_ops", "box_ops", "poly_ops", "circle_ops", "inet_ops_gist"],
	spgist: ["range_ops", "quad_point_ops", "text_ops", "inet_ops"],
	ivfflat: ["vector_l2_ops"],
	hnsw: [],
};

/** Whether stating `opclass` says no more than leaving it out. */
export function isDefaultOperatorClass(
	method: string,
	opclass: string,
	type: TypeValue | undefined,
): boolean {
	if (ALWAYS[method]?.includes(opclass)) return true;
	if (method !== "btree" && method !== "hash") return false;
	if (!type) return false;
	if (type.dimensions > 0) return opclass === "array_ops";
	if (type.schema !== undefined) return opclass === "enum_ops";
	// varchar_ops is text_ops under another name (manual, "Operator Classes").
	if (type.name === "character varying" && opclass === "varchar_ops") return true;
	return opclass === `${BTREE[type.name] ?? type.name.replaceAll(" ", "_")}_ops`;
}
