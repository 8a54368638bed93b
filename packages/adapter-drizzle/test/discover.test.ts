import type { DiscoveryResult, Json } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { drizzleAdapter } from "../src/index.js";

const table = (name: string): string =>
	`import { pgTable, text } from "drizzle-orm/pg-core";\nexport const ${name} = pgTable("${name}", { id: text() });\n`;

async function discover(
	contents: Readonly<Record<string, string>>,
	explicit?: { path: string; options: Record<string, Json> },
): Promise<DiscoveryResult> {
	const project = await temporaryProject(contents);
	try {
		const below = (path: string): boolean =>
			!explicit || path === explicit.path || path.startsWith(`${explicit.path}/`);
		const matched = project.files.paths().filter((path) => {
			const interest = drizzleAdapter.interests.filter((one) => one.path.test(path));
			const markers = interest.some(
				(one) => !one.markers || one.markers.some((m) => contents[path]?.includes(m)),
			);
			return interest.length > 0 && markers && below(path);
		});
		return await drizzleAdapter.discover({
			files: project.files,
			matched,
			...(explicit ? { explicit } : {}),
		});
	} finally {
		await project.remove();
	}
}

const shape = (result: DiscoveryResult) => result.sources.map(({ id, files }) => ({ id, files }));

describe("configurations", () => {
	it.each([
		["a path", `"./src/schema.ts"`],
		["a path without extension", `"./src/schema"`],
		["an array", `["./src/schema.ts"]`],
		["a glob", `"./src/**/sch*.ts"`],
		["an alternative", `"./{src,lib}/schema.ts"`],
		["a folder", `"./src/"`],
		["a joined path", `path.join(__dirname, "src", "schema.ts")`],
		[
			"a path from the module's URL",
			`path.relative(process.cwd(), fileURLToPath(new URL("./src/schema.ts", import.meta.url)))`,
		],
		["an imported constant", "schemaPath"],
	])("name the schema by %s", async (_what, schema) => {
		const result = await discover({
			"paths.ts": `export const schemaPath = "./src/schema.ts";`,
			"drizzle.config.ts": `import path from "node:path"; import { fileURLToPath } from "url"; import { defineConfig } from "drizzle-kit";
import "dotenv/config"; import { env } from "@/env"; import { schemaPath } from "./paths";
export default defineConfig({ schema: ${schema}, dialect: "postgresql", casing: "snake_case", out: "./drizzle",
	dbCredentials: { url: process.env.APP_DATABASE_URL! }, tablesFilter: ["app_*"] });`,
			"src/schema.ts": table("users"),
		});
		expect(result.skipped).toEqual([]);
		expect(shape(result)).toEqual([{ id: "drizzle:src/schema.ts", files: ["src/schema.ts"] }]);
		expect(result.sources[0]).toMatchObject({
			role: "model",
			databaseHint: "APP_DATABASE_URL",
			options: { casing: "snake_case", config: "drizzle.config.ts", tablesFilter: ["app_*"] },
		});
	});

	it("never carry the database's URL", async () => {
		const result = await discover({
			"drizzle.config.ts": `export default { schema: "./s.ts", dialect: "postgresql", dbCredentials: { url: "postgres://me:secret@db/app" } };`,
			"s.ts": table("users"),
		});
		expect(JSON.stringify(result)).not.toContain("secret");
		expect(result.sources[0]?.databaseHint).toBeUndefined();
	});

	it("are read where they demand variables, or cannot be evaluated", async () => {
		const result = await discover({
			"a/drizzle.config.ts": `if (!process.env.URL) throw new Error("no URL"); export default { schema: "./s.ts", dialect: "postgresql" };`,
			"a/s.ts": table("a"),
			"a/package.json": "{}",
			"b/drizzle.config.ts": `throw new Error("never"); export default { schema: ["./s.ts"], dialect: "postgresql", };`,
			"b/s.ts": table("b"),
			"b/package.json": "{}",
			"c/drizzle.config.js": `module.exports = { schema: "./s.ts", driver: "pg" };`,
			"c/s.ts": table("c"),
			"c/package.json": "{}",
		});
		expect(shape(result).map((source) => source.id)).toEqual([
			"drizzle:a/s.ts",
			"drizzle:b/s.ts",
			"drizzle:c/s.ts",
		]);
	});

	it("of other dialects are skipped, with their schemas", async () => {
		const result = await discover({
			"drizzle.config.ts": `export default { schema: "./s.ts", dialect: "sqlite" };`,
			"s.ts": `import { sqliteTable, text } from "drizzle-orm/sqlite-core"; export const a = sqliteTable("a", { id: text() });`,
			"m.ts": `import { mysqlTable } from "drizzle-orm/mysql-core"; export const a = mysqlTable("a", {});`,
		});
		expect(result.sources).toEqual([]);
		expect(result.skipped.map(({ path, why }) => `${path}: ${why}`).sort()).toEqual([
			"drizzle.config.ts: it configures Drizzle for SQLite; only Postgres is read",
			"m.ts: it is a Drizzle schema for MySQL; only Postgres is read",
			"s.ts: it is a Drizzle schema for SQLite; only Postgres is read",
		]);
	});

	it("that share a schema are one source; what they do not name is skipped", async () => {
		const config = `export default { schema: "./src/index.ts", dialect: "postgresql" };`;
		const result = await discover({
			"drizzle.config.ts": config,
			"drizzle.config.prod.ts": config,
			"src/index.ts": `export * from "./users"; export * from "@/posts";`,
			"src/users.ts": table("users"),
			"src/posts.ts": table("posts"),
			"old/legacy.ts": table("legacy"),
		});
		expect(shape(result)).toEqual([{ id: "drizzle:src/index.ts", files: ["src/index.ts"] }]);
		expect(result.skipped).toEqual([
			{ path: "old/legacy.ts", why: "it is not part of the schema that drizzle.config.ts names" },
		]);
	});

	it("without matching files say so, and the files are found without them", async () => {
		const result = await discover({
			"drizzle.config.ts": `export default { schema: "./nowhere/*.ts", dialect: "postgresql" };`,
			"s.ts": table("users"),
		});
		expect(shape(result)).toEqual([{ id: "drizzle:s.ts", files: ["s.ts"] }]);
		expect(result.skipped[0]?.why).toBe("no file matches its schema setting (nowhere/*.ts)");
	});

	it("have what was pulled as a source of its own, unless it is a copy", async () => {
		const config = `export default { schema: "./src/schema.ts", out: "./drizzle", dialect: "postgresql" };`;
		const pulled = await discover({
			"drizzle.config.ts": config,
			"src/schema.ts": table("users"),
			"drizzle/schema.ts": table("posts"),
		});
		expect(
			shape(pulled)
				.map((source) => source.id)
				.sort(),
		).toEqual(["drizzle:drizzle/schema.ts", "drizzle:src/schema.ts"]);
		const copy = await discover({
			"drizzle.config.ts": config,
			"src/schema.ts": table("users"),
			"drizzle/schema.ts": table("users"),
		});
		expect(shape(copy).map((source) => source.id)).toEqual(["drizzle:src/schema.ts"]);
		expect(copy.skipped).toEqual([{ path: "drizzle/schema.ts", why: "it is a copy of src/schema.ts" }]);
	});
});

