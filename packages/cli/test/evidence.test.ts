import type { Evidence, SourceDescriptor } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { collectEvidence } from "../src/discovery/evidence/collect.js";
import { commandsOf } from "../src/discovery/evidence/shell.js";
import { yamlScripts } from "../src/discovery/evidence/yaml-scripts.js";
import { openProject } from "../src/project/project.js";
import { project } from "./helpers.js";

function source(path: string, more: Partial<SourceDescriptor> = {}): SourceDescriptor {
	const files = path.endsWith(".sql") ? [path] : [`${path}/001_a.sql`, `${path}/002_b.sql`];
	return { id: path, adapter: "sql", role: "definition", path, files, label: "SQL", options: {}, ...more };
}

const prismaFolder = (path: string) => source(path, { files: [`${path}/1_init/migration.sql`] });
const prismaSchema = (path: string) => source(path, { adapter: "prisma", role: "model", files: [path] });

async function evidence(files: Record<string, string>, ...sources: SourceDescriptor[]): Promise<Evidence[]> {
	const own = sources.flatMap((one) => one.files).map((path) => [path, ""]);
	const { files: opened } = await openProject(project({ ...Object.fromEntries(own), ...files }));
	return collectEvidence(opened, sources);
}

/** `source weight file:line`, for comparison. */
const brief = (found: readonly Evidence[]): string[] =>
	found.map((one) => `${one.source} ${one.weight} ${one.at.file}:${one.at.line}`);

const scripts = (commands: Record<string, string>): string =>
	JSON.stringify({ name: "x", scripts: commands }, null, 2);

