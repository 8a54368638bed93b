/** CREATE TABLE in all its forms, CREATE TABLE AS and SELECT INTO. */
import type { Constraint, CreateStmt, CreateTableAsStmt, IntoClause, Node, TypeName } from "libpg-query";
import { newTable } from "../catalog/catalog.js";
import { expressionName } from "../catalog/names.js";
import type { Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { relationName, textOf, textsOf } from "../tree.js";
import { defineColumn } from "./columns.js";
import { addConstraint } from "./constraints.js";
import { discardTable } from "./drop-relation.js";
import { requireColumns } from "./indexes.js";
import { copyLike, inherit } from "./inherit.js";
import { attachPartition, partitionBoundText, partitionKeyOf } from "./partitions.js";
import { Rejection, type Session, written } from "./session.js";
import { reportSkipped } from "./skipped.js";
import { readType } from "./types.js";

export function createTable(session: Session, statement: Statement, stmt: CreateStmt): void {
	const name = relationName(stmt.relation);
	if (stmt.relation?.relpersistence === "t" || name.schema === "pg_temp") {
		session.temporary.add(name.name);
		return;
	}
	const schema = session.schemaFor(name);
	const existing = session.catalog.relationIn(schema, name.name);
	if (existing && !(existing.kind === "table" && existing.presupposed)) {
		if (!stmt.if_not_exists) {
			throw new Rejection("42P07", `relation "${written(name)}" already exists`, [
				{ at: existing.at, note: "the first one is created here" },
			]);
		}
		if (existing.kind === "table") reportSkipped(session, statement, existing, stmt);
		return;
	}
	requireFreeType(session, schema, name.name);
	const table = newTable(schema, name.name, statement.at, statement.order);
	if (stmt.relation?.relpersistence === "u") table.persistence = { value: "unlogged", at: statement.at };
	noteStorage(session, statement, stmt);
	session.catalog.addRelation(table);
	try {
		fill(session, statement, table, stmt);
	} catch (error) {
		discardTable(session, table);
		throw error;
	}
}

function noteStorage(session: Session, statement: Statement, stmt: CreateStmt): void {
	if (stmt.options?.length) session.notModelled("storage parameters", statement.at);
	if (stmt.tablespacename || stmt.accessMethod)
		session.notModelled("tablespaces and access methods", statement.at);
}

/** @throws Rejection if a type has the name: a table has a type of its name too */
function requireFreeType(session: Session, schema: string, name: string): void {
	const type = session.catalog.typeIn(schema, name);
	if (!type) return;
	throw new Rejection("42710", `type "${name}" already exists`, [
		{ at: type.at, note: "a table would have a type of the same name" },
	]);
}

function fill(session: Session, statement: Statement, table: Table, stmt: CreateStmt): void {
	const parents = (stmt.inhRelations ?? []).flatMap((node) =>
		"RangeVar" in node ? [session.table(relationName(node.RangeVar), statement, statement.at)] : [],
	);
	if (parents.includes(table)) throw new Rejection("42P01", `relation "${table.name}" does not exist`);
	for (const parent of parents) inherit(session, table, parent, statement.at);
	if (stmt.ofTypename) takeTypeColumns(session, statement, table, stmt.ofTypename);
	const constraints: Written[] = [];
	const likes: (() => void)[] = [];
	for (const node of stmt.tableElts ?? []) {
		if ("ColumnDef" in node) constraints.push(...defineColumn(session, statement, table, node.ColumnDef));
		else if ("Constraint" in node) constraints.push({ constraint: node.Constraint });
		else if ("TableLikeClause" in node) {
			const source = session.catalog.relation(relationName(node.TableLikeClause.relation));
			if (!source)
				session.certainlyMissing(relationName(node.TableLikeClause.relation), statement, statement.at);
			if (source === table) throw new Rejection("42P01", `relation "${table.name}" does not exist`);
			if (source?.kind === "table")
				likes.push(...copyLike(session, statement, table, source, node.TableLikeClause));
			else
				table.incomplete = { value: "it copies a table that this source does not create", at: statement.at };
		}
	}
	for (const column of table.columns.values()) {
		if (column.local) requireColumns(session, table, column.generated?.value ?? undefined, column.at);
	}
	addAll(session, statement, table, constraints);
	for (const like of likes) like();
	if (stmt.partspec) table.partitionKey = { value: partitionKeyOf(stmt.partspec), at: statement.at };
	const parent = parents[0];
	if (stmt.partbound && parent) {
		const bound = partitionBoundText(stmt.partbound);
		attachPartition(session, parent, table, bound, statement.at);
	}
}

/** CREATE TABLE … OF: the columns of a composite type, to which the statement may add options. */
function takeTypeColumns(session: Session, statement: Statement, table: Table, typeName: TypeName): void {
	const { at } = statement;
	const { userType } = readType(session, typeName);
	if (userType?.kind !== "composite") {
		table.incomplete = { value: "its columns come from a type that this source does not create", at };
		return;
	}
	for (const { name, type } of userType.attributes) {
		table.columns.set(name, {
			name,
			at,
			type: { value: type, at },
			notNull: { value: false, at },
			default: { value: null, at },
			generated: { value: null, at },
			inherited: 1,
			local: false,
		});
	}
}

interface Written {
	readonly constraint: Constraint;
	readonly column?: string;
}

/** Checks get their names first, then keys with the primary key in front, then foreign keys, as Postgres does it. */
function addAll(session: Session, statement: Statement, table: Table, constraints: readonly Written[]): void {
	const rank = ({ constraint }: Written): number =>
		constraint.contype === "CONSTR_CHECK" || constraint.contype === "CONSTR_NOTNULL"
			? 0
			: constraint.contype === "CONSTR_PRIMARY"
				? 1
				: constraint.contype === "CONSTR_FOREIGN"
					? 3
					: 2;
	const ordered = constraints.map((entry) => ({ entry, rank: rank(entry) })).sort((a, b) => a.rank - b.rank);
	for (const { constraint, column } of mergeKeys(ordered.map(({ entry }) => entry))) {
		const at = statement.line(constraint.location);
		addConstraint({ session, statement, table, at, ...(column ? { column } : {}) }, constraint);
	}
}

/**
 * A key that repeats an earlier one of the same statement is left out, and an earlier one without a name takes the
 * name of the repetition: `id int PRIMARY KEY, CONSTRAINT k UNIQUE (id)` is a primary key called k
 * (transformIndexConstraints in parse_utilcmd.c).
 */
function mergeKeys(ordered: readonly Written[]): Written[] {
	const merged: Written[] = [];
	for (const entry of ordered) {
		const shape = keyShape(entry);
		const at = shape === undefined ? -1 : merged.findIndex((earlier) => keyShape(earlier) === shape);
		const earlier = merged[at];
		const { conname } = entry.constraint;
		if (!earlier || entry.constraint.contype === "CONSTR_PRIMARY") merged.push(entry);
		else if (conname && !earlier.constraint.conname) {
			merged[at] = { ...earlier, constraint: { ...earlier.constraint, conname } };
		}
	}
	return merged;
}

/** What makes two keys of one statement the same; `undefined` for what is no key on columns. */
function keyShape({ constraint, column }: Written): string | undefined {
	const { contype } = constraint;
	if ((contype !== "CONSTR_PRIMARY" && contype !== "CONSTR_UNIQUE") || constraint.indexname) return undefined;
	const keys = textsOf(constraint.keys);
	return JSON.stringify([
		keys.length > 0 ? keys : [column],
		textsOf(constraint.including),
		constraint.nulls_not_distinct ?? false,
		constraint.deferrable ?? false,
		constraint.initdeferred ?? false,
		constraint.without_overlaps ?? false,
	]);
}

export function createTableAs(session: Session, statement: Statement, stmt: CreateTableAsStmt): void {
	fromQuery(session, statement, stmt.into, stmt.query, stmt.if_not_exists ?? false);
}

/** A table whose columns come from a query: names where they can be told, types never. */
export function fromQuery(
	session: Session,
	statement: Statement,
	into: IntoClause | undefined,
	query: Node | undefined,
	ifNotExists: boolean,
): void {
	const name = relationName(into?.rel);
	if (into?.rel?.relpersistence === "t") {
		session.temporary.add(name.name);
		return;
	}
	const schema = session.schemaFor(name);
	const existing = session.catalog.relationIn(schema, name.name);
	if (existing) {
		if (ifNotExists) return;
		throw new Rejection("42P07", `relation "${written(name)}" already exists`, [
			{ at: existing.at, note: "the first one is created here" },
		]);
	}
	const table = newTable(schema, name.name, statement.at, statement.order);
	const names = textsOf(into?.colNames);
	const columns = names.length > 0 ? names : outputNames(query);
	table.incomplete = { value: "its columns come from a query", at: statement.at };
	for (const column of columns ?? []) {
		table.columns.set(column, {
			name: column,
			at: statement.at,
			typeUnknown: "the type is that of a query's result",
			notNull: { value: false, at: statement.at },
			default: { value: null, at: statement.at },
			generated: { value: null, at: statement.at },
			inherited: 0,
			local: true,
		});
	}
	session.catalog.addRelation(table);
}

/** The names of a query's columns, or `undefined` if one of them is not in the text. */
export function outputNames(query: Node | undefined): string[] | undefined {
	if (!query || !("SelectStmt" in query)) return undefined;
	const { targetList, larg } = query.SelectStmt;
	if (larg) return outputNames({ SelectStmt: larg });
	const names: string[] = [];
	for (const target of targetList ?? []) {
		if (!("ResTarget" in target)) return undefined;
		const name = target.ResTarget.name ?? outputName(target.ResTarget.val);
		if (name === undefined) return undefined;
		names.push(name);
	}
	return names.length > 0 ? names : undefined;
}

function outputName(value: Node | undefined): string | undefined {
	if (value && "ColumnRef" in value) return textOf(value.ColumnRef.fields?.at(-1));
	return expressionName(value) ?? "?column?";
}
