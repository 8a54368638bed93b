/** Indexes, alone and behind constraints. */
import type { Origin } from "@schemalign/core";
import type { IndexElem, IndexStmt, Node } from "libpg-query";
import { chooseName, indexColumnNames, makeObjectName, nameAddition } from "../catalog/names.js";
import type { Index, IndexPart, Table, View } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { columnsIn, nameOf, relationName, stripLocations, textsOf } from "../tree.js";
import { requireAllowed } from "./forbidden.js";
import { requireFunctions, requireImmutable } from "./immutable.js";
import { cloneIndexToPartitions } from "./partitions.js";
import { Rejection, type Session, written } from "./session.js";

export function createIndex(session: Session, statement: Statement, stmt: IndexStmt): void {
	const name = relationName(stmt.relation);
	if (session.isTemporary(name)) return;
	if (stmt.concurrent && session.inTransaction) {
		throw new Rejection("25001", "CREATE INDEX CONCURRENTLY cannot run inside a transaction block");
	}
	const relation = indexed(session, statement, stmt);
	const existing = stmt.idxname ? session.catalog.relationIn(relation.schema, stmt.idxname) : undefined;
	if (existing && !stmt.if_not_exists) {
		throw new Rejection("42P07", `relation "${stmt.idxname}" already exists`, [
			{ at: existing.at, note: "the first one is created here" },
		]);
	}
	const parts = readParts(session, statement, relation, stmt.indexParams);
	if (stmt.whereClause) {
		requireAllowed(stmt.whereClause, "index predicate", statement.at);
		requireImmutable(
			session,
			relation,
			stmt.whereClause,
			"functions in index predicate must be marked IMMUTABLE",
		);
		requireColumns(session, relation, stmt.whereClause, statement.at);
	}
	const method = stmt.accessMethod ?? "btree";
	checkVectorDimensions(relation, method, parts);
	const index: Index = {
		kind: "index",
		name: { text: stmt.idxname ?? "", stated: stmt.idxname !== undefined, at: statement.at },
		at: statement.at,
		table: relation,
		role: stmt.unique ? "unique index" : "index",
		parts,
		include: includedColumns(session, statement, relation, stmt.indexIncludingParams),
		method,
		...(stmt.whereClause ? { predicate: stmt.whereClause } : {}),
		nullsNotDistinct: stmt.nulls_not_distinct ?? false,
		deferrable: "not deferrable",
	};
	if (existing) {
		reportSkippedIndex(session, statement, existing.kind === "index" ? existing : undefined, index);
		return;
	}
	if (!stmt.idxname) index.name.text = chooseIndexName(session, index, "idx");
	if (stmt.options?.length) session.notModelled("storage parameters", statement.at);
	if (stmt.tableSpace) session.notModelled("tablespaces and access methods", statement.at);
	relation.indexes.push(index);
	session.catalog.addRelation(index);
	if (relation.kind === "table" && stmt.relation?.inh) cloneIndexToPartitions(session, relation, index);
}

function indexed(session: Session, statement: Statement, stmt: IndexStmt): Table | View {
	const name = relationName(stmt.relation);
	const found = session.catalog.relation(name);
	if (found?.kind === "view") {
		if (found.materialized) return found;
		throw new Rejection("42809", `cannot create index on relation "${written(name)}": it is a view`);
	}
	return session.table(name, statement, statement.at);
}

/** The elements of an index, their columns looked up. */
export function readParts(
	session: Session,
	statement: Statement,
	relation: Table | View,
	nodes: readonly Node[] | undefined,
): IndexPart[] {
	return (nodes ?? []).flatMap((node) => {
		if (!("IndexElem" in node)) return [];
		return [readPart(session, statement, relation, node.IndexElem)];
	});
}

