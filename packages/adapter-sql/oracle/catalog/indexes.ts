/** Indexes, and the keys and exclusion constraints that stand on them. */
import { type IndexElement, stated } from "@schemalign/core";
import { z } from "zod";
import { at, own, type Reading } from "./read.js";

const maybe = z.string().nullable();
const indexRow = z.object({
	schema: z.string(),
	table: z.string(),
	name: z.string(),
	unique: z.boolean(),
	nnd: z.boolean(),
	method: z.string(),
	predicate: maybe,
	constraint: maybe,
	comment: maybe,
	constraintComment: maybe,
	deferrable: z.boolean().nullable(),
	deferred: z.boolean().nullable(),
	operators: z.array(z.string()).nullable(),
	keys: z.number(),
	parts: z.array(
		z.object({
			def: z.string(),
			column: maybe,
			option: z.number().nullable(),
			opclass: maybe,
			collation: maybe,
		}),
	),
});
type IndexRow = z.infer<typeof indexRow>;

export async function readIndexes(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT n.nspname AS schema, c.relname AS table, ic.relname AS name, i.indisunique AS unique, i.indnullsnotdistinct AS nnd,
			am.amname AS method, pg_get_expr(i.indpred, i.indrelid) AS predicate, con.contype AS constraint,
			obj_description(ic.oid, 'pg_class') AS comment, obj_description(con.oid, 'pg_constraint') AS "constraintComment",
			con.condeferrable AS deferrable, con.condeferred AS deferred,
			ARRAY(SELECT o.oprname::text FROM unnest(con.conexclop) WITH ORDINALITY u(op, n) JOIN pg_operator o ON o.oid = u.op ORDER BY u.n) AS operators,
			i.indnkeyatts::int AS keys,
			(SELECT json_agg(json_build_object('def', pg_get_indexdef(i.indexrelid, k, true), 'column', a.attname,
				'option', i.indoption[k - 1], 'opclass', CASE WHEN NOT oc.opcdefault AND oc.opcname <> 'varchar_ops' THEN oc.opcname END,
				'collation', CASE WHEN co.oid <> ia.own THEN co.collname END) ORDER BY k)
				FROM generate_series(1, i.indnatts) k
				LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k - 1] AND i.indkey[k - 1] <> 0
				LEFT JOIN LATERAL (SELECT COALESCE(a.attcollation, (SELECT t.typcollation FROM pg_attribute x JOIN pg_type t ON t.oid = x.atttypid
					WHERE x.attrelid = i.indexrelid AND x.attnum = k)) AS own) ia ON true
				LEFT JOIN pg_collation co ON k <= i.indnkeyatts AND co.oid = i.indcollation[k - 1]
				LEFT JOIN pg_opclass oc ON k <= i.indnkeyatts AND oc.oid = i.indclass[k - 1]) AS parts
		FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
		JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am am ON am.oid = ic.relam
		LEFT JOIN pg_constraint con ON con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')
		WHERE ${own("pg_class", "c.oid")}`,
		indexRow,
	);
	for (const row of rows) readIndex(reading, row);
}

function elementsOf(reading: Reading, row: IndexRow): IndexElement[] {
	return row.parts.slice(0, row.keys).map((part): IndexElement => {
		const option = part.option ?? 0;
		return {
			canonical: part.column ?? `(${reading.expression(part.def, row).canonical})`,
			isExpression: part.column === null,
			order: (option & 1) === 1 ? "desc" : "asc",
			nulls: (option & 2) === 2 ? "first" : "last",
			...(part.opclass ? { opclass: part.opclass } : {}),
			...(part.collation && part.column !== null ? { collation: part.collation } : {}),
		};
	});
}

function readIndex(reading: Reading, row: IndexRow): void {
	const { builder } = reading;
	const elements = elementsOf(reading, row);
	const names = elements.map(({ canonical }) => canonical);
	const predicate = stated(row.predicate === null ? null : reading.expression(row.predicate, row));
	const deferrable = stated(
		row.deferred ? "initially deferred" : row.deferrable ? "deferrable" : "not deferrable",
	);
	const include = stated(row.parts.slice(row.keys).map((part) => part.column ?? ""));
	const method = stated(row.method);
	const name = stated(row.name);
	const comment = stated(row.constraint ? row.constraintComment : row.comment);
	if (row.constraint === "p") builder.primaryKey(row, names, at, name);
	else if (row.constraint === "x") {
		const operators = row.operators ?? [];
		const key = `(${names.map((each, position) => `${each} WITH ${operators[position]}`).join(",")})`;
		builder.entity("exclusion", [row.schema, row.table, key], at, {
			elements: stated(elements.map((element) => ({ ...element }))),
			operators: stated(operators),
			method,
			predicate,
			deferrable,
			name,
			comment,
		});
	} else if (row.unique) {
		builder.unique(row, at, {
			elements: names,
			predicate,
			nullsNotDistinct: stated(row.nnd),
			deferrable,
			include,
			backing: stated(row.constraint === "u" ? "constraint" : "index"),
			name,
			comment,
		});
	} else builder.index(row, at, { elements, method, predicate, include, name, comment });
}
