/** Expressions and queries that Postgres prints, in the canonical form in which all sources state them. */
import type { ExpressionReader, QueryValue } from "@schemalign/adapter-sql";
import type { DefaultValue, ExpressionContext, ExpressionValue, TypeValue } from "@schemalign/core";
import type { Catalog } from "./catalog.js";

/** Equal texts in equal places are read once, and are one object: facts are shared by it. */
export class Expressions {
	readonly #contexts = new Map<number, ExpressionContext>();
	readonly #shared = new Map<string, ExpressionContext>();
	readonly #words = new Map<string, readonly string[] | undefined>();
	readonly #defaults = new Map<string, Map<string, DefaultValue>>();

	constructor(
		readonly reader: ExpressionReader,
		readonly catalog: Catalog,
	) {}

	/** An expression over the columns of a relation; `type`: that of the column that it is for. */
	on(relation: number, sql: string, type?: TypeValue): ExpressionValue {
		if (type) return this.reader.read(sql, { ...this.#contextOf(relation), type });
		return this.reader.read(sql, this.#sharedContext(relation, sql) ?? this.#contextOf(relation));
	}

	/** A default: it names no columns, so that its context is the column's type alone. */
	defaultOf(printedType: string, sql: string): DefaultValue {
		const ofType = this.#defaults.get(printedType) ?? new Map<string, DefaultValue>();
		const known = ofType.get(sql);
		if (known !== undefined) return known;
		const type = this.catalog.type(printedType);
		const value = { is: "expression" as const, ...this.reader.read(sql, type ? { type } : {}) };
		this.#defaults.set(printedType, ofType.set(sql, value));
		return value;
	}

	/** An expression that belongs to no relation. */
	free(sql: string, context: ExpressionContext): ExpressionValue {
		return this.reader.read(sql, context);
	}

	/** A view's query. */
	query(sql: string): QueryValue {
		return this.reader.readQuery(sql, { relation: this.#columns, defaultSchema: "public" });
	}

	#contextOf(relation: number): ExpressionContext {
		const known = this.#contexts.get(relation);
		if (known) return known;
		const row = this.catalog.relations.get(relation);
		const context: ExpressionContext = {
			...(row ? { table: { schema: row.schema, table: row.name } } : {}),
			columnTypes: this.#typesOf(relation),
		};
		this.#contexts.set(relation, context);
		return context;
	}

	/**
	 * One place for all tables of a schema whose columns of the names in the text are of the same types: nothing else of a table
	 * counts, unless the text has a query or names the table, where there is no such place.
	 */
	#sharedContext(relation: number, sql: string): ExpressionContext | undefined {
		const row = this.catalog.relations.get(relation);
		const words = this.#wordsOf(sql);
		if (!row || !words || words.includes(row.name)) return undefined;
		const columns = this.catalog.columnsOf(relation).filter(({ name }) => words.includes(name));
		// No name holds a zero byte.
		let key = row.schema;
		for (const { name, type } of columns) key += `\0${name}\0${type}`;
		const known = this.#shared.get(key);
		if (known) return known;
		const context: ExpressionContext = {
			table: { schema: row.schema, table: "" },
			columnTypes: this.#typesIn(columns),
		};
		this.#shared.set(key, context);
		return context;
	}

	/** All that may be a name, as Postgres prints names; `undefined` for a text with a query. */
	#wordsOf(sql: string): readonly string[] | undefined {
		if (this.#words.has(sql)) return this.#words.get(sql);
		const words = [...sql.matchAll(/"((?:[^"]|"")*)"|[\p{L}_][\p{L}\p{N}_$]*/gu)].map(
			([word, quoted]) => quoted?.replaceAll('""', '"') ?? word,
		);
		const found = words.includes("SELECT") ? undefined : [...new Set(words)];
		this.#words.set(sql, found);
		return found;
	}

	#typesOf(relation: number): Record<string, TypeValue> {
		return this.#typesIn(this.catalog.columnsOf(relation));
	}

	#typesIn(columns: readonly { readonly name: string; readonly type: string }[]): Record<string, TypeValue> {
		return Object.fromEntries(
			columns.flatMap((column) => {
				const type = this.catalog.baseType(column.type);
				return type ? [[column.name, type] as const] : [];
			}),
		);
	}

	/** Postgres prints every relation of a query with its schema where the search path is empty. */
	readonly #columns = (
		schema: string | undefined,
		name: string,
	): Record<string, TypeValue | undefined> | undefined => {
		const row = this.catalog.relationNamed(schema ?? "public", name);
		if (!row) return undefined;
		if (row.kind !== "v" && row.kind !== "m") return this.#typesOf(row.oid);
		return Object.fromEntries(this.catalog.columnsOf(row.oid).map((column) => [column.name, undefined]));
	};
}
