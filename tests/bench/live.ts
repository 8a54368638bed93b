/**
 * `tsx --conditions=source tests/bench/live.ts [tables …]`: reads live databases of 1,000 and 10,000 tables, and prints the time beside that of
 * `pg_dump --schema-only` over the same socket in the same run. ORACLE_POSTGRES_URL names the server
 * (packages/adapter-sql/oracle/postgres.sh start <folder>); pg_dump locks every table: for 10,000 of them the server needs
 * max_locks_per_transaction=512.
 */
import { spawnSync } from "node:child_process";
import { readDatabase } from "../../packages/adapter-postgres/src/read.js";
import { type Engine, openServer } from "../../packages/adapter-sql/oracle/engines.js";

const RUNS = 5;
/** Tables that one transaction creates: each is a lock. */
const CHUNK = 250;

const server = process.env.ORACLE_POSTGRES_URL ?? "";
if (server === "") throw new Error("ORACLE_POSTGRES_URL names no server");
const sizes = process.argv.slice(2).map(Number);

console.log(`Node ${process.version}, median of ${RUNS} runs; pg_dump writes to /dev/null\n`);
console.log("tables   entities  read s  ms per table  pg_dump s  ratio");
for (const size of sizes.length > 0 ? sizes : [1000, 10_000]) await benchmark(size);

async function benchmark(size: number): Promise<void> {
	const engine = await openServer(server);
	try {
		await engine.reset();
		await fill(engine, size);
		const [row] = await engine.query("SELECT current_database()::text AS name");
		const url = new URL(server);
		url.pathname = `/${row && typeof row === "object" && "name" in row ? String(row.name) : ""}`;
		const entities: number[] = [];
		const read = await median(async () => {
			const snapshot = await readDatabase(url.href, { source: "bench", path: "bench" });
			if (snapshot.diagnostics[0]) throw new Error(snapshot.diagnostics[0].message);
			entities.push(snapshot.entities.length);
		});
		const dump = await median(async () => {
			const { status, stderr } = spawnSync("pg_dump", ["--schema-only", "--file=/dev/null", url.href]);
			if (status !== 0) throw new Error(stderr.toString());
		});
		const columns = [
			String(size).padEnd(8),
			String(entities[0]).padEnd(9),
			read.toFixed(2).padEnd(7),
			((read * 1000) / size).toFixed(2).padEnd(13),
			dump.toFixed(2).padEnd(10),
			(dump / read).toFixed(2),
		];
		console.log(columns.join(" "));
	} finally {
		await engine.close();
	}
}

/** Tables as programs have them: identity, defaults, a check, a foreign key, a unique constraint, a partial index on an expression. */
async function fill(engine: Engine, size: number): Promise<void> {
	await engine.exec("CREATE TYPE mood AS ENUM ('sad', 'ok')");
	for (let from = 0; from < size; from += CHUNK) {
		await engine.exec(`DO $$ BEGIN FOR i IN ${from}..${Math.min(from + CHUNK, size) - 1} LOOP EXECUTE format('
			CREATE TABLE t%s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL DEFAULT ''x'',
				code varchar(100), price numeric(10,2) CHECK (price > 0), mood mood DEFAULT ''ok'', parent bigint REFERENCES t0,
				data jsonb DEFAULT ''{}'', created_at timestamptz NOT NULL DEFAULT now(), flag bool DEFAULT false, UNIQUE (name, code));
			CREATE INDEX ON t%s (created_at DESC, lower(name)) WHERE flag', i, i); END LOOP; END $$`);
	}
	await engine.exec("VACUUM ANALYZE");
}

/** Seconds; the first run only warms up. */
async function median(run: () => Promise<void>): Promise<number> {
	const times: number[] = [];
	for (let at = 0; at <= RUNS; at++) {
		const start = performance.now();
		await run();
		if (at > 0) times.push((performance.now() - start) / 1000);
	}
	return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
}
