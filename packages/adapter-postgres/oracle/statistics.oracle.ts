/** What a real server counts: scans, partitions, rights, resets. */
import type { Observations } from "@schemalign/core";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SERVER, serverUrl } from "../../adapter-sql/oracle/engines.js";
import { readDatabase } from "../src/read.js";
import { session, urlOf } from "./sessions.js";

const server = serverUrl();
const database = `statistics_${process.pid}`;
const guest = `statistics_guest_${process.pid}`;

/** Before Postgres 15 what is counted reaches the statistics a moment later. */
const SETTLES = { timeout: 20_000, interval: 250 };

async function observe(user?: string): Promise<Observations> {
	const snapshot = await readDatabase(urlOf(database, user), { source: "prod", path: "prod" });
	expect(snapshot.diagnostics).toEqual([]);
	return snapshot.observations ?? { tables: [], indexes: [] };
}

describe.skipIf(server === undefined)(`statistics of a real server (${SERVER})`, () => {
	let admin: pg.Client;
	beforeAll(async () => {
		admin = await session("postgres");
		await admin.query(`CREATE DATABASE ${database} TEMPLATE template0`);
		await admin.query(`CREATE ROLE ${guest} LOGIN`);
		const db = await session(database);
		await db.query(`CREATE TABLE users (id int PRIMARY KEY, name text, email text UNIQUE, team int);
			CREATE INDEX by_name ON users (name); CREATE INDEX by_team ON users (team);
			INSERT INTO users SELECT g, 'n' || g, 'e' || g, g FROM generate_series(1, 3456) g;
			CREATE TABLE events (id int, at date) PARTITION BY RANGE (at); CREATE INDEX events_at ON events (at);
			CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
			CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
			INSERT INTO events SELECT g, '2020-02-02' FROM generate_series(1, 1000) g;
			INSERT INTO events SELECT g, '2021-02-02' FROM generate_series(1, 2000) g;
			CREATE TABLE identified (id int NOT NULL, other int NOT NULL); CREATE UNIQUE INDEX identified_id ON identified (id);
			CREATE INDEX identified_other ON identified (other); CLUSTER identified USING identified_other;
			CREATE MATERIALIZED VIEW names AS SELECT name FROM users; CREATE INDEX names_name ON names (name);
			CREATE TABLE fresh (id int)`);
		await db.query("ANALYZE users; ANALYZE events_1; ANALYZE events_2; ANALYZE names");
		await db.query("SET enable_seqscan = off");
		for (let at = 0; at < 7; at++) await db.query("SELECT id FROM users WHERE name = 'n7'");
		await db.query("SELECT id FROM events WHERE at = '2020-02-02'");
		await db.end();
	});
	afterAll(async () => {
		// Before Postgres 13 there is no WITH (FORCE).
		await admin?.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
			database,
		]);
		await admin?.query(`DROP DATABASE IF EXISTS ${database}`);
		await admin?.query(`DROP ROLE IF EXISTS ${guest}`);
		await admin?.end();
	});

	it("are rows and scans by table; partitions count for the whole", async () => {
		const { tables } = await observe();
		expect(tables.map(({ table, rows }) => [table, rows])).toEqual([
			["public.events", 3000],
			["public.events_1", 1000],
			["public.events_2", 2000],
			["public.fresh", null],
			["public.identified", null],
			["public.names", 3500],
			["public.users", 3500],
		]);
		const scansOfUsers = async () =>
			(await observe()).tables.find(({ table }) => table === "public.users")?.scans;
		await expect.poll(scansOfUsers, SETTLES).toBeGreaterThanOrEqual(7);
	});

	it("are uses of indexes that only make queries faster", async () => {
		const uses = async () => (await observe()).indexes.map(({ table, name, scans }) => [table, name, scans]);
		await expect.poll(uses, SETTLES).toEqual([
			["public.events", "events_at", 1],
			["public.names", "names_name", 0],
			["public.users", "by_name", 7],
			["public.users", "by_team", 0],
		]);
		const { indexes } = await observe();
		for (const { bytes } of indexes) expect(bytes).toBeGreaterThan(8_000);
	});

	it("need no right on any table", async () => {
		expect(await observe(guest)).toEqual(await observe());
	});

	it("begin anew with a reset", async () => {
		const db = await session(database);
		await db.query("SELECT pg_stat_reset()");
		await db.end();
		await expect
			.poll(async () => (await observe()).indexes.every(({ scans }) => scans === 0), SETTLES)
			.toBe(true);
		const { statistics } = await observe();
		expect(statistics).toMatchObject({ standby: false, since: statistics?.until });
	});

	it("that a role may not see are told as unseen, and the others are seen", async () => {
		const db = await session(database);
		await db.query("REVOKE SELECT ON pg_catalog.pg_stat_database FROM public");
		const { statistics, tables, unseen } = await observe(guest);
		await db.query("GRANT SELECT ON pg_catalog.pg_stat_database TO public");
		await db.end();
		expect(statistics).toBeUndefined();
		expect(unseen).toEqual([{ what: "since when statistics are counted", why: "this role may not read it" }]);
		expect(tables.find(({ table }) => table === "public.users")?.rows).toBe(3500);
	});
});
