/** What statements create that do not name it: `DO` blocks, functions that run DDL. */
import { type Origin, quoteIdentifier } from "@schemalign/core";
import { z } from "zod";
import { OWN_SCHEMAS } from "../catalog/query.js";
import type { EmbeddedSession } from "./session.js";

const NAMES = `SELECT n.nspname::text AS schema, c.relname::text AS relation, a.attname::text AS "column"
	FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
	LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
	WHERE ${OWN_SCHEMAS}
	UNION ALL SELECT n.nspname::text, t.typname::text, NULL
	FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype IN ('e', 'd', 'r') AND ${OWN_SCHEMAS}
	UNION ALL SELECT n.nspname::text, p.proname::text, NULL
	FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE ${OWN_SCHEMAS}`;
const row = z.object({ schema: z.string(), relation: z.string(), column: z.string().nullable() });

/** Names with the statement after which they were there for the first time. */
export class Discoveries {
	readonly #known = new Map<string, Origin>();

	constructor(private readonly session: EmbeddedSession) {}

	/** Looks at what is there after the statement at `at`: what was not there before is taken to be its doing. */
	async look(at: Origin): Promise<void> {
		for (const name of await this.#names()) if (!this.#known.has(name)) this.#known.set(name, at);
	}

	/** Where the object, or the table's column, came into being, if that was seen. */
	placeOf(schema: string, name: string, column?: string): Origin | undefined {
		return (
			(column === undefined ? undefined : this.#known.get(key(schema, name, column))) ??
			this.#known.get(key(schema, name))
		);
	}

	async #names(): Promise<string[]> {
		const [rows = []] = await this.session.run(NAMES);
		return z
			.array(row)
			.parse(rows)
			.flatMap(({ schema, relation, column }) =>
				column === null ? [key(schema, relation)] : [key(schema, relation), key(schema, relation, column)],
			);
	}
}

function key(...parts: readonly string[]): string {
	return parts.map(quoteIdentifier).join(".");
}
