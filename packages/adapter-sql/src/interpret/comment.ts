/** COMMENT ON what is compared. */
import type { CommentStmt } from "libpg-query";
import { constraintNamed } from "../catalog/catalog.js";
import type { Cell } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { itemsOf, nameFrom, nameOf, objectKind, textOf, textsOf } from "../tree.js";
import { findRoutine } from "./functions.js";
import { Rejection, type Session, written } from "./session.js";

export function comment(session: Session, statement: Statement, stmt: CommentStmt): void {
	const cell: Cell<string | null> = {
		value: stmt.comment === "" ? null : (stmt.comment ?? null),
		at: statement.at,
	};
	const parts = textsOf(itemsOf(stmt.object));
	switch (stmt.objtype) {
		case "OBJECT_TABLE":
		case "OBJECT_VIEW":
		case "OBJECT_MATVIEW":
		case "OBJECT_SEQUENCE":
		case "OBJECT_INDEX":
		case "OBJECT_FOREIGN_TABLE": {
			const name = nameFrom(parts);
			const relation = session.catalog.relation(name);
			if (relation) relation.comment = cell;
			else if (!session.isTemporary(name)) session.certainlyMissing(name, statement, statement.at);
			return;
		}
		case "OBJECT_COLUMN":
			commentColumn(session, statement, parts, cell);
			return;
		case "OBJECT_TABCONSTRAINT":
		case "OBJECT_TRIGGER":
		case "OBJECT_POLICY":
			commentWithin(session, statement, stmt, parts, cell);
			return;
		case "OBJECT_TYPE":
		case "OBJECT_DOMAIN": {
			const names =
				stmt.object && "TypeName" in stmt.object ? stmt.object.TypeName.names : itemsOf(stmt.object);
			const type = session.catalog.type(nameOf(names));
			if (type) type.comment = cell;
			return;
		}
		case "OBJECT_SCHEMA": {
			const schema = session.catalog.schemas.get(textOf(stmt.object) ?? "");
			if (schema) schema.comment = cell;
			return;
		}
		case "OBJECT_FUNCTION":
		case "OBJECT_PROCEDURE":
		case "OBJECT_ROUTINE": {
			const object = stmt.object && "ObjectWithArgs" in stmt.object ? stmt.object.ObjectWithArgs : undefined;
			const routine = object ? findRoutine(session, object) : undefined;
			if (routine) routine.comment = cell;
			return;
		}
		default:
			session.notModelled(`COMMENT ON ${objectKind(stmt.objtype)}`, statement.at);
	}
}

function commentColumn(
	session: Session,
	statement: Statement,
	parts: readonly string[],
	cell: Cell<string | null>,
): void {
	const name = nameFrom(parts.slice(0, -1));
	if (session.isTemporary(name)) return;
	const relation = session.catalog.relation(name);
	if (!relation) session.certainlyMissing(name, statement, statement.at);
	if (relation?.kind === "view") session.notModelled("COMMENT ON COLUMN of a view", statement.at);
	if (relation?.kind !== "table") return;
	session.column(relation, parts.at(-1) ?? "", statement.at).comment = cell;
}

function commentWithin(
	session: Session,
	statement: Statement,
	stmt: CommentStmt,
	parts: readonly string[],
	cell: Cell<string | null>,
): void {
	const name = nameFrom(parts.slice(0, -1));
	const own = parts.at(-1) ?? "";
	const relation = session.catalog.relation(name);
	if (!relation && !session.isTemporary(name)) session.certainlyMissing(name, statement, statement.at);
	if (relation?.kind !== "table") return;
	const target =
		stmt.objtype === "OBJECT_TRIGGER"
			? relation.triggers.get(own)
			: stmt.objtype === "OBJECT_POLICY"
				? relation.policies.get(own)
				: constraintNamed(relation, own);
	if (target) target.comment = cell;
	else if (stmt.objtype === "OBJECT_TABCONSTRAINT" && !relation.presupposed && !own.endsWith("_not_null")) {
		throw new Rejection("42704", `constraint "${own}" for table "${written(name)}" does not exist`);
	}
}
