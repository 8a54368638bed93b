import type { DiscoveryResult, SourceDescriptor } from "@schemalign/core";
import { type TemporaryProject, temporaryProject } from "@schemalign/testkit";
import { afterEach, describe, expect, it } from "vitest";
import { sqlAdapter } from "../src/index.js";

const A = "CREATE TABLE a (id int);";
const B = "CREATE TABLE b (id int);";
const add = (column: string): string => `ALTER TABLE a ADD COLUMN ${column} int;`;

const open: TemporaryProject[] = [];
afterEach(async () => {
	for (const project of open.splice(0)) await project.remove();
});

interface Seen {
	/** `[label] files` of each source. */
	readonly sources: readonly string[];
	readonly skipped: DiscoveryResult["skipped"];
	/** Columns as `table.column`, in the order in which the first source states them. */
	readonly columns: readonly string[];
	/** `file:line why` */
	readonly gaps: readonly string[];
	/** Codes and messages, with what is related. */
	readonly diagnostics: readonly string[];
	/** What a replay would run of the first source, as `file:line`. */
	readonly runs: readonly string[];
}

/** What the adapter makes of a project, matched as the tool does it. */
async function see(contents: Readonly<Record<string, string>>): Promise<Seen> {
	const project = await temporaryProject(contents);
	open.push(project);
	const { files } = project;
	const matched: string[] = [];
	for (const path of files.paths()) {
		const text = await files.read(path);
		const fits = sqlAdapter.interests.some(
			(one) => one.path.test(path) && one.markers?.some((marker) => text.includes(marker)),
		);
		if (fits) matched.push(path);
	}
	const { sources, skipped } = await sqlAdapter.discover({ files, matched });
	const names = (source: SourceDescriptor): string => `[${source.label}] ${source.files.join(" ")}`;
	const [first] = sources;
	const snapshot = first && (await sqlAdapter.read(first, { files }));
	const runnable = first && (await sqlAdapter.runnable?.(first, { files }));
	return {
		sources: sources.map(names),
		skipped,
		columns: (snapshot?.entities ?? [])
			.filter(({ kind }) => kind === "column")
			.map(({ address }) => address.replace("column:public.", "")),
		gaps: (snapshot?.gaps ?? []).map(({ at, why }) => `${at?.file}:${at?.line} ${why}`),
		diagnostics: (snapshot?.diagnostics ?? []).map(({ code, message }) => `${code} ${message}`),
		runs: (runnable?.scripts ?? []).flatMap(({ statements }) =>
			statements.map(({ at }) => `${at.file}:${at.line}`),
		),
	};
}

