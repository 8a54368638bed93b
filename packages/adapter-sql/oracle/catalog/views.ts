/** Views and materialized views, their queries with the columns that their relations have now. */
import { stated, type TypeValue, unknown } from "@schemalign/core";
import { z } from "zod";
import { at, own, type Reading } from "./read.js";

export async function readViews(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'm' AS materialized, obj_description(c.oid, 'pg_class') AS comment,
			pg_get_viewdef(c.oid) AS definition, CASE WHEN c.relkind = 'v' THEN COALESCE(c.reloptions, '{}') ELSE '{}' END AS options,
			ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 ORDER BY a.attnum) AS columns
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('v', 'm') AND ${own("pg_class", "c.oid")}`,
		z.object({
			schema: z.string(),
			name: z.string(),
			materialized: z.boolean(),
			comment: z.string().nullable(),
			definition: z.string(),
			options: z.array(z.string()),
			columns: z.array(z.string()),
		}),
	);
	const known = new Map<string, Record<string, TypeValue | undefined>>(reading.columnTypes);
	for (const row of rows) {
		known.set(
			`${row.schema}.${row.name}`,
			Object.fromEntries(row.columns.map((column) => [column, undefined])),
		);
	}
	for (const row of rows) {
		const { sql, canonical, unresolved } = reading.expressions.readQuery(row.definition, {
			relation: (schema, table) => known.get(`${schema}.${table}`),
			resultNames: row.columns,
		});
		reading.builder.entity("view", [row.schema, row.name], at, {
			definition: unresolved === undefined ? stated({ sql, canonical }) : unknown(unresolved),
			materialized: stated(row.materialized),
			options: stated([...row.options].sort()),
			comment: stated(row.comment),
		});
	}
}
