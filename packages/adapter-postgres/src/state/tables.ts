/** Tables. */
import { type ExpressionValue, qualifiedName, stated } from "@schemalign/core";
import { CLASS } from "../catalog/namespaces.js";
import type { RelationRow } from "../catalog/relations.js";
import { stateColumn, type TableStatement } from "./columns.js";
import { splitList } from "./split-list.js";
import type { Statement } from "./statement.js";

export function stateTables(statement: Statement): void {
	const { catalog } = statement;
	const whole = { ...statement, parents: parentsOf(statement), sequences: ownedSequences(statement) };
	for (const row of catalog.rows.relations) {
		if (row.kind === "v" || row.kind === "m" || !catalog.owned(row.oid)) continue;
		stateTable(whole, row);
		catalog.columnsOf(row.oid).forEach((column, index) => {
			stateColumn(whole, row, column, index + 1);
		});
	}
}

/** The tables that a table inherits from or is a partition of, in their order. */
function parentsOf({ catalog }: Statement): Map<number, RelationRow[]> {
	const parents = new Map<number, RelationRow[]>();
	for (const { child, parent } of catalog.rows.inheritance) {
		const row = catalog.relations.get(parent);
		if (row) parents.set(child, [...(parents.get(child) ?? []), row]);
	}
	return parents;
}

/** The qualified name of the sequence that a column owns, by relation and column number. */
function ownedSequences({ catalog }: Statement): Map<string, string> {
	return new Map(
		catalog.rows.sequences.flatMap(({ owner, ownerColumn, schema, name }) =>
			owner === null ? [] : [[`${owner} ${ownerColumn}`, qualifiedName(schema, name)] as const],
		),
	);
}

function stateTable(statement: TableStatement, row: RelationRow): void {
	const { builder, at, catalog } = statement;
	const parents = (statement.parents.get(row.oid) ?? []).map(({ schema, name }) =>
		qualifiedName(schema, name),
	);
	builder.table({ schema: row.schema, table: row.name }, at, {
		persistence: stated(row.persistence === "u" ? "unlogged" : "permanent"),
		partitionKey: stated(partitionKey(statement, row)),
		partitionOf: stated(row.partition ? (parents[0] ?? null) : null),
		partitionBound: stated(row.bound === null ? null : boundValue(row.bound)),
		inherits: stated(row.partition ? [] : parents),
		rowSecurity: stated(row.security),
		rowSecurityForced: stated(row.forced),
		comment: stated(catalog.comment(CLASS.relation, row.oid)),
	});
}

const STRATEGIES: Readonly<Record<string, string>> = { r: "RANGE", l: "LIST", h: "HASH" };

/** Zeros among the key's columns stand for its expressions, in their order. */
function partitionKey({ catalog, expressions }: Statement, row: RelationRow): ExpressionValue | null {
	if (row.strategy === null) return null;
	const columns = row.keyColumns ?? [];
	const count = columns.filter((number) => number === 0).length;
	const written = row.keyExpressions ?? "";
	const own = count > 1 ? splitList(written) : [written];
	let next = 0;
	const parts = columns.map((number): ExpressionValue => {
		if (number === 0) {
			const value = expressions.on(row.oid, own[next++] ?? "");
			return { sql: `(${value.sql})`, canonical: `(${value.canonical})` };
		}
		return expressions.on(row.oid, quoted(catalog.column(row.oid, number)?.name ?? ""));
	});
	const strategy = STRATEGIES[row.strategy] ?? row.strategy;
	return {
		sql: `${strategy} (${parts.map((part) => part.sql).join(", ")})`,
		canonical: `${strategy} (${parts.map((part) => part.canonical).join(", ")})`,
	};
}

function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/** Midnight and the session's zone say nothing more than the date alone, as the SQL adapter has it too. */
function boundValue(sql: string): ExpressionValue {
	return { sql, canonical: sql.replace(/(\d{4}-\d\d-\d\d) 00:00:00(?:\+00)?'/g, "$1'") };
}
