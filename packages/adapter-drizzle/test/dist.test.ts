import { existsSync } from "node:fs";
import type { Adapter } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";

const built = new URL("../dist/index.js", import.meta.url);

/** `pnpm test` builds first; without a build there is nothing to test here. */
describe.runIf(existsSync(built))("the built package", () => {
	it("brings the sandbox's runtime with it", async () => {
		const { drizzleAdapter }: { drizzleAdapter: Adapter } = await import(built.href);
		const project = await temporaryProject({
			"drizzle.config.ts": `export default { schema: "./schema.ts", dialect: "postgresql", casing: "snake_case" };`,
			"schema.ts": `import { pgTable, text } from "drizzle-orm/pg-core";\nexport const users = pgTable("users", { firstName: text() });`,
		});
		try {
			const { files } = project;
			const { sources } = await drizzleAdapter.discover({ files, matched: files.paths() });
			expect(sources.map((source) => source.id)).toEqual(["drizzle:schema.ts"]);
			const [source] = sources;
			const snapshot = source && (await drizzleAdapter.read(source, { files }));
			expect(snapshot?.gaps).toEqual([]);
			expect(snapshot?.entities.map((entity) => entity.address)).toEqual([
				"column:public.users.first_name",
				"table:public.users",
			]);
		} finally {
			await project.remove();
		}
	});
});
