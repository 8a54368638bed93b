/** DROP of tables, views, sequences and indexes, with what goes along. */

import type { Origin } from "@schemalign/core";
import { isConstraint } from "../catalog/catalog.js";
import type { Column, Index, Relation, Sequence, Table, View } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { Rejection, relationLabel, type Session } from "./session.js";

export interface Dropping {
	readonly session: Session;
	readonly statement: Statement;
	readonly cascade: boolean;
	readonly missingOk: boolean;
	/** What the same statement drops as well. */
	readonly together: ReadonlySet<Relation>;
}

export function refuse(what: string, dependants: readonly { at: Origin; label: string }[]): never {
	throw new Rejection(
		"2BP01",
		`cannot drop ${what} because other objects depend on it: ${dependants.map(({ label }) => label).join(", ")}`,
		dependants.map(({ at, label }) => ({ at, note: label })),
	);
}

/** The views that read a relation. */
export function readersOf(session: Session, relation: Table | View): View[] {
	return [...session.catalog.views()].filter((view) => view.reads.includes(relation));
}

export function dropTable(dropping: Dropping, table: Table): void {
	const { session, statement, cascade, together } = dropping;
	const keys = [...table.incoming].filter((key) => key.table !== table && !together.has(key.table));
	const views = readersOf(session, table).filter((view) => !together.has(view));
	const heirs = [...table.children].filter((child) => !child.partitionOf && !together.has(child));
	if (!cascade && keys.length + views.length + heirs.length > 0) {
		refuse(`table ${table.name}`, [
			...keys.map((key) => ({ at: key.at, label: `foreign key ${key.name.text} on ${key.table.name}` })),
			...views.map((view) => ({ at: view.at, label: `view ${view.name}` })),
			...heirs.map((child) => ({ at: child.at, label: `table ${child.name}` })),
		]);
	}
	for (const view of views) dropView({ ...dropping, cascade: true }, view);
	for (const child of [...table.children]) dropTable({ ...dropping, cascade: true }, child);
	removeTable(session, table, { at: statement.at, what: "dropped" });
}

/** Takes a table out of the catalog with everything that is its own, and the foreign keys that point to it. */
export function removeTable(session: Session, table: Table, gone?: { at: Origin; what: "dropped" }): void {
	for (const key of table.incoming) {
		key.table.constraints = key.table.constraints.filter((other) => other !== key);
	}
	for (const constraint of table.constraints) {
		if (constraint.kind === "foreignKey") constraint.target.incoming.delete(constraint);
	}
	for (const index of table.indexes) session.catalog.removeRelation(index, gone);
	for (const parent of table.parents) parent.children.delete(table);
	for (const column of table.columns.values()) removeOwnedSequence(session, table, column, gone);
	session.catalog.removeRelation(table, gone);
}

/** Undoes a CREATE TABLE that failed half-way. */
export function discardTable(session: Session, table: Table): void {
	removeTable(session, table);
}

export function removeOwnedSequence(
	session: Session,
	table: Table,
	column: Column,
	gone?: { at: Origin; what: "dropped" },
): void {
	const value = column.default?.value;
	const sequence = value?.is === "sequence" ? value.sequence : undefined;
	if (sequence?.ownedBy?.table === table && sequence.ownedBy.column === column) {
		session.catalog.removeRelation(sequence, gone);
	}
}

export function dropView(dropping: Dropping, view: View): void {
	const { session, statement, cascade, together } = dropping;
	const readers = readersOf(session, view).filter((other) => !together.has(other));
	if (!cascade && readers.length > 0) {
		refuse(
			relationLabel(view),
			readers.map((other) => ({ at: other.at, label: `view ${other.name}` })),
		);
	}
	for (const index of view.indexes)
		session.catalog.removeRelation(index, { at: statement.at, what: "dropped" });
	session.catalog.removeRelation(view, { at: statement.at, what: "dropped" });
	for (const reader of readers) dropView(dropping, reader);
}

export function dropSequence(dropping: Dropping, sequence: Sequence): void {
	const { session, statement, cascade } = dropping;
	const users: { table: Table; column: Column }[] = [];
	for (const table of session.catalog.tables()) {
		for (const column of table.columns.values()) {
			const value = column.default?.value;
			if (value?.is === "sequence" && value.sequence === sequence) users.push({ table, column });
		}
	}
	if (!cascade && users.length > 0) {
		refuse(
			`sequence ${sequence.name}`,
			users.map(({ table, column }) => ({ at: column.at, label: `default of ${table.name}.${column.name}` })),
		);
	}
	for (const { column } of users) column.default = { value: null, at: statement.at };
	session.catalog.removeRelation(sequence, { at: statement.at, what: "dropped" });
}

export function dropIndex(dropping: Dropping, index: Index): void {
	const { session, cascade } = dropping;
	if (isConstraint(index)) {
		throw new Rejection(
			"2BP01",
			`cannot drop index ${index.name.text} because constraint ${index.name.text} on table ${index.table.name} requires it`,
			[{ at: index.at, note: "the constraint" }],
		);
	}
	removeIndex(session, index, cascade, { at: dropping.statement.at, what: "dropped" });
}

/**
 * Removes an index or key, and with `cascade` the foreign keys that need it.
 * @throws Rejection if a foreign key needs it
 */
export function removeIndex(
	session: Session,
	index: Index,
	cascade: boolean,
	gone?: { at: Origin; what: "dropped" },
): void {
	const { table } = index;
	if (table.kind === "table" && index.role !== "index" && index.role !== "exclusion") {
		const others = table.indexes.filter((other) => other !== index && other.role !== "index");
		const columns = index.parts.map((part) => part.column);
		const needing = [...table.incoming].filter(
			(key) =>
				sameSet(key.targetColumns, columns) &&
				!others.some((other) =>
					sameSet(
						key.targetColumns,
						other.parts.map((part) => part.column),
					),
				),
		);
		if (!cascade && needing.length > 0) {
			refuse(
				`constraint ${index.name.text} on table ${table.name}`,
				needing.map((key) => ({ at: key.at, label: `foreign key ${key.name.text} on ${key.table.name}` })),
			);
		}
		for (const key of needing) {
			key.table.constraints = key.table.constraints.filter((other) => other !== key);
			table.incoming.delete(key);
		}
	}
	table.indexes = table.indexes.filter((other) => other !== index);
	session.catalog.removeRelation(index, gone);
	if (table.kind !== "table") return;
	for (const child of table.children) {
		const part = child.indexes.find((other) => other.parent === index);
		if (part) removeIndex(session, part, cascade, gone);
	}
}

function sameSet(a: readonly unknown[], b: readonly unknown[]): boolean {
	return a.length === b.length && a.every((item) => b.includes(item));
}
