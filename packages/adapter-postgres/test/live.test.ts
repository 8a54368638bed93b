/** The whole path through the driver, against the embedded Postgres behind a socket. */
import { citext } from "@electric-sql/pglite/contrib/citext";
import { ALL_KINDS, type Snapshot, snapshotSchema } from "@schemalign/core";
import { diskFiles } from "@schemalign/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { databaseSource, postgresAdapter } from "../src/index.js";
import { servedDatabase } from "./served-database.js";

const server = servedDatabase({ extensions: { citext } });
beforeEach(async () => {
	await server.db.exec(
		"DROP SCHEMA IF EXISTS drizzle, supabase_migrations, app CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public",
	);
});

async function read(): Promise<Snapshot> {
	return postgresAdapter.read(databaseSource("prod", server.url), {
		files: await diskFiles(import.meta.dirname),
	});
}

const ONE_OF_EACH = `
	CREATE SCHEMA app; COMMENT ON SCHEMA app IS 'ours';
	CREATE EXTENSION citext SCHEMA app;
	CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN email AS text CHECK (VALUE ~ '@');
	CREATE TYPE pair AS (a int, b text); CREATE TYPE span AS RANGE (subtype = int);
	CREATE SEQUENCE tickets; CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
	CREATE TABLE users (id serial PRIMARY KEY, email email NOT NULL UNIQUE, mood mood DEFAULT 'ok', at tstzrange,
		age int CHECK (age > 0), boss int REFERENCES users, EXCLUDE USING gist (at WITH &&));
	CREATE INDEX ON users (lower(email::text)); COMMENT ON COLUMN users.age IS 'in years';
	CREATE VIEW adults AS SELECT id FROM users WHERE age >= 18;
	CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW WHEN (old.age <> new.age) EXECUTE FUNCTION touch();
	ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON users USING (id > 0)`;

