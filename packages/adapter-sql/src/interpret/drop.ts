/** DROP of anything, with what goes along. */

import type { DropStmt, Node } from "libpg-query";
import { relationText, schemaOfRelation } from "../catalog/catalog.js";
import type { Column, Relation, Table, UserType } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { itemsOf, type Name, nameFrom, nameOf, objectKind, textOf, textsOf } from "../tree.js";
import { dropColumn } from "./drop-column.js";
import {
	type Dropping,
	dropIndex,
	dropSequence,
	dropTable,
	dropView,
	refuse,
	removeTable,
} from "./drop-relation.js";
import { dropRoutine } from "./functions.js";
import { Rejection, type Session, written } from "./session.js";
import { requireType } from "./types.js";

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
			dropTypeNamed(
				dropping,
				"TypeName" in object ? nameOf(object.TypeName.names) : nameOf(itemsOf(object)),
				stmt.removeType === "OBJECT_DOMAIN",
			);
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
			if ("ObjectWithArgs" in object) {
				const { cascade, missingOk } = dropping;
				dropRoutine(session, object.ObjectWithArgs, { cascade, missingOk, at: statement.at });
			}
			return;
		default:
			session.notModelled(`DROP ${objectKind(stmt.removeType)}`, statement.at);
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
	if (relation.kind === "view" && relation.materialized !== (type === "OBJECT_MATVIEW")) {
		const [is, not] = relation.materialized
			? ["a materialized view", "a view"]
			: ["a view", "a materialized view"];
		throw new Rejection("42809", `"${written(name)}" is not ${not}: it is ${is}`);
	}
	if (relation.kind !== EXPECTED[type]) {
		throw new Rejection("42809", `"${written(name)}" is not a ${EXPECTED[type]}: it is a ${relation.kind}`);
	}
	if (relation.kind === "table") dropTable(dropping, relation);
	else if (relation.kind === "view") dropView(dropping, relation);
	else if (relation.kind === "sequence") dropSequence(dropping, relation);
	else dropIndex(dropping, relation);
}

function dropTypeNamed(dropping: Dropping, name: Name, domain: boolean): void {
	const { session, cascade } = dropping;
	const type = session.catalog.type(name);
	if (!type) {
		if (!dropping.missingOk) requireType(session, name);
		return;
	}
	if (domain && type.kind !== "domain") throw new Rejection("42809", `"${written(name)}" is not a domain`);
	const users = columnsOfType(session, type);
	const defaults = columnsOfDefault(session, type);
	if (!cascade && users.length + defaults.length > 0) {
		refuse(`type ${type.name}`, [
			...users.map(({ table, column }) => ({
				at: column.at,
				label: `column ${column.name} of table ${table.name}`,
			})),
			...defaults.map(({ table, column }) => ({
				at: column.default?.at ?? column.at,
				label: `default value for column ${column.name} of table ${table.name}`,
			})),
		]);
	}
	for (const { column } of defaults) column.default = { value: null, at: dropping.statement.at };
	for (const { table, column } of users) {
		dropColumn(session, table, column, { cascade: true, at: dropping.statement.at });
	}
	session.catalog.removeType(type, { at: dropping.statement.at, what: "dropped" });
}

/** Columns that no longer have the type, but whose default is still cast from it. */
function columnsOfDefault(session: Session, type: UserType): { table: Table; column: Column }[] {
	return [...session.catalog.tables()].flatMap((table) =>
		[...table.columns.values()]
			.filter((column) => {
				const value = column.default?.value;
				return value?.is === "expression" && value.through?.includes(type) === true;
			})
			.map((column) => ({ table, column })),
	);
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
	if (!dropping.missingOk) session.requireSchema(schema);
	const gone = { at: statement.at, what: "dropped" } as const;
	const inside = [...session.catalog.relations()].filter((relation) => schemaOfRelation(relation) === schema);
	if (!cascade && inside.length > 0) {
		refuse(
			`schema ${schema}`,
			inside.slice(0, 5).map((relation) => ({ at: relation.at, label: relationText(relation) })),
		);
	}
	for (const relation of inside) {
		if (relation.kind === "view") session.catalog.removeRelation(relation, gone);
	}
	for (const relation of inside) if (relation.kind === "table") removeTable(session, relation, gone);
	for (const relation of inside) session.catalog.removeRelation(relation, gone);
	for (const type of [...session.catalog.types()])
		if (type.schema === schema) session.catalog.removeType(type, gone);
	for (const routine of [...session.catalog.allRoutines()]) {
		if (routine.schema === schema) session.catalog.removeRoutine(routine, gone);
	}
	session.catalog.removeSchema(schema, gone);
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
