/** Schemas, extensions, and sequences that no column owns. */
import { stated } from "@schemalign/core";
import { z } from "zod";
import { at, own, type Reading } from "./read.js";

export async function readSchemas(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT n.nspname AS name, obj_description(n.oid, 'pg_namespace') AS comment
		FROM pg_namespace n WHERE n.nspname <> 'public' AND ${own("pg_namespace", "n.oid")}`,
		z.object({ name: z.string(), comment: z.string().nullable() }),
	);
	for (const { name, comment } of rows) {
		reading.builder.entity("schema", [name], at, { comment: stated(comment) });
	}
}

export async function readExtensions(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		"SELECT extname AS name FROM pg_extension WHERE extname <> 'plpgsql'",
		z.object({ name: z.string() }),
	);
	for (const { name } of rows) reading.builder.entity("extension", [name], at);
}

export async function readSequences(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT n.nspname AS schema, c.relname AS name, format_type(s.seqtypid, NULL) AS type, s.seqstart::text AS start,
			s.seqincrement::text AS increment, s.seqmin::text AS minimum, s.seqmax::text AS maximum, s.seqcache::text AS cache,
			s.seqcycle AS cycle, obj_description(c.oid, 'pg_class') AS comment
		FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE ${own("pg_class", "c.oid")}
		AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)`,
		z.object({
			schema: z.string(),
			name: z.string(),
			type: z.string(),
			start: z.string(),
			increment: z.string(),
			minimum: z.string(),
			maximum: z.string(),
			cache: z.string(),
			cycle: z.boolean(),
			comment: z.string().nullable(),
		}),
	);
	for (const { schema, name, type, cycle, comment, ...row } of rows) {
		reading.builder.entity("sequence", [schema, name], at, {
			type: stated(reading.type(type)),
			start: stated(row.start),
			increment: stated(row.increment),
			minimum: stated(row.minimum),
			maximum: stated(row.maximum),
			cache: stated(row.cache),
			cycle: stated(cycle),
			comment: stated(comment),
		});
	}
}
