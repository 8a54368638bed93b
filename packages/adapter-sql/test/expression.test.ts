import { readFileSync } from "node:fs";
import { type ExpressionContext, parseType } from "@schemalign/core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type ExpressionReader, loadExpressions } from "../src/expression/reader.js";
import { CASES, type Case, columnTypes } from "./expression-cases.js";
import { anyExpression } from "./random-expressions.js";

const printed = z
	.record(z.string(), z.string())
	.parse(JSON.parse(readFileSync(new URL("./expression-printed.json", import.meta.url), "utf8")));

const members = { id: undefined, user_key: undefined, org_id: undefined, role: undefined };

let reader: ExpressionReader;
beforeAll(async () => {
	reader = await loadExpressions();
});

function contextOf(example: Case, types: boolean): ExpressionContext {
	const relation = (_: string | undefined, name: string) =>
		name === "t" ? columnTypes : name === "members" ? members : undefined;
	if (example.place === "view") return { relation };
	const type = example.type === undefined ? undefined : parseType(example.type);
	return {
		relation,
		table: { schema: "public", table: "t" },
		...(types ? { columnTypes } : {}),
		...(type && example.place === "default" ? { type } : {}),
	};
}

function read(example: Case, sql: string, types: boolean): string {
	const context = contextOf(example, types);
	return (example.place === "view" ? reader.readQuery(sql, context) : reader.read(sql, context)).canonical;
}

describe("random expressions", () => {
	it("are canonical once they have been made so", () => {
		fc.assert(
			fc.property(anyExpression, fc.boolean(), (written, types) => {
				const context = { table: { schema: "public", table: "t" }, ...(types ? { columnTypes } : {}) };
				const { canonical } = reader.read(written, context);
				expect(reader.read(canonical, context).canonical).toBe(canonical);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe("reading text", () => {
	it("compares what is no SQL by its text, and never throws", () => {
		for (const [sql, canonical] of [
			["a  =\n b c", "a = b c"],
			["", ""],
			["1) FROM t; DROP TABLE t; --", "1) FROM t; DROP TABLE t; --"],
			["1), (2", "1), (2"],
			["$1 +", "$1 +"],
			["(".repeat(50_000), "(".repeat(50_000)],
		]) {
			expect(reader.read(sql ?? "").canonical).toBe(canonical);
			expect(reader.readQuery(sql ?? "").canonical).toBe(canonical);
		}
	});

	it("says what a query leaves open", () => {
		expect(reader.readQuery("SELECT * FROM unknown").unresolved).toMatch(/\* stands for/);
		expect(reader.readQuery("SELECT x FROM a, b").unresolved).toMatch(/column x/);
		expect(reader.readQuery("SELECT a.x FROM a, b").unresolved).toBeUndefined();
	});

	it("names a view's results as CREATE VIEW does", () => {
		const named = reader.readQuery("SELECT a, b FROM x", { resultNames: ["one", "two"] });
		expect(named.canonical).toBe(reader.readQuery("SELECT a AS one, b AS two FROM x").canonical);
	});

	it("finds a relation's schema along the search path", () => {
		const inApp = reader.readQuery("SELECT a FROM x", { defaultSchema: "app" });
		expect(inApp.canonical).toBe(reader.readQuery("SELECT a FROM app.x").canonical);
		expect(inApp.canonical).not.toBe(reader.readQuery("SELECT a FROM x").canonical);
	});
});

describe.each([
	{ name: "with the columns' types", types: true },
	{ name: "without the columns' types", types: false },
])("canonical expressions $name", ({ types }) => {
	for (const [at, example] of CASES.entries()) {
		if (example.typed && !types) continue;
		const [first = ""] = example.same;
		it(`${example.place} ${example.type ?? ""} ${first} (${at})`, () => {
			const expected = read(example, first, types);
			for (const spelling of example.same) expect(read(example, spelling, types), spelling).toBe(expected);
			const others = (example.differ ?? []).map((other) => read(example, other, types));
			expect(new Set([expected, ...others]).size, [expected, ...others].join("\n")).toBe(others.length + 1);
			for (const written of [...example.same, ...(example.differ ?? [])]) {
				const back = printed[`${example.place} ${example.type ?? ""}: ${written}`];
				expect(back, `${written} is not in expression-printed.json`).toBeDefined();
				expect(read(example, back ?? "", types), `${written} → ${back}`).toBe(read(example, written, types));
			}
		});
		it(`is stable: ${example.place} ${first} (${at})`, () => {
			for (const spelling of example.same) {
				const canonical = read(example, spelling, types);
				expect(read(example, canonical, types), spelling).toBe(canonical);
			}
		});
	}
});
