import { describe, expect, it } from "vitest";
import { discovered, POSTGRES } from "./project.js";

const MODEL = "model User {\n  id Int @id\n}\n";
const POST = "model Post {\n  id Int @id\n}\n";
const datasource = (properties: string) => `datasource db {\n${properties}\n}\n`;

describe("discovery of Prisma schemas", () => {
	it("finds a schema in one file", async () => {
		const { sources, skipped } = await discovered({ "prisma/schema.prisma": POSTGRES + MODEL });
		expect(sources).toEqual([
			{
				id: "prisma:prisma/schema.prisma",
				adapter: "prisma",
				role: "model",
				path: "prisma/schema.prisma",
				files: ["prisma/schema.prisma"],
				label: "Prisma schema",
				options: {},
			},
		]);
		expect(skipped).toEqual([]);
	});

	it("joins the files of a folder, however deep, to one schema", async () => {
		const { sources } = await discovered({
			"db/schema/main.prisma": POSTGRES,
			"db/schema/user.prisma": MODEL,
			"db/schema/blog/post.prisma": POST,
		});
		expect(sources).toHaveLength(1);
		expect(sources[0]).toMatchObject({
			path: "db/schema",
			files: ["db/schema/blog/post.prisma", "db/schema/main.prisma", "db/schema/user.prisma"],
		});
	});

	it("joins parts in a folder beside that of the datasource", async () => {
		const { sources } = await discovered({
			"db/config/main.prisma": POSTGRES,
			"db/models/user.prisma": MODEL,
		});
		expect(sources[0]).toMatchObject({
			path: "db",
			files: ["db/config/main.prisma", "db/models/user.prisma"],
		});
	});

	it("gives each datasource a source of its own", async () => {
		const { sources } = await discovered({
			"a/schema.prisma": POSTGRES + MODEL,
			"b/schema.prisma": POSTGRES + MODEL,
		});
		expect(sources.map(({ id }) => id)).toEqual(["prisma:a/schema.prisma", "prisma:b/schema.prisma"]);
	});

	it("leaves out parts that a tool has merged into the schema", async () => {
		const { sources, skipped } = await discovered({
			"prisma/schema.prisma": POSTGRES + MODEL,
			"prisma/parts/user.prisma": MODEL,
		});
		expect(sources[0]?.files).toEqual(["prisma/schema.prisma"]);
		expect(skipped).toEqual([
			{ path: "prisma/parts/user.prisma", why: "its models are also in prisma/schema.prisma" },
		]);
	});

	it("does not guess to which of two schemas a part belongs", async () => {
		const { sources, skipped } = await discovered({
			"prisma/a.prisma": POSTGRES + MODEL,
			"prisma/b.prisma": POSTGRES + MODEL,
			"prisma/c.prisma": POST,
		});
		expect(sources).toHaveLength(2);
		expect(skipped.map(({ path }) => path)).toEqual(["prisma/c.prisma"]);
	});

	it.each([
		["package.json", { "package.json": '{"prisma": {"schema": "./src/db"}}' }],
		["prisma.config.ts", { "prisma.config.ts": 'export default defineConfig({ schema: "src/db" })' }],
		[
			"a joined path",
			{
				"prisma.config.ts":
					'// schema: "other"\nexport default defineConfig({ schema: path.join("src", "db"), migrations: { path: "x" } })',
			},
		],
		[
			"a path from __dirname",
			{ "src/prisma.config.mjs": 'export default { schema: resolve(__dirname, "db") }' },
		],
	])("takes the schema's folder from %s", async (_, config) => {
		const { sources, skipped } = await discovered({
			...config,
			"src/db/main.prisma": POSTGRES,
			"src/db/a/user.prisma": MODEL,
		});
		expect(sources).toHaveLength(1);
		expect(sources[0]).toMatchObject({
			path: "src/db",
			files: ["src/db/a/user.prisma", "src/db/main.prisma"],
		});
		expect(skipped).toEqual([]);
	});

	it("takes one file where the configuration names one", async () => {
		const { sources, skipped } = await discovered({
			"package.json": '{"prisma": {"schema": "db/schema.prisma"}}',
			"db/schema.prisma": POSTGRES + MODEL,
			"db/old.prisma": POST,
		});
		expect(sources[0]).toMatchObject({ path: "db/schema.prisma", files: ["db/schema.prisma"] });
		expect(skipped.map(({ path }) => path)).toEqual(["db/old.prisma"]);
	});

	it.each([
		["mysql", "MySQL"],
		["sqlite", "SQLite"],
		["mongodb", "MongoDB"],
		["sqlserver", "SQL Server"],
		["cockroachdb", "CockroachDB"],
	])("lists a schema for %s as skipped", async (provider, name) => {
		const text = datasource(`  provider = "${provider}" // not ours\n  url = env("X")`) + MODEL;
		const { sources, skipped } = await discovered({ "schema.prisma": text });
		expect(sources).toEqual([]);
		expect(skipped).toEqual([{ path: "schema.prisma", why: `a Prisma schema for ${name}` }]);
	});

	it("reads `postgres` and a list of providers with Postgres in it", async () => {
		for (const provider of ['"postgres"', '["sqlite", "postgresql"]']) {
			const text = datasource(`  provider = ${provider}`) + MODEL;
			expect((await discovered({ "schema.prisma": text })).sources).toHaveLength(1);
		}
	});

	it("takes a provider from the environment only where the migrations are Postgres's", async () => {
		const text = datasource('  provider = env("PROVIDER")') + MODEL;
		const without = await discovered({ "schema.prisma": text });
		expect(without.skipped).toEqual([
			{
				path: "schema.prisma",
				why: "a Prisma schema whose database is chosen by the environment variable PROVIDER",
			},
		]);
		const locked = await discovered({
			"schema.prisma": text,
			"migrations/migration_lock.toml": '# generated\nprovider = "postgresql"\n',
		});
		expect(locked.sources).toHaveLength(1);
	});

	it("hints at the database by the name of the URL's variable, and never by the URL", async () => {
		const named = await discovered({
			"schema.prisma": datasource('  provider = "postgresql"\n  url = env("MAIN_URL")') + MODEL,
		});
		expect(named.sources[0]?.databaseHint).toBe("MAIN_URL");
		const text = datasource('  provider = "postgresql"\n  url = "postgresql://me:secret@host/db"') + MODEL;
		const literal = await discovered({ "schema.prisma": text });
		expect(JSON.stringify(literal)).not.toContain("secret");
		expect(literal.sources[0]?.databaseHint).toBeUndefined();
		const config =
			'export default defineConfig({ schema: "schema.prisma", datasource: { url: env("PG_URL") } })';
		const seven = await discovered({ "schema.prisma": POSTGRES + MODEL, "prisma.config.ts": config });
		expect(seven.sources[0]?.databaseHint).toBe("PG_URL");
	});

	it("skips tests, examples and copies of the generator, unless they are named", async () => {
		const contents = {
			"tests/schema.prisma": POSTGRES + MODEL,
			"examples/blog/schema.prisma": POSTGRES + MODEL,
			"src/generated/schema.prisma": POSTGRES + MODEL,
			"src/generated/edge.js": "",
		};
		const { sources, skipped } = await discovered(contents);
		expect(sources).toEqual([]);
		expect(skipped).toEqual([
			{
				path: "examples/blog/schema.prisma",
				why: "below examples/: not the project's own schema, and no configuration or script names it",
			},
			{ path: "src/generated/schema.prisma", why: "a copy that Prisma Client's generator wrote" },
			{
				path: "tests/schema.prisma",
				why: "below tests/: not the project's own schema, and no configuration or script names it",
			},
		]);
		expect((await discovered(contents, "tests/schema.prisma")).sources).toHaveLength(1);
	});

	it.each(["docs/reference", "cli/templates/base", "documentation", "packages/x/snippets"])(
		"skips a schema below %s that is there to be read or copied",
		async (folder) => {
			const { sources, skipped } = await discovered({
				"prisma/schema.prisma": POSTGRES + MODEL,
				[`${folder}/schema.prisma`]: POSTGRES + MODEL + POST,
				// What such a folder says of itself is no evidence.
				[`${folder}/package.json`]: '{"prisma": {"schema": "schema.prisma"}}',
			});
			expect(sources.map(({ path }) => path)).toEqual(["prisma/schema.prisma"]);
			expect(skipped).toMatchObject([
				{ path: `${folder}/schema.prisma`, why: expect.stringContaining("below ") },
			]);
		},
	);

	it.each([
		["package.json", { "package.json": '{"prisma": {"schema": "docs/db/schema.prisma"}}' }],
		[
			"a script",
			{ "package.json": '{"scripts": {"db": "prisma migrate deploy --schema=./docs/db/schema.prisma"}}' },
		],
		["prisma.config.ts", { "prisma.config.ts": 'export default { schema: "docs/db" }' }],
	])("takes a schema below docs that %s names", async (_, config) => {
		const { sources } = await discovered({ ...config, "docs/db/schema.prisma": POSTGRES + MODEL });
		expect(sources.flatMap(({ files }) => files)).toEqual(["docs/db/schema.prisma"]);
	});

	it("takes the schema's folder from a script's command line", async () => {
		const { sources, skipped } = await discovered({
			"apps/api/package.json": '{"scripts": {"gen": "prisma generate --schema ../../db/models && tsc"}}',
			"db/models/main.prisma": POSTGRES,
			"db/models/user.prisma": MODEL,
			"db/old.prisma": POST,
		});
		expect(sources).toMatchObject([
			{ path: "db/models", files: ["db/models/main.prisma", "db/models/user.prisma"] },
		]);
		expect(skipped.map(({ path }) => path)).toEqual(["db/old.prisma"]);
	});

	it("takes what is external from the configuration beside the schema, named or not", async () => {
		const config = (schema: string) =>
			`export default defineConfig({ ${schema}tables: { external: ["auth.users", 'public.log'] }, enums: { external: ["auth.role"] } })`;
		for (const schema of ['schema: "prisma/schema.prisma", ', ""]) {
			const { sources } = await discovered({
				"prisma/schema.prisma": POSTGRES + MODEL,
				"prisma.config.ts": config(schema),
			});
			expect(sources).toMatchObject([
				{
					path: "prisma/schema.prisma",
					options: {
						external: {
							tables: ["auth.users", "public.log"],
							enums: ["auth.role"],
							file: "prisma.config.ts",
						},
					},
				},
			]);
		}
	});

	it("says why a file is no schema", async () => {
		const { sources, skipped } = await discovered({
			"a/empty.prisma": "",
			"b/part.prisma": MODEL,
			"c/schema.prisma": POSTGRES,
			"d/schema.prisma": "datasource\0db",
			"e/commented.prisma": POSTGRES.replaceAll(/^/gm, "// "),
		});
		expect(sources).toEqual([]);
		expect(skipped.map(({ path }) => path).sort()).toEqual([
			"a/empty.prisma",
			"b/part.prisma",
			"c/schema.prisma",
			"d/schema.prisma",
			"e/commented.prisma",
		]);
		expect(skipped.every(({ why }) => why.length > 10)).toBe(true);
	});

	it("survives configurations that make no sense", async () => {
		const { sources } = await discovered({
			"package.json": '{"prisma": [}',
			"a/package.json": '{"prisma": {"schema": 5}}',
			"prisma.config.ts": "export default { schema: makePath(name) }",
			"schema.prisma": POSTGRES + MODEL,
		});
		expect(sources).toHaveLength(1);
	});
});