describe("names and order", () => {
	it("Flyway: numbers with dots and underscores, R by description, U never runs", async () => {
		const seen = await see({
			"db/migration/V1.10__d.sql": add("d"),
			"db/migration/V1_9__c.sql": add("c"),
			"db/migration/V1__a.sql": A,
			"db/migration/U1__a.sql": "DROP TABLE a;",
			"db/migration/more/V2__e.sql": add("e"),
			"db/migration/again/R__z.sql": "CREATE OR REPLACE VIEW z AS SELECT id FROM y;",
			"db/migration/zagain/R__b.sql": "CREATE OR REPLACE VIEW y AS SELECT id FROM a;",
		});
		expect(seen.sources).toEqual([
			`[Flyway migrations] ${["V1__a", "V1_9__c", "V1.10__d", "more/V2__e", "zagain/R__b", "again/R__z"].map((name) => `db/migration/${name}.sql`).join(" ")}`,
		]);
		expect(seen.skipped).toMatchObject([{ path: "db/migration/U1__a.sql" }]);
		expect(seen.columns).toEqual(["a.c", "a.d", "a.e", "a.id"]);
		expect(seen.diagnostics).toEqual([]);
	});

	it("Flyway: folders that use a version twice are sets of their own", async () => {
		const { sources } = await see({
			"migrations/one/V1__a.sql": A,
			"migrations/two/V1__a.sql": B,
		});
		expect(sources).toHaveLength(2);
	});

	it("Flyway: the locations of one run are one set, in the order of their versions", async () => {
		const seen = await see({
			"compose.yaml": `
x-login: &login
  FLYWAY_URL: jdbc:postgresql://db/app
services:
  migrate:
    image: flyway/flyway:10-alpine
    command: migrate
    volumes: ["./db/migrations:/flyway/sql:ro", "./db/baseline:/flyway/start", "./db/test-data:/flyway/test"]
    environment:
      <<: *login
      FLYWAY_LOCATIONS: filesystem:./sql, filesystem:./test, filesystem:./start
`,
			"db/baseline/V1.0__start.sql": A,
			"db/migrations/V1.2__b.sql": add("b"),
			"db/migrations/R__v.sql": "CREATE VIEW v AS SELECT id FROM a;",
			"db/test-data/R__rows.sql": "ALTER TABLE a ADD COLUMN test int;",
		});
		expect(seen.sources).toContain(
			"[Flyway migrations] db/baseline/V1.0__start.sql db/migrations/V1.2__b.sql db/migrations/R__v.sql",
		);
		expect(seen.columns).toEqual(["a.b", "a.id"]);
		expect(seen.diagnostics).toEqual([]);
	});

	it("Flyway: what has no schema is made in the default schema, which Flyway makes", async () => {
		const compose = (environment: string): string => `
services:
  migrate:
    image: registry.example/flyway/flyway
    volumes: [{ type: bind, source: ./sql, target: /flyway/sql }]
    environment: ${environment}
`;
		const scripts = {
			"sql/V1__a.sql": `${A}\nCREATE TABLE IF NOT EXISTS "B" (id int);`,
			"sql/V2__c.sql": add("c"),
		};
		for (const [path, text] of [
			["compose.yml", compose("{ FLYWAY_DEFAULT_SCHEMA: shop }")],
			["docker-compose.dev.yml", compose('["FLYWAY_SCHEMAS=shop,audit"]')],
			["compose.yml", compose('{ FLYWAY_URL: "jdbc:postgresql://db/app?currentSchema=shop,public" }')],
			["flyway.conf", "flyway.locations = filesystem:sql\nflyway.defaultSchema=shop\n"],
			["flyway.toml", '[flyway]\nlocations = ["filesystem:sql"]\ndefaultSchema = "shop"\n'],
		] as const) {
			const seen = await see({ ...scripts, [path]: text });
			expect(seen.columns, path).toEqual(["column:shop.B.id", "column:shop.a.c", "column:shop.a.id"]);
			expect(seen.diagnostics, path).toEqual([]);
			expect([...new Set(seen.runs)], path).toEqual([
				"sql/V1__a.sql:1",
				"sql/V1__a.sql:2",
				"sql/V2__c.sql:1",
			]);
		}
	});

	it("Flyway: a schema that the scripts make is not made before them", async () => {
		const seen = await see({
			"src/main/resources/application.properties": "spring.flyway.default-schema=shop\n",
			"src/main/resources/db/migration/V1__a.sql": `CREATE SCHEMA shop;\n${A}`,
		});
		expect(seen.columns).toEqual(["column:shop.a.id"]);
		expect(seen.diagnostics).toEqual([]);
	});

	it("Flyway: a folder that is run in several schemas belongs to none of them", async () => {
		const run = (schema: string): string => `
services:
  migrate: { image: flyway/flyway, volumes: ["./sql:/flyway/sql"], environment: { FLYWAY_SCHEMAS: ${schema} } }
`;
		const seen = await see({
			"compose.yml": run("one"),
			"compose.two.yml": run("two"),
			"compose.three.yml": run('"$TENANT"'),
			"compose.broken.yml": "services: [flyway",
			"sql/V1__a.sql": A,
		});
		expect(seen.columns).toEqual(["a.id"]);
		expect(seen.sources).toHaveLength(1);
	});

	it("refinery: U is a version like V", async () => {
		const seen = await see({
			"Cargo.toml": '[dependencies]\nrefinery = "0.8"\n',
			"migrations/V1__a.sql": A,
			"migrations/U2__b.sql": add("b"),
			"migrations/V10__c.sql": add("c"),
		});
		expect(seen.sources).toEqual([
			"[refinery migrations] migrations/V1__a.sql migrations/U2__b.sql migrations/V10__c.sql",
		]);
	});

	it("sqlx: files without a suffix run among those with one; golang-migrate never runs them", async () => {
		const contents = {
			"migrations/1_a.sql": A,
			"migrations/2_b.up.sql": add("b"),
			"migrations/2_b.down.sql": "ALTER TABLE a DROP COLUMN b;",
		};
		const sqlx = await see({ ...contents, "Cargo.toml": '[dependencies]\nsqlx = "0.8"\n' });
		expect(sqlx.sources).toEqual(["[SQL migrations (up and down)] migrations/1_a.sql migrations/2_b.up.sql"]);
		expect(sqlx.skipped).toMatchObject([{ path: "migrations/2_b.down.sql" }]);
		const go = await see({ ...contents, "go.mod": "require github.com/golang-migrate/migrate/v4 v4.1.0\n" });
		expect(go.sources).toEqual(["[SQL migrations (up and down)] migrations/2_b.up.sql"]);
		expect(go.diagnostics[0]).toContain("migration-never-runs");
	});

	it("a name with `revert` or `down` in it runs, unless it stands beside what it takes back", async () => {
		const { sources } = await see({
			"migrations/1_a.sql": A,
			"migrations/2_revert_price.sql": add("b"),
			"migrations/3_c.sql": add("c"),
			"migrations/3_c_down.sql": "ALTER TABLE a DROP COLUMN c;",
			"migrations/4_break_down.up.sql": add("d"),
		});
		expect(sources).toEqual([
			"[SQL migrations (up and down)] migrations/1_a.sql migrations/2_revert_price.sql migrations/3_c.sql migrations/4_break_down.up.sql",
		]);
	});

	it("Hasura: a set for each database", async () => {
		const { sources } = await see({
			"migrations/default/1600000000001_b/up.sql": add("b"),
			"migrations/default/1600000000000_a/up.sql": A,
			"migrations/default/1600000000000_a/down.sql": "DROP TABLE a;",
			"migrations/other/1600000000000_a/up.sql": B,
		});
		expect(sources).toEqual([
			"[SQL migrations (up.sql)] migrations/default/1600000000000_a/up.sql migrations/default/1600000000001_b/up.sql",
			"[SQL migrations (up.sql)] migrations/other/1600000000000_a/up.sql",
		]);
	});

	it("Diesel: up.sql in order, down.sql never", async () => {
		const seen = await see({
			"diesel.toml": "",
			"migrations/2024-01-02-000000_b/up.sql": add("b"),
			"migrations/2024-01-01-000000_a/up.sql": A,
			"migrations/2024-01-01-000000_a/down.sql": "DROP TABLE a;",
		});
		expect(seen.columns).toEqual(["a.b", "a.id"]);
		expect(seen.diagnostics).toEqual([]);
	});

	it("Atlas: by names as text, from the newest checkpoint", async () => {
		const contents = {
			"migrations/atlas.sum": "h1:x=\n",
			"migrations/10_b.sql": A,
			"migrations/2_c.sql": add("c"),
		};
		expect((await see(contents)).sources).toEqual([
			"[Atlas migrations] migrations/10_b.sql migrations/2_c.sql",
		]);
		const seen = await see({
			...contents,
			"migrations/3_all.sql": "-- atlas:checkpoint\n\nCREATE TABLE a (id int, c int);",
			"migrations/4_d.sql": `-- atlas:txmode none\n-- atlas:nolint\n${add("d")}`,
		});
		expect(seen.sources).toEqual(["[Atlas migrations] migrations/3_all.sql migrations/4_d.sql"]);
		expect(seen.columns).toEqual(["a.c", "a.d", "a.id"]);
		expect(seen.diagnostics).toEqual([]);
	});

	it("Supabase: what is not named by digits never runs", async () => {
		const seen = await see({
			"supabase/migrations/20240101000000_a.sql": A,
			"supabase/migrations/fix.sql": add("b"),
		});
		expect(seen.sources).toEqual(["[Supabase migrations] supabase/migrations/20240101000000_a.sql"]);
		expect(seen.diagnostics[0]).toContain("supabase/migrations/fix.sql");
	});

	it("Sqitch: the plan's order, reworked changes by their tag, no revert or verify", async () => {
		const seen = await see({
			"db/sqitch.plan": `%syntax-version=1.0.0
%project=shop

users 2024-01-01T00:00:00Z Ann <ann@example.org> # first
@v1 2024-01-02T00:00:00Z Ann <ann@example.org> # a tag
app/posts [users] 2024-01-03T00:00:00Z Ann <ann@example.org>
users [users@v1] 2024-01-04T00:00:00Z Ann <ann@example.org>
`,
			"db/sqitch.conf": "[core]\n\tengine = pg\n",
			"db/deploy/users@v1.sql": `BEGIN;\n${A}\nCOMMIT;`,
			"db/deploy/users.sql": add("z"),
			"db/deploy/app/posts.sql": add("b"),
			"db/deploy/forgotten.sql": add("c"),
			"db/revert/users.sql": "DROP TABLE a;",
			"db/verify/users.sql": "CREATE TEMP TABLE t (id int); SELECT id FROM a;",
		});
		expect(seen.sources).toEqual([
			"[Sqitch changes] db/deploy/users@v1.sql db/deploy/app/posts.sql db/deploy/users.sql",
		]);
		expect(seen.columns).toEqual(["a.b", "a.id", "a.z"]);
		expect(seen.skipped.map(({ path }) => path)).toEqual(["db/revert/users.sql", "db/verify/users.sql"]);
		expect(seen.diagnostics).toEqual([expect.stringContaining("db/deploy/forgotten.sql")]);
	});

	it("Rails: structure.sql without pg_dump's header", async () => {
		const seen = await see({
			"db/structure.sql": `SET statement_timeout = 0;
CREATE TABLE public.a (id bigint NOT NULL);
CREATE SEQUENCE public.a_id_seq;
ALTER TABLE ONLY public.a ALTER COLUMN id SET DEFAULT nextval('public.a_id_seq'::regclass);
SET search_path TO "$user", public;
INSERT INTO "schema_migrations" (version) VALUES
('20240101000000');
`,
		});
		expect(seen.sources).toEqual(["[SQL schema file] db/structure.sql"]);
		expect(seen.columns).toEqual(["a.id"]);
		expect([...seen.gaps, ...seen.diagnostics]).toEqual([]);
	});

	it("pgroll: listed, not read", async () => {
		const seen = await see({
			"migrations/01_a.json": '{"name":"01_a","operations":[{"create_table":{"name":"a","columns":[]}}]}',
			"migrations/other.json": '{"operations":[{"op":"add"}]}',
		});
		expect(seen.sources).toEqual([]);
		expect(seen.skipped).toMatchObject([
			{ path: "migrations/01_a.json", why: expect.stringContaining("pgroll") },
		]);
	});
});

