import type { Entity, Snapshot } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { typeormMigrationsAdapter as adapter } from "../src/index.js";

async function readProject(files: Readonly<Record<string, string>>): Promise<Snapshot> {
	const project = await temporaryProject(files);
	try {
		const matched = project.files.paths().filter((path) => /\.[jt]s$/.test(path));
		const { sources } = await adapter.discover({ files: project.files, matched });
		const [source] = sources;
		if (!source || sources.length !== 1) throw new Error(`${sources.length} sources`);
		return await adapter.read(source, { files: project.files });
	} finally {
		await project.remove();
	}
}

/** A project whose only migration has the body `up`. */
function readUp(up: string, before = ""): Promise<Snapshot> {
	return readProject({ "m/a.ts": migration("A1700000000001", up, before) });
}

function migration(name: string, up: string, before = ""): string {
	return `${before}export class ${name} implements MigrationInterface {
async up(queryRunner: QueryRunner): Promise<void> {
${up}
}
async down(): Promise<void> {}
}
`;
}

function find(snapshot: Snapshot, address: string): Entity | undefined {
	return snapshot.entities.find((entity) => entity.address === address);
}

const gapsOf = (snapshot: Snapshot): string[] =>
	snapshot.gaps.map((gap) => `${gap.under} ${gap.at?.file}:${gap.at?.line} ${gap.why}`);

const TABLE = 'await queryRunner.query(`CREATE TABLE "t" ("id" int, "a" text)`);';

describe("a column that a later migration adds", () => {
	const added = async (up: string): Promise<string[]> => {
		const snapshot = await readProject({
			"m/1.ts": migration("A1700000000001", TABLE),
			"m/2.ts": migration("B1700000000002", up, 'import { TableColumn } from "typeorm";\n'),
		});
		return snapshot.diagnostics
			.filter(({ code }) => code === "required-column-added")
			.map(({ at, severity }) => `${severity} ${at.file}`);
	};

	it("fails where there are rows, if it is required and has no default", async () => {
		const sql = 'await queryRunner.query(`ALTER TABLE "t" ADD "n" text NOT NULL`);';
		expect(await added(sql)).toEqual(["medium m/2.ts"]);
		const call =
			'await queryRunner.addColumn("t", new TableColumn({ name: "n", type: "text", isNullable: false }));';
		expect(await added(call)).toEqual(["medium m/2.ts"]);
		const filled = call.replace("isNullable: false", "isNullable: false, default: \"''\"");
		expect(await added(filled)).toEqual([]);
	});
});

describe("the order", () => {
	it("is that of the timestamps, of the name before that of the class", async () => {
		const drop = 'await queryRunner.query(`ALTER TABLE "t" DROP COLUMN "a"`);';
		const snapshot = await readProject({
			"m/1.ts": migration("First1700000000009", drop),
			"m/2.ts": migration("Second1700000000010", TABLE).replace(
				"{\nasync",
				'{\nname = "Second1600000000000";\nasync',
			),
		});
		expect(snapshot.gaps).toEqual([]);
		expect(find(snapshot, "column:public.t.id")).toBeDefined();
		expect(find(snapshot, "column:public.t.a")).toBeUndefined();
	});

	it("needs a timestamp, as TypeORM does", async () => {
		const snapshot = await readProject({ "m/a.ts": migration("Plain", TABLE) });
		expect(snapshot.entities).toEqual([]);
		expect(gapsOf(snapshot).join()).toMatch(/m\/a.ts:1 the migration Plain has no timestamp/);
	});
});

describe("the lines", () => {
	it("are those of the text, within templates, escapes and concatenations", async () => {
		const snapshot = await readUp(
			[
				"await queryRunner.query(`CREATE TABLE \\`x\\` (".replaceAll("\\`", '"'),
				'"id" int, \\u0020',
				'"a" text',
				")`);",
				'await queryRunner.query(\'CREATE TABLE "y" ("id" int, \' +',
				"'\"b\" text)');",
			].join("\n"),
		);
		expect(snapshot.gaps).toEqual([]);
		expect(find(snapshot, "column:public.x.id")?.at.line).toBe(4);
		expect(find(snapshot, "column:public.x.a")?.at.line).toBe(5);
		expect(find(snapshot, "table:public.y")?.at.line).toBe(7);
	});

	it("of what TypeORM writes are those of the columns and constraints", async () => {
		const snapshot = await readUp(
			`await queryRunner.createTable(new Table({
name: "t",
columns: [
{ name: "id", type: "int", isPrimary: true },
new TableColumn({
name: "other",
type: "uuid" })],
}));`,
			'import { Table, TableColumn } from "typeorm";\n',
		);
		expect(snapshot.gaps).toEqual([]);
		expect(find(snapshot, "table:public.t")?.at.line).toBe(5);
		expect(find(snapshot, "column:public.t.id")?.at.line).toBe(7);
		expect(find(snapshot, "column:public.t.other")?.at.line).toBe(9);
	});
});

