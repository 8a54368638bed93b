/** Reads the whole catalog in one transaction: a constant number of queries, whatever the size of the database. */
import type { Kind, MigrationLog } from "@schemalign/core";
import { z } from "zod";
import type { Limits, Rows, Session } from "../connection/connection.js";
import { codeOf } from "../connection/errors.js";
import { DatabaseProblem } from "../connection/problem.js";
import { type ReadLogs, readLogs } from "../migrations.js";
import { constraintsQuery, indexesQuery } from "./constraints.js";
import {
	descriptionsQuery,
	extensionsQuery,
	membersQuery,
	namespacesQuery,
	namesQuery,
} from "./namespaces.js";
import { functionsQuery, policiesQuery, triggersQuery, typesQuery } from "./objects.js";
import type { CatalogQuery, Server } from "./query.js";
import { columnsQuery, inheritanceQuery, relationsQuery, sequencesQuery } from "./relations.js";
import { SERVER_SQL, type ServerRow, serverRow, WITHHELD_SQL, withheldRow } from "./server.js";

const QUERIES = {
	namespaces: namespacesQuery,
	extensions: extensionsQuery,
	members: membersQuery,
	descriptions: descriptionsQuery,
	names: namesQuery,
	relations: relationsQuery,
	inheritance: inheritanceQuery,
	columns: columnsQuery,
	sequences: sequencesQuery,
	indexes: indexesQuery,
	constraints: constraintsQuery,
	types: typesQuery,
	functions: functionsQuery,
	triggers: triggersQuery,
	policies: policiesQuery,
};
type Queries = typeof QUERIES;
type Name = keyof Queries;

/** Rows by query. */
export type CatalogRows = { readonly [N in Name]: z.infer<Queries[N]["row"]>[] };

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
 * it is `LOCAL`: a pooled session is left as it was.
 */
function opening({ statement, lock }: Limits): string {
	return `BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${statement};
		SET LOCAL lock_timeout = ${lock}; SET LOCAL search_path = ''; SET LOCAL DateStyle = 'ISO, MDY';
		SET LOCAL IntervalStyle = 'postgres'; SET LOCAL TimeZone = 'UTC'; SET LOCAL extra_float_digits = 3;
		SET LOCAL bytea_output = 'hex'; SET LOCAL quote_all_identifiers = off; SET LOCAL standard_conforming_strings = on;
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
	} catch (error) {
		throw connection.problem(error);
	}
}

/** "cache lookup failed", "could not open relation with OID": internal errors of what changes meanwhile. */
function isPassing(error: unknown): boolean {
	return codeOf(error) === "XX000";
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
	const names = namesOf();
	const sql = names.map((name) => QUERIES[name].sql(server)).join(";\n");
	let results: Rows[];
	try {
		results = await connection.run(`SAVEPOINT catalog;\n${sql}`);
	} catch (error) {
		const code = codeOf(error);
		if (code !== LOCK_NOT_AVAILABLE && code !== INSUFFICIENT_PRIVILEGE) throw error;
		await connection.run("ROLLBACK TO SAVEPOINT catalog");
		return undefined;
	}
	// The first result is that of SAVEPOINT.
	const rows = collect((name) => results[names.indexOf(name) + 1] ?? []);
	return { rows, denied: [], withheld: new Set() };
}

/** Each query by itself, so that one that fails does not take the others with it. */
async function oneByOne(connection: Session, { version }: ServerRow): Promise<Parts> {
	const found = new Map<Name, Rows>();
	const denied: Fetched["denied"][number][] = [];
	let withheld: readonly number[] = [];
	for (const name of namesOf()) {
		const query = QUERIES[name];
		const attempt = () => connection.run(`SAVEPOINT catalog;\n${query.sql({ version, withheld })}`);
		try {
			found.set(name, (await attempt())[1] ?? []);
		} catch (error) {
			const code = codeOf(error);
			if (code !== LOCK_NOT_AVAILABLE && code !== INSUFFICIENT_PRIVILEGE) throw error;
			await connection.run("ROLLBACK TO SAVEPOINT catalog");
			if (code === INSUFFICIENT_PRIVILEGE) {
				const why = error instanceof Error ? error.message : String(error);
				denied.push({ reads: query.reads, kinds: query.kinds, why });
				continue;
			}
			withheld = checked(withheldRow, (await connection.run(WITHHELD_SQL))[0] ?? [], "locks").map(
				({ oid }) => oid,
			);
			found.set(name, (await attempt())[1] ?? []);
		}
	}
	return { rows: collect((name) => found.get(name) ?? []), denied, withheld: new Set(withheld) };
}

function namesOf(): Name[] {
	return [
		"namespaces",
		"extensions",
		"members",
		"descriptions",
		"names",
		"relations",
		"inheritance",
		"columns",
		"sequences",
		"indexes",
		"constraints",
		"types",
		"functions",
		"triggers",
		"policies",
	];
}

function collect(rowsOf: (name: Name) => Rows): CatalogRows {
	const of = <Row>(name: Name, { row, reads }: CatalogQuery<Row>): Row[] => checked(row, rowsOf(name), reads);
	return {
		namespaces: of("namespaces", namespacesQuery),
		extensions: of("extensions", extensionsQuery),
		members: of("members", membersQuery),
		descriptions: of("descriptions", descriptionsQuery),
		names: of("names", namesQuery),
		relations: of("relations", relationsQuery),
		inheritance: of("inheritance", inheritanceQuery),
		columns: of("columns", columnsQuery),
		sequences: of("sequences", sequencesQuery),
		indexes: of("indexes", indexesQuery),
		constraints: of("constraints", constraintsQuery),
		types: of("types", typesQuery),
		functions: of("functions", functionsQuery),
		triggers: of("triggers", triggersQuery),
		policies: of("policies", policiesQuery),
	};
}

function checked<Row>(row: z.ZodType<Row>, rows: Rows, reads: string): Row[] {
	const result = z.array(row).safeParse(rows);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw new DatabaseProblem(
		`the catalog has an unexpected form: ${reads}: ${issue?.path.slice(1).join(".") ?? ""} ${issue?.message ?? ""}`,
		"The server is not a Postgres that we know, or a proxy changes its answers.",
		"Report the server's version; compare with a dump instead.",
	);
}