describe("package scripts", () => {
	it("ties a migration tool to its folder and its schema", async () => {
		const found = await evidence(
			{
				"package.json": scripts({
					"db:push": "prisma db push",
					"db:deploy": "dotenv -e .env -- npx prisma migrate deploy",
				}),
			},
			prismaFolder("prisma/migrations"),
			prismaSchema("prisma/schema.prisma"),
		);
		expect(brief(found)).toEqual([
			"prisma/migrations deployment package.json:5",
			"prisma/schema.prisma local package.json:4",
		]);
		expect(found[0]?.what).toBe(
			"the npm script `db:deploy` runs `dotenv -e .env -- npx prisma migrate deploy`",
		);
	});

	it("takes the folder nearest to the package, and none where several are alike", async () => {
		const near = await evidence(
			{ "apps/a/package.json": scripts({ deploy: "prisma migrate deploy" }) },
			prismaFolder("apps/a/prisma/migrations"),
			prismaFolder("apps/b/prisma/migrations"),
		);
		expect(brief(near)).toEqual(["apps/a/prisma/migrations deployment apps/a/package.json:4"]);
		const alike = await evidence(
			{ "package.json": scripts({ deploy: "prisma migrate deploy" }) },
			prismaFolder("apps/a/prisma/migrations"),
			prismaFolder("apps/b/prisma/migrations"),
		);
		expect(alike).toEqual([]);
	});

	it("follows --schema to the migrations beside it", async () => {
		const found = await evidence(
			{ "package.json": scripts({ migrate: "prisma migrate deploy --schema=db/two/schema.prisma" }) },
			prismaFolder("db/one/migrations"),
			prismaFolder("db/two/migrations"),
			prismaSchema("db/two/schema.prisma"),
		);
		expect(brief(found)).toEqual(["db/two/migrations deployment package.json:4"]);
	});

	const tools: readonly (readonly [string, string, Record<string, string>])[] = [
		["psql $DATABASE_URL -f db/schema.sql", "db/schema.sql", {}],
		["psql < ./db/schema.sql", "db/schema.sql", {}],
		["cat db/schema.sql | docker exec -i pg psql -U me", "db/schema.sql", {}],
		["psql -c '\\i db/schema.sql'", "db/schema.sql", {}],
		["drizzle-kit migrate", "drizzle", { "drizzle/meta/_journal.json": "{}" }],
		["alembic -c alembic.ini upgrade head", "alembic/versions", { "alembic/env.py": "" }],
		["dbmate up", "db/migrations", {}],
		["dbmate -d sql/m up", "sql/m", {}],
		["node-pg-migrate up -m sql/m", "sql/m", {}],
		["migrate -path sql/m -database $DB up", "sql/m", {}],
		["migrate -source file://sql/m -database $DB up 2", "sql/m", {}],
		["goose -dir sql/m postgres $DB up", "sql/m", {}],
		["supabase db push", "supabase/migrations", {}],
		["sqlx migrate run", "migrations", {}],
		["flyway -locations=filesystem:sql/m migrate", "sql/m", {}],
	];
	it.each(tools)("knows %s", async (command, path, files) => {
		const found = await evidence({ "package.json": scripts({ run: command }), ...files }, source(path));
		expect(found.map((one) => one.source)).toEqual([path]);
	});

	const silent = [
		"pg_dump $DB > db/schema.sql",
		"pg_dump -f db/schema.sql && psql -c 'select 1'",
		"echo psql -f db/schema.sql",
		"prettier --write db/schema.sql && psql -l",
		"git diff --exit-code db/schema.sql; psql -l",
		"cp db/schema.sql /tmp && psql -l",
		"psql -f other/schema.sql",
		"node build.js",
		"npm i prisma && npm run nothing",
	];
	it.each(silent)("ties nothing to %s", async (command) => {
		expect(await evidence({ "package.json": scripts({ run: command }) }, source("db/schema.sql"))).toEqual(
			[],
		);
	});

	it("follows scripts that call scripts, without going in circles", async () => {
		const found = await evidence(
			{
				"package.json": scripts({
					deploy: "npm run a",
					a: "yarn b",
					b: "pnpm run a && psql -f db/schema.sql",
				}),
				Dockerfile: 'FROM node\nCMD ["npm", "run", "b"]\n',
			},
			source("db/schema.sql"),
		);
		expect(brief(found)).toContain("db/schema.sql deployment package.json:4");
		expect(brief(found)).toContain("db/schema.sql deployment Dockerfile:2");
		expect(found.find((one) => one.at.file === "Dockerfile")?.what).toBe(
			"the Dockerfile runs `npm run b`, which runs it: `psql -f db/schema.sql`",
		);
	});

	it("reads what a migration runner made by hand names", async () => {
		const runner = [
			'import pg from "pg";',
			'console.log("reading db/other.sql");',
			'const dir = path.join(__dirname, "..", "db", "migrations");',
			"await client.query(sql);",
		].join("\n");
		const found = await evidence(
			{ "package.json": scripts({ migrate: "tsx scripts/run.ts" }), "scripts/run.ts": runner },
			source("db/migrations"),
			source("db/other.sql"),
		);
		expect(brief(found)).toEqual(["db/migrations local package.json:4"]);
		expect(found[0]?.what).toContain("runs run.ts, which names it on line 3");
	});

	it("ties a program that is itself the source", async () => {
		const code = source("scripts/setup.js", { files: ["scripts/setup.js"] });
		const found = await evidence({ "package.json": scripts({ setup: "node scripts/setup.js" }) }, code);
		expect(brief(found)).toEqual(["scripts/setup.js local package.json:4"]);
	});

	it("survives what is no package.json", async () => {
		for (const text of ["{", "[]", '{"scripts": 3}', '{"scripts": {"a": {"b": 1}}}', ""]) {
			expect(await evidence({ "package.json": text }, source("db/schema.sql"))).toEqual([]);
		}
	});
});

