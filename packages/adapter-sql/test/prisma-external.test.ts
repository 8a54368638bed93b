/** Tables that Prisma's configuration leaves to something else. */
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { sqlAdapter } from "../src/adapter.js";

const MIGRATION = `CREATE TABLE "posts" ("id" uuid PRIMARY KEY, "account_id" uuid NOT NULL);
ALTER TABLE "posts" ADD FOREIGN KEY ("account_id") REFERENCES "accounts" ("id");
`;
const LOCK = { "app/prisma/migrations/migration_lock.toml": 'provider = "postgresql"\n' };

async function read(texts: Record<string, string>) {
	const path = "app/prisma/migrations/1_init/migration.sql";
	const project = await temporaryProject({ [path]: MIGRATION, ...LOCK, ...texts });
	try {
		const matched = [path];
		const { sources } = await sqlAdapter.discover({ files: project.files, matched });
		const [source] = sources;
		if (!source) throw new Error("no source");
		return await sqlAdapter.read(source, { files: project.files });
	} finally {
		await project.remove();
	}
}

const config = (list: string): string =>
	`import { defineConfig } from "prisma/config";\nexport default defineConfig({ tables: { external: [${list}] } });\n`;

describe("tables that prisma.config leaves to something else", () => {
	it("are no mistake of the migrations that refer to them", async () => {
		const { diagnostics, gaps } = await read({ "app/prisma.config.ts": config('"public.accounts"') });
		expect(diagnostics.map(({ code, severity, message }) => ({ code, severity, message }))).toEqual([
			{
				code: "altered-but-never-created",
				severity: "info",
				message: "A table is used here and left to something else by app/prisma.config.ts: accounts",
			},
		]);
		expect(gaps.map(({ under, why }) => `${under} ${why}`)).toEqual([
			"table:public.accounts app/prisma.config.ts leaves it to something else",
		]);
	});

	it("may be named without their schema", async () => {
		const { diagnostics } = await read({ "prisma.config.mjs": config("'accounts'") });
		expect(diagnostics.map(({ severity }) => severity)).toEqual(["info"]);
	});

	it.each([
		["another table", { "app/prisma.config.ts": config('"public.users"') }],
		["a table of another schema", { "app/prisma.config.ts": config('"auth.accounts"') }],
		["another project's configuration", { "web/prisma.config.ts": config('"public.accounts"') }],
		["a comment", { "app/prisma.config.ts": `// ${config('"public.accounts"').replaceAll("\n", " ")}` }],
		["a file that is no text", { "app/prisma.config.ts": "tables: { external: ['public.accounts\u0000'] }" }],
	])("are not told by %s", async (_, texts) => {
		const { diagnostics } = await read(texts);
		expect(diagnostics.map(({ severity }) => severity)).toEqual(["medium"]);
	});
});
