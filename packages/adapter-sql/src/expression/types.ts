/** Types as casts name them. */
import { makeType, type TypeValue } from "@schemalign/core";
import type { Node, TypeName } from "libpg-query";
import { nameOf, scalarOf, textOf } from "../tree.js";

/** The bits that the grammar gives an interval's fields (Postgres's datetime.h). */
const FIELDS: readonly (readonly [number, string])[] = [
	[4, "year"],
	[2, "month"],
	[8, "day"],
	[1024, "hour"],
	[2048, "minute"],
	[4096, "second"],
];
const ALL_FIELDS = 0x7fff;

/** The type that a cast names. A user's type has the schema that is written before it, if any. */
export function typeFromNode(type: TypeName | undefined): TypeValue {
	const { schema, name } = nameOf(type?.names);
	const dimensions = type?.arrayBounds?.length ?? 0;
	const args = (type?.typmods ?? []).flatMap(argument);
	if (name === "interval") return intervalType(args, dimensions);
	// Unqualified, "char" is Postgres's one-byte type; the keyword CHAR comes as pg_catalog.bpchar.
	if (name === "char" && schema === undefined) return { name: '"char"', dimensions };
	return makeType(name, { args, dimensions, ...(schema ? { schema } : {}) });
}

function argument(node: Node): (string | number)[] {
	if ("ColumnRef" in node) return [textOf(node.ColumnRef.fields?.at(-1)) ?? ""];
	const value = scalarOf(node);
	return typeof value === "string" ? [value.toLowerCase()] : typeof value === "number" ? [value] : [];
}

function intervalType(args: readonly (string | number)[], dimensions: number): TypeValue {
	const [mask, precision] = args;
	const fields = typeof mask === "number" && mask !== ALL_FIELDS ? fieldsOf(mask) : "";
	return makeType(fields ? `interval ${fields}` : "interval", {
		dimensions,
		...(precision === undefined ? {} : { args: [precision] }),
	});
}

function fieldsOf(mask: number): string {
	const names = FIELDS.filter(([bit]) => (mask & bit) !== 0).map(([, name]) => name);
	const [first, last] = [names[0], names.at(-1)];
	return first === undefined || first === last ? (first ?? "") : `${first} to ${last}`;
}
