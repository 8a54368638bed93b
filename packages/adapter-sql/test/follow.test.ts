import { describe, expect, it } from "vitest";
import { followScripts, readScripts } from "../src/index.js";

const head = {
	source: "s",
	adapter: "sql",
	role: "definition",
	path: "s.sql",
	capabilities: { kinds: {}, aspects: {} },
} as const;

describe("a database that is followed", () => {
	it("tells after each script what is there", async () => {
		const database = await followScripts();
		expect(database.relation({ name: "t" })).toEqual({ is: "absent" });
		database.run({
			file: "1",
			text: "CREATE TYPE s AS ENUM ('a'); CREATE TABLE t (id int PRIMARY KEY, b s)",
		});
		expect(database.relation({ schema: "public", name: "t" })).toMatchObject({
			is: "table",
			schema: "public",
		});
		expect(database.enumLabels({ name: "s" })).toEqual(["a"]);
		expect(database.hasSchema("other")).toBe(false);
		database.run({ file: "2", text: "DROP TABLE t; CREATE VIEW v AS SELECT 1 AS one" });
		expect(database.relation({ name: "t" })).toEqual({ is: "absent" });
		expect(database.relation({ name: "v" })).toMatchObject({ is: "view", materialized: false });
	});

	it("is sure of nothing more once tables are made elsewhere, or a statement may have run", async () => {
		const database = await followScripts();
		database.run({ file: "1", text: "CREATE TABLE t (id int)" });
		database.run({ file: "2", text: "ALTER TABLE t DROP COLUMN id", uncertain: "a condition" });
		expect(database.relation({ name: "t" })).toMatchObject({
			is: "vague",
			why: "a condition",
			columns: ["id"],
		});
		expect(database.relation({ name: "u" })).toEqual({ is: "absent" });
		database.run({ file: "3", text: "ALTER TABLE old ADD b int" });
		expect(database.relation({ name: "old" })).toMatchObject({ is: "vague", columns: ["b"] });
		expect(database.relation({ name: "u" })).toMatchObject({ is: "unknown" });
	});
});

describe("a script that may not run", () => {
	it.each([
		["ALTER TABLE t ADD c int", ["table:public.t"]],
		["CREATE TABLE u (id int REFERENCES t)", ["table:public.u"]],
		["DROP INDEX by_b", ["table:public.t"]],
		["DROP TRIGGER x ON t", ["table:public.t"]],
		["CREATE TYPE e AS ENUM ('a')", ["*"]],
		["UPDATE t SET b = 1; SELECT 1", []],
	])("leaves gaps and no effect: %s", async (text, under) => {
		const certain = {
			file: "1",
			text: "CREATE TABLE t (id int PRIMARY KEY, b int); CREATE INDEX by_b ON t (b)",
		};
		const before = await readScripts({ head, scripts: [certain] });
		const after = await readScripts({
			head,
			scripts: [certain, { file: "2", text, uncertain: "a condition" }],
		});
		expect(after.entities).toEqual(before.entities);
		const gaps = after.gaps.filter((gap) => gap.mayChange);
		expect(gaps.map((gap) => gap.under)).toEqual(under);
		expect(gaps.every((gap) => gap.why === "a condition" && gap.at?.file === "2")).toBe(true);
		expect(after.diagnostics).toEqual([]);
	});
});
