/** Indexes, and the constraints that indexes enforce. */
import { formatAddress, type IndexElement, qualifiedName, structuralKey } from "@schemalign/core";
import type { ConstraintRow, IndexRow } from "../catalog/constraints.js";
import { CLASS } from "../catalog/namespaces.js";
import type { RelationRow } from "../catalog/relations.js";
import { splitList } from "./split-list.js";
import { deferrability, type Statement } from "./statement.js";

/** Bits of `indoption` (pg_index.h). */
const DESCENDING = 1;
const NULLS_FIRST = 2;
/** The collation of text that states none (pg_collation.dat). */
const DEFAULT_COLLATION = 100;

export function stateIndexes(statement: Statement): void {
	const { catalog } = statement;
	for (const row of catalog.rows.indexes) {
		const relation = catalog.owned(row.relation);
		if (!relation) continue;
		if (row.valid || row.kind === "I")
			stateIndex(statement, relation, row, catalog.constraintOf.get(row.oid));
		else tellInvalid(statement, relation, row);
	}
}

function stateIndex(
	statement: Statement,
	relation: RelationRow,
	row: IndexRow,
	constraint: ConstraintRow | undefined,
): void {
	const { builder, at, catalog, expressions, facts } = statement;
	const ref = { schema: relation.schema, table: relation.name };
	const name = facts.own(row.name);
	if (row.primary) {
		builder.primaryKey(ref, catalog.columnNames(row.relation, row.columns.slice(0, row.keys)), at, name);
		return;
	}
	const elements = elementsOf(statement, row);
	const columns = elements.map(({ canonical }) => canonical);
	const predicate =
		row.predicate === null ? facts.none : facts.expression(expressions.on(row.relation, row.predicate));
	const included = catalog.columnNames(row.relation, row.columns.slice(row.keys));
	const include = included.length === 0 ? facts.noTexts : facts.own(included);
	const comment = facts.maybe(
		constraint ? catalog.comment(CLASS.constraint, constraint.oid) : catalog.comment(CLASS.relation, row.oid),
	);
	if (constraint?.type === "x") {
		const operators = (constraint.operators ?? []).map((oid) => catalog.named("operator", oid)?.name ?? "");
		const key = structuralKey(
			columns.map((column, position) => `${column} WITH ${operators[position]}`),
			{ ordered: true },
		);
		builder.entity("exclusion", [ref.schema, ref.table, key], at, {
			elements: facts.own(elements.map((element) => ({ ...element }))),
			operators: facts.own(operators),
			method: facts.word(row.method),
			predicate,
			deferrable: facts.word(deferrability(constraint)),
			name,
			comment,
		});
	} else if (row.unique) {
		builder.unique(ref, at, {
			elements: columns,
			predicate,
			nullsNotDistinct: facts.flag(row.nullsNotDistinct),
			deferrable: facts.word(constraint ? deferrability(constraint) : "not deferrable"),
			include,
			backing: constraint ? facts.byConstraint : facts.byIndex,
			name,
			comment,
		});
	} else
		builder.index(ref, at, { elements, method: facts.word(row.method), predicate, include, name, comment });
}

function elementsOf(statement: Statement, row: IndexRow): IndexElement[] {
	const { catalog, expressions } = statement;
	const written = row.expressions === null ? [] : splitList(row.expressions);
	let next = 0;
	return row.columns.slice(0, row.keys).map((number, position): IndexElement => {
		const column = number === 0 ? undefined : catalog.column(row.relation, number);
		const option = row.options[position] ?? 0;
		const opclass = catalog.named("opclass", row.classes[position] ?? 0);
		const collation = collationOf(statement, row.collations[position] ?? 0, column?.ownCollation);
		return {
			canonical: column ? column.name : `(${expressions.on(row.relation, written[next++] ?? "").canonical})`,
			isExpression: column === undefined,
			order: (option & DESCENDING) === 0 ? "asc" : "desc",
			nulls: (option & NULLS_FIRST) === 0 ? "last" : "first",
			// varchar_ops is text_ops under another name (manual, "Operator Classes").
			...(opclass && !opclass.usual && opclass.name !== "varchar_ops" ? { opclass: opclass.name } : {}),
			...(collation === undefined ? {} : { collation }),
		};
	});
}

/** The collation that the index states: another than its column's. */
function collationOf({ catalog }: Statement, own: number, column: number | undefined): string | undefined {
	if (own === 0 || own === (column ?? DEFAULT_COLLATION)) return undefined;
	return catalog.named("collation", own)?.name;
}

/** What a failed CREATE INDEX CONCURRENTLY leaves: it takes room and is never used. */
function tellInvalid({ builder, at }: Statement, relation: RelationRow, row: IndexRow): void {
	const table = qualifiedName(relation.schema, relation.name);
	builder.diagnostic({
		code: "index-invalid",
		severity: row.unique ? "high" : "medium",
		address: formatAddress("table", relation.schema, relation.name),
		message: `the ${row.unique ? "unique index" : "index"} ${row.name} on ${table} is invalid`,
		why: `A CREATE INDEX CONCURRENTLY has failed: no query uses the index, and every write keeps it up${row.unique ? "; existing duplicates stay" : ""}.`,
		help: `Drop it and create it again, or REINDEX INDEX CONCURRENTLY ${qualifiedName(relation.schema, row.name)}.`,
		at,
	});
}
