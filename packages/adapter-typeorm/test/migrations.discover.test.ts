import type { DiscoveryResult } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { typeormMigrationsAdapter as adapter } from "../src/index.js";

async function discover(files: Readonly<Record<string, string>>): Promise<DiscoveryResult> {
	const project = await temporaryProject(files);
	try {
		const matched = project.files.paths().filter((path) => /\.[jt]s$/.test(path));
		return await adapter.discover({ files: project.files, matched });
	} finally {
		await project.remove();
	}
}

const migration = (number: number, sql = "SELECT 1"): string =>
	`export class M170000000000${number} implements MigrationInterface {
	async up(queryRunner: QueryRunner) { await queryRunner.query(\`${sql}\`); }
	async down() {}
}`;

describe("discovery", () => {
	it("takes a folder with those below it as one source", async () => {
		const { sources } = await discover({
			"src/migrations/1.ts": migration(1),
			"src/migrations/2023/2.ts": migration(2),
			"src/service.ts": "export class Service { async up(queryRunner) {} }",
		});
		expect(sources.map(({ id, role, files }) => [id, role, files])).toEqual([
			[
				"typeorm-migrations:src/migrations",
				"definition",
				["src/migrations/1.ts", "src/migrations/2023/2.ts"],
			],
		]);
	});

	it("joins what an index imports", async () => {
		const { sources } = await discover({
			"a/postgres/index.ts":
				'import { M } from "./1";\nimport { N } from "../../b/2";\nexport const all = [M, N];',
			"a/postgres/1.ts": migration(1),
			"b/2.ts": migration(2),
		});
		expect(sources.map(({ path, files }) => [path, files])).toEqual([
			["a/postgres", ["a/postgres/1.ts", "b/2.ts"]],
		]);
	});

	it("lists the migrations of other databases as such", async () => {
		const { sources, skipped } = await discover({
			"m/postgres/1.ts": migration(1),
			"m/mysql/1.ts": migration(1),
			"m/sqlite/1.ts": migration(1),
			"other/1.ts": migration(1, "CREATE TABLE t (id INT AUTO_INCREMENT)"),
			"test/migrations/1.ts": migration(1),
		});
		expect(sources.map(({ path }) => path)).toEqual(["m/postgres"]);
		expect(Object.fromEntries(skipped.map(({ path, why }) => [path, why]))).toEqual({
			"m/mysql": "TypeORM migrations for MySQL, not for Postgres",
			"m/sqlite": "TypeORM migrations for SQLite, not for Postgres",
			other: "TypeORM migrations for MySQL, not for Postgres",
			test: "tests: their migrations are not the application's",
		});
	});

	it("does not take for TypeORM's what a program of its own runs", async () => {
		const { sources, skipped } = await discover({
			"m/1.ts": `export class A1700000000001 implements ReversibleMigration {
	async up({ queryRunner, escape }: MigrationContext) { await queryRunner.query("SELECT 1"); }
}`,
		});
		expect(sources).toEqual([]);
		expect(skipped).toEqual([
			{
				path: "m",
				why: "migrations that a program of the project's own runs (ReversibleMigration), not TypeORM",
			},
		]);
	});

	it("takes what the user names, whatever its folder is called", async () => {
		const project = await temporaryProject({ "test/sqlite/1.ts": migration(1) });
		try {
			const explicit = { path: "test/sqlite", options: {} };
			const matched = ["test/sqlite/1.ts"];
			const { sources } = await adapter.discover({ files: project.files, matched, explicit });
			expect(sources.map(({ id }) => id)).toEqual(["typeorm-migrations:test/sqlite"]);
		} finally {
			await project.remove();
		}
	});
});
