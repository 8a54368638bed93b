/** A table model on its way into the snapshot: its address, and how what belongs to it is named and read. */
import {
	cutName,
	type ExpressionContext,
	type ExpressionValue,
	formatAddress,
	type Kind,
	type Origin,
	type SnapshotBuilder,
	type Stated,
	stated,
	type TableRef,
	type TypeValue,
	unknown,
} from "@schemalign/core";
import type { TableLookup } from "../sqlalchemy/lookup.js";
import { type ColumnRef, type Known, knownValue, type Sql, type TableModel } from "../sqlalchemy/model.js";
import { type ConstraintKind, conventionName, type NamingInput, postgresName } from "../sqlalchemy/naming.js";
import { stateKnown } from "./state.js";

/** Turns SQL text into a comparable value: adapter-sql's reader. */
export interface Expressions {
	read(sql: string, context?: ExpressionContext): ExpressionValue;
}

export class TableScene {
	readonly ref: TableRef;
	readonly context: ExpressionContext;
	/** The names of its columns, as far as they are known. */
	readonly columnNames: ReadonlySet<string>;
	readonly #address: string;

	constructor(
		readonly builder: SnapshotBuilder,
		readonly lookup: TableLookup,
		readonly expressions: Expressions,
		readonly table: TableModel,
		names: { readonly schema: string; readonly table: string },
	) {
		this.ref = { schema: names.schema, table: cutName(names.table) };
		this.#address = formatAddress("table", this.ref.schema, this.ref.table);
		this.context = { table: this.ref, columnTypes: columnTypes(table) };
		this.columnNames = new Set(table.columns.flatMap((column) => knownValue(column.name) ?? []));
	}

	/** Over what the table is in doubt about. */
	gap(kinds: readonly Kind[], why: string, at: Origin): void {
		this.builder.gap({ under: this.#address, kinds: [...kinds], why, at });
	}

	/** An expression, read with the types of the columns in mind. */
	expression(sql: Sql, type?: TypeValue): Stated<ExpressionValue> {
		if ("unknown" in sql) return unknown(sql.unknown, sql.at);
		return stated(this.expressions.read(sql.known, type ? { ...this.context, type } : this.context));
	}

	/** The columns' names; `undefined` and a gap if one is not known. */
	names(refs: readonly ColumnRef[], kind: Kind, at: Origin): string[] | undefined {
		const names = refs.map((ref) => this.lookup.refName(ref, this.table));
		if (names.every((name): name is string => name !== undefined)) return names;
		this.gap([kind], "it is on a column that cannot be evaluated", at);
		return undefined;
	}

	/** A constraint's or index's name: given, or made by the naming convention, else by Postgres. */
	name(
		kind: ConstraintKind,
		columns: readonly string[],
		given: Known<string> | undefined,
		suffix: string,
		referred?: { readonly table: string; readonly columns: readonly string[] },
	): Stated<string> {
		if (given && "unknown" in given) return unknown(given.unknown, given.at);
		const text = knownValue(given);
		const schema = this.ref.schema === "public" ? undefined : this.ref.schema;
		const { convention, tokens, at } = this.table.metadata;
		const input: NamingInput = {
			table: this.ref.table,
			schema,
			columns,
			...(referred ? { referred } : {}),
			...(text === undefined ? {} : { given: text }),
		};
		const token = (key: string) => {
			const make = tokens?.get(key);
			return make ? this.lookup.nameToken(make, input, at) : undefined;
		};
		const name = conventionName(convention, kind, { ...input, token }, at);
		if (name) {
			const cut = "known" in name ? { ...name, known: cutName(name.known) } : name;
			return stateKnown(cut);
		}
		const generated = postgresName(this.ref.table, kind === "pk" ? [] : columns, suffix);
		return generated === undefined ? undefined : { value: generated, implied: "Postgres makes up the name" };
	}
}

function columnTypes(table: TableModel): Record<string, TypeValue> {
	const types: Record<string, TypeValue> = {};
	for (const column of table.columns) {
		const [name, type] = [knownValue(column.name), knownValue(column.type.type)];
		if (name !== undefined && type) types[name] = type;
	}
	return types;
}