describe("containers", () => {
	const mounts: readonly (readonly [string, string])[] = [
		["short form", '      - "./db/init.sql:/docker-entrypoint-initdb.d/init.sql:ro"'],
		["a folder", "      - ./db:/docker-entrypoint-initdb.d"],
		[
			"long form",
			"      - type: bind\n        source: ./db/init.sql\n        target: /docker-entrypoint-initdb.d/1.sql",
		],
	];
	it.each(mounts)("sees a mount in %s", async (_, lines) => {
		const text = `services:\n  db:\n    image: postgres\n    volumes:\n${lines}\n`;
		const found = await evidence({ "docker-compose.yml": text }, source("db/init.sql"));
		expect(found.map((one) => [one.source, one.weight])).toEqual([["db/init.sql", "local"]]);
		expect(found[0]?.what).toBe("docker-compose.yml mounts it into docker-entrypoint-initdb.d");
	});

	it("leaves volumes, variables and comments alone", async () => {
		const text =
			"services:\n  db:\n    volumes:\n      - data:/docker-entrypoint-initdb.d\n      - $X:/docker-entrypoint-initdb.d\n#      - ./db:/docker-entrypoint-initdb.d\n";
		expect(await evidence({ "compose.yaml": text }, source("db/init.sql"))).toEqual([]);
	});

	it("reads a compose file in a folder, its commands and what they call", async () => {
		const found = await evidence(
			{
				"docker/compose.prod.yml":
					"services:\n  api:\n    command: sh -c 'alembic upgrade head && uvicorn app'\n",
				"api/alembic/env.py": "",
			},
			source("api/alembic/versions"),
		);
		expect(brief(found)).toEqual(["api/alembic/versions deployment docker/compose.prod.yml:3"]);
	});

	it("reads copies, commands over several lines, and the entry point's script", async () => {
		const found = await evidence(
			{
				"db/Dockerfile": "FROM postgres:16\nCOPY --chown=1 init.sql /docker-entrypoint-initdb.d/\n",
				"api/Dockerfile":
					'FROM node\nRUN true \\\n  && true\nRUN chmod +x scripts/start.sh\nENTRYPOINT ["./scripts/start.sh"]\n',
				"api/scripts/start.sh": "#!/bin/sh\n# psql -f /app/db/other.sql\npsql -f /app/db/schema.sql\n",
			},
			source("db/init.sql"),
			source("db/schema.sql"),
			source("db/other.sql"),
		);
		expect(brief(found)).toEqual([
			"db/schema.sql deployment api/Dockerfile:5",
			"db/init.sql local db/Dockerfile:2",
			"db/schema.sql local api/scripts/start.sh:3",
		]);
	});
});

describe("workflows and scripts", () => {
	const step = (run: string): string =>
		`name: x\non: push\njobs:\n  build:\n    runs-on: ubuntu\n    steps:\n      - uses: actions/checkout@v4\n      - name: go\n        run: ${run}\n`;

	it("tells deployment from CI by names", async () => {
		const run = "|\n          cd db\n          psql $URL -f schema.sql";
		const files = {
			".github/workflows/deploy.yml": step(run),
			".github/workflows/ci.yml": step(run),
		};
		expect(brief(await evidence(files, source("db/schema.sql")))).toEqual([
			"db/schema.sql deployment .github/workflows/deploy.yml:11",
			"db/schema.sql ci .github/workflows/ci.yml:11",
		]);
	});

	it("holds even a deploy command in CI for a trial", async () => {
		const found = await evidence(
			{ ".github/workflows/test.yml": step("npx prisma migrate deploy") },
			prismaFolder("prisma/migrations"),
		);
		expect(brief(found)).toEqual(["prisma/migrations ci .github/workflows/test.yml:9"]);
	});

	it("sees a loop over a folder, with a variable before it", async () => {
		const script = [
			"#!/bin/bash",
			'ROOT="$(cd "$(dirname "$0")/.." && pwd)"',
			'for file in "$ROOT"/database_migrations/*.sql; do',
			'  psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f "$file"',
			"done",
		].join("\n");
		const found = await evidence({ "scripts/deploy.sh": script }, source("database_migrations"));
		expect(brief(found)).toEqual(["database_migrations deployment scripts/deploy.sh:3"]);
	});

	it("sees a folder in a variable only if the script runs psql", async () => {
		const assigned = "DIR=db/migrations\nls $DIR\n";
		expect(await evidence({ "run.sh": assigned }, source("db/migrations"))).toEqual([]);
		const found = await evidence(
			{ "run.sh": `${assigned}psql -f $DIR/001_a.sql\n` },
			source("db/migrations"),
		);
		expect(brief(found)).toContain("db/migrations local run.sh:1");
	});

	it("reads make targets, recipes, the Procfile and fly.toml", async () => {
		const found = await evidence(
			{
				Makefile: "deploy: migrate\n\t@echo hi\n\nmigrate:\n\tpsql -f a.sql\n",
				Procfile: "web: node .\nrelease: make migrate\n",
				"fly.toml": '[deploy]\n  release_command = "psql -f b.sql"\n',
				".gitlab-ci.yml": "deploy_prod:\n  stage: deploy\n  script:\n    - psql -f c.sql\n    - echo\n",
			},
			source("a.sql"),
			source("b.sql"),
			source("c.sql"),
		);
		expect(brief(found).sort()).toEqual([
			"a.sql deployment Procfile:2",
			"a.sql local Makefile:5",
			"b.sql deployment fly.toml:2",
			"c.sql deployment .gitlab-ci.yml:4",
		]);
	});
});

