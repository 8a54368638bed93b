/** PgBouncer between us and the server: sessions are not ours, and not all of the protocol passes. */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SERVER, serverUrl } from "../../adapter-sql/oracle/engines.js";
import { parseTarget } from "../src/connection/target.js";
import { readDatabase } from "../src/read.js";

const server = serverUrl();
const database = `pooled_${process.pid}`;
const LIMITS = { connect: 5_000, statement: 20_000, lock: 200 };
const script = join(import.meta.dirname, "pooler.sh");

function startPooler(mode: "transaction" | "statement"): string {
	const folder = mkdtempSync(join(tmpdir(), "pooler."));
	const [host] = parseTarget(server ?? "").hosts;
	execFileSync("bash", [script, "start", folder, host?.host ?? "", String(host?.port), mode]);
	return folder;
}

describe.skipIf(server === undefined)(`PgBouncer before a real server (${SERVER})`, () => {
	let admin: pg.Client;
	let pooler: string;
	beforeAll(async () => {
		admin = new pg.Client({ connectionString: server });
		await admin.connect();
		await admin.query(`CREATE DATABASE ${database} TEMPLATE template0`);
		pooler = startPooler("transaction");
		const client = new pg.Client({ connectionString: direct() });
		await client.connect();
		await client.query(`CREATE TABLE t (id serial PRIMARY KEY, at timestamptz DEFAULT '2020-01-01', CHECK (id > 0));
			CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('ab12');
			CREATE VIEW v AS SELECT id FROM t`);
		await client.end();
	});
	afterAll(async () => {
		if (pooler) execFileSync("bash", [script, "stop", pooler]);
		await admin?.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
		await admin?.end();
	});

	const direct = () => {
		const url = new URL(server ?? "");
		url.pathname = `/${database}`;
		return url.href;
	};
	const pooled = (folder = pooler, name = database) =>
		`postgresql://postgres@localhost:6432/${name}?host=${folder}`;
	const read = (url: string) => readDatabase(url, { source: "prod", path: "prod" }, LIMITS);

	it("gives what the server itself gives", async () => {
		const expected = await read(direct());
		const found = await read(pooled());
		expect(found.diagnostics).toEqual([]);
		expect(found.entities.length).toBeGreaterThan(5);
		expect({ ...found, observations: undefined }).toEqual({ ...expected, observations: undefined });
		expect(found.migrations).toMatchObject([{ tool: "Alembic", entries: [{ name: "ab12" }] }]);
	});

	it("leaves nothing behind in the session that the next client gets", async () => {
		const client = new pg.Client({ connectionString: pooled() });
		await client.connect();
		const settings = async () =>
			(
				await client.query(
					"SELECT pg_backend_pid(), name, setting FROM pg_settings WHERE source = 'session' ORDER BY name",
				)
			).rows;
		const before = await settings();
		expect((await read(pooled())).diagnostics).toEqual([]);
		expect(await settings()).toEqual(before);
		const { rows } = await client.query("SELECT count(*)::int AS prepared FROM pg_prepared_statements");
		expect(rows).toEqual([{ prepared: 0 }]);
		await client.end();
	});

	it("does without startup options that the pooler turns down", async () => {
		const found = await read(`${pooled()}&options=-c%20statement_timeout%3D60000`);
		expect(found.diagnostics).toEqual([]);
		expect(found.entities.length).toBeGreaterThan(5);
	});

	it("is read by several at a time, though the pool has one session", async () => {
		const all = await Promise.all([1, 2, 3].map(() => read(pooled())));
		expect(all.map(({ diagnostics, entities }) => [diagnostics.length, entities.length])).toEqual(
			all.map(() => [0, all[0]?.entities.length]),
		);
	});

	it("says what is wrong where the database behind it is not there", async () => {
		const snapshot = await read(pooled(pooler, "no_such_database"));
		expect(snapshot.entities).toEqual([]);
		expect(snapshot.diagnostics[0]?.message).toContain('there is no database "no_such_database"');
	});

	it("says that a pool for single statements cannot be read through", async () => {
		const folder = startPooler("statement");
		try {
			const snapshot = await read(pooled(folder));
			expect(snapshot.entities).toEqual([]);
			expect(snapshot.diagnostics[0]?.message).toContain("does not allow transactions");
		} finally {
			execFileSync("bash", [script, "stop", folder]);
		}
	});
});
