import { describe, expect, it } from "vitest";
import { addresses, diagnostics, readSql, statedValue } from "./support.js";

const CANNOT_RUN = "definition-cannot-run";

describe("a statement that the parser rejects", () => {
	it("is critical, says what never runs, and hides nothing after it", async () => {
		const snapshot = await readSql({
			"1.sql": "CREATE TABLE a (id int);\nCREATE TABEL b (id int);\nCREATE TABLE c (id int);",
			"2.sql": "CREATE TABLE d (id int);",
		});
		expect(addresses(snapshot, "table")).toEqual(["table:public.a", "table:public.c", "table:public.d"]);
		const [found, ...more] = diagnostics(snapshot, CANNOT_RUN);
		expect(more).toEqual([]);
		expect(found).toMatchObject({ severity: "critical", at: { file: "1.sql", line: 2 } });
		expect(found?.message).toContain('syntax error at or near "TABEL"');
		expect(found?.why).toContain("1 further statement of 1.sql and the file 2.sql never run");
	});

	it("says how many tables the first failure keeps from being made, those that are dropped again left out", async () => {
		const snapshot = await readSql({
			"1.sql":
				"CREATE TABLE a (id int);\nCREATE TABLE b (id int REFERENCES later (id));\nCREATE TABLE gone (id int);",
			"2.sql": "CREATE TABLE later (id int PRIMARY KEY);\nDROP TABLE gone;\nCREATE TABLE c (id int,);",
		});
		const messages = diagnostics(snapshot, CANNOT_RUN).map(({ message }) => message);
		expect(messages[0]).toMatch(/; table b does not exist; 3 of 4 tables are never created$/);
		expect(messages[1]).toMatch(/; table c does not exist$/);
	});

	it("that needs what comes later says which order would do", async () => {
		const files = {
			"1.sql": "CREATE TABLE b (id int REFERENCES a (id));",
			"2.sql": "CREATE TABLE a (id int);",
		};
		const [across] = diagnostics(await readSql(files), CANNOT_RUN);
		expect(across?.help).toContain("Run 2.sql before 1.sql");
		const [within] = diagnostics(await readSql(`${files["1.sql"]}\n${files["2.sql"]}`), CANNOT_RUN);
		expect(within?.help).toContain("Move what line 2 creates before line 1");
	});

	it("does not swallow the rest by an open parenthesis, quote or dollar quote", async () => {
		const snapshot = await readSql(
			"CREATE TABLE a (id int, (x;\nCREATE TABLE b (id int);\nALTER TABLE b ADD COLUMN s text DEFAULT 'open;\nCREATE TABLE c (id int);\nDO $$ BEGIN NULL;\nCREATE TABLE d (id int);",
		);
		expect(addresses(snapshot, "table")).toEqual(["table:public.b", "table:public.c", "table:public.d"]);
		expect(diagnostics(snapshot, CANNOT_RUN)).toHaveLength(3);
	});

	it("makes its table unknown, not absent, and what needs the table its consequence", async () => {
		const snapshot = await readSql(
			"CREATE TABLE a (id int,);\nCREATE INDEX i ON a (id);\nCREATE TABLE b (id int REFERENCES a (id));",
		);
		const [found, ...more] = diagnostics(snapshot, CANNOT_RUN);
		expect(more).toEqual([]);
		expect(found?.related?.map(({ at }) => at.line)).toEqual([2, 3]);
		expect(snapshot.gaps.map(({ under }) => under)).toEqual(["table:public.a", "table:public.b"]);
	});

	it("is the one cause of all that fails before its table comes", async () => {
		const snapshot = await readSql({
			"003_add_indexes.sql": "CREATE INDEX i ON b (id);\nCREATE INDEX j ON b (id);",
			"010_create.sql": "CREATE TABLE b (id int);\nCREATE INDEX k ON b (id);",
		});
		const [found, ...more] = diagnostics(snapshot, CANNOT_RUN);
		expect(more).toEqual([]);
		expect(found?.related?.map(({ at }) => `${at.file}:${at.line}`)).toEqual([
			"010_create.sql:1",
			"003_add_indexes.sql:2",
		]);
		expect(addresses(snapshot, "index")).toHaveLength(1);
	});

	it("refuses ADD CONSTRAINT IF NOT EXISTS, which Postgres does not have", async () => {
		const snapshot = await readSql(
			"CREATE TABLE a (id int);\nALTER TABLE a ADD CONSTRAINT IF NOT EXISTS u UNIQUE (id);",
		);
		expect(diagnostics(snapshot, CANNOT_RUN)[0]?.at.line).toBe(2);
	});
});