describe("shell text", () => {
	it("is split as a shell does", () => {
		const text = `A=1 if x 'a b' "c\\"d" && y<in.sql >out | z $(a b) # no\nw \\\n  v`;
		const lines = text.split("\n").map((one, at) => ({ text: one, line: at + 1 }));
		expect(
			commandsOf(lines).map(({ words, inputs, piped, line }) => ({ words, inputs, piped, line })),
		).toEqual([
			{ words: ["A=1", "if", "x", "a b", 'c"d'], inputs: [], piped: false, line: 1 },
			{ words: ["y"], inputs: ["in.sql"], piped: true, line: 1 },
			{ words: ["z", "$(a b)"], inputs: [], piped: false, line: 1 },
			{ words: ["w", "v"], inputs: [], piped: false, line: 2 },
		]);
	});

	it("ends on whatever it is given", () => {
		for (const text of ["'", '"\\', "$(", "\\", ">>>", "&&&", "<", "a'b"]) {
			expect(() => commandsOf([{ text, line: 1 }])).not.toThrow();
		}
	});

	it("is found in YAML in every form", () => {
		const text = [
			"jobs:",
			"  a:",
			"    steps:",
			"      - run: one # no comment of ours",
			"      - run: |",
			"          two",
			"",
			"          three",
			"      - run: >-",
			"          four",
			"          five",
			"  b:",
			"    script:",
			'      - "six: 6"',
			"      - seven",
			"    other: x",
			'  c: { run: "no" }',
			"  d:",
			'    command: ["sh", "-c", "eight nine"]',
		].join("\n");
		const found = yamlScripts(text, (key) => key === "run" || key === "script" || key === "command");
		expect(found.map((one) => one.lines.map((line) => `${line.line} ${line.text.trim()}`))).toEqual([
			["4 one # no comment of ours"],
			["6 two", "8 three"],
			["10 four \\", "11 five \\"],
			["14 six: 6", "15 seven"],
			["19 sh -c 'eight nine'"],
		]);
		expect(found[3]?.keys).toEqual(["jobs", "b", "script"]);
	});
});

describe("programs that create the tables of their models when they start", () => {
	const models = (path: string, adapter = "python") =>
		source(path, { adapter, role: "model", files: [path] });

	it("are told by create_all, but not by that of tests, scripts and comments", async () => {
		const found = await evidence(
			{
				"app/main.py":
					"app = FastAPI()\n\n@app.on_event('startup')\nasync def s():\n    await conn.run_sync(Base.metadata.create_all)\n",
				"app/other.py": "# Base.metadata.create_all(engine)\n",
				"tests/conftest.py": "Base.metadata.create_all(engine)\n",
				"scripts/make.py": "Base.metadata.create_all(engine)\n",
				"init_db.py": "Base.metadata.create_all(engine)\n",
			},
			models("app/models.py"),
		);
		expect(found.map(({ at, createsTables }) => [at.file, at.line, createsTables])).toEqual([
			["app/main.py", 5, true],
		]);
	});

	it("are told by synchronize: true, of the models nearest to it", async () => {
		const found = await evidence(
			{
				"api/src/data-source.ts": "new DataSource({\n  synchronize: true,\n})",
				"jobs/src/data-source.ts": "new DataSource({\n  // synchronize: true,\n  synchronize: isDev,\n})",
			},
			models("api/src/entities", "typeorm"),
			models("jobs/src/entities", "typeorm"),
		);
		expect(brief(found)).toEqual(["api/src/entities local api/src/data-source.ts:2"]);
	});
});
