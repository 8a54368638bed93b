import type { TypeValue } from "../model/snapshot.js";

/** What the place of an expression tells about it, so that spellings which Postgres treats as one compare as one. */
export interface ExpressionContext {
	/** The type of the column that a default is for: `'0'` and `0` are one default of an integer column. */
	readonly type?: TypeValue;
	/** The table that the expression belongs to: `users.email` is `email` there. */
	readonly table?: { readonly schema: string; readonly table: string };
	/** The types of that table's columns, where known: casts that change nothing are dropped. */
	readonly columnTypes?: Readonly<Record<string, TypeValue>>;
}
