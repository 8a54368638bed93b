import { describe, expect, it } from "vitest";
import { readScripts } from "../src/index.js";
import { splitScript } from "../src/script/split.js";
import { addresses, readSql, statedValue, testHead } from "./support.js";

const pieces = (text: string): string[] => splitScript(text).map(({ start, end }) => text.slice(start, end));

describe("splitting a script", () => {
	it("knows quotes, dollar quotes, nested comments and BEGIN ATOMIC", () => {
		expect(
			pieces("a 'x;''y'; b E'\\';' ; c \"d;e\"; -- f;\n/* g; /* h; */ ; */ i; $x$ ; $$ ; $x$; j"),
		).toEqual(["a 'x;''y'", "b E'\\';'", 'c "d;e"', "i", "$x$ ; $$ ; $x$", "j"]);
		expect(
			pieces("CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN b END; SELECT 2; END; x"),
		).toHaveLength(2);
		expect(pieces("CREATE RULE r AS ON INSERT TO t DO (a; b); c")).toHaveLength(2);
	});

	it("passes over COPY data and meta-commands", () => {
		expect(pieces("\\connect x\nCOPY t (a) FROM stdin;\n1;'\n\\.\nCREATE TABLE u ();\n\\d u\n")).toEqual([
			"\\connect x",
			"COPY t (a) FROM stdin",
			"CREATE TABLE u ()",
			"\\d u",
		]);
	});

	it("ends on any text", () => {
		for (const text of ["'", '"', "$$", "/*", "(", "\\", "", ";;;", "\u0000", "-- x"])
			expect(() => pieces(text)).not.toThrow();
	});
});

describe("a script", () => {
	it("is read past psql's commands, and an include is a gap", async () => {
		const snapshot = await readSql(
			"\\restrict k\nCREATE TABLE a (id int);\nCOPY a (id) FROM stdin;\n1\n\\.\nCREATE TABLE b (id int);\n\\i more.sql\n",
		);
		expect(addresses(snapshot, "table")).toEqual(["table:public.a", "table:public.b"]);
		expect(snapshot.gaps).toMatchObject([{ under: "*", at: { line: 7 } }]);
		expect(snapshot.diagnostics).toEqual([]);
	});

	it("with placeholders has a gap for that statement only", async () => {
		const snapshot = await readSql(
			"CREATE TABLE a (id int);\nCREATE TABLE \u0024{schema}.b (id int);\nCREATE TABLE c (id int DEFAULT :start);\nCREATE TABLE d (id int, t time DEFAULT '10:30:00', x text DEFAULT 'a'::text);",
		);
		expect(addresses(snapshot, "table")).toEqual(["table:public.a", "table:public.d"]);
		expect(snapshot.gaps.map(({ at }) => at?.line)).toEqual([2, 3]);
		expect(snapshot.diagnostics).toEqual([]);
	});

	it("takes a name that only begins like a placeholder for a name", async () => {
		const snapshot = await readSql('CREATE TABLE t ("a${" int, "{{b" text);');
		expect(snapshot.gaps).toEqual([]);
		expect(addresses(snapshot, "column")).toEqual(['column:public.t."a${"', 'column:public.t."{{b"']);
	});

	it("that run as they stand have no placeholders in what parses", async () => {
		const text =
			'CREATE TABLE "\u0024{a}" ("{{b}}" text DEFAULT \'{{ range }}\');\nCREATE TABLE c (id int);\nCREATE TABLE d (id int DEFAULT :x);';
		const read = (literal: boolean) =>
			readScripts({ head: testHead, scripts: [{ file: "a.sql", text, literal }] });
		const snapshot = await read(true);
		expect(addresses(snapshot, "column")).toEqual([
			'column:public."\u0024{a}"."{{b}}"',
			"column:public.c.id",
		]);
		expect(snapshot.gaps.map(({ at }) => at?.line)).toEqual([3]);
		expect(addresses(await read(false), "column")).toEqual([]);
	});

	it("takes no keyword or half a name for the table of a statement with placeholders", async () => {
		const snapshot = await readSql(
			"CREATE TABLE IF NOT EXISTS {{ .Schema }}.a (id int);\nCREATE TABLE part_{{ .Number }} (id int);\nCREATE TABLE IF NOT EXISTS b (id int DEFAULT {{ .Start }});",
		);
		expect(snapshot.gaps.map(({ under }) => under)).toEqual(["*", "*", "table:public.b"]);
	});

	it("keeps the search path to its own file", async () => {
		const snapshot = await readSql({
			"1.sql": "CREATE SCHEMA x; SET search_path TO x; CREATE TABLE a (id int);",
			"2.sql": "CREATE TABLE b (id int);",
		});
		expect(addresses(snapshot, "table")).toEqual(["table:public.b", "table:x.a"]);
	});

	it("names what Postgres would name, as implied", async () => {
		const snapshot = await readSql("CREATE TABLE a (id int UNIQUE, x int, CONSTRAINT c UNIQUE (x));");
		const names = snapshot.entities.filter(({ kind }) => kind === "unique").map(({ facts }) => facts.name);
		expect(names).toMatchObject([{ value: "a_id_key", implied: expect.any(String) }, { value: "c" }]);
		expect(names[1]).not.toHaveProperty("implied");
	});

	it("of any broken kind never throws", async () => {
		for (const text of [
			"",
			"\u0000",
			"(((((",
			"CREATE TABLE",
			"'".repeat(1001),
			"🙂;🙂",
			"DO $$ $$;",
			"SELECT",
			`${"(".repeat(3000)}1${")".repeat(3000)}`,
		]) {
			await expect(readSql(text)).resolves.toBeDefined();
		}
	});
});

describe("DO blocks", () => {
	it("with placeholders are gaps", async () => {
		const snapshot = await readSql(
			"CREATE TABLE a (id int);\nDO $$ BEGIN ALTER TABLE {{ .Schema }}.a ADD COLUMN b int; END $$;",
		);
		expect(snapshot.diagnostics).toEqual([]);
		expect(snapshot.gaps).toMatchObject([{ under: "*", at: { line: 2 } }]);
	});

	it("whose DDL needs execution are gaps of the kinds that it may change", async () => {
		const snapshot = await readSql(`CREATE TABLE a (id int);
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT tablename FROM pg_tables LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;`);
		expect(snapshot.gaps).toMatchObject([{ under: "*", kinds: ["policy"], at: { file: "a.sql" } }]);
		expect(statedValue(snapshot, "table:public.a", "rowSecurity")).toBeUndefined();
	});

	it("that only touch data are none", async () => {
		const snapshot = await readSql(
			"CREATE TABLE a (id int);\nDO $$ BEGIN IF 1 = 1 THEN UPDATE a SET id = 2; END IF; END $$;",
		);
		expect(snapshot.gaps).toEqual([]);
	});
});