describe("what is only known at run time", () => {
	it("leaves gaps for both ways of a condition", async () => {
		const snapshot = await readUp(`${TABLE}
const rows = await queryRunner.query('SELECT 1');
if (rows.length > 0) {
await queryRunner.query('ALTER TABLE "t" DROP COLUMN "a"');
} else await queryRunner.query('CREATE TABLE "u" ("id" int)');`);
		expect(gapsOf(snapshot)).toEqual([
			expect.stringMatching(
				/^table:public\.t m\/a\.ts:6 whether it runs depends on run time: what a query gives/,
			),
			expect.stringMatching(/^table:public\.u m\/a\.ts:7 /),
		]);
		expect(find(snapshot, "column:public.t.a")).toBeDefined();
		expect(find(snapshot, "table:public.u")).toBeUndefined();
	});

	it.each([
		["a loop over rows", 'for (const row of rows) await queryRunner.query(\'ALTER TABLE "t" ADD "b" int\');'],
		[
			"a callback",
			'await Promise.all(rows.map((row) => queryRunner.query(\'ALTER TABLE "t" ADD "b" int\')));',
		],
		[
			"an early return",
			'if (rows.length === 0) return;\nawait queryRunner.query(\'ALTER TABLE "t" ADD "b" int\');',
		],
		[
			"a switch",
			'switch (rows[0].kind) { case 1: await queryRunner.query(\'ALTER TABLE "t" ADD "b" int\'); }',
		],
		["an operator", 'rows.length && (await queryRunner.query(\'ALTER TABLE "t" ADD "b" int\'));'],
		[
			"a variable",
			"let sql = 'SELECT 1'; if (rows[0]) sql = 'ALTER TABLE \"t\" ADD \"b\" int'; await queryRunner.query(sql);",
		],
		[
			"a while",
			'let at = 0; while (at < rows.length) { await queryRunner.query(\'ALTER TABLE "t" ADD "b" int\'); at++; }',
		],
	])("is a gap of the table in %s", async (_what, code) => {
		const snapshot = await readUp(`${TABLE}\nconst rows = await queryRunner.query('SELECT 1');\n${code}`);
		expect(snapshot.gaps.map((gap) => gap.under)).toEqual(["table:public.t"]);
		expect(snapshot.gaps[0]?.mayChange).toBe(true);
		expect(find(snapshot, "column:public.t.b")).toBeUndefined();
	});

	it("in data changes no schema", async () => {
		const snapshot = await readUp(`${TABLE}
const [{ max }] = await queryRunner.query('SELECT max("id") FROM "t"');
for (const row of await queryRunner.query('SELECT * FROM "t"')) {
const { a, ...rest } = row;
await queryRunner.query(\`UPDATE "t" SET "a" = '\${JSON.parse(a).b}' WHERE "id" IN (\${rest.ids.join(",")})\`);
}
await queryRunner.manager.getRepository("T").save({ id: max + 1 });
if (!max) throw new Error("nothing");
await queryRunner.query('ALTER TABLE "t" ADD "b" int');`);
		expect(snapshot.gaps).toEqual([]);
		expect(find(snapshot, "column:public.t.b")).toBeDefined();
	});

	it("is an unknown value where it is a part of SQL", async () => {
		const snapshot = await readUp(
			// biome-ignore lint/suspicious/noTemplateCurlyInString: it is a template in the migration
			'await queryRunner.query(`CREATE TABLE "t" ("id" int, "a" int DEFAULT ${Date.now()})`);',
		);
		expect(find(snapshot, "column:public.t.a")?.facts.default).toEqual({
			unknown: "Date.now",
			at: { file: "m/a.ts", line: 3 },
		});
	});

	it("is a gap of the source where it is the SQL, or where the runner is given away", async () => {
		const snapshot = await readUp(
			`${TABLE}
await queryRunner.query(await readFile("x.sql", "utf8"));
await seed(queryRunner);`,
			'import { readFile } from "node:fs/promises";\nimport { seed } from "elsewhere";\n',
		);
		expect(snapshot.gaps.map(({ under, at }) => [under, at?.line])).toEqual([
			["*", 6],
			["*", 7],
		]);
	});

	it("in the environment is taken as unset, and conditions on it as open", async () => {
		const snapshot = await readUp(`
const schema = process.env.DB_SCHEMA ?? "public";
await queryRunner.query(\`CREATE TABLE "\${schema}"."t" ("id" int)\`);
if (process.env.EXTRA) await queryRunner.query('ALTER TABLE "t" ADD "x" int');`);
		expect(find(snapshot, "table:public.t")).toBeDefined();
		expect(gapsOf(snapshot)).toEqual([
			expect.stringMatching(/^table:public\.t .*environment's variable EXTRA/),
		]);
	});
});

describe("what the runner is asked", () => {
	it("is answered from what the migrations have made", async () => {
		const snapshot = await readUp(`${TABLE}
if (await queryRunner.hasTable("t")) await queryRunner.query('ALTER TABLE "t" ADD "yes" int');
if (await queryRunner.hasTable("public.t")) await queryRunner.query('ALTER TABLE "t" ADD "too" int');
if (await queryRunner.hasColumn("t", "none")) await queryRunner.query('ALTER TABLE "t" ADD "no" int');
if (await queryRunner.hasTable("u")) await queryRunner.query('ALTER TABLE "u" ADD "no" int');
const table = await queryRunner.getTable("t");
if (table?.findColumnByName("a")) await queryRunner.dropColumn("t", "a");`);
		expect(snapshot.gaps).toEqual([]);
		const columns = snapshot.entities.flatMap((entity) => (entity.kind === "column" ? [entity.address] : []));
		expect(columns).toEqual(["column:public.t.id", "column:public.t.too", "column:public.t.yes"]);
	});

	it("stays open where the tables are made elsewhere", async () => {
		const snapshot = await readUp(`
await queryRunner.query('ALTER TABLE "old" ADD "b" int');
if (!(await queryRunner.hasTable("u"))) await queryRunner.query('CREATE TABLE "u" ("id" int)');
await queryRunner.dropColumn("old", "c");`);
		expect(gapsOf(snapshot)).toContainEqual(expect.stringMatching(/^table:public\.u m\/a\.ts:5 /));
		expect(gapsOf(snapshot)).toContainEqual(
			expect.stringMatching(/^table:public\.old m\/a\.ts:6 dropColumn\(\) is not followed/),
		);
	});

	it("is Postgres where the database's type is meant", async () => {
		const snapshot = await readProject({
			"m/a.ts": migration(
				"A1700000000001",
				`switch (queryRunner.connection.options.type as Kind) {
case Kind.mysql: await queryRunner.query('nonsense'); break;
case Kind.postgres: await this.postgres(queryRunner); break;
default: throw Error("unsupported");
}`,
				'import { Kind } from "../kind";\n',
			).replace("async down", `private async postgres(queryRunner) { ${TABLE} }\nasync down`),
			"kind.ts": 'export * from "./kinds/all";\n',
			"kinds/all.ts": 'export enum Kind { mysql = "mysql", postgres = "postgres" }\n',
		});
		expect(snapshot.gaps).toEqual([]);
		expect(find(snapshot, "table:public.t")).toBeDefined();
	});
});

describe("bad input", () => {
	const good = migration("Good1700000000009", 'await queryRunner.query(`CREATE TABLE "good" ("id" int)`);');

	it.each([
		["does not parse", "export class Bad1700000000001 implements MigrationInterface { async up( {"],
		["throws", migration("Bad1700000000001", "undefined.x;")],
		["never ends", migration("Bad1700000000001", "while (true) { }")],
		["calls itself without end", migration("Bad1700000000001", "await this.up(queryRunner);")],
		["drops what is not there", migration("Bad1700000000001", 'await queryRunner.dropTable("none");')],
		["runs what is no SQL", migration("Bad1700000000001", 'await queryRunner.query("CREATE TABEL x");')],
	])("that %s is a gap, and the rest is read", async (_what, text) => {
		const snapshot = await readProject({ "m/a.ts": text, "m/b.ts": good });
		expect(snapshot.gaps.map((gap) => gap.at?.file)).toEqual(["m/a.ts"]);
		expect(find(snapshot, "table:public.good")).toBeDefined();
	});

	it("in JavaScript's modules is no trouble", async () => {
		const snapshot = await readProject({
			"m/a.js": `const { Table } = require("typeorm");
module.exports = class A1700000000001 {
	async up(queryRunner) {
		await queryRunner.createTable(new Table({ name: "t", columns: [{ name: "id", type: "int" }] }));
	}
};
`,
		});
		expect(snapshot.gaps).toEqual([]);
		expect(find(snapshot, "column:public.t.id")?.at.line).toBe(4);
	});
});
