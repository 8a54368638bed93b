import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { baselineSchema, reportSchema } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { add, cli, git, toyProject } from "./helpers.js";

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
		expect((await cli(["--verbose"], { cwd })).stdout).toContain("1 entry of the baseline holds no longer");
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
		expect(expired.stdout).toContain("`--update --expires <date>` gives a new date");
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
			[["--expires", "2020-01-31"], "2020-01-31 is over"],
			[["--reason", " "], "--reason is empty"],
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
		["no JSON", '{\n\t"formatVersion": 1\n\t"accepted": []\n}', "is not JSON: line 3, column 2: "],
		["cut", '{\n\t"formatVersion": 1,', "is not JSON: line 2, column 2"],
		["empty", "\n", "is not JSON: it is empty"],
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

	it("tells the first of many things that are wrong, and how many there are", async () => {
		const accepted = Array.from({ length: 12 }, () => ({ code: "" }));
		const cwd = toyProject({ ...DRIFT, [FILE]: JSON.stringify({ formatVersion: 1, accepted }) });
		expect((await cli([], { cwd })).stderr).toMatch(/\n {2}and \d+ more\n/);
	});

	it.each(["merge", "diff3"])("keeps the entries of both sides of a merge conflict: %s", async (style) => {
		const cwd = toyProject({ ...DRIFT, ".gitignore": "" });
		git(cwd, "init", "-q", "-b", "main");
		await cli(["baseline", "--reason", "before"], { cwd });
		git(cwd, "add", "-A");
		git(cwd, "commit", "-qm", "base");
		const onBranch = async (name: string, table: string): Promise<void> => {
			git(cwd, "checkout", "-qb", name, "main");
			add(cwd, {
				[`${name}.toy`]: `role model\n${table}.id integer\n`,
				[`db-${name}.toy`]: `${table}.id bigint\n`,
			});
			await cli(["baseline", "--update", "--reason", name], { cwd });
			git(cwd, "add", "-A");
			git(cwd, "commit", "-qm", name);
		};
		await onBranch("left", "lefts");
		await onBranch("right", "rights");
		expect(() => git(cwd, "-c", `merge.conflictStyle=${style}`, "merge", "-q", "left")).toThrow();
		const refused = await cli([], { cwd });
		expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("has a merge conflict") });
		expect(refused.stderr).toContain("`schemalign baseline --prune` keeps the entries of both sides");
		expect((await cli(["baseline", "--prune"], { cwd })).code).toBe(0);
		expect(readFileSync(join(cwd, FILE), "utf8")).not.toMatch(/^[<|=>]{7}/m);
		const reasons = read(cwd).accepted.map(({ reason }) => reason);
		expect(new Set(reasons)).toEqual(new Set(["before", "left", "right"]));
		expect((await cli([], { cwd })).code).toBe(0);
	});

	it("keeps reason and date where a source has moved", async () => {
		const cwd = toyProject({ "a.toy": DRIFT["a.toy"], "old/b.toy": DRIFT["b.toy"] });
		await cli(["baseline", "--reason", "soon", "--expires", "2999-01-31"], { cwd });
		mkdirSync(join(cwd, "new"));
		renameSync(join(cwd, "old/b.toy"), join(cwd, "new/b.toy"));
		const checked = await cli([], { cwd });
		expect(checked.code).toBe(1);
		expect(checked.stdout).toContain(
			"is stale (1 of a source that has moved): `schemalign baseline --prune`",
		);
		const pruned = await cli(["baseline", "--prune"], { cwd });
		expect(pruned.stderr).toContain("1 entry of a source that has moved kept");
		expect(read(cwd).accepted).toMatchObject([
			{ reason: "soon", expires: "2999-01-31", says: { integer: ["toy:new/b.toy"] } },
		]);
		expect((await cli([], { cwd })).code).toBe(0);
	});

	it("takes no other source for one that has moved", async () => {
		const cwd = toyProject(DRIFT);
		await cli(["baseline", "--reason", "b only"], { cwd });
		add(cwd, { "c.toy": DRIFT["b.toy"] });
		await cli(["baseline", "--update"], { cwd });
		expect(read(cwd).accepted).toMatchObject([{ says: { integer: ["toy:b.toy", "toy:c.toy"] } }]);
		expect(read(cwd).accepted[0]?.reason).toBeUndefined();
		const other = toyProject(DRIFT);
		await cli(["baseline", "--reason", "an integer"], { cwd: other });
		rmSync(join(other, "b.toy"));
		add(other, { "c.toy": "role model\nusers.id smallint\nusers.email text\n" });
		const updated = await cli(["baseline", "--update"], { cwd: other });
		expect(updated.stderr).toContain("1 of them new, 1 entry removed that is fixed");
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
		["orders", 'ignore[0] leaves out nothing: "orders"'],
		["userz", '(did you mean "users"?)'],
		[{ code: "index-missing" }, "ignore[0] leaves out nothing"],
		[{ code: "typ-*" }, "ignore[0] leaves out nothing"],
		[{ table: "userz", code: "type-mismatch" }, '(did you mean "users"?)'],
	])("tells that %j leaves out nothing", async (rule, message) => {
		const cwd = ignoring(rule);
		const { code, stderr } = await cli([], { cwd });
		expect(code).toBe(1);
		expect(stderr).toContain(`note: schemalign.config.json: `);
		expect(stderr).toContain(message);
		expect((await cli(["-q"], { cwd })).stderr).toBe("");
		expect((await cli(["--only", "a.toy", "--only", "b.toy"], { cwd })).stderr).toContain(message);
		add(cwd, { "c.toy": "role model\nusers.id bigint\n" });
		expect((await cli(["--only", "a.toy"], { cwd })).stderr).toBe("");
	});

	it.each(["users", { code: "type-*" }, { column: "id" }])(
		"says nothing of %j, which leaves out",
		async (rule) => {
			expect((await cli([], { cwd: ignoring(rule) })).stderr).toBe("");
		},
	);

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
