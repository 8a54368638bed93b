/** Whether the columns of a foreign key can be compared with `=` at all (SQLSTATE 42804). */
import type { Origin } from "@schemalign/core";
import { shortType } from "@schemalign/core";
import type { Column, Table } from "../catalog/objects.js";
import { Rejection } from "./session.js";
import { currentType } from "./types.js";

const FAMILIES: Readonly<Record<string, string>> = {
	bigint: "number",
	integer: "number",
	smallint: "number",
	numeric: "number",
	real: "number",
	"double precision": "number",
	text: "text",
	"character varying": "text",
	character: "text",
	name: "text",
	uuid: "uuid",
	boolean: "boolean",
	date: "time",
	"timestamp without time zone": "time",
	"timestamp with time zone": "time",
	bytea: "bytea",
	jsonb: "jsonb",
	inet: "inet",
	cidr: "inet",
};

/** @throws Rejection if two paired columns are of types that no equality operator joins */
export function requireComparable(
	columns: readonly Column[],
	target: Table,
	targetColumns: readonly Column[],
	name: string,
	at: Origin,
): void {
	columns.forEach((column, position) => {
		const other = targetColumns[position];
		if (!column.type || !other?.type) return;
		const [a, b] = [currentType(column.type.value), currentType(other.type.value)];
		const families = [FAMILIES[a.name], FAMILIES[b.name]];
		if (a.dimensions + b.dimensions > 0 || families.includes(undefined) || families[0] === families[1])
			return;
		throw new Rejection(
			"42804",
			`foreign key constraint "${name}" cannot be implemented: key columns "${column.name}" (${shortType(a)}) and "${other.name}" (${shortType(b)}) are of incompatible types`,
			[{ at: other.type.at, note: `${target.name}.${other.name} is ${shortType(b)}` }],
			at,
		);
	});
}
