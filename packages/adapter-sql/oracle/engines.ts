/** The Postgres servers that the oracle suites ask: the embedded one (18), and a real one where the environment names it. */
import { PGlite } from "@electric-sql/pglite";
import { btree_gin } from "@electric-sql/pglite/contrib/btree_gin";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { fuzzystrmatch } from "@electric-sql/pglite/contrib/fuzzystrmatch";
import { hstore } from "@electric-sql/pglite/contrib/hstore";
import { ltree } from "@electric-sql/pglite/contrib/ltree";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { pgcrypto } from "@electric-sql/pglite/contrib/pgcrypto";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import { uuid_ossp } from "@electric-sql/pglite/contrib/uuid_ossp";
import { messageOf } from "@schemalign/core";
import pg from "pg";
import { splitScript } from "../src/script/split.js";
import type { Query } from "./catalog/read.js";

/** One server with one database at a time. */
export interface Engine {
	readonly name: string;
	/** The major version of Postgres. */
	readonly version: number;
	readonly query: Query;
	/** Runs one statement. @throws what Postgres says of it */
	exec(sql: string): Promise<void>;
	/** An empty database, as a new server has it. */
	reset(): Promise<void>;
	close(): Promise<void>;
}

/** The environment variable that names the real server: `postgres.sh start <folder>` prints its value. */
export const SERVER = "ORACLE_POSTGRES_URL";

const EMPTY = `DO $$ DECLARE n text; BEGIN
	FOR n IN SELECT evtname FROM pg_event_trigger LOOP EXECUTE format('DROP EVENT TRIGGER %I CASCADE', n); END LOOP;
	FOR n IN SELECT pubname FROM pg_publication LOOP EXECUTE format('DROP PUBLICATION %I', n); END LOOP;
	FOR n IN SELECT fdwname FROM pg_foreign_data_wrapper LOOP EXECUTE format('DROP FOREIGN DATA WRAPPER %I CASCADE', n); END LOOP;
	FOR n IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP EXECUTE format('DROP EXTENSION %I CASCADE', n); END LOOP;
	FOR n IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
		EXECUTE format('DROP SCHEMA %I CASCADE', n);
	END LOOP;
	FOR n IN SELECT rolname FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%' AND rolname <> current_user LOOP
		EXECUTE format('DROP OWNED BY %I CASCADE', n); EXECUTE format('DROP ROLE %I', n);
	END LOOP; END $$`;

/** The embedded Postgres, with the extensions that it brings along. */
export async function openEmbedded(): Promise<Engine & { readonly db: PGlite }> {
	const extensions = {
		btree_gin,
		btree_gist,
		citext,
		fuzzystrmatch,
		hstore,
		ltree,
		pg_trgm,
		pgcrypto,
		unaccent,
		uuid_ossp,
	};
	const db = await PGlite.create({ extensions });
	return {
		db,
		name: "PGlite, Postgres 18",
		version: 18,
		query: async (sql) => (await db.query(sql)).rows,
		exec: async (sql) => void (await db.exec(sql)),
		reset: async () => {
			await db.exec("ROLLBACK; RESET ALL; RESET SESSION AUTHORIZATION; DISCARD TEMP");
			await db.exec(EMPTY);
			await db.exec("CREATE SCHEMA public");
		},
		close: () => db.close(),
	};
}

/** The real server's URL; `undefined` where there is none on this machine. @throws Error on CI, where there must be one */
export function serverUrl(): string | undefined {
	const url = process.env[SERVER];
	if (!url && process.env.CI) throw new Error(`${SERVER} is not set: the real Postgres is part of the check`);
	if (!url)
		console.warn(
			`Real Postgres: not asked, ${SERVER} is not set (see packages/adapter-sql/oracle/postgres.sh).`,
		);
	return url || undefined;
}

function databaseUrl(url: string, name: string): string {
	const other = new URL(url);
	other.pathname = `/${name}`;
	return other.href;
}

/** Roles that other suites make on the same server at the same time: of our name, or with the number of their process. */
const OF_OTHER_SUITES = /^schemalign_|_\d+$/;

/** A database of its own on the real server. */
export async function openServer(url: string): Promise<Engine & { readonly url: string }> {
	const name = `oracle_${process.pid}_${Date.now()}`;
	const administrator = new pg.Client({ connectionString: url });
	await administrator.connect();
	let client: pg.Client | undefined;
	const disconnect = async (): Promise<void> => {
		await client?.end();
		client = undefined;
		await administrator.query(`DROP DATABASE IF EXISTS ${name}${version < 13 ? "" : " WITH (FORCE)"}`);
	};
	const roles = async (): Promise<string[]> =>
		(await administrator.query<{ rolname: string }>("SELECT rolname FROM pg_roles")).rows.map(
			({ rolname }) => rolname,
		);
	const others = new Set(await roles());
	/** Roles belong to the whole server: those that a test made must not meet the next one. */
	const dropRoles = async (): Promise<void> => {
		for (const role of await roles()) {
			if (!others.has(role) && !OF_OTHER_SUITES.test(role)) await administrator.query(`DROP ROLE "${role}"`);
		}
	};
	const connected = (): pg.Client => {
		if (!client) throw new Error("reset() comes first");
		return client;
	};
	const { rows } = await administrator.query<{ v: number }>(
		"SELECT current_setting('server_version_num')::int / 10000 AS v",
	);
	const version = rows[0]?.v ?? 0;
	return {
		url: databaseUrl(url, name),
		name: `Postgres ${version}`,
		version,
		query: async (sql) => (await connected().query(sql)).rows,
		exec: async (sql) => void (await connected().query(sql)),
		reset: async () => {
			await disconnect();
			await dropRoles();
			await administrator.query(`CREATE DATABASE ${name} TEMPLATE template0`);
			client = new pg.Client({ connectionString: databaseUrl(url, name) });
			// What the server says when the database is dropped under a connection is no failure of a test.
			client.on("error", () => undefined);
			await client.connect();
		},
		close: async () => {
			await disconnect();
			await dropRoles();
			await administrator.end();
		},
	};
}

/** The version that a file asks for in its first line: `-- Postgres 18`. */
export function minimumVersion(text: string): number {
	return Number(/^-- Postgres (\d+)/.exec(text)?.[1] ?? 15);
}

/** A statement that Postgres rejects, with the line on which it begins. */
export interface Failure {
	readonly line: number;
	readonly message: string;
}

/** Runs the script as `psql` without ON_ERROR_STOP does, statement by statement. */
export async function run(engine: Engine, text: string): Promise<Failure[]> {
	const failures: Failure[] = [];
	let aborted = false;
	for (const piece of splitScript(text)) {
		const sql = text.slice(piece.start, piece.end);
		if (piece.kind === "meta" || /^copy\b[^;]*\bfrom\s+stdin\b/i.test(sql)) continue;
		try {
			await engine.exec(sql);
			aborted = false;
		} catch (error) {
			const line = text.slice(0, piece.start).split("\n").length;
			const message = messageOf(error);
			// What follows a failure within its transaction is no failure of its own.
			if (message.startsWith("current transaction is aborted")) aborted = true;
			else if (!(aborted && message.startsWith("savepoint "))) failures.push({ line, message });
		}
	}
	return failures;
}
