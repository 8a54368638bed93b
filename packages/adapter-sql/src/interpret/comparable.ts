/** Whether the columns of a foreign key can be compared with `=` at all (SQLSTATE 42804). */
import { formatType, mayReference, type Origin, shortType } from "@schemalign/core";
import type { Column, ColumnType, Table } from "../catalog/objects.js";
import { Rejection } from "./session.js";
import { currentType } from "./types.js";

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
		if (!column.type || !other?.type || !isRefused(column.type.value, other.type.value)) return;
		const [a, b] = [currentType(column.type.value), currentType(other.type.value)];
		throw new Rejection(
			"42804",
			`foreign key constraint "${name}" cannot be implemented: key columns "${column.name}" (${shortType(a)}) and "${other.name}" (${shortType(b)}) are of incompatible types`,
			[{ at: other.type.at, note: `${target.name}.${other.name} is ${shortType(b)}` }],
			at,
			undefined,
			`${shortType(a)} to ${target.schema}.${target.name}.${other.name}`,
		);
	});
}

function isRefused(from: ColumnType, to: ColumnType): boolean {
	const [base, other] = [baseOf(from), baseOf(to)];
	const [a, b] = [currentType(base), currentType(other)];
	if (formatType(a) === formatType(b)) return false;
	const may = mayReference(a, b);
	if (may !== undefined) return !may;
	// An enum is compared with itself only.
	const kinds = [base.userType?.kind, other.userType?.kind];
	const isKnown = [base, other].every(
		(type) => type.userType || mayReference(currentType(type), currentType(type)),
	);
	return isKnown && kinds.includes("enum") && kinds.every((kind) => kind === undefined || kind === "enum");
}

/** A domain is compared as the type that it is over. */
function baseOf(type: ColumnType): ColumnType {
	const { userType, value } = type;
	return userType?.kind === "domain" && value.dimensions === 0 ? baseOf(userType.type) : type;
}
