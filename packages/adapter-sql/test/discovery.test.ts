import type { DiscoveryResult, Snapshot } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { sqlAdapter } from "../src/index.js";

const TABLE = "CREATE TABLE a (id int);";

async function discover(
	contents: Readonly<Record<string, string>>,
	explicit?: string,
): Promise<DiscoveryResult> {
	const project = await temporaryProject(contents);
	try {
		const matched: string[] = [];
		for (const path of project.files.paths()) {
			const text = await project.files.read(path);
			if (
				sqlAdapter.interests.some(
					(one) => one.path.test(path) && one.markers?.some((marker) => text.includes(marker)),
				)
			)
				matched.push(path);
		}
		const named = explicit === undefined ? {} : { explicit: { path: explicit, options: {} } };
		return await sqlAdapter.discover({ files: project.files, matched, ...named });
	} finally {
		await project.remove();
	}
}

async function readFirst(contents: Readonly<Record<string, string>>): Promise<Snapshot> {
	const project = await temporaryProject(contents);
	try {
		const { sources } = await sqlAdapter.discover({
			files: project.files,
			matched: project.files.paths().filter((path) => path.endsWith(".sql")),
		});
		const [source] = sources;
		if (!source) throw new Error("no source");
		return await sqlAdapter.read(source, { files: project.files });
	} finally {
		await project.remove();
	}
}

/** The sources as `path label: files`. */
function listed({ sources }: DiscoveryResult): string[] {
	return sources.map(
		({ path, label, files }) =>
			`${path} [${label}] ${files.map((file) => file.slice(path === "." ? 0 : path.length + 1)).join(" ")}`,
	);
}

