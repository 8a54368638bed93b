import { describe, expect, it } from "vitest";
import { readScripts } from "../src/index.js";
import { addresses, diagnostics, readSql, testHead } from "./support.js";

describe("a transaction", () => {
	const failing =
		"CREATE TABLE a (id int);\nBEGIN;\nCREATE TABLE b (id int);\nALTER TABLE a ADD COLUMN id int;\nCREATE TABLE c (id int);\nCOMMIT;\nCREATE INDEX ON b (id);";

	it("that fails is one finding; what else it does is read as if it did not fail", async () => {
		const snapshot = await readSql(failing);
		expect(addresses(snapshot, "table")).toEqual(["table:public.a", "table:public.b", "table:public.c"]);
		expect(snapshot.gaps).toEqual([]);
		expect(diagnostics(snapshot, "definition-cannot-run")).toMatchObject([{ at: { line: 4 } }]);
	});

	it("that fails leaves nothing where that is asked for", async () => {
		const snapshot = await readScripts({
			head: testHead,
			failures: "transaction",
			scripts: [{ file: "a.sql", text: failing }],
		});
		expect(addresses(snapshot, "table")).toEqual(["table:public.a"]);
		expect(snapshot.gaps.map(({ under }) => under)).toEqual(["table:public.b", "table:public.c"]);
		const [failure, ...others] = diagnostics(snapshot, "definition-cannot-run");
		expect(others).toEqual([]);
		expect(failure).toMatchObject({ at: { line: 4 }, related: [{}, { at: { line: 7 } }] });
		expect(failure?.message).toContain("the 2 other statements of its transaction are undone");
	});

	it("that is rolled back leaves nothing, and that is listed", async () => {
		const snapshot = await readSql(
			"CREATE TABLE a (id int);\nBEGIN;\nDROP TABLE a;\nCREATE TABLE b (id int);\nROLLBACK;\nDROP TABLE b;",
		);
		expect(addresses(snapshot, "table")).toEqual(["table:public.a"]);
		expect(diagnostics(snapshot, "not-compared")).toMatchObject([{ at: { line: 3 } }]);
		expect(diagnostics(snapshot, "definition-cannot-run")).toMatchObject([{ at: { line: 6 } }]);
	});

	it("that a script leaves open is taken to be committed by the tool that runs it", async () => {
		expect(addresses(await readSql("BEGIN;\nCREATE TABLE a (id int);"), "table")).toEqual(["table:public.a"]);
	});

	it("that is rolled back in each of many files is read to the end", async () => {
		const files = Object.fromEntries(
			Array.from({ length: 40 }, (_, at) => [
				`${at}.sql`,
				`BEGIN; CREATE TABLE t${at} (id int); ROLLBACK; CREATE TABLE u${at} (id int); CREATE TABLE u${at} (id int);`,
			]),
		);
		const snapshot = await readSql(files);
		expect(diagnostics(snapshot, "definition-cannot-run")).toHaveLength(40);
		expect(
			addresses(snapshot, "table").filter((address) => address.startsWith("table:public.u")),
		).toHaveLength(40);
	});
});
