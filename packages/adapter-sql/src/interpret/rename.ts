/** RENAME and SET SCHEMA. */
import type { Origin } from "@schemalign/core";
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
	const type =
		relation.kind === "table" || relation.kind === "view" ? session.catalog.typeIn(schema, to) : undefined;
	if (type)
		throw new Rejection("42710", `type "${to}" already exists`, [{ at: type.at, note: "it is here" }]);
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
		if (!type) requireType(session, name);
		else if (type.kind !== "composite") {
			throw new Rejection("42P01", `relation "${name.name}" does not exist`, [
				{ at: type.at, note: "a type, but not a composite one" },
			]);
		}
		if (type?.kind === "composite" && !attribute) {
			throw new Rejection("42703", `column "${from}" does not exist`);
		}
		if (type?.kind === "composite" && type.attributes.some((other) => other.name === to)) {
			throw new Rejection("42701", `column "${to}" of relation "${type.name}" already exists`);
		}
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

function changeType(
	session: Session,
	name: Name,
	at: Origin,
	what: "renamed" | "moved",
	change: (type: { name: string; schema: string }) => void,
): void {
	const type = session.catalog.type(name);
	if (!type) {
		requireType(session, name);
		return;
	}
	const before = { schema: type.schema, name: type.name };
	const after = { ...before };
	change(after);
	session.requireSchema(after.schema);
	const taken = session.catalog.typeIn(after.schema, after.name);
	const row = session.catalog.relationIn(after.schema, after.name);
	if (taken || row?.kind === "table" || row?.kind === "view") {
		if (taken === type && before.name === after.name && what === "moved") return;
		throw new Rejection("42710", `type "${after.name}" already exists`, [
			{ at: (taken ?? row ?? type).at, note: "it is here" },
		]);
	}
	session.catalog.removeType(type, { at, what: "renamed" });
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

function renameSchema(session: Session, statement: Statement, from: string, to: string): void {
	session.requireSchema(from);
	const taken = session.catalog.schemas.get(to);
	if (taken) {
		throw new Rejection("42P06", `schema "${to}" already exists`, [{ at: taken.at, note: "it is here" }]);
	}
	const schema = session.catalog.schemas.get(from);
	if (schema) {
		session.catalog.removeSchema(from, { at: statement.at, what: "renamed" });
		schema.name = to;
		session.catalog.schemas.set(to, schema);
	}
	for (const relation of [...session.catalog.relations()])
		moveIfIn(session, relation, from, to, statement.at);
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
function moveIfIn(session: Session, relation: Relation, from: string, to: string, at: Origin): void {
	if (relation.kind === "index" || relation.schema !== from) return;
	moveToSchema(session, relation, to, at);
}

function moveToSchema(
	session: Session,
	relation: Exclude<Relation, { kind: "index" }>,
	to: string,
	at: Origin,
): void {
	const indexes = relation.kind === "sequence" ? [] : relation.indexes;
	for (const index of indexes) session.catalog.removeRelation(index);
	if (relation.kind !== "sequence") {
		for (const view of readersOf(session, relation))
			blurDefinition(view, `${relation.name} is moved to another schema afterwards`);
	}
	session.catalog.moveRelation(
		relation,
		() => {
			relation.schema = to;
		},
		{ at, what: "moved" },
	);
	for (const index of indexes) session.catalog.addRelation(index);
	if (relation.kind !== "table") return;
	for (const column of relation.columns.values()) {
		const value = column.default?.value;
		const sequence = value?.is === "sequence" ? value.sequence : undefined;
		if (sequence && sequence.ownedBy?.column === column && sequence.schema !== to)
			moveToSchema(session, sequence, to, at);
	}
}

function requireFreeIn(session: Session, relation: Exclude<Relation, { kind: "index" }>, to: string): void {
	if (relation.schema === to) return;
	const taken = session.catalog.relationIn(to, relation.name);
	if (!taken) return;
	throw new Rejection("42P07", `relation "${relation.name}" already exists in schema "${to}"`, [
		{ at: taken.at, note: relationLabel(taken) },
	]);
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
			session.requireSchema(to);
			if (relation && relation.kind !== "index") {
				requireFreeIn(session, relation, to);
				moveToSchema(session, relation, to, statement.at);
			} else if (!stmt.missing_ok) session.certainlyMissing(name, statement, statement.at);
			return;
		}
		case "OBJECT_TYPE":
		case "OBJECT_DOMAIN":
			changeType(session, nameOf(itemsOf(stmt.object)), statement.at, "moved", (type) => {
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
