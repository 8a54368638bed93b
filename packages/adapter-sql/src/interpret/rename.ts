/** RENAME and SET SCHEMA. */
import type { AlterObjectSchemaStmt, Node, RenameStmt } from "libpg-query";
import { constraintNamed } from "../catalog/catalog.js";
import type { Column, Relation, Table, View } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { itemsOf, type Name, nameOf, relationName, renameColumnIn, textOf } from "../tree.js";
import { readersOf } from "./drop-relation.js";
import { findRoutine } from "./functions.js";
import { Rejection, relationLabel, type Session } from "./session.js";
import { requireType } from "./types.js";

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
			changeType(session, nameOf(itemsOf(stmt.object)), (type) => {
				type.name = to;
			});
			return;
		case "OBJECT_SCHEMA":
			renameSchema(session, stmt.subname ?? "", to);
			return;
		case "OBJECT_FUNCTION":
		case "OBJECT_PROCEDURE":
		case "OBJECT_ROUTINE":
			changeRoutine(session, stmt.object, (routine) => {
				routine.name = to;
			});
			return;
		default:
			session.notModelled(`RENAME ${kindText(stmt.renameType)}`, statement.at);
	}
}

function kindText(type: string | undefined): string {
	return (type ?? "").replace("OBJECT_", "").replaceAll("_", " ").toLowerCase();
}

function renameRelation(
	session: Session,
	statement: Statement,
	name: Name,
	to: string,
	stmt: RenameStmt,
): void {
	const relation = session.catalog.relation(name);
	if (!relation) {
		if (stmt.missing_ok) return;
		if (stmt.renameType === "OBJECT_TABLE") {
			const table = session.table(name, statement, statement.at);
			session.catalog.moveRelation(table, () => {
				table.name = to;
			});
		} else session.certainlyMissing(name, statement, statement.at);
		return;
	}
	const schema = relation.kind === "index" ? relation.table.schema : relation.schema;
	const taken = session.catalog.relationIn(schema, to);
	if (taken && !(taken.kind === "table" && taken.presupposed)) {
		throw new Rejection("42P07", `relation "${to}" already exists`, [
			{ at: taken.at, note: relationLabel(taken) },
		]);
	}
	if (relation.kind === "table" || relation.kind === "view") {
		for (const view of readersOf(session, relation))
			blurDefinition(view, `${name.name} is renamed afterwards`);
	}
	session.catalog.moveRelation(
		relation,
		() => {
			if (relation.kind === "index") relation.name = { text: to, stated: true, at: statement.at };
			else relation.name = to;
			if (relation.kind === "table" || relation.kind === "view") relation.at = statement.at;
		},
		{ at: statement.at, what: "renamed" },
	);
}

