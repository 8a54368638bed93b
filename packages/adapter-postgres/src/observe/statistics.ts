/**
 * What the server counts by itself (manual, "The Cumulative Statistics System"): estimated rows, scans of tables and
 * indexes, and since when. Three queries in one message, whatever the size of the database; none of them reads a row.
 */
import { compareText, type Observations, qualifiedName } from "@schemalign/core";
import type { CatalogRows } from "../catalog/fetch.js";
import { flag, maybeNumber, maybeText, number, text, UnexpectedForm } from "../catalog/fields.js";
import { CLASS } from "../catalog/namespaces.js";
import type { Fields } from "../connection/stream.js";
import { reasonOf } from "./reason.js";
import { type Bounds, readOnlyStream, type Streaming } from "./transaction.js";

/** One query in one session, with the rows that it has given. */
interface Reading<Row> {
	/** What it reads, for a sentence. */
	readonly reads: string;
	readonly sql: string;
	/** The row of these values, in the order of the SELECT. @throws UnexpectedForm */
	row(fields: Fields): Row;
	readonly rows: Row[];
}

/** The first oid of what users make (transam.h). */
const FIRST_OF_USERS = 16_384;

/**
 * Resets are by database; the writer's statistics, which are begun anew with all others after a crash, tell of those. A
 * table's own reset counts as one of the database (from Postgres 15 on).
 */
const PERIOD = `SELECT to_char(greatest(d.stats_reset, (SELECT b.stats_reset FROM pg_catalog.pg_stat_bgwriter b))
		AT TIME ZONE 'UTC', 'YYYY-MM-DD'), to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD'), pg_is_in_recovery(),
		current_setting('track_counts')::bool
	FROM pg_catalog.pg_stat_database d WHERE d.datname = current_database()`;

/** Before Postgres 14 a table that was never analysed has 0 rows on 0 pages, from then on -1. */
const TABLES = `SELECT c.oid, CASE WHEN c.relispartition THEN pg_partition_root(c.oid)::oid END, c.relkind = 'p',
		CASE WHEN c.reltuples > 0 OR (c.reltuples = 0 AND c.relpages > 0) THEN c.reltuples::float8 END, pg_stat_get_numscans(c.oid)
	FROM pg_class c WHERE c.relkind IN ('r', 'p', 'm') AND c.oid >= ${FIRST_OF_USERS}`;

/** The fourth value: whether it does more than make queries faster. */
const INDEXES = `SELECT i.indexrelid, i.indrelid, CASE WHEN c.relispartition THEN pg_partition_root(c.oid)::oid END,
		i.indisunique OR i.indisprimary OR i.indisexclusion OR i.indisreplident OR i.indisclustered OR NOT i.indisvalid,
		pg_stat_get_numscans(i.indexrelid), c.relpages::float8 * current_setting('block_size')::float8
	FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
	WHERE i.indrelid >= ${FIRST_OF_USERS} AND c.relnamespace <> 'pg_toast'::regnamespace`;

interface Period {
	readonly since: string | null;
	readonly until: string;
	readonly standby: boolean;
	readonly counts: boolean;
}

interface TableRow {
	readonly oid: number;
	readonly root: number | null;
	readonly partitioned: boolean;
	readonly rows: number | null;
	readonly scans: number;
}

interface IndexRow {
	readonly oid: number;
	readonly relation: number;
	readonly root: number | null;
	readonly needed: boolean;
	readonly scans: number;
	readonly bytes: number;
}

/** The rows of the statistics, as far as the role may see them. */
export interface Statistics {
	readonly period: readonly Period[];
	readonly tables: readonly TableRow[];
	readonly indexes: readonly IndexRow[];
	readonly unseen: readonly { readonly what: string; readonly why: string }[];
}

const READS_USES = "how often indexes are used";

function newReadings() {
	const period: Reading<Period> = {
		reads: "since when statistics are counted",
		sql: PERIOD,
		row: ([since, until, standby, counts]) => ({
			since: maybeText(since),
			until: text(until),
			standby: flag(standby),
			counts: flag(counts),
		}),
		rows: [],
	};
	const tables: Reading<TableRow> = {
		reads: "how many rows tables have",
		sql: TABLES,
		row: ([oid, root, partitioned, rows, scans]) => ({
			oid: number(oid),
			root: maybeNumber(root),
			partitioned: flag(partitioned),
			rows: maybeNumber(rows),
			scans: number(scans),
		}),
		rows: [],
	};
	const indexes: Reading<IndexRow> = {
		reads: READS_USES,
		sql: INDEXES,
		row: ([oid, relation, root, needed, scans, bytes]) => ({
			oid: number(oid),
			relation: number(relation),
			root: maybeNumber(root),
			needed: flag(needed),
			scans: number(scans),
			bytes: number(bytes),
		}),
		rows: [],
	};
	return { period, tables, indexes };
}