describe("what Postgres rejects only when it runs", () => {
	it("is not an index over an SQL function without IMMUTABLE: its text takes its place first", async () => {
		const make = (language: string, body: string): string =>
			`CREATE FUNCTION f(text) RETURNS text LANGUAGE ${language} AS $$ ${body} $$; CREATE TABLE a (n text); CREATE INDEX i ON a (f(n));`;
		expect((await readSql(make("sql", "SELECT lower($1)"))).diagnostics).toEqual([]);
		expect((await readSql(make("plpgsql", "BEGIN RETURN lower($1); END"))).diagnostics).toHaveLength(1);
	});

	const cases: readonly [string, string, number, string][] = [
		[
			"ivfflat on too many dimensions",
			"CREATE EXTENSION vector;\nCREATE TABLE t (e vector(3072));\nCREATE INDEX i ON t USING ivfflat (e vector_cosine_ops);",
			3,
			"54000",
		],
		[
			"hnsw on too many dimensions of halfvec",
			"CREATE TABLE t (e halfvec(4001));\nCREATE INDEX i ON t USING hnsw (e halfvec_l2_ops);",
			2,
			"54000",
		],
		[
			"now() in a predicate",
			"CREATE TABLE t (at timestamptz);\nCREATE INDEX i ON t (at) WHERE at > NOW();",
			2,
			"42P17",
		],
		[
			"CURRENT_DATE in a predicate",
			"CREATE TABLE t (at date);\nCREATE INDEX i ON t (at) WHERE at > CURRENT_DATE;",
			2,
			"42P17",
		],
		[
			"a zone-dependent cast in an index",
			"CREATE TABLE t (at timestamptz);\nCREATE INDEX i ON t ((at::date));",
			2,
			"42P17",
		],
		[
			"a volatile generated column",
			"CREATE TABLE t (\n  a int,\n  b timestamptz GENERATED ALWAYS AS (now()) STORED);",
			3,
			"42P17",
		],
		["a RAISE without its parameter", "DO $$\nBEGIN\n  RAISE NOTICE 'done %';\nEND $$;", 3, "42601"],
		[
			"CONCURRENTLY within a transaction",
			"CREATE TABLE t (a int);\nBEGIN;\nCREATE INDEX CONCURRENTLY i ON t (a);\nCOMMIT;",
			3,
			"25001",
		],
		[
			"a key to a table that comes later",
			"CREATE TABLE a (b int REFERENCES b (id));\nCREATE TABLE b (id int PRIMARY KEY);",
			1,
			"42P01",
		],
		["an index before its table", "CREATE INDEX i ON b (id);\nCREATE TABLE b (id int);", 1, "42P01"],
		["a column that is not there", "CREATE TABLE a (x int);\nCREATE INDEX i ON a (y);", 2, "42703"],
		["a second CREATE TABLE", "CREATE TABLE a (x int);\nCREATE TABLE a (x int);", 2, "42P07"],
		["a second ADD COLUMN", "CREATE TABLE a (x int);\nALTER TABLE a ADD COLUMN x int;", 2, "42701"],
		[
			"a key to a column without a unique constraint",
			"CREATE TABLE a (id int);\nCREATE TABLE b (\n  a int REFERENCES a (id));",
			3,
			"42830",
		],
		[
			"a key between types that do not compare",
			"CREATE TABLE a (id uuid PRIMARY KEY);\nCREATE TABLE b (a int REFERENCES a (id));",
			2,
			"42804",
		],
		[
			"a table that was dropped",
			"CREATE TABLE a (id int);\nDROP TABLE a;\nALTER TABLE a ADD COLUMN x int;",
			3,
			"42P01",
		],
		[
			"a drop that others depend on",
			"CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (a int REFERENCES a (id));\nDROP TABLE a;",
			3,
			"2BP01",
		],
		["a type of another database", "CREATE TABLE a (\n at DATETIME);", 1, "42704"],
		["a second enum of one name", "CREATE TYPE e AS ENUM ('a');\nCREATE TYPE e AS ENUM ('b');", 2, "42710"],
	];
	it("is one for all keys of a type to a column of another", async () => {
		const found = diagnostics(
			await readSql(`CREATE TABLE a (id text PRIMARY KEY);
CREATE TABLE b (a uuid REFERENCES a (id));
CREATE TABLE c (a uuid REFERENCES a (id));
CREATE TABLE d (a int REFERENCES a (id));
CREATE TABLE e (b uuid REFERENCES b (a));`),
			CANNOT_RUN,
		);
		expect(found.map(({ at, related }) => [at.line, ...(related ?? []).map(({ note }) => note)])).toEqual([
			[2, "a.id is text", "fails too: CREATE TABLE c", "fails too: CREATE TABLE e"],
			[4, "a.id is text"],
		]);
	});

	it.each(cases)("%s", async (_, sql, line, sqlstate) => {
		const found = diagnostics(await readSql(sql), CANNOT_RUN);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject({ severity: "critical", at: { file: "a.sql", line } });
		expect(found[0]?.message).toContain(sqlstate);
	});

	it("has no effect at all, as in Postgres", async () => {
		const snapshot = await readSql(
			"CREATE TABLE a (x int);\nALTER TABLE a ADD COLUMN y int, ADD COLUMN x int;",
		);
		expect(addresses(snapshot, "column")).toEqual(["column:public.a.x"]);
	});

	it("is not raised for what IF [NOT] EXISTS covers, for platform schemas and for a tool's own tables", async () => {
		const snapshot = await readSql(`
CREATE TABLE a (id uuid PRIMARY KEY REFERENCES auth.users (id), x int);
CREATE TABLE a2 (id uuid REFERENCES auth.users);
CREATE TABLE IF NOT EXISTS a (id uuid PRIMARY KEY, x int);
ALTER TABLE a ADD COLUMN IF NOT EXISTS x int;
ALTER TABLE IF EXISTS gone ADD COLUMN x int;
DROP TABLE IF EXISTS gone;
CREATE TRIGGER t AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER t BEFORE INSERT ON __diesel_schema_migrations FOR EACH ROW EXECUTE FUNCTION f();`);
		expect(snapshot.diagnostics).toMatchObject([{ code: "not-compared", severity: "info" }]);
		expect(snapshot.diagnostics[0]?.message).toContain("the platform's table auth.users");
		expect(statedValue(snapshot, 'foreignKey:public.a."(id)"', "references")).toMatchObject({
			schema: "auth",
		});
	});
});

