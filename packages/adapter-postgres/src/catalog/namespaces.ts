/** Schemas, extensions and what extensions own; comments of everything; names of operator classes and collations. */
import { flag, number, oneOf, text } from "./fields.js";
import { catalogQuery, OWN_SCHEMAS } from "./query.js";

export const namespacesQuery = catalogQuery({
	reads: "schemas",
	kinds: ["schema"],
	sql: () => `SELECT n.oid, n.nspname FROM pg_namespace n WHERE ${OWN_SCHEMAS}`,
	row: (f) => ({ oid: number(f[0]), name: text(f[1]) }),
});
export type NamespaceRow = ReturnType<typeof namespacesQuery.row>;

export const extensionsQuery = catalogQuery({
	reads: "extensions",
	kinds: ["extension"],
	sql: () => `SELECT e.oid, e.extname, e.extversion, n.nspname
		FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace`,
	row: (f) => ({ oid: number(f[0]), name: text(f[1]), version: text(f[2]), schema: text(f[3]) }),
});
export type ExtensionRow = ReturnType<typeof extensionsQuery.row>;

/** What `CREATE EXTENSION` has made: not the project's. */
export const membersQuery = catalogQuery({
	reads: "what extensions own",
	kinds: [],
	sql: () => `SELECT d.classid, d.objid, e.extname FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
		WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass`,
	row: (f) => ({ class: number(f[0]), oid: number(f[1]), extension: text(f[2]) }),
});
export type MemberRow = ReturnType<typeof membersQuery.row>;

/** Objects that initdb makes have numbers below 16384. */
export const descriptionsQuery = catalogQuery({
	reads: "comments",
	kinds: [],
	sql: () =>
		"SELECT d.classoid, d.objoid, d.objsubid, d.description FROM pg_description d WHERE d.objoid >= 16384",
	row: (f) => ({ class: number(f[0]), oid: number(f[1]), part: number(f[2]), text: text(f[3]) }),
});
export type DescriptionRow = ReturnType<typeof descriptionsQuery.row>;

const what = oneOf("opclass", "collation", "operator");

/** Names that columns and indexes refer to by number; an index has its column's collation, or one of its own. */
export const namesQuery = catalogQuery({
	reads: "operator classes and collations",
	kinds: ["index", "unique", "exclusion"],
	sql: () => `SELECT 'opclass', oc.oid, oc.opcname, oc.opcdefault FROM pg_opclass oc
		UNION ALL SELECT 'collation', co.oid, co.collname, false FROM pg_collation co WHERE co.oid IN (
			SELECT a.attcollation FROM pg_attribute a WHERE a.attrelid >= 16384 AND a.attcollation NOT IN (0, 100))
		UNION ALL SELECT 'operator', o.oid, o.oprname, false FROM pg_operator o WHERE o.oid IN (
			SELECT unnest(c.conexclop) FROM pg_constraint c WHERE c.contype = 'x')`,
	row: (f) => ({ what: what(f[0]), oid: number(f[1]), name: text(f[2]), usual: flag(f[3]) }),
});
export type NameRow = ReturnType<typeof namesQuery.row>;

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
