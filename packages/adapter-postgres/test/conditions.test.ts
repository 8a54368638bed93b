/**
 * CHECK constraints and unique indexes that a definition has and the database lacks: what the rows answer is what Postgres says when they are
 * created. From the text of the definition to the statement that is run.
 */
import { readScripts } from "@schemalign/adapter-sql";
import { type Question, questionsFor, type Result } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { probeDatabase } from "../src/index.js";
import { readDatabase } from "../src/read.js";
import { servedDatabase } from "./served-database.js";

const server = servedDatabase();

const COLUMNS = `id int, price numeric(10,2), "Weird ""Name" int, name varchar(40), email text, status text, kind mood, tags text[], data jsonb,
	active boolean, starts date, ends date, at timestamptz, ref uuid`;
const ROW = `(1, 9.50, 3, 'Ann', 'ann@example.com', 'new', 'ok', '{a}', '{"a": 1}', true, '2024-01-01', '2024-02-01', '2024-01-01', gen_random_uuid())`;
const OTHER = `(2, -1, -3, ' it''s \\', 'ANN@example.com', 'lost', 'sad', '{}', '[]', false, '2024-03-01', '2024-02-01', '1999-01-01', NULL)`;
const NULLS = "(3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)";

/** What the comparison with a definition that has `added` besides asks of `t`, and the answers. */
async function asked(added: string): Promise<{ question: Question; result: Result }[]> {
	const table = `CREATE TYPE mood AS ENUM ('ok', 'sad'); CREATE TABLE t (${COLUMNS}); ${added};`;
	const definition = await readScripts({
		head: {
			source: "sql",
			adapter: "sql",
			role: "definition",
			path: "schema.sql",
			capabilities: {
				kinds: { table: "complete", column: "complete", check: "complete", unique: "complete" },
				aspects: {},
			},
		},
		scripts: [{ file: "schema.sql", text: table }],
	});
	expect(definition.diagnostics).toEqual([]);
	const live = await readDatabase(server.url, { source: "prod", path: "prod" });
	const questions = questionsFor([live, definition], {}, ["prod"]).get("prod") ?? [];
	return [...(await probeDatabase(server.url, questions))];
}

/** Whether Postgres creates it on the rows that are there. */
async function succeeds(added: string): Promise<boolean> {
	await server.db.exec("BEGIN");
	try {
		await server.db.exec(added);
		return true;
	} catch {
		return false;
	} finally {
		await server.db.exec("ROLLBACK");
	}
}

async function withRows(rows: readonly string[]): Promise<void> {
	await server.db.exec(`DROP TABLE IF EXISTS t; DROP TYPE IF EXISTS mood; CREATE TYPE mood AS ENUM ('ok', 'sad'); CREATE TABLE t (${COLUMNS});
		INSERT INTO t VALUES ${rows.join(", ")}`);
}

const CHECKS = [
	"price > 0",
	`"Weird ""Name" >= 0`,
	"price BETWEEN 0.5 AND 100 AND id < 10",
	"status IN ('new', 'it''s')",
	"status <> ALL (ARRAY['lost'])",
	"kind = 'ok'",
	"name <> '' AND length(name) <= 3",
	"name !~ '^ ' OR name IS NULL",
	"name NOT LIKE '%\\\\'",
	"email = lower(email)",
	"position('N' IN email) = 0",
	"substring(email, 1, 1) <> 'A'",
	"char_length(trim(name)) <= 3",
	"cardinality(tags) > 0",
	"jsonb_typeof(data) = 'object'",
	"active",
	"NOT active IS FALSE",
	"starts <= ends",
	"ends - starts < 400 AND ends - starts > 0",
	"starts IS NULL OR ref IS NOT NULL",
	"at > '2000-01-01'",
	"num_nonnulls(price, ref) <> 1",
	"coalesce(price, 1) > 0",
	"id % 2 = 1",
	"price * 2 > id",
	"NOT (price < 0 AND status = 'lost')",
	"ref IS DISTINCT FROM NULL OR price IS NULL",
	"(price < 0) = active",
	"name::text ~* '^[a-z]'",
];

describe("a CHECK that the database lacks", () => {
	it.each(CHECKS)("is asked of its rows: %s", async (check) => {
		const added = `ALTER TABLE t ADD CHECK (${check})`;
		for (const rows of [
			[ROW, NULLS],
			[ROW, OTHER, NULLS],
		]) {
			await withRows(rows);
			const [answer, ...more] = await asked(added);
			expect(more).toEqual([]);
			expect(answer?.question).toMatchObject({ ask: "violations", table: "public.t" });
			const { result } = answer ?? {};
			if (!result || !("hits" in result)) throw new Error(`no answer: ${JSON.stringify(result)}`);
			expect(result).toMatchObject({ basis: "exact", rows: rows.length });
			expect(result.hits === 0, `${rows.length} rows`).toBe(await succeeds(added));
		}
		// The last of them has rows that it refuses.
		expect(await succeeds(added)).toBe(false);
	});

	it.each([
		"price > 0 AND at < now()",
		"starts <= CURRENT_DATE",
		"pg_sleep(1) IS NULL",
		"data ->> 'a' = '1'",
		"CASE WHEN active THEN price > 0 ELSE true END",
		"t.* IS NOT NULL",
		"1 = 1",
	])("is not asked where it is more than columns, constants and what never changes: %s", async (check) => {
		await withRows([ROW]);
		expect(await asked(`ALTER TABLE t ADD CHECK (${check})`)).toEqual([]);
	});

	it("runs no operator of the database's own", async () => {
		await withRows([ROW]);
		await server.db.exec(`CREATE FUNCTION public.trap(numeric, int) RETURNS bool LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trap''; END';
			CREATE OPERATOR public.> (LEFTARG = numeric, RIGHTARG = int, FUNCTION = public.trap)`);
		const [answer] = await asked("ALTER TABLE t ADD CHECK (price > 0)");
		await server.db.exec("DROP OPERATOR public.> (numeric, int); DROP FUNCTION public.trap(numeric, int)");
		expect(answer?.result).toEqual({ basis: "exact", rows: 1, hits: 0 });
	});
});

describe("a unique index that the database lacks", () => {
	it.each([
		["(lower(email))", [ROW, OTHER], 1],
		["(lower(email)) WHERE active", [ROW, OTHER], 0],
		["(status) WHERE price > 0", [ROW, ROW], 1],
		["(status) WHERE price > 0", [ROW, OTHER, OTHER], 0],
		["(status, (length(name)))", [ROW, ROW, OTHER], 1],
		["(ref) WHERE id = 2", [OTHER, OTHER], 0],
		["(ref) NULLS NOT DISTINCT WHERE id = 2", [OTHER, OTHER], 1],
		["((price IS NULL)) WHERE id > 1", [ROW, OTHER, NULLS], 0],
	] as const)("is asked of its rows: %s", async (what, rows, hits) => {
		const added = `CREATE UNIQUE INDEX u ON t ${what}`;
		await withRows(rows);
		const [answer, ...more] = await asked(added);
		expect(more).toEqual([]);
		expect(answer?.question).toMatchObject({ ask: "duplicates", table: "public.t" });
		expect(answer?.result).toEqual({ basis: "exact", rows: rows.length, hits });
		expect(await succeeds(added)).toBe(hits === 0);
	});

	it("is not asked where its predicate or an expression cannot be said", async () => {
		await withRows([ROW]);
		for (const what of ["(id) WHERE data ->> 'a' = '1'", "((data ->> 'a'))", "(md5(name))"])
			expect(await asked(`CREATE UNIQUE INDEX u ON t ${what}`), what).toEqual([]);
	});
});