describe("Liquibase", () => {
	it("runs what the changelog includes, in its order", async () => {
		const seen = await see({
			"res/db/changelog/db.changelog-master.yaml":
				"databaseChangeLog:\n  - include:\n      file: db/changelog/z.sql\n  - include:\n      file: more.xml\n      relativeToChangelogFile: true\n",
			"res/db/changelog/more.xml":
				'<databaseChangeLog><include file="b.sql"/><!-- <include file="no.sql"/> --><includeAll path="all/"/></databaseChangeLog>',
			"res/db/changelog/z.sql": `--liquibase formatted sql\n--changeset ann:1\n${A}\n--rollback DROP TABLE a;`,
			"res/db/changelog/b.sql": add("b"),
			"res/db/changelog/all/2.sql": add("d"),
			"res/db/changelog/all/10.sql": add("c"),
		});
		expect(seen.sources).toEqual([
			`[Liquibase changelog] ${["z", "b", "all/10", "all/2"].map((name) => `res/db/changelog/${name}.sql`).join(" ")}`,
		]);
		expect(seen.columns).toEqual(["a.b", "a.c", "a.d", "a.id"]);
		expect(seen.diagnostics).toEqual([]);
	});

	it("formatted SQL: rollbacks, other databases, delimiters", async () => {
		const seen = await see({
			"changelog.sql": `--liquibase formatted sql

--changeset ann:1 endDelimiter:/
CREATE TABLE a (id int, half int DEFAULT 4 / 2)
/
CREATE TABLE b (id int)
/
--rollback DROP TABLE a;
--changeset ann:2 splitStatements:false
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--changeset ann:3 dbms:mysql,h2
CREATE TABLE c (id int);
--changeset ann:4 dbms:!mysql endDelimiter:"\\nGO"
ALTER TABLE a ADD COLUMN x int
GO
ALTER TABLE a ADD COLUMN y int
GO
--changeset ann:5 ignore:true
DROP TABLE a;
/* liquibase rollback
DROP TABLE a;
*/
`,
		});
		expect(seen.columns).toEqual(["a.half", "a.id", "a.x", "a.y", "b.id"]);
		expect([...seen.gaps, ...seen.diagnostics]).toEqual([]);
		expect(seen.runs.slice(0, 3)).toEqual(["changelog.sql:4", "changelog.sql:6", "changelog.sql:10"]);
	});
});

