import { describe, expect, it } from "vitest";
import { lineOf, readSql, statedValue } from "./support.js";

describe("origins", () => {
	it("are a column's own line, also after characters of several bytes", async () => {
		const snapshot = await readSql(`-- é
CREATE TABLE café ( -- ünï
  id int,
  "naïve ✓" text, b int
  NOT NULL
);`);
		expect(lineOf(snapshot, 'table:public."café"')).toBe("a.sql:2");
		expect(lineOf(snapshot, 'column:public."café".id')).toBe("a.sql:3");
		expect(lineOf(snapshot, 'column:public."café"."naïve ✓"')).toBe("a.sql:4");
		expect(lineOf(snapshot, 'column:public."café".b')).toBe("a.sql:4");
		expect(lineOf(snapshot, 'column:public."café".b', "nullable")).toBe("a.sql:5");
	});

	it("are the statement that last decided a fact", async () => {
		const snapshot = await readSql({
			"1.sql": "CREATE TABLE t (\n id int,\n n int DEFAULT 1\n);",
			"2.sql": "ALTER TABLE t\n  ALTER COLUMN n SET DEFAULT 2,\n  ALTER COLUMN n TYPE bigint;",
		});
		expect(lineOf(snapshot, "column:public.t.n")).toBe("1.sql:3");
		expect(lineOf(snapshot, "column:public.t.n", "default")).toBe("2.sql:2");
		expect(lineOf(snapshot, "column:public.t.n", "type")).toBe("2.sql:3");
		expect(statedValue(snapshot, "column:public.t.n", "type")).toMatchObject({ name: "bigint" });
	});

	it("follow a rename", async () => {
		const snapshot = await readSql(
			"CREATE TABLE old (a int);\nALTER TABLE old RENAME TO new;\nALTER TABLE new RENAME a TO b;",
		);
		expect(lineOf(snapshot, "table:public.new")).toBe("a.sql:2");
		expect(lineOf(snapshot, "column:public.new.b")).toBe("a.sql:3");
	});
});
