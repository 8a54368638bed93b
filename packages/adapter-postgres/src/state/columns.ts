/** Columns. */
import { type DefaultValue, qualifiedName, type Stated, type TableRef, unknown } from "@schemalign/core";
import { CLASS } from "../catalog/namespaces.js";
import type { ColumnRow, RelationRow } from "../catalog/relations.js";
import { type Statement, typeFact } from "./statement.js";

/** What stating a table's columns needs beside. */
export interface TableStatement extends Statement {
	/** By relation, in their order. */
	readonly parents: ReadonlyMap<number, readonly RelationRow[]>;
	/** The qualified names of the sequences that a column owns, by relation and column number: there may be several. */
	readonly sequences: ReadonlyMap<number, ReadonlyMap<number, ReadonlySet<string>>>;
}

export function stateColumn(
	statement: TableStatement,
	table: RelationRow,
	ref: TableRef,
	column: ColumnRow,
	position: number,
): void {
	const { builder, at, catalog, facts } = statement;
	const generated = column.generated !== "" && column.value !== null;
	builder.column(ref, column.name, at, {
		type: typeFact(statement, column.type),
		nullable: facts.flag(!column.required),
		default: generated ? facts.none : defaultFact(statement, table, column),
		generated: generated ? generatedFact(statement, column) : facts.none,
		collation: collationOf(statement, column),
		position: facts.number(position),
		comment: facts.maybe(catalog.comment(CLASS.relation, table.oid, column.number)),
	});
}

function generatedFact({ catalog, expressions, facts }: Statement, { relation, type, value }: ColumnRow) {
	return facts.expression(expressions.on(relation, value ?? "", catalog.type(type)));
}

function defaultFact(statement: TableStatement, table: RelationRow, column: ColumnRow): Stated<DefaultValue> {
	if (inheritsIdentity(statement, table, column))
		return unknown(
			"before Postgres 17 a partition has no identity of its own: its parent's fills the column",
		);
	return statement.facts.default(defaultOf(statement, column));
}

/** Whether the column is that of a partition whose parent fills it: newer servers, and the static reading, call it an identity. */
function inheritsIdentity(statement: TableStatement, table: RelationRow, column: ColumnRow): boolean {
	if (!table.partition || column.identity !== "" || column.value !== null) return false;
	const parent = statement.parents.get(table.oid)?.[0];
	const own = parent && statement.catalog.columnsOf(parent.oid).find(({ name }) => name === column.name);
	if (!parent || !own) return false;
	return own.identity !== "" || inheritsIdentity(statement, parent, own);
}

function collationOf({ catalog, facts }: Statement, { collation }: ColumnRow): Stated<string | null> {
	const name = collation === null ? undefined : catalog.named("collation", collation)?.name;
	return name === undefined ? facts.none : facts.word(name);
}

/** One object each: facts are shared by it. */
const ALWAYS: DefaultValue = { is: "sequence", how: "identity-always" };
const BY_DEFAULT: DefaultValue = { is: "sequence", how: "identity-by-default" };
const SERIAL: DefaultValue = { is: "sequence", how: "serial" };

const NEXTVAL = /^nextval\('(?<name>(?:[^']|'')+)'::regclass\)$/;

function defaultOf({ expressions, sequences }: TableStatement, column: ColumnRow): DefaultValue {
	if (column.identity === "a") return ALWAYS;
	if (column.identity === "d") return BY_DEFAULT;
	if (column.value === null) return null;
	const printed = NEXTVAL.exec(column.value)?.groups?.name;
	if (printed === undefined) return expressions.defaultOf(column.type, column.value);
	const sequence = qualifiedName(...namesIn(printed.replaceAll("''", "'")));
	const owned = sequences.get(column.relation)?.get(column.number)?.has(sequence);
	return owned ? SERIAL : { is: "sequence", how: "nextval", sequence };
}

/** The parts of a name as `regclass` prints it: `public."Order_id_seq"`. */
function namesIn(printed: string): string[] {
	return [...printed.matchAll(/"((?:[^"]|"")*)"|[^."]+/g)].map(
		([whole, inner]) => inner?.replaceAll('""', '"') ?? whole,
	);
}
