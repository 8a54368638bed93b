/** Tables. */
import { type ExpressionValue, qualifiedName, type TableRef } from "@schemalign/core";
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
		const ref = { schema: row.schema, table: row.name };
		stateTable(whole, row, ref);
		catalog.columnsOf(row.oid).forEach((column, index) => {
			stateColumn(whole, row, ref, column, index + 1);
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

function ownedSequences({ catalog }: Statement): TableStatement["sequences"] {
	const owned = new Map<number, Map<number, Set<string>>>();
	for (const { owner, ownerColumn, schema, name } of catalog.rows.sequences) {
		if (owner === null || ownerColumn === null) continue;
		const columns = owned.get(owner) ?? new Map<number, Set<string>>();
		const names = columns.get(ownerColumn) ?? new Set();
		owned.set(owner, columns.set(ownerColumn, names.add(qualifiedName(schema, name))));
	}
	return owned;
}

function stateTable(statement: TableStatement, row: RelationRow, ref: TableRef): void {
	const { builder, at, catalog, facts } = statement;
	const parents = (statement.parents.get(row.oid) ?? []).map(({ schema, name }) =>
		qualifiedName(schema, name),
	);
	builder.table(ref, at, {
		persistence: facts.word(row.persistence === "u" ? "unlogged" : "permanent"),
		partitionKey: row.strategy === null ? facts.none : facts.own(partitionKey(statement, row, row.strategy)),
		partitionOf: facts.maybe(row.partition ? (parents[0] ?? null) : null),
		partitionBound: row.bound === null ? facts.none : facts.own(boundValue(row.bound)),
		inherits: row.partition || parents.length === 0 ? facts.noTexts : facts.own(parents),
		rowSecurity: facts.flag(row.security),
		rowSecurityForced: facts.flag(row.forced),
		comment: facts.maybe(catalog.comment(CLASS.relation, row.oid)),
	});
}

const STRATEGIES: Readonly<Record<string, string>> = { r: "RANGE", l: "LIST", h: "HASH" };

/** Zeros among the key's columns stand for its expressions, in their order. */
function partitionKey(
	{ catalog, expressions }: Statement,
	row: RelationRow,
	strategyLetter: string,
): ExpressionValue {
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
	const strategy = STRATEGIES[strategyLetter] ?? strategyLetter;
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
