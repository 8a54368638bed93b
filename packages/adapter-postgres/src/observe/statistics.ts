/**
 * What the server counts by itself (manual, "The Cumulative Statistics System"): estimated rows, scans of tables and
 * indexes, and since when. Three queries in one message, whatever the size of the database; none of them reads a row.
 */
import { compareText, type Observations, qualifiedName, type Snapshot } from "@schemalign/core";
import { z } from "zod";
import { OWN_SCHEMAS } from "../catalog/query.js";
import type { Limits } from "../connection/connection.js";
import { reasonOf } from "./reason.js";
import { type Asking, readOnly } from "./transaction.js";

interface Query<Row> {
	/** What it reads, for a sentence. */
	readonly reads: string;
	readonly sql: string;
	readonly row: z.ZodType<Row>;
}

function query<Row>(one: Query<Row>): Query<Row> {
	return one;
}

const oid = z.number();

/**
 * Resets are by database; the writer's statistics, which are begun anew with all others after a crash, tell of those. A
 * table's own reset counts as one of the database (from Postgres 15 on).
 */
const periodQuery = query({
	reads: "since when statistics are counted",
	sql: `SELECT to_char(greatest(d.stats_reset, (SELECT b.stats_reset FROM pg_catalog.pg_stat_bgwriter b))
			AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS since,
			to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS until, pg_is_in_recovery() AS standby,
			current_setting('track_counts')::bool AS counts
		FROM pg_catalog.pg_stat_database d WHERE d.datname = current_database()`,
	row: z.object({
		since: z.string().nullable(),
		until: z.string(),
		standby: z.boolean(),
		counts: z.boolean(),
	}),
});

/** Before Postgres 14 a table that was never analysed has 0 rows on 0 pages, from then on -1. */
const tablesQuery = query({
	reads: "how many rows tables have",
	sql: `SELECT c.oid, n.nspname::text AS schema, c.relname::text AS name,
			CASE WHEN c.relispartition THEN pg_partition_root(c.oid)::oid END AS root, c.relkind = 'p' AS partitioned,
			CASE WHEN c.reltuples > 0 OR (c.reltuples = 0 AND c.relpages > 0) THEN c.reltuples::float8 END AS rows,
			pg_stat_get_numscans(c.oid)::float8 AS scans
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p', 'm') AND ${OWN_SCHEMAS}`,
	row: z.object({
		oid,
		schema: z.string(),
		name: z.string(),
		root: oid.nullable(),
		partitioned: z.boolean(),
		rows: z.number().nullable(),
		scans: z.number(),
	}),
});
type TableRow = z.infer<typeof tablesQuery.row>;

/** `needed`: it does more than make queries faster. */
const indexesQuery = query({
	reads: "how often indexes are used",
	sql: `SELECT i.indexrelid AS oid, i.indrelid AS relation, ic.relname::text AS name,
			CASE WHEN ic.relispartition THEN pg_partition_root(ic.oid)::oid END AS root,
			i.indisunique OR i.indisprimary OR i.indisexclusion OR i.indisreplident OR i.indisclustered OR NOT i.indisvalid AS needed,
			pg_stat_get_numscans(i.indexrelid)::float8 AS scans,
			ic.relpages::float8 * current_setting('block_size')::float8 AS bytes
		FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
		JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OWN_SCHEMAS}`,
	row: z.object({
		oid,
		relation: oid,
		name: z.string(),
		root: oid.nullable(),
		needed: z.boolean(),
		scans: z.number(),
		bytes: z.number(),
	}),
});
type IndexRow = z.infer<typeof indexesQuery.row>;

/** The rows of the statistics, as far as the role may see them. */
export interface Statistics {
	readonly period: z.infer<typeof periodQuery.row>[];
	readonly tables: TableRow[];
	readonly indexes: IndexRow[];
	readonly unseen: { readonly what: string; readonly why: string }[];
}