describe("migration folders run in their tool's order", () => {
	it("Prisma's, with a flat file that never runs", async () => {
		const contents = {
			"prisma/migrations/20240101000000_init/migration.sql": TABLE,
			"prisma/migrations/20240201000000_b/migration.sql": "ALTER TABLE a ADD COLUMN b int;",
			"prisma/migrations/flat.sql": "ALTER TABLE a ADD COLUMN c int;",
			"prisma/migrations/migration_lock.toml": 'provider = "postgresql"\n',
		};
		expect(listed(await discover(contents))).toEqual([
			"prisma/migrations [Prisma migrations] 20240101000000_init/migration.sql 20240201000000_b/migration.sql",
		]);
		const snapshot = await readFirst(contents);
		expect(snapshot.diagnostics).toMatchObject([
			{ code: "migration-never-runs", severity: "high", at: { file: "prisma/migrations/flat.sql" } },
		]);
		expect(snapshot.entities.map(({ address }) => address)).not.toContain("column:public.a.c");
	});

	it("Prisma's by their names as text, which nothing makes duplicates of", async () => {
		const contents = {
			"prisma/migrations/20250625_b/migration.sql": "ALTER TABLE a ADD COLUMN b int;",
			"prisma/migrations/20250625_a/migration.sql": "ALTER TABLE a ADD COLUMN c int;",
			"prisma/migrations/20250409154352_a/migration.sql": TABLE,
		};
		expect(listed(await discover(contents))[0]).toMatch(/20250409154352_a\S+ 20250625_a\S+ 20250625_b/);
		expect((await readFirst(contents)).diagnostics).toEqual([]);
	});

	it("Prisma's without any folder: nothing runs, and nothing is claimed", async () => {
		const snapshot = await readFirst({ "prisma/migrations/a.sql": TABLE });
		expect(snapshot.diagnostics).toMatchObject([{ code: "migration-never-runs" }]);
		expect(snapshot.entities).toEqual([]);
		expect(snapshot.gaps).toMatchObject([{ under: "*" }]);
	});

	it("Prisma's for another provider are skipped", async () => {
		const result = await discover({
			"p/20240101_a/migration.sql": TABLE,
			"p/migration_lock.toml": 'provider = "mysql"',
		});
		expect(result.sources).toEqual([]);
		expect(result.skipped[0]?.why).toContain("mysql");
	});

	it("Drizzle's journal decides, not the numbers", async () => {
		const journal = {
			dialect: "postgresql",
			entries: [
				{ idx: 1, tag: "0000_b" },
				{ idx: 0, tag: "0001_a" },
			],
		};
		const contents = {
			"drizzle/meta/_journal.json": JSON.stringify(journal),
			"drizzle/0000_b.sql": "ALTER TABLE a ADD COLUMN x int;",
			"drizzle/0001_a.sql": TABLE,
			"drizzle/0002_stray.sql": TABLE,
		};
		expect(listed(await discover(contents))).toEqual(["drizzle [Drizzle migrations] 0001_a.sql 0000_b.sql"]);
		expect((await readFirst(contents)).diagnostics).toMatchObject([{ code: "migration-never-runs" }]);
	});

	it("Drizzle's journal that lists none of the files is a relic", async () => {
		const journal = { dialect: "postgresql", entries: [{ idx: 0, tag: "0000_gone" }] };
		expect(
			listed(
				await discover({
					"migrations/meta/_journal.json": JSON.stringify(journal),
					"migrations/0001_a.sql": TABLE,
					"migrations/0002_b.sql": "ALTER TABLE a ADD COLUMN b int;",
				}),
			),
		).toEqual(["migrations [SQL migrations] 0001_a.sql 0002_b.sql"]);
	});

	it("files that never run are one finding; those of data only are passed over", async () => {
		const contents = {
			"drizzle/meta/_journal.json": JSON.stringify({ entries: [{ idx: 0, tag: "0000_a" }] }),
			"drizzle/0000_a.sql": TABLE,
			"drizzle/0001_b.sql": "ALTER TABLE a ADD COLUMN b int;",
			"drizzle/0002_c.sql": "ALTER TABLE a ADD COLUMN c int;",
			"drizzle/0003_fill.sql": "UPDATE a SET id = 1;",
		};
		const { diagnostics } = await readFirst(contents);
		expect(diagnostics).toMatchObject([{ code: "migration-never-runs", at: { file: "drizzle/0001_b.sql" } }]);
		expect(diagnostics[0]?.related).toMatchObject([{ at: { file: "drizzle/0002_c.sql" } }]);
		expect((await discover(contents)).skipped).toMatchObject([{ path: "drizzle/0003_fill.sql" }]);
	});

	it("Flyway's versions as numbers, then R; U is left out, B replaces", async () => {
		expect(
			listed(
				await discover({
					"db/V1__a.sql": TABLE,
					"db/V10__c.sql": TABLE,
					"db/V2__b.sql": TABLE,
					"db/V2.1__b.sql": TABLE,
					"db/R__v.sql": "CREATE VIEW v AS SELECT 1;",
					"db/U2__b.sql": "DROP TABLE a;",
				}),
			),
		).toEqual(["db [Flyway migrations] V1__a.sql V2__b.sql V2.1__b.sql V10__c.sql R__v.sql"]);
		expect(
			listed(await discover({ "db/V1__a.sql": TABLE, "db/B2__base.sql": TABLE, "db/V3__c.sql": TABLE })),
		).toEqual(["db [Flyway migrations] B2__base.sql V3__c.sql"]);
	});

	it("not scripts whose tables are results of queries", async () => {
		const results =
			"CREATE TABLE totals AS SELECT 1 AS n;\nCREATE TABLE IF NOT EXISTS parts WITH (fillfactor = 70) AS (TABLE totals);";
		const { sources, skipped } = await discover({
			"etl/results.sql": results,
			"db/mixed.sql": `${results}\n${TABLE}`,
			"db/typed.sql": "CREATE TABLE typed (id int);",
		});
		expect(sources.map(({ path }) => path)).toEqual(["db/mixed.sql", "db/typed.sql"]);
		expect(skipped).toMatchObject([
			{ path: "etl/results.sql", why: expect.stringContaining("CREATE TABLE AS") },
		]);
	});

	it("up and down files, in either naming", async () => {
		expect(
			listed(
				await discover({
					"m/1_a.up.sql": TABLE,
					"m/1_a.down.sql": "DROP TABLE a;",
					"m/2_b.up.sql": "ALTER TABLE a ADD b int;",
				}),
			),
		).toEqual(["m [SQL migrations (up and down)] 1_a.up.sql 2_b.up.sql"]);
		expect(
			listed(
				await discover({
					"m/2020-01-01-0_a/up.sql": TABLE,
					"m/2020-01-01-0_a/down.sql": "DROP TABLE a;",
					"m/2020-01-02-0_b/up.sql": TABLE,
				}),
			)[0],
		).toContain("2020-01-01-0_a/up.sql 2020-01-02-0_b/up.sql");
	});

	it("goose's and dbmate's sections: down does not run", async () => {
		for (const [up, down] of [
			["-- +goose Up", "-- +goose Down"],
			["-- migrate:up", "-- migrate:down"],
			["-- Up Migration", "-- Down Migration"],
		]) {
			const snapshot = await readFirst({
				"migrations/001_a.sql": `${up}\n${TABLE}\n${down}\nDROP TABLE a;\n`,
			});
			expect(snapshot.entities.map(({ address }) => address)).toContain("table:public.a");
		}
	});

	it("plain numbers as numbers, dates, and rollbacks left out", async () => {
		const result = await discover({
			"sql/1-a.sql": TABLE,
			"sql/2-b.sql": "ALTER TABLE a ADD b int;",
			"sql/10-c.sql": "ALTER TABLE a ADD c int;",
			"sql/2-b_rollback.sql": "ALTER TABLE a DROP b;",
		});
		expect(listed(result)).toEqual(["sql [SQL migrations] 1-a.sql 2-b.sql 10-c.sql"]);
		expect(result.skipped).toMatchObject([{ path: "sql/2-b_rollback.sql" }]);
		expect(
			listed(
				await discover({
					"supabase/migrations/20240101_a.sql": TABLE,
					"supabase/migrations/20240102_b.sql": TABLE,
				}),
			)[0],
		).toContain("[Supabase migrations]");
	});

	it("dates and times however they are written", async () => {
		expect(
			listed(
				await discover({
					"m/2017-10-08-193512_b/up.sql": TABLE,
					"m/20170305095748_a/up.sql": TABLE,
					"m/2017-10-09-000000_c/up.sql": TABLE,
				}),
			)[0],
		).toMatch(/_a\S+ \S+_b\S+ \S+_c/);
	});

	it("the variants for Postgres only, where there are some for several databases", async () => {
		const result = await discover({
			"m/1_a.up.sql": TABLE,
			"m/1_a.mysql.up.sql": TABLE,
			"m/2_b.postgres.up.sql": "ALTER TABLE a ADD COLUMN b int;",
			"m/2_b.sqlite3.up.sql": "ALTER TABLE a ADD COLUMN b int;",
			"m/2_b.up.sql": "ALTER TABLE a ADD COLUMN b int;",
			"sqlite/1_a.sql": TABLE,
			"sqlite/2_b.sql": TABLE,
		});
		expect(listed(result)).toEqual(["m [SQL migrations (up and down)] 1_a.up.sql 2_b.postgres.up.sql"]);
		expect(result.skipped.map(({ path }) => path)).toEqual([
			"m/1_a.mysql.up.sql",
			"m/2_b.sqlite3.up.sql",
			"m/2_b.up.sql",
			"sqlite/1_a.sql",
			"sqlite/2_b.sql",
		]);
	});

	it("folders named by versions, in the order of these", async () => {
		expect(
			listed(
				await discover({
					"m/postgres/0.9/b.sql": TABLE,
					"m/postgres/0.10/02__c.sql": "ALTER TABLE a ADD COLUMN b int;",
					"m/postgres/0.10/01__d.sql": "ALTER TABLE a ADD COLUMN c int;",
					"m/mysql/0.9/b.sql": TABLE,
					"m/postgres/LATEST.sql": TABLE,
				}),
			),
		).toEqual([
			"m/postgres [SQL migrations (a folder per version)] 0.9/b.sql 0.10/01__d.sql 0.10/02__c.sql",
			"m/postgres/LATEST.sql [SQL schema file] ",
		]);
	});

	it("numbers in a folder of schema files make no migrations", async () => {
		const contents = { "schema/v1-a.sql": TABLE, "schema/v1-b.sql": "CREATE TABLE b (id int);" };
		expect(listed(await discover(contents))).toEqual(["schema [SQL schema files] v1-a.sql v1-b.sql"]);
		expect((await readFirst(contents)).diagnostics).toEqual([]);
	});

	it("a number that two have is reported", async () => {
		const snapshot = await readFirst({
			"migrations/001_a.sql": TABLE,
			"migrations/001_b.sql": "CREATE TABLE b (id int);",
		});
		expect(snapshot.diagnostics).toMatchObject([{ code: "duplicate-migration-number", severity: "low" }]);
	});

	it("without numbers they are ordered by what they need of each other", async () => {
		expect(
			listed(
				await discover({
					"schema/a_posts.sql": "CREATE TABLE posts (u int REFERENCES users (id));",
					"schema/z_users.sql": "CREATE TABLE users (id int PRIMARY KEY);",
				}),
			),
		).toEqual(["schema [SQL schema files] z_users.sql a_posts.sql"]);
		expect(listed(await discover({ "x/a.sql": TABLE, "x/b.sql": TABLE }))).toHaveLength(2);
	});
});

