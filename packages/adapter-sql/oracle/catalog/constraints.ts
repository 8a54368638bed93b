/** Foreign keys and checks. */
import { stated } from "@schemalign/core";
import { z } from "zod";
import { at, own, type Reading } from "./read.js";

const maybe = z.string().nullable();
const constraintRow = z.object({
	schema: z.string(),
	table: z.string(),
	name: z.string(),
	type: z.string(),
	validated: z.boolean(),
	noInherit: z.boolean(),
	deferrable: z.boolean(),
	deferred: z.boolean(),
	expression: maybe,
	comment: maybe,
	onDelete: z.string(),
	onUpdate: z.string(),
	match: z.string(),
	targetSchema: maybe,
	target: maybe,
	columns: z.array(z.string()),
	targetColumns: z.array(z.string()),
});
type ConstraintRow = z.infer<typeof constraintRow>;

const action = (column: string): string =>
	`CASE ${column} WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' ELSE 'no action' END`;

const columnNames = (numbers: string, relation: string): string =>
	`ARRAY(SELECT a.attname::text FROM unnest(${numbers}) WITH ORDINALITY u(k, n) JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.k ORDER BY u.n)`;

export async function readConstraints(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT n.nspname AS schema, c.relname AS table, con.conname AS name, con.contype AS type, con.convalidated AS validated,
			con.connoinherit AS "noInherit", con.condeferrable AS deferrable, con.condeferred AS deferred,
			pg_get_expr(con.conbin, con.conrelid) AS expression, obj_description(con.oid, 'pg_constraint') AS comment,
			${action("con.confdeltype")} AS "onDelete", ${action("con.confupdtype")} AS "onUpdate",
			CASE con.confmatchtype WHEN 'f' THEN 'full' ELSE 'simple' END AS match, fn.nspname AS "targetSchema", fc.relname AS target,
			${columnNames("con.conkey", "con.conrelid")} AS columns, ${columnNames("con.confkey", "con.confrelid")} AS "targetColumns"
		FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		LEFT JOIN pg_class fc ON fc.oid = con.confrelid LEFT JOIN pg_namespace fn ON fn.oid = fc.relnamespace
		WHERE con.contype IN ('f', 'c') AND ${own("pg_class", "c.oid")}
		AND NOT (con.contype = 'f' AND con.conparentid <> 0 AND EXISTS (SELECT 1 FROM pg_constraint p WHERE p.oid = con.conparentid AND p.conrelid = con.conrelid))`,
		constraintRow,
	);
	for (const row of rows) {
		if (row.type === "c") readCheck(reading, row);
		else readForeignKey(reading, row);
	}
}

function readCheck(reading: Reading, row: ConstraintRow): void {
	reading.builder.check(row, at, {
		expression: stated(reading.expression(row.expression ?? "", row)),
		validated: stated(row.validated),
		noInherit: stated(row.noInherit),
		name: stated(row.name),
		comment: stated(row.comment),
	});
}

function readForeignKey(reading: Reading, row: ConstraintRow): void {
	reading.builder.foreignKey(row, at, {
		columns: row.columns,
		references: { schema: row.targetSchema ?? "", table: row.target ?? "", columns: row.targetColumns },
		onDelete: stated(row.onDelete),
		onUpdate: stated(row.onUpdate),
		match: stated(row.match),
		deferrable: stated(
			row.deferred ? "initially deferred" : row.deferrable ? "deferrable" : "not deferrable",
		),
		validated: stated(row.validated),
		name: stated(row.name),
		comment: stated(row.comment),
	});
}
