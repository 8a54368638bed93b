/** DROP of anything, with what goes along. */
import type { Origin } from "@schemalign/core";
import type { DropStmt, Node } from "libpg-query";
import {
	constraintNamed,
	indexUses,
	isConstraint,
	relationText,
	schemaOfRelation,
} from "../catalog/catalog.js";
import type { Column, Index, Relation, Sequence, Table, UserType, View } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { columnsIn, itemsOf, type Name, nameFrom, nameOf, textOf, textsOf } from "../tree.js";
import { dropRoutine } from "./functions.js";
import { Rejection, relationLabel, type Session, written } from "./session.js";

interface Dropping {
	readonly session: Session;
	readonly statement: Statement;
	readonly cascade: boolean;
	readonly missingOk: boolean;
	/** What the same statement drops as well. */
	readonly together: ReadonlySet<Relation>;
}

export function drop(session: Session, statement: Statement, stmt: DropStmt): void {
	const cascade = stmt.behavior === "DROP_CASCADE";
	const together = new Set<Relation>();
	if (stmt.removeType === "OBJECT_TABLE" || stmt.removeType === "OBJECT_VIEW") {
		for (const object of stmt.objects ?? []) {
			const relation = session.catalog.relation(nameOf(itemsOf(object)));
			if (relation) together.add(relation);
		}
	}
	const dropping = { session, statement, cascade, missingOk: stmt.missing_ok ?? false, together };
	for (const object of stmt.objects ?? []) dropOne(dropping, stmt, object);
}

function dropOne(dropping: Dropping, stmt: DropStmt, object: Node): void {
	const { session, statement } = dropping;
	switch (stmt.removeType) {
		case "OBJECT_TABLE":
		case "OBJECT_FOREIGN_TABLE":
		case "OBJECT_VIEW":
		case "OBJECT_MATVIEW":
		case "OBJECT_SEQUENCE":
		case "OBJECT_INDEX":
			dropRelationNamed(dropping, nameOf(itemsOf(object)), stmt.removeType);
			return;
		case "OBJECT_TYPE":
		case "OBJECT_DOMAIN":
			dropTypeNamed(dropping, "TypeName" in object ? nameOf(object.TypeName.names) : nameOf(itemsOf(object)));
			return;
		case "OBJECT_SCHEMA":
			dropSchema(dropping, textOf(object) ?? "");
			return;
		case "OBJECT_EXTENSION":
			session.catalog.extensions.delete(textOf(object) ?? "");
			return;
		case "OBJECT_TRIGGER":
		case "OBJECT_POLICY":
			dropFromTable(dropping, textsOf(itemsOf(object)), stmt.removeType);
			return;
		case "OBJECT_FUNCTION":
		case "OBJECT_PROCEDURE":
		case "OBJECT_ROUTINE":
			if ("ObjectWithArgs" in object) dropRoutine(session, object.ObjectWithArgs, dropping.cascade);
			return;
		default:
			session.notModelled(
				`DROP ${stmt.removeType?.replace("OBJECT_", "").replaceAll("_", " ") ?? ""}`,
				statement.at,
			);
	}
}

const EXPECTED: Readonly<Record<string, Relation["kind"]>> = {
	OBJECT_TABLE: "table",
	OBJECT_FOREIGN_TABLE: "table",
	OBJECT_VIEW: "view",
	OBJECT_MATVIEW: "view",
	OBJECT_SEQUENCE: "sequence",
	OBJECT_INDEX: "index",
};

function dropRelationNamed(dropping: Dropping, name: Name, type: string): void {
	const { session, statement, missingOk } = dropping;
	if (session.isTemporary(name)) {
		session.temporary.delete(name.name);
		return;
	}
	const relation = session.catalog.relation(name);
	if (!relation) {
		if (!missingOk) session.certainlyMissing(name, statement, statement.at);
		return;
	}
	if (relation.kind !== EXPECTED[type]) {
		throw new Rejection("42809", `"${written(name)}" is not a ${EXPECTED[type]}: it is a ${relation.kind}`);
	}
	if (relation.kind === "table") dropTable(dropping, relation);
	else if (relation.kind === "view") dropView(dropping, relation);
	else if (relation.kind === "sequence") dropSequence(dropping, relation);
	else dropIndex(dropping, relation);
}

