import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { baselineSchema, reportSchema } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { add, cli, toyProject } from "./helpers.js";

const DRIFT = {
	"a.toy": "users.id bigint\nusers.email text\n",
	"b.toy": "role model\nusers.id integer\nusers.email text\n",
};
const FILE = "schemalign.baseline.json";

const read = (cwd: string, file = FILE) =>
	baselineSchema.parse(JSON.parse(readFileSync(join(cwd, file), "utf8")));

describe("baseline", () => {
	it("accepts what is there; check then passes and says so", async () => {
		const cwd = toyProject(DRIFT);
		const written = await cli(["baseline", "--reason", "old"], { cwd });
		expect(written).toMatchObject({ code: 0, stdout: "", stderr: `1 difference accepted in ${FILE}.\n` });
		expect(read(cwd).accepted).toMatchObject([{ code: "type-mismatch", reason: "old" }]);
		const checked = await cli([], { cwd });
		expect(checked.code).toBe(0);
		expect(checked.stdout).toContain("✓ Nothing new · 1 accepted");
		expect(checked.stdout).not.toContain("In sync");
		const verbose = await cli(["--verbose"], { cwd });
		expect(verbose.stdout).toContain("1 difference accepted");
		expect(verbose.stdout).toContain("[type-mismatch] — old");
		expect(verbose.stdout).toContain("~ differs, set aside");
		const json = reportSchema.parse(JSON.parse((await cli(["--json"], { cwd })).stdout));
		expect(json).toMatchObject({ findings: [], summary: { setAside: { baseline: 1 } } });
		expect((await cli(["--no-baseline"], { cwd })).code).toBe(1);
	});

	it("reports what is new, and what can go", async () => {
		const cwd = toyProject(DRIFT);
		await cli(["baseline"], { cwd });
		add(cwd, { "b.toy": "role model\nusers.id bigint\nusers.email integer\n" });
		const { code, stdout } = await cli([], { cwd });
		expect(code).toBe(1);
		expect(stdout).toContain("users.email is text in a.toy");
		expect(stdout).toContain("1 entry of the baseline is stale (1 fixed)");
		expect((await cli(["--verbose"], { cwd })).stdout).toContain("1 entry of the baseline can go");
		const pruned = await cli(["baseline", "--prune"], { cwd });
		expect(pruned.stderr).toContain("0 differences accepted");
		expect(pruned.stderr).toContain("1 entry removed that is fixed");
		const updated = await cli(["baseline", "--update"], { cwd });
		expect(updated.stderr).toContain("1 difference accepted in schemalign.baseline.json, 1 of them new");
	});

	it("says nothing of stale entries where only a part is compared", async () => {
		const cwd = toyProject({ ...DRIFT, "c.toy": "users.id bigint\n" });
		await cli(["baseline"], { cwd });
		const { stdout } = await cli(["--only", "a.toy", "--only", "c.toy"], { cwd });
		expect(stdout).not.toContain("stale");
	});

	it("keeps reasons and dates on --update, and reports what has expired", async () => {
		const cwd = toyProject(DRIFT);
		await cli(["baseline", "--reason", "soon", "--expires", "2999-01-31"], { cwd });
		expect((await cli([], { cwd })).code).toBe(0);
		await cli(["baseline", "--update"], { cwd });
		expect(read(cwd).accepted).toMatchObject([{ reason: "soon", expires: "2999-01-31" }]);
		const text = readFileSync(join(cwd, FILE), "utf8");
		writeFileSync(join(cwd, FILE), text.replace("2999", "2001"));
		const expired = await cli([], { cwd });
		expect(expired.code).toBe(1);
		expect(expired.stdout).toContain("(1 expired)");
		expect((await cli(["baseline", "--update"], { cwd })).stderr).toContain("1 entry has expired");
		await cli(["baseline", "--update", "--expires", "2999-02-01"], { cwd });
		expect(read(cwd).accepted).toMatchObject([{ expires: "2999-02-01" }]);
	});

	it("takes another file, of the command line or the config", async () => {
		const named = toyProject(DRIFT, { baseline: "ci/known.json" });
		add(named, { "ci/.keep": "" });
		expect(await cli([], { cwd: named })).toMatchObject({
			code: 2,
			stderr: expect.stringContaining("there is no baseline ci/known.json"),
		});
		await cli(["baseline"], { cwd: named });
		expect(read(named, "ci/known.json").accepted).toHaveLength(1);
		expect((await cli([], { cwd: named })).code).toBe(0);
		const cwd = toyProject(DRIFT);
		await cli(["baseline", "-o", "mine.json"], { cwd });
		expect((await cli([], { cwd })).code).toBe(1);
		expect((await cli(["check", "--baseline", "mine.json"], { cwd })).code).toBe(0);
	});

	it("refuses to overwrite, to prune nothing, and wrong options", async () => {
		const cwd = toyProject(DRIFT);
		const cases: readonly (readonly [string[], string])[] = [
			[["--prune"], "there is no baseline schemalign.baseline.json to prune"],
			[["--update", "--prune"], "exclude each other"],
			[["--expires", "2027-02-30"], '"2027-02-30" is not a date'],
			[["--expires", "soon"], '"soon" is not a date'],
			[["-o", "no/such/folder.json"], "could not be written"],
		];
		for (const [argv, message] of cases) {
			const { code, stderr } = await cli(["baseline", ...argv], { cwd });
			expect({ argv, code }).toEqual({ argv, code: 2 });
			expect(stderr).toContain(message);
		}
		await cli(["baseline"], { cwd });
		expect(await cli(["baseline"], { cwd })).toMatchObject({
			code: 2,
			stderr: expect.stringContaining("there is a baseline already"),
		});
	});

	it.each([
		["no JSON", "{", "is not JSON"],
		["a merge conflict", "<<<<<<< ours\n{}\n", "merge conflict"],
		["another format", '{"formatVersion":2,"accepted":[]}', "formatVersion: must be 1"],
		["a wrong key", '{"formatVersion":1,"accepted":[{"kode":"x"}]}', "accepted[0].code"],
		[
			"a wrong date",
			'{"formatVersion":1,"accepted":[{"code":"x","what":"","says":{},"expires":"31.1.","fingerprint":"0000000000000000"}]}',
			"must be a date",
		],
	])("explains a baseline that is %s", async (_, text, message) => {
		const cwd = toyProject({ ...DRIFT, [FILE]: text });
		const { code, stdout, stderr } = await cli([], { cwd });
		expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
		expect(stderr).toContain(message);
	});

	it("keeps secrets out of the file", async () => {
		const secret = "postgres://me:hunter2@host/db";
		const cwd = toyProject({ "a.toy": `users.id ${secret}\n`, "b.toy": "role model\nusers.id text\n" });
		await cli(["baseline"], { cwd });
		expect(readFileSync(join(cwd, FILE), "utf8")).not.toContain("hunter2");
		expect((await cli([], { cwd })).code).toBe(0);
	});
});

