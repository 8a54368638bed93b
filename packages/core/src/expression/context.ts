import type { TypeValue } from "../model/snapshot.js";

/** What the place of an expression tells about it, so that spellings which Postgres treats as one compare as one. */
export interface ExpressionContext {
	/** The type of the column that a default is for: `'0'` and `0` are one default of an integer column. */
	readonly type?: TypeValue;
	/** The table that the expression belongs to: `users.email` is `email` there. */
	readonly table?: { readonly schema: string; readonly table: string };
	/**
	 * The types of that table's columns, where known (a domain's base type stands for the domain; `value` is a domain
	 * check's VALUE): casts that change nothing are dropped, and casts that change something are kept.
	 */
	readonly columnTypes?: Readonly<Record<string, TypeValue>>;
	/**
	 * The columns of a relation that a query reads, in their order, with their types where known; `undefined` if the
	 * relation is not known. Resolves unqualified names and `*`. Without a schema: as found along the search path.
	 */
	readonly relation?: (
		schema: string | undefined,
		name: string,
	) => Readonly<Record<string, TypeValue | undefined>> | undefined;
	/** The schema that an unqualified relation of a query is in; `public` if not given. */
	readonly defaultSchema?: string;
	/** The column names that `CREATE VIEW v (a, b)` gives to the query's results. */
	readonly resultNames?: readonly string[];
}
