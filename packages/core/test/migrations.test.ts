import { describe, expect, it } from "vitest";
import { analyze, type MigrationLog, type Snapshot, SnapshotBuilder } from "../src/index.js";

const capabilities = { kinds: { table: "complete" as const }, aspects: {} };

function database(log: MigrationLog): Snapshot {
	const builder = new SnapshotBuilder({
		source: "prod",
		adapter: "postgres",
		role: "database",
		path: "prod",
		capabilities,
	});
	builder.table({ schema: "public", table: "users" }, { file: "prod", line: 1 });
	return { ...builder.build(), migrations: [log] };
}

function folder(path: string): Snapshot {
	const builder = new SnapshotBuilder({
		source: `sql:${path}`,
		adapter: "sql",
		role: "definition",
		path,
		capabilities,
	});
	builder.table({ schema: "public", table: "users" }, { file: `${path}/1.sql`, line: 1 });
	return builder.build();
}

function told(
	log: MigrationLog,
	files: readonly string[],
	label = "SQL migrations",
	revisions?: Snapshot["revisions"],
): string[] {
	const definition = { ...folder("db/migrations"), ...(revisions ? { revisions } : {}) };
	const report = analyze([database(log), definition], {
		notes: { "sql:db/migrations": { label, files: files.map((file) => `db/migrations/${file}`) } },
	});
	return report.findings.map(({ code, message }) => `${code}: ${message}`);
}

const log = (by: MigrationLog["by"], ...names: string[]): MigrationLog => ({
	tool: "Prisma Migrate",
	table: "public.log",
	by,
	entries: names.map((name) => ({ name })),
});

describe("what has run on a live database, beside the files", () => {
	it("is silent where all have run", () => {
		expect(told(log("name", "1_init", "2_users"), ["1_init/migration.sql", "2_users/migration.sql"])).toEqual(
			[],
		);
		expect(told(log("name", "001_a", "002_b"), ["001_a.up.sql", "002_b.up.sql"])).toEqual([]);
		expect(told(log("version", "20240101", "20240102"), ["20240101_a.sql", "20240102_b.sql"])).toEqual([]);
		expect(told(log("version", "1", "1.2"), ["V1__a.sql", "V1_2__b.sql"])).toEqual([]);
		expect(told(log("version", "1", "2"), ["0001_a.sql", "0002_b.sql"])).toEqual([]);
		expect(told(log("latest", "2"), ["0001_a.up.sql", "0002_b.up.sql"])).toEqual([]);
		expect(told(log("count", "x", "y"), ["0000_a.sql", "0001_b.sql"], "Prisma migrations")).toEqual([]);
		expect(told(log("revision", "ab12"), ["ab12_first.py", "cd34_second.py"])).toEqual([]);
	});

	it("names the files that have not run", () => {
		expect(
			told(log("name", "1_init"), ["1_init/migration.sql", "2_users/migration.sql", "3_x/migration.sql"]),
		).toEqual(["migration-pending: prod has not run 2 of 3 migrations of db/migrations: 2_users and 3_x"]);
		expect(told(log("version", "2"), ["0001_a.sql", "0002_b.sql"])).toEqual([
			"migration-pending: prod has not run 1 of 2 migrations of db/migrations: 0001_a.sql",
		]);
		expect(told(log("latest", "1"), ["0001_a.sql", "0002_b.sql"])).toEqual([
			"migration-pending: prod has not run 1 of 2 migrations of db/migrations: 0002_b.sql",
		]);
		expect(told(log("count", "x"), ["0000_a.sql", "0001_b.sql"], "Prisma migrations")).toEqual([
			"migration-pending: prod has not run 1 of 2 migrations of db/migrations: 0001_b.sql",
		]);
	});

	it("says nothing by an empty log of a database that has the definition's tables", () => {
		expect(told(log("name"), ["1_init/migration.sql"], "Prisma migrations")).toEqual([]);
	});

	it("follows the marks of files whose names tell no order", () => {
		const revisions = [
			{ file: "db/migrations/z.py", name: "a1", follows: [] },
			{ file: "db/migrations/y.py", name: "b2", follows: ["a1"] },
			{ file: "db/migrations/x.py", name: "c3", follows: ["a1"] },
			{ file: "db/migrations/w.py", name: "d4", follows: ["b2", "c3"] },
		];
		const files = ["w.py", "x.py", "y.py", "z.py"];
		const all = (...names: string[]) => told(log("revision", ...names), files, "Revisions", revisions);
		expect(all("d4")).toEqual([]);
		expect(all("b2")).toEqual([
			"migration-pending: prod has not run 2 of 4 migrations of db/migrations: x.py and w.py",
		]);
		expect(all("b2", "c3")).toEqual([
			"migration-pending: prod has not run 1 of 4 migrations of db/migrations: w.py",
		]);
	});

	it("names what has run and is in no file", () => {
		expect(told(log("name", "1_init", "9_hotfix"), ["1_init/migration.sql"])).toEqual([
			"migration-unknown: prod has run 1 migration that db/migrations does not have: 9_hotfix",
		]);
		expect(told(log("revision", "ff99"), ["ab12_first.py"], "Prisma revisions")).toEqual([
			"migration-unknown: prod has run 1 migration that db/migrations does not have: ff99",
		]);
	});

	it("is silent where the log is of other files", () => {
		expect(told(log("version", "77"), ["0001_a.sql"], "goose migrations")).toEqual([]);
		expect(told(log("count", "x"), ["0000_a.sql", "0001_b.sql"], "goose migrations")).toEqual([]);
	});

	it("tells of a migration that failed, with or without its folder", () => {
		const failed = { ...log("name", "1_init"), entries: [{ name: "1_init", failed: true }] };
		expect(told(failed, ["1_init/migration.sql"])[0]).toBe(
			"migration-failed: 1 migration failed on prod: 1_init",
		);
		expect(told(failed, ["7_other/migration.sql"])).toEqual([
			"migration-failed: 1 migration failed on prod: 1_init",
		]);
	});
});