function refuse(what: string, dependants: readonly { at: Origin; label: string }[]): never {
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

function dropTable(dropping: Dropping, table: Table): void {
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
function removeTable(session: Session, table: Table, gone?: { at: Origin; what: "dropped" }): void {
	for (const key of table.incoming) {
		key.table.constraints = key.table.constraints.filter((other) => other !== key);
	}
	for (const constraint of table.constraints) {
		if (constraint.kind === "foreignKey") constraint.target.incoming.delete(constraint);
	}
	for (const index of table.indexes) session.catalog.removeRelation(index);
	for (const parent of table.parents) parent.children.delete(table);
	for (const column of table.columns.values()) removeOwnedSequence(session, table, column);
	session.catalog.removeRelation(table, gone);
}

/** Undoes a CREATE TABLE that failed half-way. */
export function discardTable(session: Session, table: Table): void {
	removeTable(session, table);
}

function removeOwnedSequence(session: Session, table: Table, column: Column): void {
	const value = column.default?.value;
	const sequence = value?.is === "sequence" ? value.sequence : undefined;
	if (sequence?.ownedBy?.table === table && sequence.ownedBy.column === column) {
		session.catalog.removeRelation(sequence);
	}
}

function dropView(dropping: Dropping, view: View): void {
	const { session, statement, cascade, together } = dropping;
	const readers = readersOf(session, view).filter((other) => !together.has(other));
	if (!cascade && readers.length > 0) {
		refuse(
			relationLabel(view),
			readers.map((other) => ({ at: other.at, label: `view ${other.name}` })),
		);
	}
	for (const index of view.indexes) session.catalog.removeRelation(index);
	session.catalog.removeRelation(view, { at: statement.at, what: "dropped" });
	for (const reader of readers) dropView(dropping, reader);
}

function dropSequence(dropping: Dropping, sequence: Sequence): void {
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

function dropIndex(dropping: Dropping, index: Index): void {
	const { session, cascade } = dropping;
	if (isConstraint(index)) {
		throw new Rejection(
			"2BP01",
			`cannot drop index ${index.name.text} because constraint ${index.name.text} on table ${index.table.name} requires it`,
			[{ at: index.at, note: "the constraint" }],
		);
	}
	removeIndex(session, index, cascade);
}

/**
 * Removes an index or key, and with `cascade` the foreign keys that need it.
 * @throws Rejection if a foreign key needs it
 */
function removeIndex(session: Session, index: Index, cascade: boolean): void {
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
	session.catalog.removeRelation(index);
	if (table.kind !== "table") return;
	for (const child of table.children) {
		const part = child.indexes.find((other) => other.parent === index);
		if (part) removeIndex(session, part, cascade);
	}
}

function sameSet(a: readonly unknown[], b: readonly unknown[]): boolean {
	return a.length === b.length && a.every((item) => b.includes(item));
}

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
			(column) =>
				(column.notNullName ?? `${table.name}_${column.name}_not_null`) === name && column.notNull?.value,
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
		removeIndex(session, constraint, options.cascade);
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
	if (!options.cascade && foreign.length + generated.length > 0) {
		refuse(`column ${column.name} of table ${table.name}`, [
			...foreign.map((key) => ({ at: key.at, label: `foreign key ${key.name.text} on ${key.table.name}` })),
			...generated.map((other) => ({ at: other.at, label: `generated column ${other.name}` })),
		]);
	}
	if (options.cascade) {
		for (const view of views) removeView(session, view, options.at);
		for (const other of generated) table.columns.delete(other.name);
	}
	for (const index of table.indexes.filter((other) => indexUses(other, column, columnsIn))) {
		removeIndex(session, index, true);
	}
	for (const constraint of table.constraints.filter((other) =>
		other.kind === "foreignKey" ? other.columns.includes(column) : columnsIn(other.node).has(column.name),
	)) {
		table.constraints = table.constraints.filter((other) => other !== constraint);
		if (constraint.kind === "foreignKey") constraint.target.incoming.delete(constraint);
	}
	removeOwnedSequence(session, table, column);
	table.columns.delete(column.name);
}

function removeView(session: Session, view: View, at: Origin): void {
	session.catalog.removeRelation(view, { at, what: "dropped" });
	for (const reader of readersOf(session, view)) removeView(session, reader, at);
}

function dropTypeNamed(dropping: Dropping, name: Name): void {
	const { session, cascade } = dropping;
	const type = session.catalog.type(name);
	if (!type) return;
	const users = columnsOfType(session, type);
	if (!cascade && users.length > 0) {
		refuse(
			`type ${type.name}`,
			users.map(({ table, column }) => ({
				at: column.at,
				label: `column ${column.name} of table ${table.name}`,
			})),
		);
	}
	for (const { table, column } of users) {
		dropColumn(session, table, column, { cascade: true, at: dropping.statement.at });
	}
	session.catalog.removeType(type);
}

function columnsOfType(session: Session, type: UserType): { table: Table; column: Column }[] {
	const users: { table: Table; column: Column }[] = [];
	for (const table of session.catalog.tables()) {
		for (const column of table.columns.values()) {
			if (column.type?.value.userType === type) users.push({ table, column });
		}
	}
	return users;
}

function dropSchema(dropping: Dropping, schema: string): void {
	const { session, cascade, statement } = dropping;
	const inside = [...session.catalog.relations()].filter((relation) => schemaOfRelation(relation) === schema);
	if (!cascade && inside.length > 0) {
		refuse(
			`schema ${schema}`,
			inside.slice(0, 5).map((relation) => ({ at: relation.at, label: relationText(relation) })),
		);
	}
	for (const relation of inside) {
		if (relation.kind === "view")
			session.catalog.removeRelation(relation, { at: statement.at, what: "dropped" });
	}
	for (const relation of inside) {
		if (relation.kind === "table") removeTable(session, relation, { at: statement.at, what: "dropped" });
	}
	for (const relation of inside) session.catalog.removeRelation(relation);
	for (const type of [...session.catalog.types()])
		if (type.schema === schema) session.catalog.removeType(type);
	for (const routine of [...session.catalog.allRoutines()]) {
		if (routine.schema === schema) session.catalog.removeRoutine(routine);
	}
	session.catalog.schemas.delete(schema);
}

function dropFromTable(dropping: Dropping, parts: readonly string[], type: string): void {
	const { session, statement, missingOk } = dropping;
	const tableName = nameFrom(parts.slice(0, -1));
	const own = parts.at(-1) ?? "";
	const relation = session.catalog.relation(tableName);
	if (relation?.kind !== "table" && relation?.kind !== "view") {
		if (!missingOk) session.certainlyMissing(tableName, statement, statement.at);
		return;
	}
	const kept =
		type === "OBJECT_TRIGGER" ? relation.triggers : relation.kind === "table" ? relation.policies : undefined;
	if (kept?.delete(own) || missingOk) return;
	if (relation.kind === "table" && relation.presupposed) return;
	const what = type === "OBJECT_TRIGGER" ? "trigger" : "policy";
	throw new Rejection("42704", `${what} "${own}" for table "${relation.name}" does not exist`);
}
