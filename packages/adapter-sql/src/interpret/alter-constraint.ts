/** ALTER TABLE on constraints: added, validated, changed. */

import type { Origin } from "@schemalign/core";
import type { AlterTableCmd, Constraint } from "libpg-query";
import { constraintNamed, notNullNameOf } from "../catalog/catalog.js";
import type { Table } from "../catalog/objects.js";
import type { AlterContext } from "./alter-column.js";
import { deferrability } from "./constraint-site.js";
import { addConstraint } from "./constraints.js";
import { inheritCheck } from "./inherit.js";
import { cloneForeignKeyToPartitions, cloneIndexToPartitions } from "./partitions.js";
import { Rejection } from "./session.js";

export function add(context: AlterContext, table: Table, constraint: Constraint): void {
	addConstraintTo(context, table, constraint, context.at);
}

export function addConstraintTo(
	context: AlterContext,
	table: Table,
	constraint: Constraint,
	at: Origin,
	column?: string,
): void {
	const { session, statement, recurse } = context;
	const added = addConstraint({ session, statement, table, at, ...(column ? { column } : {}) }, constraint);
	if (!recurse || !added) return;
	if (added.kind === "index") cloneIndexToPartitions(session, table, added);
	else if (added.kind === "foreignKey") cloneForeignKeyToPartitions(table, added);
	else if (!added.noInherit) for (const child of table.children) spreadCheck(child, added);

	function spreadCheck(child: Table, check: Parameters<typeof inheritCheck>[1]): void {
		inheritCheck(child, check);
		for (const grandchild of child.children) spreadCheck(grandchild, check);
	}
}

export function validate(table: Table, name: string, at: Origin): void {
	const constraint = constraintNamed(table, name);
	if (constraint && constraint.kind !== "index") constraint.validated = { value: true, at };
	else if (constraint) {
		throw new Rejection(
			"42809",
			`constraint "${name}" of relation "${table.name}" is not a foreign key or check constraint`,
			[{ at: constraint.at, note: "the constraint" }],
			at,
		);
	} else if (!table.presupposed && !hasNotNullNamed(table, name)) {
		throw new Rejection("42704", `constraint "${name}" of relation "${table.name}" does not exist`, [], at);
	}
}

export function alterConstraint(table: Table, command: AlterTableCmd, at: Origin): void {
	const def = command.def;
	if (!def || !("ATAlterConstraint" in def)) return;
	const { conname, alterDeferrability } = def.ATAlterConstraint;
	const constraint = constraintNamed(table, conname ?? "");
	if (constraint?.kind !== "foreignKey") refuseAlteration(table, conname ?? "", constraint, at);
	if (constraint?.kind === "foreignKey" && alterDeferrability) {
		constraint.deferrable = { value: deferrability(def.ATAlterConstraint), at };
	}
}

/** Only foreign keys can be altered, and since Postgres 18 not-null constraints too. */
function refuseAlteration(
	table: Table,
	name: string,
	constraint: ReturnType<typeof constraintNamed>,
	at: Origin,
): void {
	if (constraint) {
		throw new Rejection(
			"42809",
			`constraint "${name}" of relation "${table.name}" is not a foreign key constraint`,
			[{ at: constraint.at, note: "the constraint" }],
			at,
		);
	}
	if (table.presupposed || table.incomplete || hasNotNullNamed(table, name)) return;
	throw new Rejection("42704", `constraint "${name}" of relation "${table.name}" does not exist`, [], at);
}

function hasNotNullNamed(table: Table, name: string): boolean {
	return [...table.columns.values()].some(
		(column) => column.notNull?.value && notNullNameOf(table, column) === name,
	);
}
