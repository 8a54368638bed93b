/** RENAME: of what, and of what belongs to a table. */
import type { RenameStmt } from "libpg-query";
import { constraintNamed } from "../catalog/catalog.js";
import type { Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { itemsOf, type Name, nameOf, objectKind, relationName } from "../tree.js";
import { renameColumn } from "./rename-column.js";
import { renameRelation } from "./rename-relation.js";
import { changeRoutine, changeType } from "./rename-type.js";
import { Rejection, relationLabel, type Session } from "./session.js";
import { renameSchema } from "./set-schema.js";

export function rename(session: Session, statement: Statement, stmt: RenameStmt): void {
	const to = stmt.newname ?? "";
	const name = relationName(stmt.relation);
	switch (stmt.renameType) {
		case "OBJECT_TABLE":
		case "OBJECT_VIEW":
		case "OBJECT_MATVIEW":
		case "OBJECT_INDEX":
		case "OBJECT_SEQUENCE":
		case "OBJECT_FOREIGN_TABLE":
			renameRelation(session, statement, name, to, stmt);
			return;
		case "OBJECT_COLUMN":
		case "OBJECT_ATTRIBUTE":
			renameColumn(session, statement, stmt, name, to);
			return;
		case "OBJECT_TABCONSTRAINT":
			renameConstraint(session, statement, stmt, name, to);
			return;
		case "OBJECT_TRIGGER":
		case "OBJECT_POLICY":
			renameWithin(session, statement, stmt, name, to);
			return;
		case "OBJECT_TYPE":
		case "OBJECT_DOMAIN":
			changeType(session, nameOf(itemsOf(stmt.object)), statement.at, "renamed", (type) => {
				type.name = to;
			});
			return;
		case "OBJECT_SCHEMA":
			renameSchema(session, statement, stmt.subname ?? "", to);
			return;
		case "OBJECT_FUNCTION":
		case "OBJECT_PROCEDURE":
		case "OBJECT_ROUTINE":
			changeRoutine(session, stmt.object, (routine) => {
				routine.name = to;
			});
			return;
		default:
			session.notModelled(`RENAME ${objectKind(stmt.renameType).toLowerCase()}`, statement.at);
	}
}

function renameConstraint(
	session: Session,
	statement: Statement,
	stmt: RenameStmt,
	name: Name,
	to: string,
): void {
	if (!session.catalog.relation(name) && stmt.missing_ok) return;
	const table = session.table(name, statement, statement.at);
	const constraint = constraintNamed(table, stmt.subname ?? "");
	if (constraint) requireFreeConstraint(session, table, constraint, to);
	const stated = { text: to, stated: true, at: statement.at };
	if (constraint?.kind === "index") {
		session.catalog.moveRelation(constraint, () => {
			constraint.name = stated;
		});
	} else if (constraint) constraint.name = stated;
	else if (!table.presupposed && !table.incomplete && !stmt.subname?.endsWith("_not_null")) {
		throw new Rejection("42704", `constraint "${stmt.subname}" for table "${table.name}" does not exist`);
	}
}

/** A constraint's name is free on its table; one behind which an index stands takes a name of a relation too. */
function requireFreeConstraint(
	session: Session,
	table: Table,
	constraint: { kind: string },
	to: string,
): void {
	const taken = session.catalog.relationIn(table.schema, to);
	if (constraint.kind === "index" && taken && !(taken.kind === "table" && taken.presupposed)) {
		throw new Rejection("42P07", `relation "${to}" already exists`, [
			{ at: taken.at, note: relationLabel(taken) },
		]);
	}
	const same = constraintNamed(table, to);
	if (!same) return;
	throw new Rejection("42710", `constraint "${to}" for relation "${table.name}" already exists`, [
		{ at: same.at, note: "it is here" },
	]);
}

function renameWithin(
	session: Session,
	statement: Statement,
	stmt: RenameStmt,
	name: Name,
	to: string,
): void {
	const relation = session.catalog.relation(name);
	if (relation?.kind !== "table" && relation?.kind !== "view") {
		if (!relation) session.certainlyMissing(name, statement, statement.at);
		return;
	}
	const from = stmt.subname ?? "";
	const kept: Map<string, { name: string }> | undefined =
		stmt.renameType === "OBJECT_TRIGGER"
			? relation.triggers
			: relation.kind === "table"
				? relation.policies
				: undefined;
	const found = kept?.get(from);
	const what = stmt.renameType === "OBJECT_TRIGGER" ? "trigger" : "policy";
	if (!kept || !found) {
		if (relation.kind === "table" && relation.presupposed) return;
		throw new Rejection("42704", `${what} "${from}" for table "${relation.name}" does not exist`);
	}
	if (kept.has(to)) {
		throw new Rejection("42710", `${what} "${to}" for table "${relation.name}" already exists`);
	}
	kept.delete(from);
	found.name = to;
	kept.set(to, found);
}