describe("a definition that is skipped", () => {
	it("names the columns that never come to exist", async () => {
		const snapshot = await readSql(
			"CREATE TABLE e (id int, a int);\nCREATE TABLE IF NOT EXISTS e (id int, b int, c int);",
		);
		const [found] = diagnostics(snapshot, "skipped-definition");
		expect(found).toMatchObject({ severity: "high", at: { line: 2 }, related: [{ at: { line: 1 } }] });
		expect(found?.message).toContain("Columns b, c never come to exist");
		expect(found?.why).toContain("share 1 of 3");
	});

	it.each([
		["high", "id uuid", "id serial", "id stays uuid (integer here)"],
		["high", "a text, id int", "a text, id boolean", "id stays integer (boolean here)"],
		["low", "a varchar(50)", "a text", "a stays varchar(50) (text here)"],
		["low", "id int", "id bigint", "id stays integer (bigint here)"],
	])("tells columns that stay of another type (%s: %s)", async (severity, first, second, told) => {
		const snapshot = await readSql(`CREATE TABLE e (${first});\nCREATE TABLE IF NOT EXISTS e (${second});`);
		const [found] = diagnostics(snapshot, "skipped-definition");
		expect(found).toMatchObject({ severity, at: { line: 2 } });
		expect(found?.message).toContain(told);
	});

	it.each([
		["CREATE TABLE e (id serial)", "id int"],
		["CREATE TABLE e (id int)", "id serial"],
		["CREATE TABLE e (a varchar)", "a character varying"],
		["CREATE TABLE e (a text)", "a elsewhere.type_of_nobody"],
	])("is no matter where the types are the same or not known: %s, %s", async (first, second) => {
		const snapshot = await readSql(`${first};\nCREATE TABLE IF NOT EXISTS e (${second});`);
		expect(diagnostics(snapshot, "skipped-definition")).toEqual([]);
	});

	it("is not reported where it repeats the first", async () => {
		const snapshot = await readSql(
			"CREATE TABLE e (id int, a int);\nCREATE TABLE IF NOT EXISTS e (id int, a int);\nCREATE INDEX i ON e (a);\nCREATE INDEX IF NOT EXISTS i ON e (a);",
		);
		expect(snapshot.diagnostics).toEqual([]);
	});

	it("is reported of an index whose name another has", async () => {
		const snapshot = await readSql(
			"CREATE TABLE e (a int, b int);\nCREATE INDEX i ON e (a);\nCREATE INDEX IF NOT EXISTS i ON e (b);",
		);
		expect(diagnostics(snapshot, "skipped-definition")).toHaveLength(1);
	});
});