describe("sections", () => {
	it.each([
		["goose", "-- +goose NO TRANSACTION\n-- +goose Up", "-- +goose Down"],
		["goose, without a blank", "--+goose Up", "--+goose Down"],
		["sql-migrate", "-- +migrate Up", "-- +migrate Down"],
		["dbmate", "-- migrate:up transaction:false", "-- migrate:down"],
		["node-pg-migrate", "-- Up Migration", "-- Down Migration (keeps data)"],
		["tern", "-- what it does", "---- create above / drop below ----"],
		["MyBatis", "-- // first", "-- //@UNDO"],
		["habit", "-- up", "-- ==== DOWN ===="],
	])("%s: what takes it back never runs", async (_tool, up, down) => {
		for (const end of ["\n", "\r\n"]) {
			const text = `${up}\n${A}\n${down}\nDROP TABLE a;\n`.replaceAll("\n", end);
			const seen = await see({ "migrations/1_a.sql": text });
			expect(seen.columns).toEqual(["a.id"]);
			expect(seen.runs).toHaveLength(1);
		}
	});

	it("goose: statements with semicolons in them, and the way down first", async () => {
		const seen = await see({
			"migrations/1_a.sql": `-- +goose Down
DROP TABLE a;
-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
-- +goose StatementEnd
${A}
`,
		});
		expect(seen.runs).toEqual(["migrations/1_a.sql:5", "migrations/1_a.sql:7"]);
	});

	it("sql-migrate: each section counts", async () => {
		const seen = await see({
			"migrations/1_a.sql": `-- +migrate Up\n${A}\n-- +migrate Down\nDROP TABLE a;\n-- +migrate Up\n${add("b")}\n`,
		});
		expect(seen.columns).toEqual(["a.b", "a.id"]);
	});

	it("a comment that only begins with the word is no mark", async () => {
		const seen = await see({
			"migrations/1_a.sql": `-- down payments of customers\n${A}\n-- down the road\n${B}`,
		});
		expect(seen.columns).toEqual(["a.id", "b.id"]);
	});

	it("Atlas: delimiters of its own, and archives", async () => {
		const seen = await see({
			"migrations/atlas.sum": "",
			"migrations/1_a.sql":
				"-- atlas:delimiter -- end\nCREATE TABLE a (id int)\n-- end\nCREATE TABLE b (id int)\n-- end\n",
			"migrations/2_b.sql": `-- atlas:delimiter \\n\\n\\n\n${add("b").slice(0, -1)}\n\n\n${add("c").slice(0, -1)}\n`,
			"migrations/3_c.sql": `-- atlas:txtar\n\n-- checks.sql --\nSELECT 1;\n-- migration.sql --\n${add("d")}\n-- down.sql --\nDROP TABLE a;\n`,
		});
		expect(seen.columns).toEqual(["a.b", "a.c", "a.d", "a.id", "b.id"]);
		expect(seen.runs.at(-1)).toBe("migrations/3_c.sql:6");
		expect(seen.diagnostics).toEqual([]);
	});
});

