import { describe, expect, it } from "vitest";
import { analyze, findSuppressions, type Suppression } from "../src/index.js";
import { source } from "./support/sources.js";

const found = (file: string, text: string): Suppression[] => findSuppressions("s", file, text);

describe("finding suppressions", () => {
	it.each([
		["a.sql", "id uuid -- schemalign-ignore type-mismatch: known", [1]],
		["a.sql", "-- schemalign-ignore type-mismatch: known\n\n-- more\nid uuid,", [4]],
		["a.sql", "/* schemalign-ignore type-mismatch: known */\nid uuid", [2]],
		["a.prisma", "  id String // schemalign-ignore type-mismatch: known", [1]],
		["a.prisma", "  /// schemalign-ignore type-mismatch: known\n  id String", [2]],
		["a.ts", "/**\n * schemalign-ignore type-mismatch: known\n */\nexport const a = 1;", [4]],
		["a.py", "    # schemalign-ignore type-mismatch: known\n    id = Column()", [2]],
		["a.ts", "const q = `\n  -- schemalign-ignore type-mismatch: known\n  id uuid`", [3]],
	])("in %s: %j", (file, text, lines) => {
		expect(found(file, text)).toMatchObject([{ codes: ["type-mismatch"], reason: "known", lines }]);
		expect(found(file, text)[0]?.problem).toBeUndefined();
	});

	it("goes on over decorators to what they stand at", () => {
		const text =
			'// schemalign-ignore type-mismatch: x\n@Column({\n\ttype: "text",\n})\n@Index()\nid: string;\nname: string;';
		const [one] = found("a.ts", text);
		expect(one?.lines).toEqual(expect.arrayContaining([2, 5, 6]));
		expect(one?.lines).not.toContain(7);
	});

	it("takes several codes, the whole file, and any line end", () => {
		expect(found("a.sql", "x\r\n-- schemalign-ignore a-b, c: both\r\ny")).toMatchObject([
			{ codes: ["a-b", "c"], reason: "both", line: 2, lines: [3] },
		]);
		expect(found("a.py", "#schemalign-ignore-file index-missing: small tables: all of them")).toMatchObject([
			{ codes: ["index-missing"], reason: "small tables: all of them", lines: undefined },
		]);
	});

	it.each([
		["-- schemalign-ignore type-mismatch", "gives no reason"],
		["-- schemalign-ignore type-mismatch:  ", "gives no reason"],
		["-- schemalign-ignore", "names no code"],
		["-- schemalign-ignore : because", "names no code"],
		["-- schemalign-ignore Type Mismatch: because", "is no code"],
	])("tells what is wrong with %j", (text, problem) => {
		expect(found("a.sql", text)).toMatchObject([{ problem: expect.stringContaining(problem) }]);
	});

	it.each([
		["a.sql", "insert into notes values ('schemalign-ignore type-mismatch: x')"],
		["a.ts", 'const hint = "schemalign-ignore type-mismatch: x";'],
		["a.py", "x = 'schemalign-ignore'"],
		["a.sql", "-- schemalign-ignored type-mismatch: x"],
	])("is not misled in %s by %j", (file, text) => {
		expect(found(file, text)).toEqual([]);
	});
});

describe("applying suppressions", () => {
	// Lines: 1 the table, 2 id, 3 email.
	const tables = { users: { id: "uuid", email: "text" } };
	const sources = [
		source({ id: "sql", tables }),
		source({ id: "prisma", role: "model", tables: { users: { ...tables.users, id: "text" } } }),
	];
	const at = (more: Partial<Suppression>): Suppression => ({
		source: "prisma",
		file: "prisma.txt",
		line: 1,
		codes: ["type-mismatch"],
		reason: "known",
		lines: [2],
		...more,
	});
	const codes = (suppression: Suppression, more = {}): string[] =>
		analyze(sources, { suppressions: [suppression], ...more }).findings.map(({ code }) => code);

	it("silences at any side of the difference, and counts", () => {
		expect(codes(at({}))).toEqual([]);
		expect(codes(at({ source: "sql", file: "sql.txt" }))).toEqual([]);
		expect(codes(at({ lines: undefined }))).toEqual([]);
		const report = analyze(sources, { suppressions: [at({})] });
		expect(report.summary.setAside).toEqual({ baseline: 0, comment: 1, config: 0 });
		expect(report.setAside).toMatchObject([
			{ by: "comment", reason: "known", at: { file: "prisma.txt", line: 1 } },
		]);
	});

	it("tells what silences nothing", () => {
		expect(codes(at({ lines: [3] }))).toEqual(["type-mismatch", "unused-suppression"]);
		expect(codes(at({ codes: ["type-mismatch", "index-missing"] }))).toEqual(["unused-suppression"]);
		expect(codes(at({ file: "other.txt" }))).toEqual(["type-mismatch", "unused-suppression"]);
		expect(codes(at({ lines: [3] }), { isPart: true })).toEqual(["type-mismatch"]);
	});

	it("does not count without a reason or with an unknown code", () => {
		expect(codes(at({ problem: "it gives no reason" }))).toEqual(["type-mismatch", "invalid-suppression"]);
		const { findings } = analyze(sources, { suppressions: [at({ codes: ["type-mismatched"] })] });
		expect(findings[1]).toMatchObject({
			code: "invalid-suppression",
			message: expect.stringContaining("type-mismatch is one"),
		});
	});
});
