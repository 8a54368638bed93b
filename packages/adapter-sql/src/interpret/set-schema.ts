/** SET SCHEMA, and RENAME of a whole schema. */
import type { Origin } from "@schemalign/core";
import type { AlterObjectSchemaStmt } from "libpg-query";
import type { Relation } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { itemsOf, nameOf, objectKind, relationName, textOf } from "../tree.js";
import { changeRoutine, changeType } from "./rename-type.js";
import { Rejection, relationLabel, type Session } from "./session.js";
import { blurReaders } from "./views.js";

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
			session.notModelled(`SET SCHEMA of ${objectKind(stmt.objectType).toLowerCase()}`, statement.at);
	}
}

export function renameSchema(session: Session, statement: Statement, from: string, to: string): void {
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
		blurReaders(session, relation, `${relation.name} is moved to another schema afterwards`);
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