function renameColumn(
	session: Session,
	statement: Statement,
	stmt: RenameStmt,
	name: Name,
	to: string,
): void {
	const from = stmt.subname ?? "";
	if (stmt.relationType === "OBJECT_TYPE") {
		const type = session.catalog.type(name);
		const attribute =
			type?.kind === "composite" ? type.attributes.find((other) => other.name === from) : undefined;
		if (attribute) attribute.name = to;
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
	for (const view of readersOf(session, table)) blurDefinition(view, `${from} is renamed afterwards`);
	applyRename(table, column, to, statement);
}

/** A view follows a rename, its text here does not. */
function blurDefinition(view: View, why: string): void {
	view.definition = { ...view.definition, unresolved: why };
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

function renameWithin(
	session: Session,
	statement: Statement,
	stmt: RenameStmt,
	name: Name,
	to: string,
): void {
	const relation = session.catalog.relation(name);
	if (relation?.kind !== "table" && relation?.kind !== "view") return;
	const from = stmt.subname ?? "";
	const kept: Map<string, { name: string }> | undefined =
		stmt.renameType === "OBJECT_TRIGGER"
			? relation.triggers
			: relation.kind === "table"
				? relation.policies
				: undefined;
	const found = kept?.get(from);
	if (!kept || !found) return;
	kept.delete(from);
	found.name = to;
	kept.set(to, found);
	void statement;
}

function changeType(
	session: Session,
	name: Name,
	change: (type: { name: string; schema: string }) => void,
): void {
	const type = session.catalog.type(name);
	if (!type) {
		requireType(session, name);
		return;
	}
	session.catalog.removeType(type);
	change(type);
	session.catalog.addType(type);
}

function changeRoutine(
	session: Session,
	object: Node | undefined,
	change: (routine: { name: string; schema: string }) => void,
): void {
	const routine =
		object && "ObjectWithArgs" in object ? findRoutine(session, object.ObjectWithArgs) : undefined;
	if (!routine) return;
	session.catalog.removeRoutine(routine);
	change(routine);
	session.catalog.addRoutine(routine);
}

function renameSchema(session: Session, from: string, to: string): void {
	const schema = session.catalog.schemas.get(from);
	if (schema) {
		session.catalog.schemas.delete(from);
		schema.name = to;
		session.catalog.schemas.set(to, schema);
	}
	for (const relation of [...session.catalog.relations()]) moveIfIn(session, relation, from, to);
	for (const type of [...session.catalog.types()]) {
		if (type.schema !== from) continue;
		session.catalog.removeType(type);
		type.schema = to;
		session.catalog.addType(type);
	}
	for (const routine of [...session.catalog.allRoutines()]) {
		if (routine.schema !== from) continue;
		session.catalog.removeRoutine(routine);
		routine.schema = to;
		session.catalog.addRoutine(routine);
	}
}

/** Indexes follow their tables: they are taken out before and put back after. */
function moveIfIn(session: Session, relation: Relation, from: string, to: string): void {
	if (relation.kind === "index" || relation.schema !== from) return;
	moveToSchema(session, relation, to);
}

function moveToSchema(session: Session, relation: Exclude<Relation, { kind: "index" }>, to: string): void {
	const indexes = relation.kind === "sequence" ? [] : relation.indexes;
	for (const index of indexes) session.catalog.removeRelation(index);
	session.catalog.moveRelation(relation, () => {
		relation.schema = to;
	});
	for (const index of indexes) session.catalog.addRelation(index);
	if (relation.kind !== "table") return;
	for (const column of relation.columns.values()) {
		const value = column.default?.value;
		const sequence = value?.is === "sequence" ? value.sequence : undefined;
		if (sequence && sequence.ownedBy?.column === column && sequence.schema !== to)
			moveToSchema(session, sequence, to);
	}
}

export function setSchema(session: Session, statement: Statement, stmt: AlterObjectSchemaStmt): void {
	const to = stmt.newschema ?? "";
	switch (stmt.objectType) {
		case "OBJECT_TABLE":
		case "OBJECT_VIEW":
		case "OBJECT_MATVIEW":
		case "OBJECT_SEQUENCE":
		case "OBJECT_FOREIGN_TABLE": {
			const name = relationName(stmt.relation);
			const relation = session.catalog.relation(name);
			if (relation && relation.kind !== "index") moveToSchema(session, relation, to);
			else if (!stmt.missing_ok) session.certainlyMissing(name, statement, statement.at);
			return;
		}
		case "OBJECT_TYPE":
		case "OBJECT_DOMAIN":
			changeType(session, nameOf(itemsOf(stmt.object)), (type) => {
				type.schema = to;
			});
			return;
		case "OBJECT_FUNCTION":
		case "OBJECT_PROCEDURE":
		case "OBJECT_ROUTINE":
			changeRoutine(session, stmt.object, (routine) => {
				routine.schema = to;
			});
			return;
		case "OBJECT_EXTENSION": {
			const extension = session.catalog.extensions.get(textOf(stmt.object) ?? "");
			if (extension) extension.schema = to;
			return;
		}
		default:
			session.notModelled(`SET SCHEMA of ${kindText(stmt.objectType)}`, statement.at);
	}
}
