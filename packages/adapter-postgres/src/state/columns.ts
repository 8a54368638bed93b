/** Columns. */
import { type DefaultValue, qualifiedName, type Stated, stated, unknown } from "@schemalign/core";
import { CLASS } from "../catalog/namespaces.js";
import type { ColumnRow, RelationRow } from "../catalog/relations.js";
import { type Statement, typeFact } from "./statement.js";

/** What stating a table's columns needs beside. */
export interface TableStatement extends Statement {
	/** By relation, in their order. */
	readonly parents: ReadonlyMap<number, readonly RelationRow[]>;
	/** The qualified name of the sequence that a column owns, by relation and column number. */
	readonly sequences: ReadonlyMap<string, string>;
}

export function stateColumn(
	statement: TableStatement,
	table: RelationRow,
	column: ColumnRow,
	position: number,
): void {
	const { builder, at, catalog, expressions } = statement;
	const type = catalog.type(column.type);
	const generated = column.generated !== "" && column.value !== null;
	builder.column({ schema: table.schema, table: table.name }, column.name, at, {
		type: typeFact(statement, column.type),
		nullable: stated(!column.required),
		default: generated ? stated(null) : defaultFact(statement, table, column),
		generated: stated(generated ? expressions.on(table.oid, column.value ?? "", type) : null),
		collation: collationOf(statement, column),
		position: stated(position),
		comment: stated(catalog.comment(CLASS.relation, table.oid, column.number)),
	});
}

function defaultFact(statement: TableStatement, table: RelationRow, column: ColumnRow): Stated<DefaultValue> {
	if (inheritsIdentity(statement, table, column))
		return unknown(
			"before Postgres 17 a partition has no identity of its own: its parent's fills the column",
		);
	return stated(defaultOf(statement, column, statement.sequences.get(`${table.oid} ${column.number}`)));
}

/** Whether the column is that of a partition whose parent fills it: newer servers, and the static reading, call it an identity. */
function inheritsIdentity(statement: TableStatement, table: RelationRow, column: ColumnRow): boolean {
	if (!table.partition || column.identity !== "" || column.value !== null) return false;
	const parent = statement.parents.get(table.oid)?.[0];
	const own = parent && statement.catalog.columnsOf(parent.oid).find(({ name }) => name === column.name);
	if (!parent || !own) return false;
	return own.identity !== "" || inheritsIdentity(statement, parent, own);
}

function collationOf({ catalog }: Statement, { collation }: ColumnRow): Stated<string | null> {
	if (collation === null) return stated(null);
	return stated(catalog.named("collation", collation)?.name ?? null);
}

const NEXTVAL = /^nextval\('(?<name>(?:[^']|'')+)'::regclass\)$/;

function defaultOf({ expressions }: Statement, column: ColumnRow, owned: string | undefined): DefaultValue {
	if (column.identity === "a") return { is: "sequence", how: "identity-always" };
	if (column.identity === "d") return { is: "sequence", how: "identity-by-default" };
	if (column.value === null) return null;
	const printed = NEXTVAL.exec(column.value)?.groups?.name;
	if (printed === undefined) {
		return { is: "expression", ...expressions.defaultOf(column.type, column.value) };
	}
	const sequence = qualifiedName(...namesIn(printed.replaceAll("''", "'")));
	return sequence === owned
		? { is: "sequence", how: "serial" }
		: { is: "sequence", how: "nextval", sequence };
}

/** The parts of a name as `regclass` prints it: `public."Order_id_seq"`. */
function namesIn(printed: string): string[] {
	return [...printed.matchAll(/"((?:[^"]|"")*)"|[^."]+/g)].map(
		([whole, inner]) => inner?.replaceAll('""', '"') ?? whole,
	);
}