describe("single files", () => {
	it("are schema files, dumps with their role, and create-table scripts", async () => {
		const dump = `--\n-- PostgreSQL database dump\n--\n${TABLE}`;
		const { sources } = await discover({
			"db/schema.sql": TABLE,
			"dumps/prod.sql": dump,
			"dump.sql": dump,
			"scripts/create_x.sql": TABLE,
		});
		expect(sources.map(({ path, label, role }) => [path, label, role])).toEqual([
			["db/schema.sql", "SQL schema file", "definition"],
			["dump.sql", "pg_dump output", "definition"],
			["dumps/prod.sql", "pg_dump output", "database"],
			["scripts/create_x.sql", "create-table script", "definition"],
		]);
	});

	it("that define no schema are skipped with the reason", async () => {
		const { sources, skipped } = await discover({
			"seed.sql": "INSERT INTO a VALUES (1);",
			"check_users.sql": "-- CREATE TABLE\nSELECT 1;",
			"comment.sql": "/* CREATE TABLE a (id int); */",
			"fix_names.sql": "ALTER TABLE a ADD b int;",
			"naming.sql":
				'CREATE SCHEMA IF NOT EXISTS "public";\nALTER TABLE "public"."a" DROP COLUMN "b", ADD "c" int;',
			"rollback_a.sql": "DROP TABLE a; CREATE TABLE b (id int);",
			"tests/fixtures/t.sql": TABLE,
			"node_modules/x/t.sql": TABLE,
		});
		expect(sources).toEqual([]);
		expect(skipped.map(({ path, why }) => `${path}: ${why}`)).toEqual([
			expect.stringContaining("check_users.sql: an ad-hoc script"),
			expect.stringContaining("comment.sql: empty"),
			expect.stringContaining("fix_names.sql: an ad-hoc script"),
			expect.stringContaining("naming.sql: changes tables but creates none"),
			expect.stringContaining("node_modules/x/t.sql: lies among"),
			expect.stringContaining("rollback_a.sql: takes changes back"),
			expect.stringContaining("seed.sql: defines no schema"),
			expect.stringContaining("tests/fixtures/t.sql: lies among"),
		]);
	});

	it("are passed over in one line for many of a folder", async () => {
		const names = ["a", "b", "c", "d"].map((name) => [`x/tests/${name}.sql`, TABLE]);
		const { skipped } = await discover({ ...Object.fromEntries(names), "y/tests/e.sql": TABLE });
		expect(skipped.map(({ path, why }) => `${path}: ${why}`)).toEqual([
			"x/tests: 4 files: lies among tests, examples or foreign code",
			"y/tests/e.sql: lies among tests, examples or foreign code",
		]);
	});

	it("of functions and views alone are one source of their folder", async () => {
		expect(
			listed(
				await discover({
					"db/b.sql": "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;",
					"db/a.sql": "CREATE VIEW v AS SELECT 1;",
					"db/t.sql": TABLE,
				}),
			),
		).toEqual(["db [SQL functions and views] a.sql b.sql", "db/t.sql [SQL schema file] "]);
	});

	it("of a crate or folder for another database, and queries for a compiler, are skipped", async () => {
		const { sources, skipped } = await discover({
			"client/Cargo.toml": '[dependencies]\nsqlx = { features = ["sqlite"] }\n',
			"client/migrations/1_a.sql": TABLE,
			"client/migrations/2_b.sql": TABLE,
			"server-sqlite/schema/v1/a.sql": TABLE,
			"queries/users.sql": `${TABLE}\n-- name: GetA :one\nSELECT * FROM a;`,
		});
		expect(sources).toEqual([]);
		expect(skipped.map(({ path, why }) => `${path}: ${why}`)).toEqual([
			"client/migrations: migrations: for SQLite, says client/Cargo.toml",
			expect.stringContaining("queries/users.sql: queries for a compiler"),
			"server-sqlite/schema/v1/a.sql: for sqlite, by its name",
		]);
	});

	it("that stand in for Postgres's own views are no schema", async () => {
		const { skipped } = await discover({
			"sql/stubs.sql": "CREATE VIEW pg_stat_user_tables AS SELECT NULL::oid AS relid;",
		});
		expect(skipped).toMatchObject([
			{ path: "sql/stubs.sql", why: expect.stringContaining("Postgres itself") },
		]);
	});

	it("laid aside by their folder's name count only where nothing lies beside it", async () => {
		const old = { "db/legacy/1_a.sql": TABLE, "db/legacy/2_b.sql": TABLE };
		expect((await discover(old)).sources).toHaveLength(1);
		const both = await discover({ ...old, "db/sql/1_a.sql": TABLE, "db/sql/2_b.sql": TABLE });
		expect(both.sources.map(({ path }) => path)).toEqual(["db/sql"]);
		expect(both.skipped).toMatchObject([{ path: "db/legacy/1_a.sql" }, { path: "db/legacy/2_b.sql" }]);
	});

	it.each([
		["MySQL", "CREATE TABLE `a` (`id` int NOT NULL AUTO_INCREMENT) ENGINE=InnoDB;"],
		["SQLite", "PRAGMA foreign_keys = ON;\nCREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);"],
		["SQLite", "CREATE TABLE kv (v TEXT NOT NULL, at INTEGER DEFAULT (strftime('%s', 'now')));"],
		["SQL Server", "CREATE TABLE [dbo].[a] ([id] INT IDENTITY(1,1), n NVARCHAR(MAX))\nGO\n"],
		["ClickHouse", "CREATE TABLE a (id UInt64) ENGINE = MergeTree() ORDER BY id;"],
		["Cassandra", "CREATE KEYSPACE k WITH replication = {};\nCREATE TABLE a (id uuid PRIMARY KEY);"],
		["Snowflake", "CREATE OR REPLACE TABLE a (v VARIANT, id INT);"],
		["BigQuery", "CREATE TABLE `p.d.a` (id INT64, s STRUCT<x INT64>);"],
	])("for %s are skipped as such", async (dialect, sql) => {
		const { sources, skipped } = await discover({ "schema.sql": sql });
		expect(sources).toEqual([]);
		expect(skipped[0]?.why).toContain(dialect);
	});

	it("that the user names are sources whatever they look like", async () => {
		expect(
			listed(await discover({ "tests/seed.sql": "INSERT INTO a VALUES (1);" }, "tests/seed.sql")),
		).toHaveLength(1);
		expect(
			listed(
				await discover(
					{ "tests/m/2.sql": TABLE, "tests/m/10.sql": TABLE, "tests/m/1.sql": TABLE },
					"tests/m",
				),
			),
		).toEqual(["tests/m [SQL migrations] 1.sql 2.sql 10.sql"]);
	});
});

describe("SQL that an Alembic environment runs first", () => {
	const files = {
		"db/alembic/env.py":
			'from alembic import context\nSQL = open(os.path.join(HERE, "base", "schema.sql")).read()\n',
		"db/alembic/base/schema.sql": TABLE,
		"db/alembic/base/other.sql": TABLE,
	};

	it("is passed over with the reason; what env.py does not name is a source", async () => {
		const { sources, skipped } = await discover(files);
		expect(sources.map(({ path }) => path)).toEqual(["db/alembic/base/other.sql"]);
		expect(skipped).toMatchObject([
			{ path: "db/alembic/base/schema.sql", why: expect.stringContaining("runs it before the revisions") },
		]);
	});
});
