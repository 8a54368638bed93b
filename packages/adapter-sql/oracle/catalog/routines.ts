/** Functions and procedures. */
import { formatType, stated } from "@schemalign/core";
import { z } from "zod";
import { functionBody } from "../../src/index.js";
import { at, own, type Reading } from "./read.js";

export async function readRoutines(reading: Reading): Promise<void> {
	const rows = await reading.rows(
		`SELECT n.nspname AS schema, p.proname AS name, p.prokind AS kind, l.lanname AS language, p.prosrc AS source,
			p.prosqlbody IS NULL AND l.lanname NOT IN ('c', 'internal') AS textual, p.provolatile AS volatility, p.prosecdef AS definer,
			p.proretset AS "returnsSet", pg_get_function_result(p.oid) AS result, obj_description(p.oid, 'pg_proc') AS comment,
			ARRAY(SELECT format_type(u.t, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY u(t, n) ORDER BY u.n) AS args,
			ARRAY(SELECT format_type(u.t, NULL) FROM unnest(p.proallargtypes, p.proargmodes, p.proargnames) WITH ORDINALITY u(t, m, a, n) WHERE u.m = 't' ORDER BY u.n) AS "tableTypes",
			ARRAY(SELECT u.a::text FROM unnest(p.proallargtypes, p.proargmodes, p.proargnames) WITH ORDINALITY u(t, m, a, n) WHERE u.m = 't' ORDER BY u.n) AS "tableNames",
			format_type(p.prorettype, NULL) AS returns
		FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
		WHERE p.prokind IN ('f', 'p') AND ${own("pg_proc", "p.oid")}
		AND NOT EXISTS (SELECT 1 FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')`,
		z.object({
			schema: z.string(),
			name: z.string(),
			kind: z.string(),
			language: z.string(),
			source: z.string(),
			textual: z.boolean(),
			volatility: z.string(),
			definer: z.boolean(),
			returnsSet: z.boolean(),
			result: z.string().nullable(),
			comment: z.string().nullable(),
			args: z.array(z.string()),
			tableTypes: z.array(z.string()),
			tableNames: z.array(z.string()),
			returns: z.string(),
		}),
	);
	for (const row of rows) {
		const text = (type: string): string => {
			const { args: _, ...bare } = reading.type(type);
			return formatType(bare);
		};
		const args = row.args.map(text).join(", ");
		const columns = row.tableTypes.map((type, position) => `${row.tableNames[position]} ${text(type)}`);
		const returns =
			row.kind === "p"
				? ""
				: columns.length > 0
					? `TABLE(${columns.join(", ")})`
					: `${row.returnsSet ? "SETOF " : ""}${text(row.returns)}`;
		reading.builder.entity("function", [row.schema, `${row.name}(${args})`], at, {
			returns: stated(returns),
			language: stated(row.language),
			body: stated(row.textual ? functionBody(row.source, row.language) : null),
			volatility: stated({ i: "immutable", s: "stable", v: "volatile" }[row.volatility] ?? ""),
			security: stated(row.definer ? "definer" : "invoker"),
			comment: stated(row.comment),
		});
	}
}
