/** Reads the whole catalog in one transaction: a constant number of queries, whatever the size of the database. */
import type { Kind, MigrationLog } from "@schemalign/core";
import { z } from "zod";
import type { Limits, Rows, Session } from "../connection/connection.js";
import { codeOf } from "../connection/errors.js";
import { DatabaseProblem } from "../connection/problem.js";
import { type ReadLogs, readLogs } from "../migrations.js";
import type { Server } from "./query.js";
import { type CatalogRows, newReadings, rowsOf, unexpectedForm } from "./readings.js";
import { SERVER_SQL, type ServerRow, serverRow, WITHHELD_SQL, withheldRow } from "./server.js";

export type { CatalogRows } from "./readings.js";

export interface Fetched {
	readonly server: ServerRow;
	readonly rows: CatalogRows;
	/** What the role may not read, and which kinds are therefore not known. */
	readonly denied: readonly {
		readonly reads: string;
		readonly kinds: readonly Kind[];
		readonly why: string;
	}[];
	/** What migration tools have noted. */
	readonly logs: readonly MigrationLog[];
	/** Tables of migration tools that could not be read. */
	readonly unread: ReadLogs["unread"];
	/** Relations that another session holds exclusively: their expressions are not known. */
	readonly withheld: ReadonlySet<number>;
}

const OLDEST = 120_000;
const LOCK_NOT_AVAILABLE = "55P03";
const INSUFFICIENT_PRIVILEGE = "42501";

/**
 * Names are printed with their schemas where the path is empty; dates, intervals and floats as pg_dump has them. All of
 * it is `LOCAL`: a pooled session is left as it was. Workers would each open every table anew, compiling takes longer than what
 * it speeds up, and the indexes of 10,000 tables are sorted in memory.
 */
function opening({ statement, lock }: Limits): string {
	return `BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${statement};
		SET LOCAL lock_timeout = ${lock}; SET LOCAL search_path = ''; SET LOCAL DateStyle = 'ISO, MDY';
		SET LOCAL IntervalStyle = 'postgres'; SET LOCAL TimeZone = 'UTC'; SET LOCAL extra_float_digits = 3;
		SET LOCAL bytea_output = 'hex'; SET LOCAL quote_all_identifiers = off; SET LOCAL standard_conforming_strings = on;
		SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off; SET LOCAL work_mem = '32MB';
		${SERVER_SQL}`;
}

/**
 * Reads the catalog. Objects that are dropped at the very moment make Postgres's own functions fail: then it is read once more.
 * @throws DatabaseProblem
 */
export async function fetchCatalog(connection: Session, limits: Limits): Promise<Fetched> {
	try {
		return await fetchOnce(connection, limits);
	} catch (error) {
		if (!isPassing(error)) throw connection.problem(error);
	}
	try {
		await connection.run("ROLLBACK");
		return await fetchOnce(connection, limits);
	} catch (again) {
		throw connection.problem(again);
	}
}

/**
 * "cache lookup failed", "could not open relation with OID": internal errors of what changes meanwhile; on a standby, a conflict with
 * what it replays.
 */
function isPassing(error: unknown): boolean {
	const code = codeOf(error);
	return code === "XX000" || code === "40001";
}

async function fetchOnce(connection: Session, limits: Limits): Promise<Fetched> {
	const opened = await connection.run(opening(limits));
	const [server] = checked(serverRow, opened.at(-1) ?? [], "the server");
	if (!server) throw new DatabaseProblem("the server says nothing of itself", "", "Check host and port.");
	requireSupported(server);
	// Such a server does not know what its bytes mean, and refuses to send those that are no UTF-8 as UTF-8.
	if (server.encoding === "SQL_ASCII") await connection.run("SET LOCAL client_encoding = 'SQL_ASCII'");
	const fetched = (await together(connection, server)) ?? (await oneByOne(connection, server));
	const { logs, unread } = await readLogs(connection, fetched.rows);
	await connection.run("COMMIT");
	return { server, ...fetched, logs, unread };
}

/**
 * Whether its catalog is one that we know.
 * @throws DatabaseProblem if not
 */
export function requireSupported({ version, product }: ServerRow): void {
	const [name = "", number = ""] = product.split(" ");
	if (name !== "PostgreSQL" || /redshift|materialize|risingwave/i.test(product)) {
		throw new DatabaseProblem(
			`the server is ${name || "another product"}, not Postgres`,
			"It speaks Postgres's protocol but has another catalog: what it says of itself would be wrong.",
			"Compare with a dump of its schema, or a snapshot, instead.",
		);
	}
	if (version >= OLDEST) return;
	throw new DatabaseProblem(
		`the server is Postgres ${number}; from 12 on databases can be read`,
		"Older catalogs lack columns that are needed.",
		"Compare with a dump instead: pg_dump --schema-only > schema.sql.",
	);
}

type Parts = Pick<Fetched, "rows" | "denied" | "withheld">;

/** All queries in one message: the usual case costs one round trip. `undefined` where one of them fails for a reason of its own. */
async function together(connection: Session, { version }: ServerRow): Promise<Parts | undefined> {
	const server: Server = { version, withheld: [] };
	const readings = newReadings();
	const all = Object.values(readings);
	const sql = all.map(({ query }) => query.sql(server)).join(";\n");
	try {
		// SAVEPOINT has no rows.
		await connection.stream(`SAVEPOINT catalog;\n${sql}`, [undefined, ...all.map(({ take }) => take)]);
	} catch (error) {
		const code = codeOf(error);
		if (code !== LOCK_NOT_AVAILABLE && code !== INSUFFICIENT_PRIVILEGE) throw error;
		await connection.run("ROLLBACK TO SAVEPOINT catalog");
		return undefined;
	}
	return { rows: rowsOf(readings), denied: [], withheld: new Set() };
}

/** Each query by itself, so that one that fails does not take the others with it. */
async function oneByOne(connection: Session, { version }: ServerRow): Promise<Parts> {
	const readings = newReadings();
	const denied: Fetched["denied"][number][] = [];
	let withheld: readonly number[] = [];
	for (const reading of Object.values(readings)) {
		const { query, take } = reading;
		const attempt = () =>
			connection.stream(`SAVEPOINT catalog;\n${query.sql({ version, withheld })}`, [undefined, take]);
		try {
			await attempt();
		} catch (error) {
			const code = codeOf(error);
			if (code !== LOCK_NOT_AVAILABLE && code !== INSUFFICIENT_PRIVILEGE) throw error;
			reading.clear();
			await connection.run("ROLLBACK TO SAVEPOINT catalog");
			if (code === INSUFFICIENT_PRIVILEGE) {
				const why = error instanceof Error ? error.message : String(error);
				denied.push({ reads: query.reads, kinds: query.kinds, why });
				continue;
			}
			withheld = checked(withheldRow, (await connection.run(WITHHELD_SQL))[0] ?? [], "locks").map(
				({ oid }) => oid,
			);
			await attempt();
		}
	}
	return { rows: rowsOf(readings), denied, withheld: new Set(withheld) };
}

function checked<Row>(row: z.ZodType<Row>, rows: Rows, reads: string): Row[] {
	const result = z.array(row).safeParse(rows);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw unexpectedForm(reads, `${issue?.path.slice(1).join(".") ?? ""} ${issue?.message ?? ""}`);
}
