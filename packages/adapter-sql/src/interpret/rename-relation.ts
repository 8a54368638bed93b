/** RENAME of tables, views, sequences and indexes. */
import type { RenameStmt } from "libpg-query";
import type { Statement } from "../script/statement.js";
import type { Name } from "../tree.js";
import { Rejection, relationLabel, type Session } from "./session.js";
import { blurReaders } from "./views.js";

export function renameRelation(
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
		blurReaders(session, relation, `${name.name} is renamed afterwards`);
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
