/** User-defined types: enums, domains, composite and range types. */
import { formatType, stated } from "@schemalign/core";
import { z } from "zod";
import { at, own, type Reading } from "./read.js";

const name = { schema: z.string(), name: z.string(), comment: z.string().nullable() };
const NAME = "n.nspname AS schema, t.typname AS name, obj_description(t.oid, 'pg_type') AS comment";
const FROM = "FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace";

export async function readEnums(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT ${NAME}, ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels
		${FROM} WHERE t.typtype = 'e' AND ${own("pg_type", "t.oid")}`,
		z.object({ ...name, labels: z.array(z.string()) }),
	);
	for (const row of rows) {
		reading.builder.entity("enum", [row.schema, row.name], at, {
			labels: stated(row.labels),
			comment: stated(row.comment),
		});
	}
}

export async function readDomains(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT ${NAME}, format_type(t.typbasetype, t.typtypmod) AS type, t.typnotnull AS "notNull", t.typdefault AS default,
			ARRAY(SELECT pg_get_expr(con.conbin, 0) FROM pg_constraint con WHERE con.contypid = t.oid AND con.contype = 'c') AS checks
		${FROM} WHERE t.typtype = 'd' AND ${own("pg_type", "t.oid")}`,
		z.object({
			...name,
			type: z.string(),
			notNull: z.boolean(),
			default: z.string().nullable(),
			checks: z.array(z.string()),
		}),
	);
	for (const row of rows) {
		const type = reading.type(row.type);
		const context = { columnTypes: { value: type } };
		reading.builder.entity("domain", [row.schema, row.name], at, {
			type: stated(type),
			nullable: stated(!row.notNull),
			default: stated(
				row.default === null
					? null
					: { is: "expression", ...reading.expressions.read(row.default, { type }) },
			),
			checks: stated(row.checks.map((check) => reading.expressions.read(check, context).canonical)),
			comment: stated(row.comment),
		});
	}
}

export async function readComposites(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT ${NAME}, ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS names,
			ARRAY(SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS types
		${FROM} JOIN pg_class c ON c.oid = t.typrelid WHERE c.relkind = 'c' AND ${own("pg_type", "t.oid")}`,
		z.object({ ...name, names: z.array(z.string()), types: z.array(z.string()) }),
	);
	for (const row of rows) {
		const attributes = row.names.map(
			(attribute, position) => `${attribute} ${formatType(reading.type(row.types[position] ?? ""))}`,
		);
		reading.builder.entity("composite", [row.schema, row.name], at, {
			attributes: stated(attributes),
			comment: stated(row.comment),
		});
	}
}

export async function readRanges(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT ${NAME}, format_type(r.rngsubtype, NULL) AS subtype
		${FROM} JOIN pg_range r ON r.rngtypid = t.oid WHERE ${own("pg_type", "t.oid")}`,
		z.object({ ...name, subtype: z.string() }),
	);
	for (const row of rows) {
		reading.builder.entity("range", [row.schema, row.name], at, {
			subtype: stated(reading.type(row.subtype)),
			comment: stated(row.comment),
		});
	}
}
