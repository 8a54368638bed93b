import type { Origin, Snapshot } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { hasPlaceholder, readTraced, TracedSql } from "../src/index.js";
import { addresses, lineOf, statedValue, testHead } from "./support.js";

const at = (line: number): Origin => ({ file: "m.py", line });

function read(fill: (sql: TracedSql) => void): Promise<Snapshot> {
	const sql = new TracedSql();
	fill(sql);
	return readTraced(testHead, sql);
}

describe("traced SQL", () => {
	it("gives each line's place in the program", async () => {
		const snapshot = await read((sql) => {
			sql.addPiece({ text: "CREATE TABLE a (\n  b int,\n  c text\n)", origins: [at(3), at(5), at(4)] });
			sql.addPiece({ text: "ALTER TABLE a\n  ADD d int", origins: [at(9)] });
		});
		expect(lineOf(snapshot, "table:public.a")).toBe("m.py:3");
		expect(lineOf(snapshot, "column:public.a.b", "type")).toBe("m.py:5");
		expect(lineOf(snapshot, "column:public.a.c")).toBe("m.py:4");
		expect(lineOf(snapshot, "column:public.a.d")).toBe("m.py:9");
	});

	it("leaves unknown what a placeholder is part of, and the rest known", async () => {
		const snapshot = await read((sql) => {
			const call = `${sql.placeholder("the default is computed")}()`;
			const name = sql.placeholder("the name is computed");
			expect(hasPlaceholder(name)).toBe(true);
			sql.addPiece({ text: `CREATE TABLE a (b int NOT NULL DEFAULT ${call})`, origins: [at(1)] });
			sql.addPiece({ text: `ALTER TABLE a ADD ${name} int`, origins: [at(2)] });
		});
		const column = snapshot.entities.find(({ address }) => address === "column:public.a.b");
		expect(column?.facts.default).toEqual({ unknown: "the default is computed", at: at(1) });
		expect(statedValue(snapshot, "column:public.a.b", "nullable")).toBe(false);
		expect(addresses(snapshot, "column")).toEqual(["column:public.a.b"]);
		expect(snapshot.gaps).toEqual([
			{ under: "table:public.a", kinds: ["column"], why: "the name is computed", at: at(2) },
		]);
	});

	it("keeps what it creates beside tables that something else creates", async () => {
		const snapshot = await read((sql) => {
			sql.addPiece({ text: "ALTER TABLE users ADD age int", origins: [at(1)] });
			sql.addPiece({
				text: "ALTER TABLE users ALTER born SET DEFAULT '1970-01-01T00:00:00Z'",
				origins: [at(2)],
			});
			sql.addPiece({ text: "CREATE TABLE notes (id int, owner int)", origins: [at(3)] });
			const key = "ALTER TABLE notes ADD FOREIGN KEY (owner) REFERENCES users (id)";
			sql.addPiece({ text: key, origins: [at(4)], table: "table:public.notes" });
		});
		expect(snapshot.gaps.map(({ under }) => under)).toEqual(["*", "table:public.users"]);
		expect(snapshot.gaps.find(({ under }) => under === "*")?.kinds).not.toContain("column");
		expect(snapshot.diagnostics).toMatchObject([{ code: "altered-but-never-created", severity: "info" }]);
		const born = snapshot.entities.find(({ address }) => address === "column:public.users.born");
		// To a time it is another text than to a date.
		expect(born?.facts.default).toMatchObject({ unknown: expect.stringContaining("type") });
	});

	it("takes what is rejected for a gap of the tables that it concerns", async () => {
		const snapshot = await read((sql) => {
			const table = "table:public.a";
			sql.addPiece({ text: "CREATE TABLE a (b int)", origins: [at(1)] });
			sql.addPiece({ text: "ALTER TABLE a ADD b int", origins: [at(2)], table });
			sql.addPiece({ text: "ALTER TABLE a ADD c nonsense nonsense", origins: [at(3)], table });
			sql.addPiece({ text: "CREATE nonsense", origins: [at(4)] });
		});
		expect(snapshot.diagnostics).toEqual([]);
		expect(snapshot.gaps.map(({ under, at, mayChange }) => [under, at?.line, mayChange])).toEqual([
			["table:public.a", 2, true],
			["table:public.a", 3, true],
			["*", 4, true],
		]);
	});

	it("names a gap once, in its wider form", async () => {
		const snapshot = await read((sql) => {
			const piece = { text: "CREATE TABLE a (b int)", origins: [at(1)], uncertain: "it depends" };
			sql.addPiece(piece);
			sql.addPiece(piece);
			sql.addGap("table:public.c", [], "a loop", at(7));
			sql.addGap("table:public.c", [], "a loop", at(7));
		});
		expect(snapshot.entities).toEqual([]);
		expect(snapshot.gaps.filter(({ why }) => why === "a loop")).toHaveLength(1);
		expect(snapshot.gaps.filter(({ why }) => why.includes("it depends"))).toHaveLength(1);
	});
});
