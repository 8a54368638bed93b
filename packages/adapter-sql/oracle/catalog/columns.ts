/** Columns, with the types that expressions of their tables are read with. */
import { type DefaultValue, stated, type TypeValue } from "@schemalign/core";
import { z } from "zod";
import { at, own, type Reading } from "./read.js";

const maybe = z.string().nullable();
const columnRow = z.object({
	schema: z.string(),
	table: z.string(),
	name: z.string(),
	type: z.string(),
	base: z.string(),
	notNull: z.boolean(),
	identity: z.string(),
	generated: z.string(),
	default: maybe,
	comment: maybe,
	collation: maybe,
	position: z.number(),
	owned: z.array(z.string()),
});
type ColumnRow = z.infer<typeof columnRow>;

export async function readColumns(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT n.nspname AS schema, c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
			CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) ELSE format_type(a.atttypid, a.atttypmod) END AS base,
			a.attnotnull AS "notNull", a.attidentity AS identity, a.attgenerated AS generated,
			pg_get_expr(d.adbin, d.adrelid) AS default, col_description(c.oid, a.attnum) AS comment,
			CASE WHEN a.attcollation <> t.typcollation THEN (SELECT CASE WHEN cn.nspname = 'pg_catalog' THEN '' ELSE cn.nspname || '.' END || collname
				FROM pg_collation JOIN pg_namespace cn ON cn.oid = collnamespace WHERE pg_collation.oid = a.attcollation) END AS collation,
			(row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum))::int AS position,
			ARRAY(SELECT sn.nspname || '.' || s.relname FROM pg_depend dep JOIN pg_class s ON s.oid = dep.objid AND s.relkind = 'S'
				JOIN pg_namespace sn ON sn.oid = s.relnamespace
				WHERE dep.refobjid = c.oid AND dep.refobjsubid = a.attnum AND dep.deptype = 'a') AS owned
		FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_type t ON t.oid = a.atttypid
		LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		WHERE c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped AND ${own("pg_class", "c.oid")} ORDER BY c.oid, a.attnum`,
		columnRow,
	);
	for (const row of rows) {
		const key = `${row.schema}.${row.table}`;
		reading.columnTypes.set(key, { ...reading.columnTypes.get(key), [row.name]: reading.type(row.base) });
	}
	for (const row of rows) readColumn(reading, row);
}

function readColumn(reading: Reading, row: ColumnRow): void {
	const type = reading.type(row.type);
	reading.builder.column(row, row.name, at, {
		type: stated(type),
		nullable: stated(!row.notNull),
		default: stated(defaultOf(reading, row, type)),
		generated: stated(
			row.generated && row.default !== null ? reading.expression(row.default, row, type) : null,
		),
		collation: stated(row.collation),
		position: stated(row.position),
		comment: stated(row.comment),
	});
}

function defaultOf(reading: Reading, row: ColumnRow, type: TypeValue): DefaultValue {
	if (row.identity === "a") return { is: "sequence", how: "identity-always" };
	if (row.identity === "d") return { is: "sequence", how: "identity-by-default" };
	if (row.default === null || row.generated) return null;
	const sequence = /^nextval\('(.+)'::regclass\)$/.exec(row.default)?.[1];
	if (sequence === undefined) {
		const value = reading.expression(row.default, row, type);
		// Postgres keeps `DEFAULT NULL` of a type with a length; it says no more than no default.
		return value.canonical === "NULL" ? null : { is: "expression", ...value };
	}
	// With an empty search path every name is printed with its schema.
	if (row.owned.includes(sequence.replaceAll('"', ""))) return { is: "sequence", how: "serial" };
	return { is: "sequence", how: "nextval", sequence };
}