function readPart(
	session: Session,
	statement: Statement,
	relation: Table | View,
	element: IndexElem,
): IndexPart {
	const order = element.ordering === "SORTBY_DESC" ? "desc" : "asc";
	const nulls =
		element.nulls_ordering === "SORTBY_NULLS_FIRST"
			? "first"
			: element.nulls_ordering === "SORTBY_NULLS_LAST"
				? "last"
				: order === "desc"
					? "first"
					: "last";
	const opclass = nameOf(element.opclass).name;
	const collation = textsOf(element.collation)
		.filter((part) => part !== "pg_catalog")
		.join(".");
	const rest = {
		order,
		nulls,
		...(opclass ? { opclass } : {}),
		...(collation && collation !== "default" ? { collation } : {}),
	} as const;
	if (element.name !== undefined) {
		return { column: columnOf(session, statement, relation, element.name), ...rest };
	}
	requireAllowed(element.expr, "index expression", statement.at);
	requireImmutable(session, relation, element.expr, "functions in index expression must be marked IMMUTABLE");
	requireColumns(session, relation, element.expr, statement.at);
	requireFunctions(session, element.expr);
	return { ...(element.expr ? { node: element.expr } : {}), ...rest };
}

function columnOf(session: Session, statement: Statement, relation: Table | View, name: string) {
	if (relation.kind === "table") return session.column(relation, name, statement.at);
	return { name, at: statement.at, inherited: 0, local: true };
}

/** @throws Rejection if the expression mentions a column that the relation certainly does not have */
export function requireColumns(
	session: Session,
	relation: Table | View,
	node: Node | undefined,
	at: Origin,
): void {
	if (relation.kind !== "table" || relation.presupposed || relation.incomplete) return;
	for (const name of columnsIn(node)) {
		if (name !== "*" && name !== relation.name && !SYSTEM_COLUMNS.has(name))
			session.column(relation, name, at);
	}
}

const SYSTEM_COLUMNS = new Set(["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "value"]);

function includedColumns(
	session: Session,
	statement: Statement,
	relation: Table | View,
	nodes: readonly Node[] | undefined,
) {
	return readParts(session, statement, relation, nodes).flatMap(({ column }) => (column ? [column] : []));
}

/** The name that Postgres gives to an index without one (ChooseIndexName). */
export function chooseIndexName(
	session: Session,
	index: Index,
	label: "idx" | "key" | "excl" | "pkey",
): string {
	const { schema, name } = index.table;
	const taken = (candidate: string): boolean => session.taken(schema, candidate);
	if (label === "pkey")
		return taken(makeObjectName(name, "", label))
			? chooseName(name, "", label, taken)
			: makeObjectName(name, "", label);
	const elements = [
		...index.parts.map((part) => part.column?.name ?? part.node ?? ""),
		...index.include.map((column) => column.name),
	];
	return chooseName(name, nameAddition(indexColumnNames(elements)), label, taken);
}

/** pgvector's limits: ivfflat and hnsw take at most 2,000 dimensions of `vector`, 4,000 of `halfvec`. */
function checkVectorDimensions(relation: Table | View, method: string, parts: readonly IndexPart[]): void {
	if ((method !== "ivfflat" && method !== "hnsw") || relation.kind !== "table") return;
	for (const { column } of parts) {
		const type = column?.type?.value.value;
		const dimensions = type?.args?.[0];
		const limit = type?.name === "vector" ? 2000 : type?.name === "halfvec" ? 4000 : undefined;
		if (!column || limit === undefined || typeof dimensions !== "number" || dimensions <= limit) continue;
		throw new Rejection(
			"54000",
			`column "${column.name}" cannot have more than ${limit} dimensions for ${method} index; it is ${type?.name}(${dimensions})`,
			column.type ? [{ at: column.type.at, note: `${column.name} is ${type?.name}(${dimensions})` }] : [],
		);
	}
}

function reportSkippedIndex(
	session: Session,
	statement: Statement,
	first: Index | undefined,
	index: Index,
): void {
	if (first && first.table === index.table && sameParts(first, index)) return;
	session.diagnostic({
		code: "skipped-definition",
		severity: index.role === "unique index" ? "high" : "low",
		message: `CREATE INDEX IF NOT EXISTS ${index.name.text} is skipped: another relation already has this name`,
		why: "The index that this statement describes never comes to exist.",
		help: "Give it a name of its own.",
		at: statement.at,
		...(first ? { related: [{ at: first.at, note: "the first definition" }] } : {}),
	});
}

function sameParts(a: Index, b: Index): boolean {
	const shape = (index: Index): string =>
		JSON.stringify([
			index.role,
			index.method,
			index.parts.map(({ column, node, order }) => [column?.name, stripLocations(node), order]),
			stripLocations(index.predicate),
		]);
	return shape(a) === shape(b);
}