/** Asks the server. Never throws: what the role may not see is unseen. */
export async function fetchStatistics(connection: Asking, limits: Limits): Promise<Statistics> {
	const queries = [periodQuery, tablesQuery, indexesQuery];
	const together = await readOnly(connection, limits, queries.map(({ sql }) => sql).join(";\n"));
	const unseen: Statistics["unseen"] = [];
	const rowsFor = async <Row>(at: number, { row, reads, sql }: Query<Row>): Promise<Row[]> => {
		const isThere = "rows" in together;
		const own = isThere ? together : await readOnly(connection, limits, sql);
		const parsed = z.array(row).safeParse("rows" in own ? own.rows[isThere ? at : 0] : undefined);
		if (parsed.success) return parsed.data;
		const why = "rows" in own ? "the server's answer has an unexpected form" : reasonOf(own);
		unseen.push({ what: reads, why });
		return [];
	};
	const period = await rowsFor(0, periodQuery);
	const tables = await rowsFor(1, tablesQuery);
	const indexes = await rowsFor(2, indexesQuery);
	return { period, tables, indexes, unseen };
}

/** What the statistics say of the tables that `snapshot` has. */
export function stateStatistics(found: Statistics, snapshot: Snapshot): Observations {
	const known = new Set(snapshot.entities.map(({ address }) => address));
	const names = new Map(
		found.tables.flatMap(({ oid: id, schema, name }) => {
			const table = qualifiedName(schema, name);
			return known.has(`table:${table}`) || known.has(`view:${table}`) ? [[id, table] as const] : [];
		}),
	);
	const [period] = found.period;
	const {
		since,
		until,
		standby,
		counts: isCounted,
	} = period ?? { counts: false, since: null, until: "", standby: false };
	const off = { what: indexesQuery.reads, why: "the server does not count (track_counts is off)" };
	const unseen = period && !isCounted ? [...found.unseen, off] : found.unseen;
	const rows = rowsOf(found.tables);
	const scans = scansOf(found);
	return {
		...(isCounted ? { statistics: { since, until, standby } } : {}),
		tables: [...names]
			.map(([id, table]) => ({
				table,
				rows: roughly(rows.get(id)),
				...(isCounted ? { scans: roughly(scans.get(id)) ?? 0 } : {}),
			}))
			.sort((a, b) => compareText(a.table, b.table)),
		indexes: isCounted ? usesOf(found.indexes, names) : [],
		...(unseen.length > 0 ? { unseen } : {}),
	};
}

/** A partitioned table has the rows of its partitions; those that were never analysed are left out. */
function rowsOf(tables: readonly TableRow[]): Map<number, number> {
	const sums = new Map<number, number>();
	for (const { oid: id, root, partitioned, rows } of tables) {
		if (rows === null || partitioned) continue;
		sums.set(id, rows);
		if (root !== null) sums.set(root, (sums.get(root) ?? 0) + rows);
	}
	return sums;
}

/** How often each table was scanned, by itself or by one of its indexes. */
function scansOf({ tables, indexes }: Statistics): Map<number, number> {
	const sums = new Map(tables.map(({ oid: id, scans }) => [id, scans]));
	const roots = new Map(tables.map(({ oid: id, root }) => [id, root]));
	const add = (id: number, scans: number): void => void sums.set(id, (sums.get(id) ?? 0) + scans);
	for (const { relation, scans } of indexes) add(relation, scans);
	for (const [id, root] of roots) if (root !== null) add(root, sums.get(id) ?? 0);
	return sums;
}

/** An index of a partitioned table was used as often as those of the partitions, which cannot be dropped by themselves. */
function usesOf(indexes: readonly IndexRow[], names: ReadonlyMap<number, string>): Observations["indexes"] {
	const scans = new Map<number, number>();
	const bytes = new Map<number, number>();
	for (const row of indexes) {
		const id = row.root ?? row.oid;
		scans.set(id, (scans.get(id) ?? 0) + row.scans);
		bytes.set(id, (bytes.get(id) ?? 0) + row.bytes);
	}
	return indexes
		.flatMap(({ oid: id, relation, name, root, needed }) => {
			const table = names.get(relation);
			if (table === undefined || root !== null || needed) return [];
			return [{ table, name, scans: roughly(scans.get(id)) ?? 0, bytes: roughly(bytes.get(id)) ?? 0 }];
		})
		.sort((a, b) => compareText(a.table, b.table) || compareText(a.name, b.name));
}

/** To two digits: a count of yesterday is no fact of today, and a snapshot in git need not change for it. */
function roughly(number: number | undefined): number | null {
	return number === undefined ? null : Number(number.toPrecision(2));
}
