/** Views and materialized views. */
import type { CreateTableAsStmt, Node, ViewStmt } from "libpg-query";
import type { Table, View } from "../catalog/objects.js";
import { renderQuery } from "../emit/renderer.js";
import type { Statement } from "../script/statement.js";
import { columnsIn, optionsOf, relationName, relationsIn, scalarOf, textsOf } from "../tree.js";
import { outputNames } from "./create-table.js";
import { Rejection, type Session, written } from "./session.js";

export function createView(session: Session, statement: Statement, stmt: ViewStmt): void {
	const name = relationName(stmt.view);
	if (stmt.view?.relpersistence === "t") {
		session.temporary.add(name.name);
		return;
	}
	const options = optionsOf(stmt.options).map(
		(option) => `${option.defname}=${String(scalarOf(option.arg) ?? true)}`,
	);
	if (stmt.withCheckOption === "CASCADED_CHECK_OPTION") options.push("check_option=cascaded");
	if (stmt.withCheckOption === "LOCAL_CHECK_OPTION") options.push("check_option=local");
	add(session, statement, name, stmt.query, {
		names: textsOf(stmt.aliases),
		materialized: false,
		replace: stmt.replace ?? false,
		skip: false,
		options,
	});
}

export function createMaterializedView(
	session: Session,
	statement: Statement,
	stmt: CreateTableAsStmt,
): void {
	const name = relationName(stmt.into?.rel);
	add(session, statement, name, stmt.query, {
		names: textsOf(stmt.into?.colNames),
		materialized: true,
		replace: false,
		skip: stmt.if_not_exists ?? false,
		options: [],
	});
}

function add(
	session: Session,
	statement: Statement,
	name: { schema?: string; name: string },
	query: Node | undefined,
	how: {
		names: readonly string[];
		materialized: boolean;
		replace: boolean;
		skip: boolean;
		options: string[];
	},
): void {
	const schema = session.catalog.schemaFor(name);
	const existing = session.catalog.relationIn(schema, name.name);
	if (existing && how.skip) return;
	if (existing && !(how.replace && existing.kind === "view" && !existing.materialized)) {
		throw new Rejection("42P07", `relation "${written(name)}" already exists`, [
			{ at: existing.at, note: "the first one is created here" },
		]);
	}
	const reads = readRelations(session, statement, query);
	const columns = how.names.length > 0 ? how.names : outputNames(query);
	const view: View = {
		kind: "view",
		schema,
		name: name.name,
		at: statement.at,
		order: statement.order,
		materialized: how.materialized,
		definition: renderQuery(session.catalog, query ?? { SelectStmt: {} }, how.names),
		...(columns ? { columns } : {}),
		options: { value: [...how.options].sort(), at: statement.at },
		reads,
		mentions: columnsIn(query),
		indexes: [],
		triggers: existing?.kind === "view" ? existing.triggers : new Map(),
		...(existing?.comment ? { comment: existing.comment } : {}),
	};
	session.catalog.addRelation(view);
}

/** What the query reads; a relation that certainly is not there rejects the view. */
function readRelations(session: Session, statement: Statement, query: Node | undefined): (Table | View)[] {
	const found: (Table | View)[] = [];
	for (const name of relationsIn(query)) {
		const relation = session.catalog.relation(name);
		if (relation?.kind === "table" || relation?.kind === "view") found.push(relation);
		else if (!relation) session.certainlyMissing(name, statement, statement.at);
	}
	return found;
}
