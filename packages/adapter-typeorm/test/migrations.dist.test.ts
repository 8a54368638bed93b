import { existsSync } from "node:fs";
import type { Adapter } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";

const built = new URL("../dist/index.js", import.meta.url);
const MIGRATION = `import { Table } from "typeorm";
export class A1700000000001 implements MigrationInterface {
	async up(queryRunner: QueryRunner) {
		await queryRunner.createTable(new Table({ name: "t", columns: [{ name: "id", type: "int" }] }), true);
	}
}`;

/** `pnpm test` builds first; without a build there is nothing to test here. */
describe.runIf(existsSync(built))("the built package", () => {
	it("brings TypeORM's query runner with it", async () => {
		const { typeormMigrationsAdapter: adapter }: { typeormMigrationsAdapter: Adapter } = await import(
			built.href
		);
		const project = await temporaryProject({ "m/1.ts": MIGRATION });
		try {
			const { files } = project;
			const { sources } = await adapter.discover({ files, matched: files.paths() });
			const [source] = sources;
			const snapshot = source && (await adapter.read(source, { files }));
			expect(snapshot?.gaps).toEqual([]);
			expect(snapshot?.entities.map((entity) => entity.address)).toEqual([
				"column:public.t.id",
				"table:public.t",
			]);
		} finally {
			await project.remove();
		}
	});
});
