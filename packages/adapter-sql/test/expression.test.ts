import { readFileSync } from "node:fs";
import { type ExpressionContext, parseType } from "@schemalign/core";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type ExpressionReader, loadExpressions } from "../src/expression/reader.js";
import { CASES, type Case, columnTypes } from "./expression-cases.js";

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
