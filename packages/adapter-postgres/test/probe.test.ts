/** Questions about rows, answered by the embedded Postgres behind a socket: a server that tells itself what is valid input. */
import type { Question, Result } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { PROBE_LIMITS, probeDatabase } from "../src/index.js";
import { readDatabase } from "../src/read.js";
import { FITTING_CASES } from "./fitting.js";
import { servedDatabase } from "./served-database.js";

const server = servedDatabase();

async function ask(...questions: Question[]): Promise<Result[]> {
	const answers = await probeDatabase(server.url, questions);
	expect(answers.map(({ question }) => question)).toEqual(questions);
	return answers.map(({ result }) => result);
}

describe("questions", () => {
	it.each(FITTING_CASES)("tell which values fit: $name", async ({ name, target, right, wrong }) => {
		await server.db.exec(`CREATE TABLE fit_${name} (v text)`);
		const question: Question = { ask: "fits", table: `public.fit_${name}`, column: "v", target };
		for (const value of right) await server.db.query(`INSERT INTO fit_${name} VALUES ($1)`, [value]);
		expect(await ask(question)).toMatchObject([{ basis: "exact", rows: right.length, hits: 0 }]);
		for (const value of wrong) await server.db.query(`INSERT INTO fit_${name} VALUES ($1)`, [value]);
		expect(await ask(question)).toMatchObject([{ rows: right.length + wrong.length, hits: wrong.length }]);
	});

	it("tell which texts are JSON", async () => {
		await server.db.exec(
			`CREATE TABLE notes (v text); INSERT INTO notes VALUES ('{"a": 1}'), ('[]'), ('{'), ('')`,
		);
		const question: Question = {
			ask: "fits",
			table: "public.notes",
			column: "v",
			target: { is: "type", type: "jsonb" },
		};
		expect(await ask(question)).toEqual([{ basis: "exact", rows: 4, hits: 2 }]);
	});

	it("are answered in their order, each for itself", async () => {
		await server.db.exec(`CREATE TABLE people (id int PRIMARY KEY, boss int, name text);
			INSERT INTO people VALUES (1, 2, 'a'), (2, 9, 'a'), (3, NULL, NULL)`);
		const table = "public.people";
		expect(
			await ask(
				{ ask: "rows", table },
				{ ask: "nulls", table, column: "none" },
				{ ask: "nulls", table, column: "name" },
				{ ask: "duplicates", table, columns: ["name"], nullsEqual: false },
				{ ask: "orphans", table, columns: ["boss"], references: { table, columns: ["id"] } },
			),
		).toEqual([
			{ basis: "exact", rows: 3, hits: 3 },
			{ unknown: "it is not there" },
			{ basis: "exact", rows: 3, hits: 1 },
			{ basis: "exact", rows: 3, hits: 1 },
			{ basis: "exact", rows: 3, hits: 1 },
		]);
	});

	it("need no connection where there are none, and are all answered where there is none", async () => {
		const nowhere = "postgresql://127.0.0.1:1/none";
		expect(await probeDatabase(nowhere, [])).toEqual([]);
		const [answer] = await probeDatabase(nowhere, [{ ask: "rows", table: "public.people" }], PROBE_LIMITS);
		expect(answer?.result).toEqual({ unknown: expect.stringContaining("refuses the connection") });
		const [broken] = await probeDatabase("postgresql://u:s3cret@[::/x", [{ ask: "rows", table: "public.x" }]);
		expect(JSON.stringify(broken)).not.toContain("s3cret");
	});
});

describe("statistics", () => {
	it("come with every reading: about how many rows, and how often indexes are used", async () => {
		await server.db.exec(`CREATE TABLE counted (id int PRIMARY KEY, name text, kind text); CREATE INDEX by_kind ON counted (kind);
			CREATE TABLE never_analysed (id int);
			INSERT INTO counted SELECT g, 'n', 'k' FROM generate_series(1, 1234) g; ANALYZE counted`);
		const { observations } = await readDatabase(server.url, { source: "prod", path: "prod" });
		const rows = (table: string) => observations?.tables.find((one) => one.table === table)?.rows;
		expect(rows("public.counted")).toBe(1200);
		expect(rows("public.never_analysed")).toBeNull();
		expect(observations?.indexes.filter(({ table }) => table === "public.counted")).toEqual([
			{ table: "public.counted", name: "by_kind", scans: 0, bytes: expect.any(Number) },
		]);
		expect(observations?.statistics?.until).toMatch(/^\d{4}-\d\d-\d\d$/);
		expect(observations?.unseen).toBeUndefined();
	});
});
