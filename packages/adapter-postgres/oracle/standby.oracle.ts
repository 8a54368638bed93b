/** A hot standby: the catalog reads there as on the primary, until the replay needs what the reading holds. */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SERVER, serverUrl } from "../../adapter-sql/oracle/engines.js";
import { fetchCatalog } from "../src/catalog/fetch.js";
import { Connection } from "../src/connection/connection.js";
import { parseTarget } from "../src/connection/target.js";
import { readDatabase } from "../src/read.js";

const server = serverUrl();
const database = `standing_${process.pid}`;
const LIMITS = { connect: 5_000, statement: 20_000, lock: 200 };
const script = join(import.meta.dirname, "standby.sh");

describe.skipIf(server === undefined)(`a hot standby of a real server (${SERVER})`, () => {
	let admin: pg.Client;
	let db: pg.Client;
	let folder: string;
	const primary = () => {
		const url = new URL(server ?? "");
		url.pathname = `/${database}`;
		return url.href;
	};
	const standby = () => `postgresql://postgres@localhost/${database}?host=${folder}`;
	const read = (url: string) => readDatabase(url, { source: "prod", path: "prod" }, LIMITS);

	beforeAll(async () => {
		admin = new pg.Client({ connectionString: server });
		await admin.connect();
		await admin.query(`CREATE DATABASE ${database} TEMPLATE template0`);
		db = new pg.Client({ connectionString: primary() });
		await db.connect();
		await db.query(`CREATE TABLE t (id serial PRIMARY KEY, at timestamptz DEFAULT now(), CHECK (id > 0));
			CREATE VIEW v AS SELECT id FROM t; CREATE TABLE passing (id int)`);
		folder = mkdtempSync(join(tmpdir(), "standby."));
		const [host] = parseTarget(server ?? "").hosts;
		execFileSync("bash", [script, "start", folder, host?.host ?? "", String(host?.port)]);
	});
	afterAll(async () => {
		await db?.end();
		if (folder) execFileSync("bash", [script, "stop", folder]);
		await admin?.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
		await admin?.end();
	});

	it("gives what the primary gives", async () => {
		const expected = await read(primary());
		const found = await read(standby());
		expect(found.diagnostics).toEqual([]);
		expect(found.entities.length).toBeGreaterThan(5);
		expect({ ...found, observations: undefined }).toEqual({ ...expected, observations: undefined });
	});

	it("says why it was cancelled when the replay needs what it holds", async () => {
		const connection = await Connection.open(parseTarget(standby()), LIMITS);
		const seen = new pg.Client({ connectionString: standby() });
		await seen.connect();
		const reading = fetchCatalog(
			{
				run: (sql) => connection.run(sql),
				stream: async (sql, takers) => {
					// The snapshot is taken; what it may still see goes away on the primary.
					await db.query("DROP TABLE passing");
					await db.query("VACUUM pg_class, pg_attribute");
					// Its commit sends on what the vacuum has written.
					await db.query("CREATE TABLE later (id int)");
					await replayed(db, seen);
					return connection.stream(sql, takers);
				},
				problem: (error) => connection.problem(error),
			},
			LIMITS,
		);
		await expect(reading).rejects.toMatchObject({
			message: expect.stringContaining("cancelled the reading"),
			code: "40001",
		});
		await seen.end();
		await connection.close();
		expect((await read(standby())).diagnostics).toEqual([]);
	});
});

/** Waits until the standby has replayed all that the primary has written. */
async function replayed(primary: pg.Client, standby: pg.Client): Promise<void> {
	const { rows } = await primary.query<{ at: string }>("SELECT pg_current_wal_flush_lsn() AS at");
	for (;;) {
		const { rows: found } = await standby.query<{ done: boolean }>(
			"SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS done",
			[rows[0]?.at],
		);
		if (found[0]?.done) return;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
