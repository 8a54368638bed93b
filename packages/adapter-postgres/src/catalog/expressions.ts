/** Expressions and queries that Postgres prints, in the canonical form in which all sources state them. */
import type { ExpressionReader, QueryValue } from "@schemalign/adapter-sql";
import type { ExpressionContext, ExpressionValue, TypeValue } from "@schemalign/core";
import type { Catalog } from "./catalog.js";

export class Expressions {
	readonly #contexts = new Map<number, ExpressionContext>();
	readonly #typed = new Map<string, ExpressionContext>();

	constructor(
		readonly reader: ExpressionReader,
		readonly catalog: Catalog,
	) {}

	/** An expression over the columns of a relation; `type`: that of the column that it is for. */
	on(relation: number, sql: string, type?: TypeValue): ExpressionValue {
		const context = this.#contextOf(relation);
		return this.reader.read(sql, type ? { ...context, type } : context);
	}

	/** A default: it names no columns, so that its context is the column's type alone. */
	defaultOf(printedType: string, sql: string): ExpressionValue {
		const known = this.#typed.get(printedType);
		if (known) return this.reader.read(sql, known);
		const type = this.catalog.type(printedType);
		const context: ExpressionContext = type ? { type } : {};
		this.#typed.set(printedType, context);
		return this.reader.read(sql, context);
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

	#typesOf(relation: number): Record<string, TypeValue> {
		return Object.fromEntries(
			this.catalog.columnsOf(relation).flatMap((column) => {
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
