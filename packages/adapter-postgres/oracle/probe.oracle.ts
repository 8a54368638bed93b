/** What questions about rows are answered by a real server, each with data that was made for it. */
import type { Question, Result, Target, Term } from "@schemalign/core";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SERVER, serverUrl } from "../../adapter-sql/oracle/engines.js";
import { PROBE_LIMITS, type ProbeLimits, probeDatabase } from "../src/observe/probe.js";
import { FITTING_CASES } from "../test/fitting.js";
import { session, urlOf } from "./sessions.js";

const server = serverUrl();
const database = `probe_${process.pid}`;
const guest = `probe_guest_${process.pid}`;

async function ask(
	question: Question,
	limits: Partial<ProbeLimits> = {},
	user?: string,
): Promise<Result | undefined> {
	const [answer] = await probeDatabase(urlOf(database, user), [question], { ...PROBE_LIMITS, ...limits });
	expect(answer?.question).toEqual(question);
	return answer?.result;
}

const nulls = (table: string, column: string): Question => ({ ask: "nulls", table, column });
const rows = (table: string): Question => ({ ask: "rows", table });
const fits = (table: string, column: string, target: Target): Question => ({
	ask: "fits",
	table,
	column,
	target,
});

describe.skipIf(server === undefined)(`questions to a real server (${SERVER})`, () => {
	let admin: pg.Client;
	let db: pg.Client;
	beforeAll(async () => {
		admin = await session("postgres");
		await admin.query(`CREATE DATABASE ${database} TEMPLATE template0`);
		await admin.query(`CREATE ROLE ${guest} LOGIN`);
		db = await session(database);
	});
	afterAll(async () => {
		await db?.end();
		// Before Postgres 13 there is no WITH (FORCE).
		await admin?.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
			database,
		]);
		await admin?.query(`DROP DATABASE IF EXISTS ${database}`);
		await admin?.query(`DROP ROLE IF EXISTS ${guest}`);
		await admin?.end();
	});

	it("counts rows and NULLs; a composite of NULLs is none", async () => {
		await db.query(`CREATE TYPE pair AS (a int, b int);
			CREATE TABLE people (id int, name text, both_of pair); CREATE TABLE nobody (id int);
			INSERT INTO people SELECT g, CASE WHEN g % 4 = 0 THEN NULL ELSE 'x' END, ROW(NULL, NULL)::pair FROM generate_series(1, 100) g`);
		expect(await ask(rows("public.people"))).toEqual({ basis: "exact", rows: 100, hits: 100 });
		expect(await ask(rows("public.nobody"))).toEqual({ basis: "exact", rows: 0, hits: 0 });
		expect(await ask(nulls("public.people", "name"))).toEqual({ basis: "exact", rows: 100, hits: 25 });
		expect(await ask(nulls("public.people", "both_of"))).toEqual({ basis: "exact", rows: 100, hits: 0 });
	});

	it("finds keys that occur more than once; NULLs are equal only where they are said to be", async () => {
		await db.query(`CREATE TABLE doubles (a int, b text);
			INSERT INTO doubles VALUES (1, 'x'), (1, 'x'), (1, 'x'), (2, 'x'), (2, NULL), (2, NULL), (3, 'z')`);
		const duplicates = (columns: string[], nullsEqual = false): Question => ({
			ask: "duplicates",
			table: "public.doubles",
			columns,
			nullsEqual,
		});
		expect(await ask(duplicates(["a", "b"]))).toEqual({ basis: "exact", rows: 7, hits: 1 });
		expect(await ask(duplicates(["a", "b"], true))).toEqual({ basis: "exact", rows: 7, hits: 2 });
		expect(await ask(duplicates(["a"]))).toEqual({ basis: "exact", rows: 7, hits: 2 });
		await db.query("CREATE TABLE documents (body json); INSERT INTO documents VALUES ('{}'), ('{}')");
		expect(await ask({ ...duplicates(["body"]), table: "public.documents" })).toEqual({
			unknown: "its values cannot be compared",
		});
	});

	it("finds duplicates of expressions among some of the rows", async () => {
		await db.query(`CREATE TABLE accounts (email text, gone boolean);
			INSERT INTO accounts VALUES ('a@x', false), ('A@x', false), ('a@x', true), ('b@x', true), ('B@X', true), (NULL, true)`);
		const question: Question = {
			ask: "duplicates",
			table: "public.accounts",
			columns: [],
			expressions: [{ is: "call", of: "lower", with: [{ is: "column", name: "email" }] }],
			nullsEqual: false,
		};
		expect(await ask(question)).toEqual({ basis: "exact", rows: 6, hits: 2 });
		const where = { is: "column", name: "gone" } as const;
		expect(await ask({ ...question, where })).toEqual({ basis: "exact", rows: 6, hits: 1 });
	});

	it("finds rows that a CHECK would refuse; what cannot be compared has no answer, and no value is told", async () => {
		await db.query(`CREATE TYPE size AS ENUM ('s', 'm'); CREATE TABLE goods (price int, size size, "a""b\\" text);
			INSERT INTO goods VALUES (1, 's', 'it''s \\'), (0, 'm', 'x'), (NULL, NULL, NULL)`);
		const column = (name: string): Term => ({ is: "column", name });
		const violations = (left: Term, operator: "=" | ">" | "/", right: Term): Promise<Result | undefined> =>
			ask({ ask: "violations", table: "public.goods", condition: { is: "operator", operator, left, right } });
		const zero: Term = { is: "number", number: "0" };
		expect(await violations(column("price"), ">", zero)).toEqual({ basis: "exact", rows: 3, hits: 1 });
		const text: Term = { is: "text", text: "it's \\" };
		expect(await violations(column('a"b\\'), "=", text)).toEqual({ basis: "exact", rows: 3, hits: 1 });
		const unlike = { unknown: "its values cannot be compared" };
		expect(await violations(column("size"), "=", { is: "text", text: "xl" })).toEqual(unlike);
		expect(await violations(column("size"), ">", zero)).toEqual(unlike);
		expect(await violations(column("price"), "/", column("price"))).toEqual(unlike);
		const quotient: Term = { is: "operator", operator: "/", left: column("price"), right: column("price") };
		expect(await violations(quotient, ">", zero)).toEqual({ unknown: "the server refuses it (22012)" });
	});

	it("finds rows that point nowhere, also by several columns and in another order", async () => {
		await db.query(`CREATE TABLE parents (x int, y int, PRIMARY KEY (y, x)); INSERT INTO parents VALUES (1, 1), (1, 2);
			CREATE TABLE children (px int, py bigint);
			INSERT INTO children VALUES (1, 1), (1, 2), (2, 1), (9, 9), (NULL, 9), (NULL, NULL)`);
		const question: Question = {
			ask: "orphans",
			table: "public.children",
			columns: ["py", "px"],
			references: { table: "public.parents", columns: ["y", "x"] },
		};
		expect(await ask(question)).toEqual({ basis: "exact", rows: 6, hits: 2 });
	});

	it.each(FITTING_CASES)("says which values fit: $name", async ({ name, target, right, wrong }) => {
		const table = `fit_${name}`;
		await db.query(`CREATE TABLE ${table} (v text)`);
		for (const value of right) await db.query(`INSERT INTO ${table} VALUES ($1)`, [value]);
		await db.query(`INSERT INTO ${table} VALUES (NULL)`);
		const fitting = await ask(fits(`public.${table}`, "v", target));
		expect(fitting).toMatchObject({ basis: "exact", rows: right.length, hits: 0 });
		// What is said to fit is cast by the server.
		if (target.is === "type") await db.query(`SELECT v::${target.type} FROM ${table}`);
		for (const value of wrong) await db.query(`INSERT INTO ${table} VALUES ($1)`, [value]);
		expect(await ask(fits(`public.${table}`, "v", target))).toMatchObject({
			rows: right.length + wrong.length,
			hits: wrong.length,
		});
		if (target.is !== "type") return;
		for (const value of wrong)
			await expect(db.query(`SELECT $1::text::${target.type}`, [value]), value).rejects.toThrow();
	});

	it("says how long the longest value is, and does not fetch a huge one for it", async () => {
		const question = fits("public.lengths", "v", { is: "length", most: 10 });
		await db.query(
			"CREATE TABLE lengths (v varchar); INSERT INTO lengths VALUES ('abc'), (repeat('ü', 40)), (NULL)",
		);
		expect(await ask(question)).toEqual({ basis: "exact", rows: 2, hits: 1, longest: 40 });
		await db.query("INSERT INTO lengths VALUES (repeat('x', 20000000))");
		expect(await ask(question)).toEqual({ basis: "exact", rows: 3, hits: 2 });
	});

	it("says whether numbers are in the range of a smaller type", async () => {
		await db.query(
			"CREATE TABLE numbers (v bigint); INSERT INTO numbers VALUES (1), (2147483647), (-2147483648)",
		);
		const question = fits("public.numbers", "v", { is: "type", type: "integer" });
		expect(await ask(question)).toEqual({ basis: "exact", rows: 3, hits: 0 });
		await db.query("INSERT INTO numbers VALUES (2147483648)");
		expect(await ask(question)).toEqual({ basis: "exact", rows: 4, hits: 1 });
	});

	it("says which labels occur, in columns and arrays", async () => {
		await db.query(`CREATE TYPE mood AS ENUM ('sad', 'o''k', 'ha"ppy'); CREATE TABLE moods (m mood, ms mood[]);
			INSERT INTO moods VALUES ('sad', '{}'), ('o''k', '{"ha\\"ppy"}'), (NULL, NULL)`);
		const question = (column: string, isArray: boolean): Question => ({
			ask: "labels",
			table: "public.moods",
			column,
			labels: ["o'k", 'ha"ppy'],
			isArray,
		});
		expect(await ask(question("m", false))).toEqual({ basis: "exact", rows: 3, hits: 1, used: ["o'k"] });
		expect(await ask(question("ms", true))).toEqual({ basis: "exact", rows: 3, hits: 1, used: ['ha"ppy'] });
	});

	it("takes names of any characters", async () => {
		for (const name of [`a"b'c\\d`, "x; DROP TABLE people; --", "Ünï 🐘\n.t", "select"]) {
			const quoted = db.escapeIdentifier(name);
			await db.query(`CREATE SCHEMA ${quoted}; CREATE TABLE ${quoted}.${quoted} (${quoted} text);
				INSERT INTO ${quoted}.${quoted} VALUES (NULL), ('1')`);
			const part = `"${name.replaceAll('"', '""')}"`;
			expect(await ask(nulls(`${part}.${part}`, name)), name).toEqual({ basis: "exact", rows: 2, hits: 1 });
		}
		expect(await ask(rows("public.people"))).toMatchObject({ rows: 100 });
	});

	it("reads a large table by a sample of bounded size, and only then", async () => {
		await db.query(`CREATE TABLE large (id int, parent int, note text) WITH (autovacuum_enabled = off);
			INSERT INTO large SELECT g, g % 1000, CASE WHEN g % 10 = 0 THEN NULL ELSE repeat('x', 40) END FROM generate_series(1, 1000000) g;
			CREATE TABLE keys (id int PRIMARY KEY); INSERT INTO keys SELECT generate_series(0, 999); ANALYZE large`);
		const sampled = await ask(nulls("public.large", "note"));
		expect(sampled).toMatchObject({ basis: "sample" });
		if (!sampled || !("basis" in sampled)) throw new Error("no answer");
		expect(sampled.rows).toBeGreaterThan(5_000);
		expect(sampled.rows).toBeLessThan(20_000);
		expect(sampled.hits / sampled.rows).toBeGreaterThan(0.05);
		expect(sampled.hits / sampled.rows).toBeLessThan(0.15);
		// The same rows each time.
		expect(await ask(nulls("public.large", "note"))).toEqual(sampled);
		expect(await ask(nulls("public.large", "id"))).toMatchObject({ basis: "sample", hits: 0 });
		const orphans: Question = {
			ask: "orphans",
			table: "public.large",
			columns: ["parent"],
			references: { table: "public.keys", columns: ["id"] },
		};
		expect(await ask(orphans)).toMatchObject({ basis: "sample", hits: 0 });
		expect(await ask(rows("public.large"))).toEqual({ unknown: "it is too large to be counted" });
		expect(await ask(nulls("public.large", "note"), { whole: 500 })).toEqual({
			basis: "exact",
			rows: 1_000_000,
			hits: 100_000,
		});
	});

	it("never reads more of a large table than the sample", async () => {
		const read = async (): Promise<number> => {
			await db.query("SELECT pg_stat_clear_snapshot()");
			const { rows: stats } = await db.query<{ blocks: string }>(
				"SELECT heap_blks_read + heap_blks_hit AS blocks FROM pg_statio_user_tables WHERE relname = 'large'",
			);
			return Number(stats[0]?.blocks);
		};
		const settled = async (): Promise<number> => {
			let last = await read();
			for (;;) {
				await new Promise((resolve) => setTimeout(resolve, 1_500));
				const now = await read();
				if (now === last) return now;
				last = now;
			}
		};
		const before = await settled();
		await ask({ ask: "duplicates", table: "public.large", columns: ["id"], nullsEqual: false });
		await ask(fits("public.large", "note", { is: "type", type: "uuid" }));
		const blocks = (await settled()) - before;
		expect(blocks).toBeGreaterThan(0);
		expect(blocks).toBeLessThan(2 * 400);
	});

	it("samples a table that was never analysed, by its size alone", async () => {
		await db.query(`CREATE TABLE unanalysed (id int) WITH (autovacuum_enabled = off);
			INSERT INTO unanalysed SELECT generate_series(1, 1000000)`);
		const answer = await ask(nulls("public.unanalysed", "id"), { whole: 1 });
		expect(answer).toMatchObject({ basis: "sample", hits: 0 });
	});

	it("reads partitioned tables as one, and takes their size together", async () => {
		await db.query(`CREATE TABLE parts (id int, at date) PARTITION BY RANGE (at);
			CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
			CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY LIST (id);
			CREATE TABLE parts_2a PARTITION OF parts_2 DEFAULT;
			INSERT INTO parts SELECT g, '2020-05-05' FROM generate_series(1, 1000) g; INSERT INTO parts VALUES (NULL, '2021-05-05')`);
		expect(await ask(nulls("public.parts", "id"))).toEqual({ basis: "exact", rows: 1001, hits: 1 });
		await db.query(
			"INSERT INTO parts SELECT g, '2020-05-05' FROM generate_series(1, 300000) g; ANALYZE parts",
		);
		expect(await ask(nulls("public.parts", "id"), { whole: 1 })).toMatchObject({ basis: "sample" });
	});

	it("does not ask a table whose rows lie elsewhere or that others inherit from", async () => {
		await db.query(`CREATE TABLE base (id int); CREATE TABLE derived (more int) INHERITS (base);
			CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER far FOREIGN DATA WRAPPER nothing;
			CREATE FOREIGN TABLE remote (id int) SERVER far`);
		expect(await ask(rows("public.base"))).toEqual({ unknown: "other tables inherit from it" });
		expect(await ask(rows("public.derived"))).toMatchObject({ rows: 0 });
		expect(await ask(rows("public.remote"))).toEqual({ unknown: "its rows lie on another server" });
		expect(await ask(rows("public.nothing_of_the_kind"))).toEqual({ unknown: "it is not there" });
		expect(await ask(nulls("public.people", "no_column"))).toEqual({ unknown: "it is not there" });
	});

	it("says that the role may not read a table, or sees only some of its rows", async () => {
		await db.query(`CREATE TABLE secret (id int); CREATE TABLE tenants (id int); GRANT SELECT ON tenants TO ${guest};
			INSERT INTO tenants VALUES (1), (2);
			ALTER TABLE tenants ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON tenants USING (id = 1)`);
		expect(await ask(rows("public.secret"), {}, guest)).toEqual({ unknown: "this role may not read it" });
		expect(await ask(rows("public.tenants"), {}, guest)).toEqual({
			unknown: "row-level security hides rows from this role",
		});
		expect(await ask(rows("public.tenants"))).toMatchObject({ rows: 2 });
	});

	it("does not wait for a table that another session holds, and goes on with the others", async () => {
		await db.query("BEGIN; LOCK TABLE people IN ACCESS EXCLUSIVE MODE");
		try {
			const answers = await probeDatabase(urlOf(database), [rows("public.people"), rows("public.nobody")]);
			expect(answers.map(({ result }) => result)).toEqual([
				{ unknown: "another session holds it" },
				{ basis: "exact", rows: 0, hits: 0 },
			]);
		} finally {
			await db.query("ROLLBACK");
		}
	});

	it("gives up a question that takes too long, and all when their time is over", async () => {
		expect(await ask(nulls("public.large", "note"), { whole: 500, timeout: 0.001 })).toEqual({
			unknown: "it took too long",
		});
		const answers = await probeDatabase(urlOf(database), [rows("public.people")], {
			...PROBE_LIMITS,
			budget: 0,
		});
		expect(answers[0]?.result).toEqual({ unknown: "the 0 s for all questions were over" });
	});

	it("runs no function or operator of the database's own", async () => {
		await db.query(`CREATE TABLE trapped (v text); INSERT INTO trapped VALUES ('x');
			CREATE FUNCTION public.octet_length(text) RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trap''; END';
			CREATE FUNCTION public.trap(text, text) RETURNS bool LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trap''; END';
			CREATE OPERATOR public.~ (LEFTARG = text, RIGHTARG = text, FUNCTION = public.trap);
			ALTER DATABASE ${database} SET search_path = public, pg_catalog`);
		expect(await ask(fits("public.trapped", "v", { is: "type", type: "uuid" }))).toMatchObject({
			rows: 1,
			hits: 1,
		});
		await db.query(`ALTER DATABASE ${database} RESET search_path`);
	});

	it("writes nothing", async () => {
		const state =
			"SELECT txid_current_if_assigned(), sum(n_tup_ins + n_tup_upd + n_tup_del) AS n FROM pg_stat_user_tables";
		const before = await db.query(state);
		await ask({ ask: "duplicates", table: "public.people", columns: ["name"], nullsEqual: false });
		expect((await db.query(state)).rows).toEqual(before.rows);
	});

	it("answers every question where the database does not", async () => {
		const answers = await probeDatabase(urlOf("no_such_database"), [
			rows("public.people"),
			rows("public.large"),
		]);
		expect(answers).toHaveLength(2);
		for (const { result } of answers)
			expect("unknown" in result && result.unknown).toContain("no_such_database");
	});
});
