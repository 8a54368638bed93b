/** RENAME COLUMN, of tables and of composite types. */
import type { RenameStmt } from "libpg-query";
import type { Column, Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { type Name, renameColumnIn } from "../tree.js";
import { Rejection, type Session } from "./session.js";
import { requireType } from "./types.js";
import { blurReaders } from "./views.js";

export function renameColumn(
	session: Session,
	statement: Statement,
	stmt: RenameStmt,
	name: Name,
	to: string,
): void {
	const from = stmt.subname ?? "";
	if (stmt.relationType === "OBJECT_TYPE") {
		renameAttribute(session, name, from, to);
		return;
	}
	const relation = session.catalog.relation(name);
	if ((!relation && stmt.missing_ok) || relation?.kind === "view" || session.isTemporary(name)) return;
	const table = session.table(name, statement, statement.at);
	const column = session.column(table, from, statement.at);
	const taken = table.columns.get(to);
	if (taken) {
		throw new Rejection("42701", `column "${to}" of relation "${table.name}" already exists`, [
			{ at: taken.at, note: "defined here" },
		]);
	}
	blurReaders(session, table, `${from} is renamed afterwards`);
	applyRename(table, column, to, statement);
}

function renameAttribute(session: Session, name: Name, from: string, to: string): void {
	const type = session.catalog.type(name);
	if (!type) {
		requireType(session, name);
		return;
	}
	if (type.kind !== "composite") {
		throw new Rejection("42P01", `relation "${name.name}" does not exist`, [
			{ at: type.at, note: "a type, but not a composite one" },
		]);
	}
	const attribute = type.attributes.find((other) => other.name === from);
	if (!attribute) throw new Rejection("42703", `column "${from}" does not exist`);
	if (type.attributes.some((other) => other.name === to)) {
		throw new Rejection("42701", `column "${to}" of relation "${type.name}" already exists`);
	}
	attribute.name = to;
}

function applyRename(table: Table, column: Column, to: string, statement: Statement): void {
	const from = column.name;
	column.name = to;
	column.at = statement.at;
	table.columns = new Map([...table.columns.values()].map((each) => [each.name, each]));
	for (const constraint of table.constraints) {
		if (constraint.kind === "check") renameColumnIn(constraint.node, from, to);
	}
	for (const index of table.indexes) {
		for (const part of index.parts) renameColumnIn(part.node, from, to);
		renameColumnIn(index.predicate, from, to);
	}
	for (const each of table.columns.values()) renameColumnIn(each.generated?.value, from, to);
	for (const policy of table.policies.values()) {
		renameColumnIn(policy.using?.value, from, to);
		renameColumnIn(policy.check?.value, from, to);
	}
	for (const child of table.children) {
		const part = child.columns.get(from);
		if (part) applyRename(child, part, to, statement);
	}
}
