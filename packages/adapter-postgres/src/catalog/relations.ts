/** Tables, views, materialized views, foreign tables and their columns, from pg_class and pg_attribute. */
import { z } from "zod";
import {
	catalogQuery,
	flag,
	maybeText,
	numbers,
	OWN_SCHEMAS,
	oid,
	text,
	texts,
	unlessWithheld,
} from "./query.js";

export const relationsQuery = catalogQuery({
	reads: "tables and views",
	kinds: [],
	sql: (server) => `SELECT c.oid, n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind,
			c.relpersistence::text AS persistence, c.relrowsecurity AS security, c.relforcerowsecurity AS forced,
			c.relispartition AS partition, coalesce(c.reloptions, '{}') AS options, c.reltuples::float8 AS rows,
			${unlessWithheld("c.oid", "pg_get_expr(c.relpartbound, c.oid)", server)} AS bound,
			CASE WHEN c.relkind IN ('v', 'm') THEN ${unlessWithheld("c.oid", "pg_get_viewdef(c.oid)", server)} END AS definition,
			p.partstrat::text AS strategy, p.partattrs::text AS "keyColumns",
			${unlessWithheld("c.oid", "pg_get_expr(p.partexprs, c.oid)", server)} AS "keyExpressions"
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		LEFT JOIN pg_partitioned_table p ON p.partrelid = c.oid
		WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND ${OWN_SCHEMAS}`,
	row: z.object({
		oid,
		schema: text,
		name: text,
		kind: z.enum(["r", "p", "f", "v", "m"]),
		persistence: text,
		security: flag,
		forced: flag,
		partition: flag,
		options: texts,
		rows: z.number(),
		bound: maybeText,
		definition: maybeText,
		strategy: maybeText,
		keyColumns: numbers.nullable(),
		keyExpressions: maybeText,
	}),
});
export type RelationRow = z.infer<typeof relationsQuery.row>;

export const inheritanceQuery = catalogQuery({
	reads: "inheritance",
	kinds: [],
	sql: () => `SELECT i.inhrelid AS child, i.inhparent AS parent FROM pg_inherits i
		JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind IN ('r', 'p', 'f') ORDER BY i.inhrelid, i.inhseqno`,
	row: z.object({ child: oid, parent: oid }),
});
export type InheritanceRow = z.infer<typeof inheritanceQuery.row>;

export const columnsQuery = catalogQuery({
	reads: "columns",
	kinds: ["column"],
	sql: (server) => `SELECT a.attrelid AS relation, a.attnum::int4 AS number, a.attname::text AS name,
			format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required, a.attidentity::text AS identity,
			a.attgenerated::text AS generated, ${unlessWithheld("a.attrelid", "pg_get_expr(d.adbin, d.adrelid)", server)} AS value,
			CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation END AS collation,
			a.attcollation AS "ownCollation",
			CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END AS base
		FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c') AND a.attnum > 0 AND NOT a.attisdropped AND ${OWN_SCHEMAS}
		ORDER BY a.attrelid, a.attnum`,
	row: z.object({
		relation: oid,
		number: z.number(),
		name: text,
		type: text,
		required: flag,
		identity: text,
		generated: text,
		value: maybeText,
		collation: oid.nullable(),
		ownCollation: oid,
		base: maybeText,
	}),
});
export type ColumnRow = z.infer<typeof columnsQuery.row>;

/** Sequences, with the column that owns each: `a` by OWNED BY or serial, `i` as an identity. */
export const sequencesQuery = catalogQuery({
	reads: "sequences",
	kinds: ["sequence"],
	sql: () => `SELECT c.oid, n.nspname::text AS schema, c.relname::text AS name, format_type(s.seqtypid, NULL) AS type,
			s.seqstart::text AS start, s.seqincrement::text AS increment, s.seqmin::text AS minimum, s.seqmax::text AS maximum,
			s.seqcache::text AS cache, s.seqcycle AS cycle, d.refobjid AS owner, d.refobjsubid AS "ownerColumn"
		FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
			AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
		WHERE ${OWN_SCHEMAS}`,
	row: z.object({
		oid,
		schema: text,
		name: text,
		type: text,
		start: text,
		increment: text,
		minimum: text,
		maximum: text,
		cache: text,
		cycle: flag,
		owner: oid.nullable(),
		ownerColumn: z.number().nullable(),
	}),
});
export type SequenceRow = z.infer<typeof sequencesQuery.row>;