describe("ignore rules", () => {
	const ignoring = (rule: unknown) => toyProject(DRIFT, { ignore: [rule] });

	it.each([
		[{ code: "type-mismatch" }],
		[{ code: "type-*", table: "us*" }],
		[{ table: "public.users", column: "id" }],
		[{ source: "b.toy", reason: "legacy" }],
	])("%j leaves the finding out and counts it", async (rule) => {
		const { code, stdout } = await cli(["--json"], { cwd: ignoring(rule) });
		const report = reportSchema.parse(JSON.parse(stdout));
		expect(code).toBe(0);
		expect(report.findings).toEqual([]);
		expect(report.summary.setAside).toMatchObject({ config: 1 });
	});

	it.each([
		[{ code: "index-missing" }],
		[{ table: "orders" }],
		[{ column: "email" }],
		[{ code: "type-mismatch", table: "o*" }],
	])("%j leaves it in", async (rule) => {
		expect((await cli([], { cwd: ignoring(rule) })).code).toBe(1);
	});

	it.each([
		[{}, "needs at least one of"],
		[{ tabel: "x" }, "did you mean `table`?"],
		[{ code: "Type Mismatch" }, "a finding code looks like"],
		[{ source: "zzz" }, 'no source fits "zzz"'],
		[7, "ignore[0]"],
	])("explains %j", async (rule, message) => {
		const { code, stderr } = await cli([], { cwd: ignoring(rule) });
		expect(code).toBe(2);
		expect(stderr).toContain(message);
	});
});
