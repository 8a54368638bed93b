/** Tables themselves, and what hangs on them beside constraints: triggers and policies. */
import { type ExpressionValue, stated, type TableRef } from "@schemalign/core";
import { z } from "zod";
import { at, own, type Reading } from "./read.js";

const text = z.string();
const maybe = z.string().nullable();

const PARENT = `SELECT pn.nspname || '.' || p.relname FROM pg_inherits i
	JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid`;

export async function readTables(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT n.nspname AS schema, c.relname AS table, c.relpersistence AS persistence, c.relrowsecurity AS rls,
			c.relforcerowsecurity AS forced, obj_description(c.oid, 'pg_class') AS comment,
			CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS key,
			pg_get_expr(c.relpartbound, c.oid) AS bound,
			CASE WHEN c.relispartition THEN (${PARENT}) END AS parent,
			CASE WHEN NOT c.relispartition THEN ARRAY(${PARENT} ORDER BY inhseqno) ELSE '{}' END AS inherits
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p', 'f') AND ${own("pg_class", "c.oid")}`,
		z.object({
			schema: text,
			table: text,
			persistence: text,
			rls: z.boolean(),
			forced: z.boolean(),
			comment: maybe,
			key: maybe,
			bound: maybe,
			parent: maybe,
			inherits: z.array(text),
		}),
	);
	for (const row of rows) {
		const { key, bound } = row;
		reading.builder.table(row, at, {
			persistence: stated(row.persistence === "u" ? "unlogged" : "permanent"),
			partitionKey: stated(key === null ? null : partitionKey(reading, row, key)),
			partitionOf: stated(row.parent),
			partitionBound: stated(bound === null ? null : { sql: bound, canonical: withoutMidnight(bound) }),
			inherits: stated(row.inherits),
			rowSecurity: stated(row.rls),
			rowSecurityForced: stated(row.forced),
			comment: stated(row.comment),
		});
	}
}

/** The key as it is printed, `RANGE (a, lower(b))`, its expressions in canonical form. */
function partitionKey(reading: Reading, ref: TableRef, key: string): ExpressionValue {
	const [, strategy = "", list = ""] = /^(\w+) \((.*)\)$/s.exec(key) ?? [];
	const elements = splitList(list).map((element) =>
		/^(?:"[^"]*"|\w+)(?: \w+)?$/.test(element) ? element : `(${reading.expression(element, ref).canonical})`,
	);
	return { sql: key, canonical: `${strategy} (${elements.join(", ")})` };
}

/** The items of a list, split at the commas that stand in no parentheses. */
function splitList(text: string): string[] {
	const items = [""];
	let depth = 0;
	for (const char of text) {
		depth += char === "(" ? 1 : char === ")" ? -1 : 0;
		if (char === "," && depth === 0) items.push("");
		else items[items.length - 1] += char;
	}
	return items.map((item) => item.trim());
}

/** A bound that was written as a date is printed as a time of that day. */
function withoutMidnight(bound: string): string {
	return bound.replace(/(\d{4}-\d\d-\d\d) 00:00:00(?:\+00)?'/g, "$1'");
}

const EVENTS = [
	[4, "insert"],
	[8, "delete"],
	[16, "update"],
	[32, "truncate"],
] as const;

export async function readTriggers(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT n.nspname AS schema, c.relname AS table, t.tgname AS name, t.tgtype::int AS type, fn.nspname || '.' || p.proname AS function,
			t.tgargs AS args, obj_description(t.oid, 'pg_trigger') AS comment, pg_get_triggerdef(t.oid) AS definition,
			ARRAY(SELECT a.attname::text FROM unnest(t.tgattr) u(k) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.k ORDER BY 1) AS columns
		FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace fn ON fn.oid = p.pronamespace
		WHERE NOT t.tgisinternal AND ${own("pg_class", "c.oid")}`,
		z.object({
			schema: text,
			table: text,
			name: text,
			type: z.number(),
			function: text,
			args: z.instanceof(Uint8Array),
			comment: maybe,
			definition: text,
			columns: z.array(text),
		}),
	);
	for (const row of rows) {
		const events = EVENTS.filter(([bit]) => (row.type & bit) !== 0).map(([, event]) =>
			event === "update" && row.columns.length > 0 ? `update of ${row.columns.join(", ")}` : event,
		);
		const args = Buffer.from(row.args).toString("utf8").split("\0").slice(0, -1);
		const condition = / WHEN \((.*)\) EXECUTE FUNCTION /s.exec(row.definition)?.[1];
		reading.builder.entity("trigger", [row.schema, row.table, row.name], at, {
			timing: stated((row.type & 2) !== 0 ? "before" : (row.type & 64) !== 0 ? "instead of" : "after"),
			events: stated(events),
			level: stated((row.type & 1) !== 0 ? "row" : "statement"),
			function: stated(`${row.function}(${args.map((arg) => `'${arg.replaceAll("'", "''")}'`).join(", ")})`),
			condition: stated(condition === undefined ? null : reading.expression(condition, row)),
			comment: stated(row.comment),
		});
	}
}

export async function readPolicies(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT n.nspname AS schema, c.relname AS table, p.polname AS name, p.polpermissive AS permissive,
			CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END AS command,
			ARRAY(SELECT COALESCE(r.rolname::text, 'public') FROM unnest(p.polroles) u(o) LEFT JOIN pg_roles r ON r.oid = u.o) AS roles,
			pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check,
			obj_description(p.oid, 'pg_policy') AS comment
		FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE ${own("pg_class", "c.oid")}`,
		z.object({
			schema: text,
			table: text,
			name: text,
			permissive: z.boolean(),
			command: text,
			roles: z.array(text),
			using: maybe,
			check: maybe,
			comment: maybe,
		}),
	);
	for (const row of rows) {
		reading.builder.entity("policy", [row.schema, row.table, row.name], at, {
			command: stated(row.command),
			permissive: stated(row.permissive),
			roles: stated(row.roles),
			using: stated(row.using === null ? null : reading.expression(row.using, row)),
			check: stated(row.check === null ? null : reading.expression(row.check, row)),
			comment: stated(row.comment),
		});
	}
}
