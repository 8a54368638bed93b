/** Types, functions, triggers and policies, from pg_type, pg_proc, pg_trigger and pg_policy. */
import { z } from "zod";
import { catalogQuery, flag, maybeText, OWN_SCHEMAS, oid, text, texts, unlessWithheld } from "./query.js";

export const typesQuery = catalogQuery({
	reads: "types",
	kinds: ["enum", "domain", "composite", "range"],
	sql: () => `SELECT t.oid, n.nspname::text AS schema, t.typname::text AS name, t.typtype::text AS type, t.typrelid AS relation,
			CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) WHEN 'r' THEN format_type(r.rngsubtype, NULL) END AS base,
			t.typnotnull AS required, t.typdefault AS value,
			CASE WHEN t.typtype = 'e' THEN ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid
				ORDER BY e.enumsortorder) END AS labels
		FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_range r ON r.rngtypid = t.oid
		LEFT JOIN pg_class c ON c.oid = t.typrelid
		WHERE (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c')) AND ${OWN_SCHEMAS}`,
	row: z.object({
		oid,
		schema: text,
		name: text,
		type: z.enum(["e", "d", "r", "c"]),
		relation: oid,
		base: maybeText,
		required: flag,
		value: maybeText,
		labels: texts.nullable(),
	}),
});
export type TypeRow = z.infer<typeof typesQuery.row>;

/** Without aggregates, and without what Postgres makes along with a range type. */
export const functionsQuery = catalogQuery({
	reads: "functions",
	kinds: ["function"],
	sql: () => `SELECT p.oid, n.nspname::text AS schema, p.proname::text AS name, p.prokind::text AS kind,
			l.lanname::text AS language, p.provolatile::text AS volatility, p.prosecdef AS definer, p.proretset AS set,
			format_type(p.prorettype, NULL) AS returns,
			ARRAY(SELECT format_type(u.o, NULL) FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u(o, k) ORDER BY u.k) AS inputs,
			p.proargmodes::text[] AS modes, p.proargnames AS names,
			CASE WHEN p.proallargtypes IS NOT NULL THEN ARRAY(SELECT format_type(u.o, NULL)
				FROM unnest(p.proallargtypes) WITH ORDINALITY u(o, k) ORDER BY u.k) END AS "all",
			CASE WHEN l.lanname <> 'c' THEN p.prosrc END AS source
		FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
		WHERE p.prokind <> 'a' AND ${OWN_SCHEMAS} AND NOT EXISTS (SELECT 1 FROM pg_depend d
			WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')`,
	row: z.object({
		oid,
		schema: text,
		name: text,
		kind: text,
		language: text,
		volatility: text,
		definer: flag,
		set: flag,
		returns: maybeText,
		inputs: texts,
		modes: texts.nullable(),
		names: texts.nullable(),
		all: texts.nullable(),
		source: maybeText,
	}),
});
export type FunctionRow = z.infer<typeof functionsQuery.row>;

/** Without those that constraints keep; a partition's copies of its parent's count as internal before Postgres 15. */
export const triggersQuery = catalogQuery({
	reads: "triggers",
	kinds: ["trigger"],
	sql: () => `SELECT t.oid, t.tgrelid AS relation, t.tgname::text AS name, t.tgtype::int4 AS type, t.tgenabled::text AS enabled,
			fn.nspname::text AS "functionSchema", p.proname::text AS function, encode(t.tgargs, 'hex') AS arguments,
			t.tgattr::text AS columns, CASE WHEN t.tgqual IS NOT NULL THEN pg_get_triggerdef(t.oid) END AS definition
		FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace fn ON fn.oid = p.pronamespace
		WHERE (NOT t.tgisinternal OR t.tgconstraint = 0) AND ${OWN_SCHEMAS}`,
	row: z.object({
		oid,
		relation: oid,
		name: text,
		type: z.number(),
		enabled: text,
		functionSchema: text,
		function: text,
		arguments: text,
		columns: z.string().transform((printed) => printed.split(" ").filter(Boolean).map(Number)),
		definition: maybeText,
	}),
});
export type TriggerRow = z.infer<typeof triggersQuery.row>;

export const policiesQuery = catalogQuery({
	reads: "policies",
	kinds: ["policy"],
	sql: (
		server,
	) => `SELECT p.oid, p.polrelid AS relation, p.polname::text AS name, p.polpermissive AS permissive,
			p.polcmd::text AS command,
			ARRAY(SELECT coalesce(r.rolname::text, 'public') FROM unnest(p.polroles) u(o) LEFT JOIN pg_roles r ON r.oid = u.o) AS roles,
			${unlessWithheld("p.polrelid", "pg_get_expr(p.polqual, p.polrelid)", server)} AS using,
			${unlessWithheld("p.polrelid", "pg_get_expr(p.polwithcheck, p.polrelid)", server)} AS check
		FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OWN_SCHEMAS}`,
	row: z.object({
		oid,
		relation: oid,
		name: text,
		permissive: flag,
		command: text,
		roles: texts,
		using: maybeText,
		check: maybeText,
	}),
});
export type PolicyRow = z.infer<typeof policiesQuery.row>;
