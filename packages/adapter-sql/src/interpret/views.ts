/** Views and materialized views. */
import type { CreateTableAsStmt, Node, ViewStmt } from "libpg-query";
import type { Column, Table, View } from "../catalog/objects.js";
import { renderQuery } from "../emit/renderer.js";
import type { Statement } from "../script/statement.js";
import { columnsIn, optionsOf, relationName, relationsIn, scalarOf, textsOf, walkTree } from "../tree.js";
import { outputNames } from "./create-table.js";
import { readersOf } from "./drop-relation.js";
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
	const schema = session.schemaFor(name);
	const existing = session.catalog.relationIn(schema, name.name);
	if (existing && how.skip) return;
	if (existing && !(how.replace && existing.kind === "view" && !existing.materialized)) {
		throw new Rejection("42P07", `relation "${written(name)}" already exists`, [
			{ at: existing.at, note: "the first one is created here" },
		]);
	}
	const reads = readRelations(session, statement, query);
	requireReadable(reads, query);
	const columns = how.names.length > 0 ? how.names : outputNames(query);
	if (existing?.kind === "view") requireSameColumns(existing, columns);
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
		uses: usedColumns(reads, query),
		indexes: [],
		triggers: existing?.kind === "view" ? existing.triggers : new Map(),
		...(existing?.comment ? { comment: existing.comment } : {}),
	};
	session.catalog.addRelation(view);
}

/** CREATE OR REPLACE VIEW keeps the columns that are there, in their order, and may add others. */
function requireSameColumns(view: View, columns: readonly string[] | undefined): void {
	if (!view.columns || !columns) return;
	const related = [{ at: view.at, note: "the view that is replaced" }];
	if (columns.length < view.columns.length) {
		throw new Rejection("42P16", "cannot drop columns from view", related);
	}
	view.columns.forEach((name, position) => {
		if (columns[position] === name) return;
		throw new Rejection(
			"42P16",
			`cannot change name of view column "${name}" to "${columns[position]}"`,
			related,
		);
	});
}

/** What a plain SELECT without parts of its own says: the names in it are those of its relations. */
function isPlain(query: Node | undefined): boolean {
	if (!query || !("SelectStmt" in query)) return false;
	let plain = (query.SelectStmt.op ?? "SETOP_NONE") === "SETOP_NONE";
	let selects = 0;
	walkTree(query, (tag) => {
		if (tag === "SelectStmt") selects++;
		if (/^(?:SortBy|Range(?!Var)\w+|JsonTable|CommonTableExpr|WindowDef)$/.test(tag)) plain = false;
	});
	return plain && selects <= 1;
}

/** The names of a relation's columns, where all of them are known. */
function columnNames(relation: Table | View): readonly string[] | undefined {
	if (relation.kind === "view") return relation.columns;
	return relation.presupposed || relation.incomplete ? undefined : [...relation.columns.keys()];
}

/** @throws Rejection if the query surely names a column that none of its relations has */
function requireReadable(reads: readonly (Table | View)[], query: Node | undefined): void {
	if (!isPlain(query) || relationsIn(query).length !== reads.length) return;
	const known = new Set(["*", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"]);
	for (const relation of reads) {
		const names = columnNames(relation);
		if (!names) return;
		for (const name of [...names, relation.name]) known.add(name);
	}
	walkTree(query, (tag, body) => {
		if (tag === "ResTarget" && typeof body.name === "string") known.add(body.name);
		if (tag === "Alias" && typeof body.aliasname === "string") known.add(body.aliasname);
		if (tag === "RangeVar" && body.alias) for (const name of aliasNames(body.alias)) known.add(name);
	});
	for (const name of columnsIn(query)) {
		if (!known.has(name)) throw new Rejection("42703", `column "${name}" does not exist`);
	}
}

function aliasNames(alias: unknown): string[] {
	const names: string[] = [];
	if (typeof alias === "object" && alias !== null && "aliasname" in alias) {
		if (typeof alias.aliasname === "string") names.push(alias.aliasname);
	}
	walkTree(alias, (tag, body) => {
		if (tag === "String" && typeof body.sval === "string") names.push(body.sval);
	});
	return names;
}

/**
 * The columns that the query surely reads: of a plain SELECT, those whose name only one of its relations has. A name in
 * ORDER BY may be that of a result, and a query within it may have names of its own: there nothing is sure.
 */
function usedColumns(reads: readonly (Table | View)[], query: Node | undefined): ReadonlySet<Column> {
	const tables = reads.flatMap((relation) => (relation.kind === "table" ? [relation] : []));
	if (!isPlain(query) || tables.length !== reads.length) return new Set();
	if (tables.some((table) => table.presupposed || table.incomplete)) return new Set();
	const mentions = columnsIn(query);
	const columns = tables.flatMap((table) => [...table.columns.values()]);
	return new Set(
		columns.filter(
			({ name }) =>
				(mentions.has("*") && tables.length === 1) ||
				(mentions.has(name) && columns.filter((other) => other.name === name).length === 1),
		),
	);
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

/** Views follow what they read when it is renamed or moved; their texts here do not. */
export function blurReaders(session: Session, relation: Table | View, why: string): void {
	for (const view of readersOf(session, relation)) {
		view.definition = { ...view.definition, unresolved: why };
	}
}