/** Asks the server. Never throws: what the role may not see is unseen. */
export async function fetchStatistics(connection: Streaming, bounds: Bounds): Promise<Statistics> {
	const { period, tables, indexes } = newReadings();
	const all = [asStatement(period), asStatement(tables), asStatement(indexes)];
	const unseen: { what: string; why: string }[] = [];
	// The usual case costs one round trip.
	if (await readOnlyStream(connection, bounds, all)) {
		for (const one of all) {
			one.clear();
			const failed = await readOnlyStream(connection, bounds, [one]);
			if (failed) unseen.push({ what: one.reads, why: whyOf(failed) });
		}
	}
	return { period: period.rows, tables: tables.rows, indexes: indexes.rows, unseen };
}

function asStatement<Row>({ reads, sql, row, rows }: Reading<Row>) {
	return {
		reads,
		sql,
		take: (fields: Fields): void => void rows.push(row(fields)),
		clear: (): void => {
			rows.length = 0;
		},
	};
}

function whyOf(failed: { readonly why: string; readonly code?: string; readonly error: unknown }): string {
	return failed.error instanceof UnexpectedForm
		? "the server's answer has an unexpected form"
		: reasonOf(failed);
}

/** What the statistics say of the tables and indexes of the catalog that are the project's own. */
export function stateStatistics(found: Statistics, rows: CatalogRows): Observations {
	const isExtensions = new Set(
		rows.members.filter((member) => member.class === CLASS.relation).map(({ oid }) => oid),
	);
	const names = new Map(
		rows.relations.flatMap(({ oid, schema, name, kind }) =>
			isExtensions.has(oid) || kind === "v" || kind === "f"
				? []
				: [[oid, qualifiedName(schema, name)] as const],
		),
	);
	const [period] = found.period;
	const isCounted = period?.counts === true;
	const estimates = rowsOf(found.tables);
	const scans = isCounted ? scansOf(found) : undefined;
	const off = { what: READS_USES, why: "the server does not count (track_counts is off)" };
	const unseen = period && !isCounted ? [...found.unseen, off] : [...found.unseen];
	return {
		...(isCounted
			? { statistics: { since: period.since, until: period.until, standby: period.standby } }
			: {}),
		tables: [...names]
			.map(([oid, table]) => ({
				table,
				rows: roughly(estimates.get(oid)),
				...(scans ? { scans: roughly(scans.get(oid)) ?? 0 } : {}),
			}))
			.sort((a, b) => compareText(a.table, b.table)),
		indexes: isCounted
			? usesOf(found.indexes, names, new Map(rows.indexes.map(({ oid, name }) => [oid, name])))
			: [],
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
function usesOf(
	indexes: readonly IndexRow[],
	tables: ReadonlyMap<number, string>,
	names: ReadonlyMap<number, string>,
): Observations["indexes"] {
	const scans = new Map<number, number>();
	const bytes = new Map<number, number>();
	for (const row of indexes) {
		const id = row.root ?? row.oid;
		scans.set(id, (scans.get(id) ?? 0) + row.scans);
		bytes.set(id, (bytes.get(id) ?? 0) + row.bytes);
	}
	return indexes
		.flatMap(({ oid, relation, root, needed }) => {
			const [table, name] = [tables.get(relation), names.get(oid)];
			if (table === undefined || name === undefined || root !== null || needed) return [];
			return [{ table, name, scans: roughly(scans.get(oid)) ?? 0, bytes: roughly(bytes.get(oid)) ?? 0 }];
		})
		.sort((a, b) => compareText(a.table, b.table) || compareText(a.name, b.name));
}

/** To two digits: a count of yesterday is no fact of today, and a snapshot in git need not change for it. */
function roughly(number: number | undefined): number | null {
	return number === undefined ? null : Number(number.toPrecision(2));
}
