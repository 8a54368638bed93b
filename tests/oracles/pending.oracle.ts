/** Live databases that are behind their migrations, by the logs that the tools keep: only what differs beyond those is drift. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Finding, reportSchema } from "@schemalign/core";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { openServer, SERVER, serverUrl } from "../../packages/adapter-sql/oracle/engines.js";
import { run } from "../../packages/cli/src/run.js";

const server = serverUrl();
const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
	for (const step of cleanUp.splice(0).reverse()) await step();
});

function repository(files: Readonly<Record<string, string>>): string {
	const root = mkdtempSync(join(tmpdir(), "schemalign-pending-"));
	cleanUp.push(() => rmSync(root, { recursive: true }));
	write(root, files);
	return root;
}

function write(root: string, files: Readonly<Record<string, string>>): void {
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
}

/** An empty database; its URL. */
async function empty(): Promise<string> {
	const engine = await openServer(server ?? "");
	cleanUp.push(() => engine.close());
	await engine.reset();
	const [row] = await engine.query("SELECT current_database()::text AS name");
	const url = new URL(server ?? "");
	url.pathname = `/${row && typeof row === "object" && "name" in row ? String(row.name) : ""}`;
	return url.href;
}

async function execute(url: string, ...statements: string[]): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	for (const statement of statements) await client.query(statement);
	await client.end();
}

async function findings(root: string, url: string): Promise<Finding[]> {
	const printed: string[] = [];
	await run(["check", root, "--format", "json", "--db", `prod=${url}`], {
		stdout: { write: (text) => printed.push(text) },
		stderr: { write: () => {} },
		env: {},
		cwd: root,
		isTTY: false,
	});
	const report = reportSchema.parse(JSON.parse(printed.join("")));
	return report.findings.filter(({ severity }) => severity !== "info");
}

const told = (all: readonly Finding[]): string[] => all.map(({ code, message }) => `${code}: ${message}`);

describe.skipIf(server === undefined)(`databases behind their migrations (${SERVER})`, () => {
	it("Drizzle, by its own migrator", async () => {
		const entry = (idx: number, tag: string) => ({ idx, version: "7", when: 1_700_000_000_000 + idx, tag });
		const journal = (...tags: string[]) =>
			JSON.stringify({ version: "7", dialect: "postgresql", entries: tags.map((tag, at) => entry(at, tag)) });
		const root = repository({
			"drizzle/meta/_journal.json": journal("0000_init"),
			"drizzle/0000_init.sql": "CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL);",
		});
		const url = await empty();
		const pool = new pg.Pool({ connectionString: url });
		await migrate(drizzle(pool), { migrationsFolder: join(root, "drizzle") });
		await pool.end();
		write(root, {
			"drizzle/meta/_journal.json": journal("0000_init", "0001_next"),
			"drizzle/0001_next.sql":
				"ALTER TABLE users RENAME COLUMN email TO mail;\n--> statement-breakpoint\nCREATE TABLE posts (id bigint PRIMARY KEY);",
		});
		const [pending, ...more] = await findings(root, url);
		expect(told(more)).toEqual([]);
		expect(pending?.message).toBe("prod has not run 1 of 2 migrations of drizzle: 0001_next.sql");
		expect(pending?.why).toContain("create column users.mail and table posts and drop column users.email");

		await execute(url, "ALTER TABLE users ALTER COLUMN id TYPE bigint");
		expect(told(await findings(root, url)).sort()).toEqual([
			expect.stringMatching(/^migration-pending: /),
			"type-mismatch: users.id is bigint in prod, integer in drizzle",
		]);
	});

	it("Alembic, along its branches", async () => {
		const revision = (id: string, down: string, sql: string) =>
			`from alembic import op\nrevision = "${id}"\ndown_revision = ${down}\n\ndef upgrade():\n    op.execute("${sql}")\n`;
		const root = repository({
			"alembic/env.py": "",
			"alembic/versions/zz_first.py": revision("a1", "None", "CREATE TABLE users (id int PRIMARY KEY)"),
			"alembic/versions/yy_second.py": revision("b2", "'a1'", "ALTER TABLE users ADD COLUMN name text"),
			"alembic/versions/xx_third.py": revision("c3", "'b2'", "CREATE TABLE posts (id int PRIMARY KEY)"),
		});
		const url = await empty();
		await execute(
			url,
			"CREATE TABLE users (id int PRIMARY KEY)",
			"CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
			"INSERT INTO alembic_version VALUES ('a1')",
		);
		const [pending, ...more] = await findings(root, url);
		expect(told(more)).toEqual([]);
		expect(pending?.message).toBe(
			"prod has not run 2 of 3 migrations of alembic/versions: yy_second.py and xx_third.py",
		);
		expect(pending?.why).toContain("create column users.name and table posts");
	});

	it("Prisma, that has run nothing yet", async () => {
		const root = repository({
			"prisma/migrations/migration_lock.toml": 'provider = "postgresql"',
			"prisma/migrations/20260101000000_init/migration.sql":
				'CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);',
		});
		const url = await empty();
		await execute(
			url,
			`CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
				migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
				applied_steps_count integer NOT NULL DEFAULT 0)`,
		);
		expect(told(await findings(root, url))).toEqual([
			"migration-pending: prod has not run 1 of 1 migration of prisma/migrations: 20260101000000_init",
		]);
	});
});