describe("texts", () => {
	it("placeholders are gaps with their line, the rest is read", async () => {
		const seen = await see({
			"migrations/V1__a.sql": `${A}\nCREATE TABLE \${schema}.x (id int);\nCREATE TABLE "\${schema}".y (id int);\nCREATE TABLE {{ z }} (id int);\n${B}`,
		});
		expect(seen.columns).toEqual(["a.id", "b.id"]);
		expect(seen.gaps.map((gap) => gap.split(" ")[0])).toEqual(
			[2, 3, 4].map((line) => `migrations/V1__a.sql:${line}`),
		);
		expect(seen.diagnostics).toEqual([]);
	});

	it("blocks of a template are gaps, what is around them is read", async () => {
		const seen = await see({
			"schema.sql": `{# a comment #}
{% set x = 1 %}
${A}
{% if x %}
${add("b")}
{% endif %}
${B}
{{ template "shared.sql" . }}
{{ if .Extra }}
ALTER TABLE b ADD COLUMN c int
{{ end }};
CREATE TABLE c (id int, tags text[] DEFAULT '{{a,b}}');
`,
		});
		expect(seen.columns).toEqual(["a.id", "b.id", "c.id", "c.tags"]);
		expect(seen.gaps.map((gap) => gap.split(" ")[0])).toEqual([
			"schema.sql:5",
			"schema.sql:8",
			"schema.sql:10",
		]);
		expect(seen.diagnostics).toEqual([]);
	});

	it("of nothing but open tags end", async () => {
		const seen = await see({ "schema.sql": `${A}\n${"{{;".repeat(50_000)}\n${'"${'.repeat(20_000)}` });
		expect(seen.columns).toEqual(["a.id"]);
	});

	it("byte-order marks and any line ends", async () => {
		for (const end of ["\n", "\r\n", "\r"]) {
			const text = `\ufeff-- +goose Up\nCREATE TABLE a (\n  id int, -- a comment\n  b int\n);\n-- +goose Down\nDROP TABLE a;\n`;
			const seen = await see({ "migrations/1_a.sql": text.replaceAll("\n", end) });
			expect(seen.columns).toEqual(["a.b", "a.id"]);
			expect(seen.runs).toEqual(["migrations/1_a.sql:2"]);
		}
	});

	it.each([
		"CREATE   TABLE a (id int);",
		"create\n\ttable a (id int);",
		"Create TABLE a (id int);",
		"CREATE\r\nTABLE a (id int);",
	])("are found however they are spaced: %j", async (text) => {
		expect((await see({ "schema.sql": text })).columns).toEqual(["a.id"]);
	});
});