describe("without configuration", () => {
	it("the files of one package are one source", async () => {
		const result = await discover({
			"package.json": "{}",
			"src/db/schema/index.ts": `export * from "./users";`,
			"src/db/schema/users.ts": table("users"),
			"src/db/schema/enums.ts": `import { pgEnum } from "drizzle-orm/pg-core"; export const role = pgEnum("role", ["a"]);`,
			"src/billing/schema.ts": table("invoices"),
			"src/db/index.ts": `import { drizzle } from "drizzle-orm/node-postgres"; export const db = drizzle(url, { casing: 'snake_case' });`,
			"src/queries.ts": `import { alias } from "drizzle-orm/pg-core"; import { users } from "./db/schema"; export const u = alias(users, "u");`,
			"apps/web/package.json": "{}",
			"apps/web/schema.ts": table("pages"),
		});
		expect(shape(result)).toEqual([
			{ id: "drizzle:apps/web/schema.ts", files: ["apps/web/schema.ts"] },
			{
				id: "drizzle:src",
				files: ["src/billing/schema.ts", "src/db/schema/enums.ts", "src/db/schema/users.ts"],
			},
		]);
		expect(result.sources[1]?.options).toEqual({ casing: "snake_case" });
		expect(result.sources[0]?.options).toEqual({ casing: null });
	});

	it("two schemas in one package are told apart", async () => {
		const result = await discover({
			"a/schema.ts": table("users"),
			"a/more.ts": table("posts"),
			"b/schema.ts": table("users"),
		});
		expect(shape(result)).toEqual([
			{ id: "drizzle:a", files: ["a/more.ts", "a/schema.ts"] },
			{ id: "drizzle:b/schema.ts", files: ["b/schema.ts"] },
		]);
	});

	it("tests and build output are set aside with the reason", async () => {
		const result = await discover({
			"test/schema.ts": table("a"),
			"dist/schema.js": table("b"),
			"src/schema.test.ts": table("c"),
			"node_modules/x/schema.js": table("d"),
		});
		expect(result.sources).toEqual([]);
		expect(result.skipped.map(({ path, why }) => `${path}: ${why}`).sort()).toEqual([
			"dist/schema.js: it is build output",
			"src/schema.test.ts: it belongs to tests",
			"test/schema.ts: it belongs to tests",
		]);
	});

	it("what the user names is a source wherever it is", async () => {
		const contents = {
			"test/schema.ts": table("a"),
			"test/other.ts": table("b"),
			"src/schema.ts": table("c"),
		};
		const folder = await discover(contents, { path: "test", options: { casing: "camelCase" } });
		expect(shape(folder)).toEqual([{ id: "drizzle:test", files: ["test/other.ts", "test/schema.ts"] }]);
		expect(folder.sources[0]?.options).toEqual({ casing: "camelCase" });
		const file = await discover(contents, { path: "test/schema.ts", options: {} });
		expect(shape(file)).toEqual([{ id: "drizzle:test/schema.ts", files: ["test/schema.ts"] }]);
	});

	it("a script with tables of its own is none", async () => {
		const result = await discover({
			"script.ts": `#!/usr/bin/env bun\nimport { pgTable, text } from "drizzle-orm/pg-core"; const t = pgTable("t", { id: text() });`,
		});
		expect(result).toEqual({ sources: [], skipped: [] });
	});

	it("a migration of another tool that calls createTable is none", async () => {
		const result = await discover({
			"migrations/1-tenants.ts": `import { ID } from "@app/base";\nimport { DataTypes } from "sequelize";\nexport default { up: async (queryInterface) => { await queryInterface.createTable("Tenants", { id: DataTypes.INTEGER }); } };`,
		});
		expect(result).toEqual({ sources: [], skipped: [] });
	});

	it("tables made by a factory of the project's are found", async () => {
		const result = await discover({
			"_table.ts": `import { pgTableCreator } from "drizzle-orm/pg-core"; export const createTable = pgTableCreator((n) => "app_" + n);`,
			"users.ts": `import { createTable } from "./_table"; import { columns } from "./columns"; export const users = createTable("users", columns);`,
		});
		expect(shape(result)).toEqual([{ id: "drizzle:.", files: ["_table.ts", "users.ts"] }]);
	});
});

