/** DROP COLUMN and DROP CONSTRAINT, with what goes along. */

import type { Origin } from "@schemalign/core";
import { constraintNamed, indexUses, notNullNameOf } from "../catalog/catalog.js";
import type { Column, Table, View } from "../catalog/objects.js";
import { columnsIn } from "../tree.js";
import { readersOf, refuse, removeIndex, removeOwnedSequence } from "./drop-relation.js";
import { Rejection, type Session } from "./session.js";

/** DROP CONSTRAINT. */
export function dropConstraint(
	session: Session,
	table: Table,
	name: string,
	options: { cascade: boolean; missingOk: boolean; at: Origin },
): void {
	const constraint = constraintNamed(table, name);
	if (!constraint) {
		const notNull = [...table.columns.values()].find(
			(column) => notNullNameOf(table, column) === name && column.notNull?.value,
		);
		if (notNull) notNull.notNull = { value: false, at: options.at };
		else if (!options.missingOk && !table.presupposed && !table.incomplete) {
			throw new Rejection(
				"42704",
				`constraint "${name}" of relation "${table.name}" does not exist`,
				[],
				options.at,
			);
		}
		return;
	}
	if (constraint.kind === "index") {
		removeIndex(session, constraint, options.cascade, { at: options.at, what: "dropped" });
		return;
	}
	table.constraints = table.constraints.filter((other) => other !== constraint);
	if (constraint.kind === "foreignKey") constraint.target.incoming.delete(constraint);
	for (const child of table.children) {
		const part = child.constraints.find(
			(other) =>
				(other.kind === "foreignKey" && other.parent === constraint) ||
				(other.kind === "check" && other.inherited && other.name.text === name),
		);
		if (part) dropConstraint(session, child, part.name.text, options);
	}
}

/** DROP COLUMN: constraints and indexes that involve the column go along. */
export function dropColumn(
	session: Session,
	table: Table,
	column: Column,
	options: { cascade: boolean; at: Origin },
): void {
	const foreign = [...table.incoming].filter(
		(key) => key.targetColumns.includes(column) && key.table !== table,
	);
	const views = readersOf(session, table).filter(
		(view) => view.mentions.has(column.name) || view.mentions.has("*"),
	);
	const generated = [...table.columns.values()].filter(
		(other) => other.generated?.value && columnsIn(other.generated.value).has(column.name),
	);
	const readers = views.filter((view) => view.uses.has(column));
	if (!options.cascade && foreign.length + generated.length + readers.length > 0) {
		refuse(`column ${column.name} of table ${table.name}`, [
			...readers.map((view) => ({ at: view.at, label: `view ${view.name}` })),
			...foreign.map((key) => ({ at: key.at, label: `foreign key ${key.name.text} on ${key.table.name}` })),
			...generated.map((other) => ({ at: other.at, label: `generated column ${other.name}` })),
		]);
	}
	if (options.cascade) {
		for (const view of views) removeView(session, view, options.at);
		for (const other of generated) table.columns.delete(other.name);
	}
	for (const index of table.indexes.filter((other) => indexUses(other, column, columnsIn))) {
		removeIndex(session, index, true, { at: options.at, what: "dropped" });
	}
	for (const constraint of table.constraints.filter((other) =>
		other.kind === "foreignKey" ? other.columns.includes(column) : columnsIn(other.node).has(column.name),
	)) {
		table.constraints = table.constraints.filter((other) => other !== constraint);
		if (constraint.kind === "foreignKey") constraint.target.incoming.delete(constraint);
	}
	removeOwnedSequence(session, table, column, { at: options.at, what: "dropped" });
	table.columns.delete(column.name);
}

function removeView(session: Session, view: View, at: Origin): void {
	session.catalog.removeRelation(view, { at, what: "dropped" });
	for (const reader of readersOf(session, view)) removeView(session, reader, at);
}
