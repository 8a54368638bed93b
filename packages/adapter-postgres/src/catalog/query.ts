/** What a catalog query is: SQL for the server at hand, how its rows are read, and what is lost without it. */
import type { Kind } from "@schemalign/core";
import type { Fields } from "../connection/stream.js";

/** What queries need to know of the server. */
export interface Server {
	/** `server_version_num`: 120000 is Postgres 12.0. */
	readonly version: number;
	/** Relations of which no expression may be asked for: another session holds them exclusively. */
	readonly withheld: readonly number[];
}

export interface CatalogQuery<Row> {
	/** What it reads, for a sentence: "indexes". */
	readonly reads: string;
	/** The kinds of entities that are not known without it. */
	readonly kinds: readonly Kind[];
	sql(server: Server): string;
	/** The row of these values, in the order of the SELECT. @throws UnexpectedForm */
	row(fields: Fields): Row;
}

/** Gives a query its row type. */
export function catalogQuery<Row>(query: CatalogQuery<Row>): CatalogQuery<Row> {
	return query;
}

/** Postgres 15, 14 and so on as `server_version_num` counts them. */
export function since(major: number, { version }: Server): boolean {
	return version >= major * 10_000;
}

/** A condition on `pg_namespace n`: neither Postgres's own schemas nor temporary ones. Users cannot make names in `pg_`. */
export const OWN_SCHEMAS = "left(n.nspname::text, 3) <> 'pg_' AND n.nspname <> 'information_schema'";

/** The expression, or NULL where its relation is withheld: printing it would wait for the lock. */
export function unlessWithheld(oid: string, expression: string, { withheld }: Server): string {
	if (withheld.length === 0) return expression;
	return `CASE WHEN ${oid} <> ALL ('{${withheld.join(",")}}'::oid[]) THEN ${expression} END`;
}
