/** Types, functions, triggers and policies, from pg_type, pg_proc, pg_trigger and pg_policy. */
import { flag, maybe, maybeText, number, oneOf, text, texts, vector } from "./fields.js";
import { catalogQuery, OWN_SCHEMAS, unlessWithheld } from "./query.js";

const maybeTexts = maybe(texts);
const typeKind = oneOf("e", "d", "r", "c");

export const typesQuery = catalogQuery({
	reads: "types",
	kinds: ["enum", "domain", "composite", "range"],
	sql: () => `SELECT t.oid, n.nspname, t.typname, t.typtype, t.typrelid,
			CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) WHEN 'r' THEN format_type(r.rngsubtype, NULL) END,
			t.typnotnull, t.typdefault, CASE WHEN t.typtype = 'e' THEN to_json(ARRAY(SELECT e.enumlabel::text FROM pg_enum e
				WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)) END
		FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_range r ON r.rngtypid = t.oid
		WHERE (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND t.typrelid IN (
			SELECT c.oid FROM pg_class c WHERE c.relkind = 'c'))) AND ${OWN_SCHEMAS}`,
	row: (f) => ({
		oid: number(f[0]),
		schema: text(f[1]),
		name: text(f[2]),
		type: typeKind(f[3]),
		relation: number(f[4]),
		base: maybeText(f[5]),
		required: flag(f[6]),
		value: maybeText(f[7]),
		labels: maybeTexts(f[8]),
	}),
});
export type TypeRow = ReturnType<typeof typesQuery.row>;

/** Without aggregates, and without what Postgres makes along with a range type. */
export const functionsQuery = catalogQuery({
	reads: "functions",
	kinds: ["function"],
	sql: () => `SELECT p.oid, n.nspname, p.proname, p.prokind, l.lanname, p.provolatile, p.prosecdef, p.proretset,
			format_type(p.prorettype, NULL),
			to_json(ARRAY(SELECT format_type(u.o, NULL) FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u(o, k) ORDER BY u.k)),
			to_json(p.proargmodes::text[]), to_json(p.proargnames),
			CASE WHEN p.proallargtypes IS NOT NULL THEN to_json(ARRAY(SELECT format_type(u.o, NULL)
				FROM unnest(p.proallargtypes) WITH ORDINALITY u(o, k) ORDER BY u.k)) END,
			CASE WHEN l.lanname <> 'c' THEN p.prosrc END
		FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
		WHERE p.prokind <> 'a' AND ${OWN_SCHEMAS} AND NOT EXISTS (SELECT 1 FROM pg_depend d
			WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')`,
	row: (f) => ({
		oid: number(f[0]),
		schema: text(f[1]),
		name: text(f[2]),
		kind: text(f[3]),
		language: text(f[4]),
		volatility: text(f[5]),
		definer: flag(f[6]),
		set: flag(f[7]),
		returns: maybeText(f[8]),
		inputs: texts(f[9]),
		modes: maybeTexts(f[10]),
		names: maybeTexts(f[11]),
		all: maybeTexts(f[12]),
		source: maybeText(f[13]),
	}),
});
export type FunctionRow = ReturnType<typeof functionsQuery.row>;

/** Without those that constraints keep; a partition's copies of its parent's count as internal before Postgres 15. */
export const triggersQuery = catalogQuery({
	reads: "triggers",
	kinds: ["trigger"],
	sql: (
		server,
	) => `SELECT t.oid, t.tgrelid, t.tgname, t.tgtype, t.tgenabled, fn.nspname, p.proname, encode(t.tgargs, 'hex'), t.tgattr,
			CASE WHEN t.tgqual IS NOT NULL THEN ${unlessWithheld("t.tgrelid", "pg_get_triggerdef(t.oid)", server)} END
		FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace fn ON fn.oid = p.pronamespace
		WHERE (NOT t.tgisinternal OR t.tgconstraint = 0) AND ${OWN_SCHEMAS}`,
	row: (f) => ({
		oid: number(f[0]),
		relation: number(f[1]),
		name: text(f[2]),
		type: number(f[3]),
		enabled: text(f[4]),
		functionSchema: text(f[5]),
		function: text(f[6]),
		arguments: text(f[7]),
		columns: vector(f[8]),
		definition: maybeText(f[9]),
	}),
});
export type TriggerRow = ReturnType<typeof triggersQuery.row>;

export const policiesQuery = catalogQuery({
	reads: "policies",
	kinds: ["policy"],
	sql: (
		server,
	) => `SELECT p.oid, p.polrelid, p.polname, p.polpermissive, p.polcmd, to_json(ARRAY(SELECT coalesce(r.rolname::text, 'public')
				FROM unnest(p.polroles) u(o) LEFT JOIN pg_roles r ON r.oid = u.o)),
			${unlessWithheld("p.polrelid", "pg_get_expr(p.polqual, p.polrelid)", server)},
			${unlessWithheld("p.polrelid", "pg_get_expr(p.polwithcheck, p.polrelid)", server)}
		FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OWN_SCHEMAS}`,
	row: (f) => ({
		oid: number(f[0]),
		relation: number(f[1]),
		name: text(f[2]),
		permissive: flag(f[3]),
		command: text(f[4]),
		roles: texts(f[5]),
		using: maybeText(f[6]),
		check: maybeText(f[7]),
	}),
});
export type PolicyRow = ReturnType<typeof policiesQuery.row>;