describe("an expression that holds what its place forbids", () => {
	it.each([
		["CHECK ((SELECT b FROM u) > 0)", "cannot use subquery in check constraint"],
		["DEFAULT (SELECT 1)", "cannot use subquery in DEFAULT expression"],
		["DEFAULT pending", "cannot use column reference in DEFAULT expression"],
		["GENERATED ALWAYS AS ((SELECT 1)) STORED", "cannot use subquery in column generation expression"],
	])("is rejected: %s", async (constraint, message) => {
		const snapshot = await readSql(`CREATE TABLE u (b int);\nCREATE TABLE t (id int, a int ${constraint});`);
		const [found] = diagnostics(snapshot, "definition-cannot-run");
		expect(found).toMatchObject({ severity: "critical", at: { line: 2 } });
		expect(found?.message).toContain(`${message} (SQLSTATE 0A000)`);
	});

	it.each([
		["CREATE INDEX i ON t (((SELECT 1)));", "index expression"],
		["CREATE INDEX i ON t (a) WHERE a IN (SELECT a FROM t);", "index predicate"],
	])("is rejected: %s", async (statement, place) => {
		const snapshot = await readSql(`CREATE TABLE t (a int);\n${statement}`);
		expect(diagnostics(snapshot, "definition-cannot-run")[0]?.message).toContain(
			`cannot use subquery in ${place}`,
		);
	});

	it("is let be where a query may stand", async () => {
		const snapshot = await readSql(
			"CREATE TABLE t (a text DEFAULT CURRENT_USER, b int DEFAULT '1'::int, c date DEFAULT CURRENT_DATE);\nALTER TABLE t ENABLE ROW LEVEL SECURITY;\nCREATE POLICY p ON t USING (a IN (SELECT a FROM t));",
		);
		expect(snapshot.diagnostics).toEqual([]);
	});
});

describe("a key that repeats another of its statement", () => {
	it("gives the first its name, by which later files may drop it", async () => {
		const snapshot = await readSql(
			"CREATE TABLE u (id uuid PRIMARY KEY, a int UNIQUE, CONSTRAINT u_id_key UNIQUE (id), CONSTRAINT a_key UNIQUE (a));\n" +
				"ALTER TABLE u DROP CONSTRAINT u_id_key;\nALTER TABLE u ADD PRIMARY KEY (id);\nALTER TABLE u ADD CONSTRAINT u_id_key UNIQUE (id);\n" +
				"ALTER TABLE u DROP CONSTRAINT a_key;",
		);
		expect(snapshot.diagnostics).toEqual([]);
		expect(snapshot.entities.filter(({ kind }) => kind === "unique").map(({ address }) => address)).toEqual([
			'unique:public.u."(id)"',
		]);
	});

	it("stays a key of its own where the two differ", async () => {
		const snapshot = await readSql(
			"CREATE TABLE u (id int PRIMARY KEY, CONSTRAINT k UNIQUE (id) DEFERRABLE);\nALTER TABLE u DROP CONSTRAINT u_pkey;\nALTER TABLE u DROP CONSTRAINT k;",
		);
		expect(snapshot.diagnostics).toEqual([]);
	});
});

describe("tables that no script creates", () => {
	it.each(["ALTER TABLE members RENAME TO members_legacy", "DROP TABLE members CASCADE"])(
		"are presupposed, though their name is taken again after %s",
		async (removal) => {
			const snapshot = await readSql(
				`CREATE TABLE keys (id int, member int REFERENCES members (id));\n${removal};\nCREATE VIEW members AS SELECT 1 AS id;`,
			);
			expect(diagnostics(snapshot, "definition-cannot-run")).toEqual([]);
			expect(addresses(snapshot, "table")).toContain("table:public.keys");
		},
	);

	it("are but a remark under a script of triggers and policies", async () => {
		const snapshot = await readSql(
			"CREATE TRIGGER t BEFORE UPDATE ON a EXECUTE FUNCTION f(); CREATE POLICY p ON b USING (true);",
		);
		expect(snapshot.diagnostics).toMatchObject([{ code: "altered-but-never-created", severity: "info" }]);
	});

	it("are one finding, and partly known", async () => {
		const snapshot = await readSql(
			"ALTER TABLE users ADD COLUMN age int NOT NULL;\nCREATE INDEX i ON posts (title);\nALTER TABLE users ALTER COLUMN email SET NOT NULL;",
		);
		expect(snapshot.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
			["altered-but-never-created", "medium"],
		]);
		expect(snapshot.diagnostics[0]?.message).toContain("users, posts");
		expect(statedValue(snapshot, "column:public.users.age", "nullable")).toBe(false);
		expect(statedValue(snapshot, "column:public.users.email", "type")).toBeUndefined();
		expect(snapshot.gaps.map(({ under }) => under).sort()).toEqual([
			"*",
			"table:public.posts",
			"table:public.users",
		]);
	});

	it("make the run fail where the source creates everything else", async () => {
		const snapshot = await readSql(
			"CREATE TABLE a (id int);CREATE TABLE b (id int);CREATE TABLE c (id int);\nCREATE INDEX i ON ds (x);",
		);
		expect(diagnostics(snapshot, CANNOT_RUN)[0]).toMatchObject({ at: { line: 2 } });
	});
});
