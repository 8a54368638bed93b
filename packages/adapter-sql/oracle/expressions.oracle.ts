/** Postgres itself on the table of equivalence: what it prints for each spelling, and that we read that as the same. */
import { PGlite } from "@electric-sql/pglite";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { uuid_ossp } from "@electric-sql/pglite/contrib/uuid_ossp";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadExpressions } from "../src/expression/reader.js";
import { CASES, type Case, columnTypes, ROWS, SETUP } from "../test/expression-cases.js";
import { anyCondition, anyExpression } from "../test/random-expressions.js";

let database: PGlite;
const printed: Record<string, string> = {};

beforeAll(async () => {
	database = await PGlite.create({ extensions: { citext, uuid_ossp } });
	await database.exec(SETUP);
});

afterAll(async () => {
	await database.close();
});

describe("Postgres", () => {
	for (const [at, example] of CASES.entries()) {
		it(`${example.place} ${example.type ?? ""} ${example.same[0]} (${at})`, async () => {
			const texts: string[] = [];
			for (const spelling of example.same) {
				const text = await readBack(example, spelling);
				printed[`${example.place} ${example.type ?? ""}: ${spelling}`] = text;
				texts.push(text);
			}
			for (const other of example.differ ?? []) {
				const text = await readBack(example, other);
				printed[`${example.place} ${example.type ?? ""}: ${other}`] = text;
				expect(texts).not.toContain(text);
			}
			if (example.because === undefined) expect(new Set(texts).size, texts.join("\n")).toBe(1);
		});
	}

	it("prints what the fast suite believes that it prints (vitest -u records it)", async () => {
		const text = `${JSON.stringify(printed, undefined, "\t")}\n`;
		await expect(text).toMatchFileSnapshot("../test/expression-printed.json");
	});
});

/** Creates the expression at its place, reads it back from the catalog, and takes it all back. */
async function readBack(example: Case, sql: string): Promise<string> {
	const { create, read } = statements(example, sql);
	let text = "";
	await database.transaction(async (transaction) => {
		await transaction.exec(create);
		const result = await transaction.query<{ text: string | null }>(read);
		text = result.rows[0]?.text ?? "NULL";
		await transaction.rollback();
	});
	return text;
}

function statements({ place, type }: Case, sql: string): { create: string; read: string } {
	switch (place) {
		case "default":
		case "generated": {
			// SET DEFAULT does not evaluate the expression, as ADD COLUMN would.
			const create =
				place === "default"
					? `ALTER TABLE t ADD COLUMN probe ${type}; ALTER TABLE t ALTER COLUMN probe SET DEFAULT (${sql})`
					: `ALTER TABLE t ADD COLUMN probe ${type} GENERATED ALWAYS AS (${sql}) STORED`;
			return {
				create,
				read: `SELECT pg_get_expr(adbin, adrelid) AS text FROM pg_attrdef WHERE adrelid = 't'::regclass
					AND adnum = (SELECT attnum FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'probe')`,
			};
		}
		case "check":
			return {
				create: `ALTER TABLE t ADD CONSTRAINT probe CHECK (${sql})`,
				read: `SELECT pg_get_expr(conbin, conrelid) AS text FROM pg_constraint WHERE conname = 'probe'`,
			};
		case "index":
			return {
				create: `CREATE INDEX probe ON t ((${sql}))`,
				read: "SELECT pg_get_expr(indexprs, indrelid) AS text FROM pg_index WHERE indexrelid = 'probe'::regclass",
			};
		case "policy":
			return {
				create: `CREATE POLICY probe ON t USING (${sql})`,
				read: "SELECT pg_get_expr(polqual, polrelid) AS text FROM pg_policy WHERE polname = 'probe'",
			};
		case "view":
			return {
				create: `CREATE VIEW probe AS ${sql}`,
				read: "SELECT pg_get_viewdef('probe'::regclass) AS text",
			};
	}
}

const RUNS = Number(process.env.EXPRESSION_RUNS ?? 600);
const context = { table: { schema: "public", table: "t" }, columnTypes };

describe("Postgres on random expressions", () => {
	it("prints what reads as what was written", { timeout: 600_000 }, async () => {
		const reader = await loadExpressions();
		await fc.assert(
			fc.asyncProperty(anyCondition, async (written) => {
				const back = await readBack({ place: "check", same: [] }, written).catch(() => undefined);
				fc.pre(back !== undefined);
				expect(reader.read(back ?? "", context).canonical, back).toBe(
					reader.read(written, context).canonical,
				);
			}),
			{ numRuns: RUNS },
		);
	});

	it("prints results of views as they were written", { timeout: 600_000 }, async () => {
		const reader = await loadExpressions();
		const relation = () => columnTypes;
		await fc.assert(
			fc.asyncProperty(anyExpression, async (written) => {
				const view = `SELECT ${written} AS x FROM t`;
				const back = await readBack({ place: "view", same: [] }, view).catch(() => undefined);
				fc.pre(back !== undefined);
				const read = (sql: string) => reader.readQuery(sql, { relation }).canonical;
				expect(read(back ?? ""), back).toBe(read(view));
			}),
			{ numRuns: RUNS },
		);
	});

	it("gives one result for all expressions that are canonically one", { timeout: 600_000 }, async () => {
		const reader = await loadExpressions();
		await database.exec(ROWS);
		const results = new Map<string, { written: string; result: string }>();
		let compared = 0;
		for (const written of fc.sample(anyCondition, RUNS * 5)) {
			const result = await evaluate(written);
			if (result === undefined) continue;
			const { canonical } = reader.read(written, context);
			const earlier = results.get(canonical);
			if (earlier) {
				compared++;
				expect(result, `${written}\n${earlier.written}`).toBe(earlier.result);
			} else results.set(canonical, { written, result });
		}
		expect(compared).toBeGreaterThan(RUNS / 10);
	});
});

/** The condition's value for every row; `undefined` where it fails on one, as a division by zero does. */
async function evaluate(sql: string): Promise<string | undefined> {
	try {
		const all = `SELECT string_agg(coalesce((${sql})::text, '?'), '' ORDER BY ctid) AS text FROM t`;
		return (await database.query<{ text: string }>(all)).rows[0]?.text;
	} catch {
		return undefined;
	}
}
