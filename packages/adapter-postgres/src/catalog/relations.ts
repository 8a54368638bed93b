/** Tables, views, materialized views, foreign tables and their columns, from pg_class and pg_attribute. */
import { flag, maybe, maybeNumber, maybeText, number, oneOf, text, texts, vector } from "./fields.js";
import { catalogQuery, OWN_SCHEMAS, unlessWithheld } from "./query.js";

const kind = oneOf("r", "p", "f", "v", "m");
const maybeTexts = maybe(texts);
const maybeVector = maybe(vector);

export const relationsQuery = catalogQuery({
	reads: "tables and views",
	kinds: [],
	sql: (
		server,
	) => `SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,
			c.relispartition, to_json(c.reloptions), c.reltuples, ${unlessWithheld("c.oid", "pg_get_expr(c.relpartbound, c.oid)", server)},
			CASE WHEN c.relkind IN ('v', 'm') THEN ${unlessWithheld("c.oid", "pg_get_viewdef(c.oid)", server)} END,
			p.partstrat, p.partattrs, ${unlessWithheld("c.oid", "pg_get_expr(p.partexprs, c.oid)", server)}
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		LEFT JOIN pg_partitioned_table p ON p.partrelid = c.oid
		WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND ${OWN_SCHEMAS}`,
	row: (f) => ({
		oid: number(f[0]),
		schema: text(f[1]),
		name: text(f[2]),
		kind: kind(f[3]),
		persistence: text(f[4]),
		security: flag(f[5]),
		forced: flag(f[6]),
		partition: flag(f[7]),
		options: maybeTexts(f[8]) ?? [],
		rows: number(f[9]),
		bound: maybeText(f[10]),
		definition: maybeText(f[11]),
		strategy: maybeText(f[12]),
		keyColumns: maybeVector(f[13]),
		keyExpressions: maybeText(f[14]),
	}),
});
export type RelationRow = ReturnType<typeof relationsQuery.row>;

export const inheritanceQuery = catalogQuery({
	reads: "inheritance",
	kinds: [],
	sql: () => `SELECT i.inhrelid, i.inhparent FROM pg_inherits i
		JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind IN ('r', 'p', 'f') ORDER BY i.inhrelid, i.inhseqno`,
	row: (f) => ({ child: number(f[0]), parent: number(f[1]) }),
});
export type InheritanceRow = ReturnType<typeof inheritanceQuery.row>;

/**
 * A default names no columns, so that it is printed without its table: to print what names some, Postgres opens the table,
 * which takes longer than all else. The `collation` is NULL where it is that of the type.
 */
export const columnsQuery = catalogQuery({
	reads: "columns",
	kinds: ["column"],
	sql: (
		server,
	) => `SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
			a.attgenerated, CASE a.attgenerated WHEN '' THEN pg_get_expr(d.adbin, 0)
				ELSE ${unlessWithheld("a.attrelid", "pg_get_expr(d.adbin, d.adrelid)", server)} END,
			nullif(a.attcollation, t.typcollation), a.attcollation
		FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c') AND a.attnum > 0 AND NOT a.attisdropped AND ${OWN_SCHEMAS}`,
	row: (f) => ({
		relation: number(f[0]),
		number: number(f[1]),
		name: text(f[2]),
		type: text(f[3]),
		required: flag(f[4]),
		identity: text(f[5]),
		generated: text(f[6]),
		value: maybeText(f[7]),
		collation: maybeNumber(f[8]),
		ownCollation: number(f[9]),
	}),
});
export type ColumnRow = ReturnType<typeof columnsQuery.row>;

/** Sequences, with the column that owns each by OWNED BY or as a serial; an identity's is a part of its column. */
export const sequencesQuery = catalogQuery({
	reads: "sequences",
	kinds: ["sequence"],
	sql: () => `SELECT c.oid, n.nspname, c.relname, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
			s.seqcache, s.seqcycle, d.refobjid, d.refobjsubid
		FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
			AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
		WHERE d.deptype IS DISTINCT FROM 'i' AND ${OWN_SCHEMAS}`,
	row: (f) => ({
		oid: number(f[0]),
		schema: text(f[1]),
		name: text(f[2]),
		type: text(f[3]),
		start: text(f[4]),
		increment: text(f[5]),
		minimum: text(f[6]),
		maximum: text(f[7]),
		cache: text(f[8]),
		cycle: flag(f[9]),
		owner: maybeNumber(f[10]),
		ownerColumn: maybeNumber(f[11]),
	}),
});
export type SequenceRow = ReturnType<typeof sequencesQuery.row>;