describe("a live database", () => {
	it("is read as it is: every kind, in the documented form, the same each time", async () => {
		await server.db.exec(ONE_OF_EACH);
		const snapshot = await read();
		expect(snapshotSchema.safeParse(snapshot).success).toBe(true);
		const kinds = new Set(snapshot.entities.map(({ kind }) => kind));
		expect(ALL_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
		// What the server counts goes on.
		expect({ ...(await read()), observations: undefined }).toEqual({ ...snapshot, observations: undefined });
		expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
		expect(snapshot).toMatchObject({ source: "prod", path: "prod", role: "database", diagnostics: [] });
		const stated = (address: string) => snapshot.entities.find((entity) => entity.address === address)?.facts;
		expect(stated("trigger:public.users.touched")?.condition).toMatchObject({
			value: { canonical: expect.stringContaining("age") },
		});
		expect(stated("column:public.users.age")?.comment).toMatchObject({ value: "in years" });
		expect(snapshot.entities.every(({ at }) => at.file === "prod" && at.line === 1)).toBe(true);
	});

	it("sets apart what extensions own: it neither states nor denies it", async () => {
		await server.db.exec("CREATE EXTENSION citext; CREATE TABLE t (name citext)");
		const snapshot = await read();
		expect(snapshot.entities.map(({ address }) => address)).toEqual([
			"column:public.t.name",
			"extension:citext",
			"table:public.t",
		]);
	});

	it("knows every sequence that a column owns: its default may come from any of them", async () => {
		await server.db.exec(`CREATE TABLE t (a int, b int, c int); CREATE SEQUENCE one OWNED BY t.a; CREATE SEQUENCE two OWNED BY t.a;
			CREATE SEQUENCE three OWNED BY t.b; ALTER TABLE t ALTER a SET DEFAULT nextval('one'), ALTER b SET DEFAULT nextval('three');
			ALTER TABLE t ALTER c SET DEFAULT nextval('two')`);
		const snapshot = await read();
		const how = (column: string) =>
			snapshot.entities.find(({ address }) => address === `column:public.t.${column}`)?.facts.default;
		expect(how("a")).toMatchObject({ value: { how: "serial" } });
		expect(how("b")).toMatchObject({ value: { how: "serial" } });
		expect(how("c")).toMatchObject({ value: { how: "nextval", sequence: "public.two" } });
	});

	it("reads columns in their order, also where columns before them were dropped and changed", async () => {
		await server.db.exec(`CREATE TABLE t (a int, b int, c int, d int); ALTER TABLE t DROP COLUMN a; ALTER TABLE t ADD COLUMN e int;
			UPDATE pg_attribute SET attstattarget = 5 WHERE attrelid = 't'::regclass AND attname = 'b'; ALTER TABLE t ADD UNIQUE (c, e)`);
		const snapshot = await read();
		const position = (column: string) =>
			snapshot.entities.find(({ address }) => address === `column:public.t.${column}`)?.facts.position;
		expect(["b", "c", "d", "e"].map(position)).toMatchObject([1, 2, 3, 4].map((value) => ({ value })));
		expect(snapshot.entities.some(({ address }) => address === 'unique:public.t."(c,e)"')).toBe(true);
	});

	it("is left as it was: no transaction stays open, no setting stays changed", async () => {
		const settings = async () =>
			(
				await server.db.query(
					"SELECT name, setting FROM pg_settings WHERE name !~ 'transaction_timestamp' ORDER BY name",
				)
			).rows;
		const before = await settings();
		await read();
		expect(await settings()).toEqual(before);
	});

	const logs: [string, string, unknown][] = [
		[
			"Prisma Migrate",
			`CREATE TABLE _prisma_migrations (migration_name text, started_at int, finished_at int, rolled_back_at int);
			INSERT INTO _prisma_migrations VALUES ('2_b', 2, NULL, NULL), ('1_a', 1, 1, NULL), ('3_c', 3, NULL, 4)`,
			{
				table: "public._prisma_migrations",
				by: "name",
				entries: [{ name: "1_a" }, { name: "2_b", failed: true }],
			},
		],
		[
			"Drizzle",
			`CREATE SCHEMA drizzle; CREATE TABLE drizzle.__drizzle_migrations (id serial, hash text, created_at bigint);
			INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('x', 2), ('y', 1)`,
			{ table: "drizzle.__drizzle_migrations", by: "revision", entries: [{ name: "1" }, { name: "2" }] },
		],
		[
			"Alembic",
			"CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('ab12')",
			{ table: "public.alembic_version", by: "revision", entries: [{ name: "ab12" }] },
		],
		[
			"Flyway",
			`CREATE TABLE flyway_schema_history (installed_rank int, version text, type text, success bool);
			INSERT INTO flyway_schema_history VALUES (0, '0', 'BASELINE', true), (1, '1', 'SQL', true), (2, '1.2', 'SQL', false), (3, NULL, 'SQL', true)`,
			{
				table: "public.flyway_schema_history",
				by: "version",
				entries: [{ name: "1" }, { name: "1.2", failed: true }],
			},
		],
		[
			"golang-migrate",
			"CREATE TABLE schema_migrations (version bigint, dirty bool); INSERT INTO schema_migrations VALUES (7, true)",
			{ table: "public.schema_migrations", by: "latest", entries: [{ name: "7", failed: true }] },
		],
		[
			"Supabase",
			`CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text, statements text[], name text);
			INSERT INTO supabase_migrations.schema_migrations VALUES ('20240101')`,
			{ table: "supabase_migrations.schema_migrations", by: "version", entries: [{ name: "20240101" }] },
		],
		[
			"dbmate or Rails",
			"CREATE TABLE schema_migrations (version text); INSERT INTO schema_migrations VALUES ('2'), ('1')",
			{ table: "public.schema_migrations", by: "version", entries: [{ name: "1" }, { name: "2" }] },
		],
		[
			"goose",
			`CREATE TABLE goose_db_version (id serial, version_id bigint, is_applied bool);
			INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true), (1, true), (2, true), (2, false)`,
			{ table: "public.goose_db_version", by: "version", entries: [{ name: "1" }] },
		],
		[
			"sqlx",
			`CREATE TABLE _sqlx_migrations (version bigint, success bool); INSERT INTO _sqlx_migrations VALUES (1, true)`,
			{ table: "public._sqlx_migrations", by: "version", entries: [{ name: "1" }] },
		],
		[
			"TypeORM",
			`CREATE TABLE migrations (id serial, timestamp bigint, name text); INSERT INTO migrations (timestamp, name) VALUES (17, 'Init17')`,
			{ table: "public.migrations", by: "version", entries: [{ name: "17" }] },
		],
		[
			"Knex",
			"CREATE TABLE knex_migrations (id int, name text, batch int); INSERT INTO knex_migrations VALUES (1, '1_a.ts', 1)",
			{ table: "public.knex_migrations", by: "name", entries: [{ name: "1_a" }] },
		],
		[
			"node-pg-migrate",
			"CREATE TABLE pgmigrations (id int, name text, run_on int); INSERT INTO pgmigrations VALUES (1, '1_a', 1)",
			{ table: "public.pgmigrations", by: "name", entries: [{ name: "1_a" }] },
		],
		[
			"Atlas",
			`CREATE TABLE atlas_schema_revisions (version text, applied int, total int); INSERT INTO atlas_schema_revisions VALUES ('1', 1, 2)`,
			{ table: "public.atlas_schema_revisions", by: "version", entries: [{ name: "1", failed: true }] },
		],
		[
			"Diesel",
			"CREATE TABLE __diesel_schema_migrations (version text, run_on int); INSERT INTO __diesel_schema_migrations VALUES ('1', 1)",
			{ table: "public.__diesel_schema_migrations", by: "version", entries: [{ name: "1" }] },
		],
	];
	it.each(logs)("says what %s has run on it", async (tool, sql, log) => {
		await server.db.exec(sql);
		expect((await read()).migrations).toEqual([{ tool, ...(typeof log === "object" ? log : {}) }]);
	});

	it("has no log in a table that only bears a tool's name", async () => {
		await server.db.exec("CREATE TABLE migrations (id int, whatever text)");
		expect((await read()).migrations).toBeUndefined();
	});
});
