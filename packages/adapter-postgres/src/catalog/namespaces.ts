/** Schemas, extensions and what extensions own; comments of everything; names of operator classes and collations. */
import { z } from "zod";
import { catalogQuery, flag, OWN_SCHEMAS, oid, text } from "./query.js";

export const namespacesQuery = catalogQuery({
	reads: "schemas",
	kinds: ["schema"],
	sql: () => `SELECT n.oid, n.nspname::text AS name
		FROM pg_namespace n WHERE ${OWN_SCHEMAS}`,
	row: z.object({ oid, name: text }),
});
export type NamespaceRow = z.infer<typeof namespacesQuery.row>;

export const extensionsQuery = catalogQuery({
	reads: "extensions",
	kinds: ["extension"],
	sql: () => `SELECT e.oid, e.extname::text AS name, e.extversion AS version, n.nspname::text AS schema
		FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace`,
	row: z.object({ oid, name: text, version: text, schema: text }),
});
export type ExtensionRow = z.infer<typeof extensionsQuery.row>;

/** What `CREATE EXTENSION` has made: not the project's. */
export const membersQuery = catalogQuery({
	reads: "what extensions own",
	kinds: [],
	sql: () => `SELECT d.classid::oid AS class, d.objid AS oid, e.extname::text AS extension
		FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
		WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass`,
	row: z.object({ class: oid, oid, extension: text }),
});
export type MemberRow = z.infer<typeof membersQuery.row>;

/** Objects that initdb makes have numbers below 16384. */
export const descriptionsQuery = catalogQuery({
	reads: "comments",
	kinds: [],
	sql: () =>
		"SELECT d.classoid AS class, d.objoid AS oid, d.objsubid AS part, d.description AS text FROM pg_description d WHERE d.objoid >= 16384",
	row: z.object({ class: oid, oid, part: z.number(), text }),
});
export type DescriptionRow = z.infer<typeof descriptionsQuery.row>;

/** Names that indexes refer to by number. */
export const namesQuery = catalogQuery({
	reads: "operator classes and collations",
	kinds: ["index", "unique", "exclusion"],
	sql: () => `SELECT 'opclass' AS what, oc.oid, oc.opcname::text AS name, oc.opcdefault AS usual FROM pg_opclass oc
		UNION ALL SELECT 'collation', co.oid, co.collname::text, false FROM pg_collation co WHERE co.oid IN (
			SELECT a.attcollation FROM pg_attribute a WHERE a.attrelid >= 16384 AND a.attcollation NOT IN (0, 100))
		UNION ALL SELECT 'operator', o.oid, o.oprname::text, false FROM pg_operator o WHERE o.oid IN (
			SELECT unnest(c.conexclop) FROM pg_constraint c WHERE c.contype = 'x')`,
	row: z.object({ what: z.enum(["opclass", "collation", "operator"]), oid, name: text, usual: flag }),
});
export type NameRow = z.infer<typeof namesQuery.row>;

/** The catalogs under whose numbers comments and memberships are kept: constants of Postgres (pg_class.dat). */
export const CLASS = {
	type: 1247,
	procedure: 1255,
	relation: 1259,
	constraint: 2606,
	namespace: 2615,
	trigger: 2620,
	extension: 3079,
	policy: 3256,
} as const;
