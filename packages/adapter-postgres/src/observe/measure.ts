/** How large a table is, before any of its rows is read: this decides how many are. */
import { z } from "zod";
import { literal, tableParts } from "./quote.js";
import { reasonOf } from "./reason.js";
import { type Asking, type Bounds, readOnly } from "./transaction.js";

/** How the rows of a table are read: all, or those of some pages; or why they are not. */
export type Reading =
	| { readonly basis: "exact"; readonly from: "" }
	| { readonly basis: "sample"; readonly from: string; readonly atMost: number }
	| { readonly unknown: string };

export interface Extent {
	/** About how many rows of a large table are read. */
	readonly sample: number;
	/** A table of up to so many bytes is read whole. */
	readonly whole: number;
}

const rowSchema = z.object({
	kind: z.string(),
	inherited: z.boolean(),
	bytes: z.number().nullable(),
	parts: z.number(),
	elsewhere: z.boolean(),
	rows: z.number().nullable(),
	pages: z.number().nullable(),
	page: z.number(),
});

/** A table of more partitions takes more locks than a reader should hold. */
const MOST_PARTS = 500;
/** Of a large table no more pages are read, and no fewer: rows that were written together lie together. */
const MOST_PAGES = 4_000;
const LEAST_PAGES = 100;
/** Where the statistics do not tell how many rows a page has. */
const USUAL_DENSITY = 50;

/** Reads nothing but the catalog and the sizes of files. Never throws. */
export async function measure(
	connection: Asking,
	bounds: Bounds,
	table: string,
	extent: Extent,
): Promise<Reading> {
	const outcome = await readOnly(connection, bounds, sizeSql(table));
	if (!("rows" in outcome)) return { unknown: reasonOf(outcome) };
	const [row] = z.array(rowSchema).safeParse(outcome.rows[0]).data ?? [];
	if (!row) return { unknown: "it is not there" };
	if (row.kind === "f" || row.elsewhere) return { unknown: "its rows lie on another server" };
	if (row.inherited) return { unknown: "other tables inherit from it" };
	if (row.parts > MOST_PARTS) return { unknown: `it has ${row.parts} partitions` };
	return readingOf(row, extent);
}

function sizeSql(table: string): string {
	const [schema, name] = tableParts(table);
	return `SELECT c.relkind::text AS kind, c.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid) AS inherited,
			s.bytes, s.parts, s.elsewhere, s.rows, s.pages, current_setting('block_size')::float8 AS page
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, LATERAL (
			SELECT sum(pg_relation_size(l.oid))::float8 AS bytes, count(*)::int4 AS parts, bool_or(l.relkind = 'f') AS elsewhere,
				sum(l.reltuples) FILTER (WHERE l.reltuples > 0)::float8 AS rows, sum(l.relpages) FILTER (WHERE l.reltuples > 0)::float8 AS pages
			FROM (SELECT c.oid UNION SELECT t.relid FROM pg_partition_tree(CASE c.relkind WHEN 'p' THEN c.oid END) t) p(oid)
			JOIN pg_class l ON l.oid = p.oid) s
		WHERE n.nspname = ${literal(schema)} AND c.relname = ${literal(name)} AND c.relkind IN ('r', 'p', 'm', 'f')`;
}

function readingOf(
	{ bytes, rows, pages, page }: z.infer<typeof rowSchema>,
	{ sample, whole }: Extent,
): Reading {
	const size = bytes ?? 0;
	if (size <= whole) return { basis: "exact", from: "" };
	const density = rows !== null && pages !== null && pages > 0 ? rows / pages : USUAL_DENSITY;
	const wanted = Math.min(MOST_PAGES, Math.max(LEAST_PAGES, Math.ceil(sample / density)));
	const percent = Math.min(100, (100 * wanted) / (size / page));
	// The same pages each time: a check of the same rows says the same.
	return {
		basis: "sample",
		from: ` TABLESAMPLE SYSTEM (${percent.toFixed(8)}) REPEATABLE (0)`,
		atMost: Math.ceil(sample * 4),
	};
}
