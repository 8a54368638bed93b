import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { logsInDump } from "../src/dump-log.js";
import { sqlAdapter } from "../src/index.js";

const copy = (table: string, columns: string, rows: readonly string[]) =>
	`--\n-- Data\n--\n\nCOPY ${table} (${columns}) FROM stdin;\n${rows.map((row) => `${row}\n`).join("")}\\.\n\n`;

describe("the log of migrations in a dump", () => {
	it.each([
		[
			copy("public.migrations", 'id, "timestamp", name', ["2\t1700\tB1700", "1\t1600\tA1600"]),
			{ tool: "TypeORM", by: "version", entries: [{ name: "1600" }, { name: "1700" }] },
		],
		[
			copy("public._prisma_migrations", "id, finished_at, migration_name, rolled_back_at, started_at", [
				"a\t2024-01-01\t1_init\t\\N\t2024-01-01",
				"b\t\\N\t2_users\t2024-01-02\t2024-01-02",
				"c\t\\N\t3_posts\t\\N\t2024-01-03",
			]),
			{
				tool: "Prisma Migrate",
				by: "name",
				entries: [{ name: "1_init" }, { name: "3_posts", failed: true }],
			},
		],
		[
			copy("public.goose_db_version", "id, version_id, is_applied, tstamp", [
				"1\t0\tt\tx",
				"2\t10\tt\tx",
				"3\t11\tt\tx",
				"4\t11\tf\tx",
			]),
			{ tool: "goose", by: "version", entries: [{ name: "10" }] },
		],
		[
			copy("drizzle.__drizzle_migrations", "id, hash, created_at", ["1\tabc\t1700000000000"]),
			{ tool: "Drizzle", table: "drizzle.__drizzle_migrations", entries: [{ name: "1700000000000" }] },
		],
		[
			copy("public.schema_migrations", "version, dirty", ["12\tf"]),
			{ tool: "golang-migrate", by: "latest", entries: [{ name: "12" }] },
		],
		[
			copy("public.knex_migrations", "id, name, batch, migration_time", ["1\t001_init.js\t1\t2024-01-01"]),
			{ tool: "Knex", by: "name", entries: [{ name: "001_init" }] },
		],
		[
			copy("atlas.atlas_schema_revisions", "version, applied, total", ["1\t2\t2", "2\t1\t3"]),
			{ tool: "Atlas", by: "version", entries: [{ name: "1" }, { name: "2", failed: true }] },
		],
	])("reads %#", (text, expected) => {
		expect(logsInDump(text)).toMatchObject([expected]);
	});

	it.each([
		["no rows", copy("public.alembic_version", "version_num", [])],
		["another table of the name", copy("public.migrations", "id, label", ["1\tx"])],
		["no end", "COPY public.alembic_version (version_num) FROM stdin;\nabc\n"],
		["a text that mentions it", "SELECT 'COPY public.alembic_version (version_num) FROM stdin;';\n"],
	])("takes %s for no log", (_what, text) => {
		expect(logsInDump(text)).toEqual([]);
	});

	it("is of dumps only", async () => {
		const log = copy("public.alembic_version", "version_num", ["abc"]);
		const table =
			"CREATE TABLE public.alembic_version (\n    version_num character varying(32) NOT NULL\n);\n";
		const project = await temporaryProject({
			"dump.sql": `--\n-- PostgreSQL database dump\n--\n\n${table}\n${log}`,
			"schema.sql": `${table}\n${log}`,
		});
		try {
			const { files } = project;
			const { sources } = await sqlAdapter.discover({ files, matched: files.paths() });
			const snapshots = await Promise.all(sources.map((source) => sqlAdapter.read(source, { files })));
			expect(snapshots.map(({ path, migrations }) => [path, migrations?.length])).toEqual([
				["dump.sql", 1],
				["schema.sql", undefined],
			]);
		} finally {
			await project.remove();
		}
	});
});