describe("the casing of a schema that the user names", () => {
	const schema: { path: string; options: Record<string, Json> } = { path: "src/schema.ts", options: {} };
	const casing = async (contents: Readonly<Record<string, string>>, explicit = schema) =>
		(await discover({ "src/schema.ts": table("users"), ...contents }, explicit)).sources[0]?.options.casing;

	it("is that of the configuration that names it too", async () => {
		const config = (schema: string) =>
			`export default { dialect: "postgresql", schema: "./${schema}", casing: "snake_case" };`;
		expect(await casing({ "drizzle.config.ts": config("src/schema.ts") })).toBe("snake_case");
		expect(await casing({ "drizzle.config.ts": config("src/other.ts") })).toBeNull();
	});

	it("is that which the program gives to drizzle()", async () => {
		const program =
			'import { drizzle } from "x";\nexport const db = drizzle(url, { casing: "camelCase" });\n';
		expect(await casing({ "server/db.ts": program })).toBe("camelCase");
		expect(await casing({ "server/db.test.ts": program })).toBeNull();
		expect(await casing({ "other/package.json": "{}", "other/db.ts": program })).toBeNull();
	});

	it("is what the user says, if the user says it", async () => {
		const contents = { "db.ts": 'export const db = drizzle(url, { casing: "camelCase" });\n' };
		expect(await casing(contents, { ...schema, options: { casing: "snake_case" } })).toBe("snake_case");
	});
});