describe("psql's includes", () => {
	it("run in their places, each once, with what is set before them", async () => {
		const seen = await see({
			"db/main.sql":
				"BEGIN;\nCREATE SCHEMA s;\nSET search_path = s;\n\\ir parts/a.sql\n\\i db/parts/b.sql\n\\ir 'parts/a.sql'\n\\i main.sql\nALTER TABLE a ADD COLUMN z int;\nCOMMIT;\n",
			"db/parts/a.sql": `${A}\n\\ir ../main.sql\n`,
			"db/parts/b.sql": "\\include_relative c.inc\nALTER TABLE a ADD COLUMN b int;\n",
			"db/parts/c.inc": add("c"),
		});
		expect(seen.sources).toEqual([
			"[SQL schema files (psql includes)] db/main.sql db/parts/a.sql db/parts/b.sql db/parts/c.inc",
		]);
		expect(seen.columns).toEqual(["b", "c", "id", "z"].map((name) => `column:s.a.${name}`));
		expect([...seen.gaps, ...seen.diagnostics]).toEqual([]);
		expect(seen.runs).toEqual([
			"db/main.sql:1",
			"db/main.sql:2",
			"db/main.sql:3",
			"db/parts/a.sql:1",
			"db/parts/c.inc:1",
			"db/parts/b.sql:2",
			"db/main.sql:8",
			"db/main.sql:9",
		]);
	});

	it("of what is not there, lies outside or is only known at run time are gaps", async () => {
		const seen = await see({
			"main.sql": `${A}\n\\ir gone.sql\n\\i ../up.sql\n\\i /etc/x.sql\n\\i :file\n${B}`,
		});
		expect(seen.columns).toEqual(["a.id", "b.id"]);
		expect(seen.gaps.map((gap) => gap.split(" ")[0])).toEqual([2, 3, 4, 5].map((line) => `main.sql:${line}`));
	});

	it("in migrations are part of these, and a script that only runs them is no source", async () => {
		const seen = await see({
			"migrations/1_a.sql": A,
			"migrations/2_v.sql": "\\ir ../views/v.sql\n",
			"views/v.sql": "CREATE VIEW v AS SELECT id FROM a;",
			"migrations/all.sql": "\\ir 1_a.sql\n\\ir 2_v.sql\n",
		});
		expect(seen.sources).toEqual(["[SQL migrations] migrations/1_a.sql migrations/2_v.sql"]);
		expect(seen.runs).toEqual(["migrations/1_a.sql:1", "views/v.sql:1"]);
		expect(seen.skipped).toMatchObject([{ path: "migrations/all.sql" }]);
	});

	it("of one file by two scripts are read for each", async () => {
		const seen = await see({
			"one.sql": "\\ir shared.sql\n",
			"two.sql": `\\ir shared.sql\n${B}`,
			"shared.sql": A,
		});
		expect(seen.sources).toHaveLength(2);
	});
});
