import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ALL_KINDS, kindDefinition } from "../src/index.js";

/** Design: "The comparer never names a kind of entity." Adding a kind is a line in kinds.ts, nothing here. */
describe("the comparer", () => {
	const folder = new URL("../src/compare/", import.meta.url);
	const aspects = new Set(ALL_KINDS.flatMap((kind) => Object.keys(kindDefinition(kind).aspects)));
	const names = new Set<string>([...ALL_KINDS, ...aspects]);
	// Words that name a way of comparing or a part of the mechanism as well as an aspect.
	for (const word of [
		"default",
		"elements",
		"expression",
		"table",
		"type",
		"check",
		"function",
		"generated",
		"sequence",
	])
		names.delete(word);

	it.each(readdirSync(folder))("names no kind and no aspect in %s", (file) => {
		const text = readFileSync(fileURLToPath(new URL(file, folder)), "utf8");
		const literals = [...text.matchAll(/"([^"\n]*)"/g)].map((match) => match[1] ?? "");
		expect(literals.filter((literal) => names.has(literal))).toEqual([]);
	});

	it("is not blind: its literals are seen", () => {
		const text = readFileSync(fileURLToPath(new URL("claims.ts", folder)), "utf8");
		expect(text).toContain('"inexpressible"');
	});

	it("compares no kind by `kind ===`", () => {
		for (const file of readdirSync(folder)) {
			expect(readFileSync(fileURLToPath(new URL(file, folder)), "utf8")).not.toMatch(/kind\s*[!=]==/);
		}
	});
});
