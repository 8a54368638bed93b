import { chmodSync, readFileSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { reportSchema, snapshotSchema } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { add, cli, git, project, TOY_ADAPTER, toyProject } from "./helpers.js";

const DRIFT = {
	"a.toy": "users.id bigint\nusers.email text\n",
	"b.toy": "role model\nusers.id integer\nusers.email text\n",
};
const SYNC = { "a.toy": "users.id integer\n", "b.toy": "role model\nusers.id integer\n" };

describe("check", () => {
	it("gives 0 in sync, 1 on findings, and follows the threshold", async () => {
		expect(await cli(["check"], { cwd: toyProject(SYNC) })).toMatchObject({ code: 0, stderr: "" });
		const cwd = toyProject(DRIFT);
		const { code, stdout } = await cli([], { cwd });
		expect(code).toBe(1);
		expect(stdout).toContain("a.toy  bigint   a.toy:1");
		expect(stdout).toContain("b.toy  integer  b.toy:2");
		expect((await cli(["--fail-on", "never"], { cwd })).code).toBe(0);
		expect((await cli(["--fail-on", "critical"], { cwd })).code).toBe(0);
	});

	it("takes the threshold from the config, and the command line before it", async () => {
		const cwd = toyProject(DRIFT, { failOn: "never" });
		expect((await cli([], { cwd })).code).toBe(0);
		expect((await cli(["check", "--fail-on", "low"], { cwd })).code).toBe(1);
	});

	it("takes a folder with and without the command's name", async () => {
		const root = toyProject(DRIFT);
		const outer = project();
		for (const argv of [[root], ["check", root], ["--json", root], ["--cwd", root]]) {
			expect((await cli(argv, { cwd: outer })).code, argv.join(" ")).toBe(1);
		}
	});

	it("prints the report as JSON, to a file too", async () => {
		const cwd = toyProject(DRIFT);
		const { stdout } = await cli(["--json"], { cwd });
		const report = reportSchema.parse(JSON.parse(stdout));
		expect(report.sources.map((source) => source.id)).toEqual(["toy:a.toy", "toy:b.toy"]);
		expect(report.findings[0]).toMatchObject({ code: "type-mismatch", table: "users", column: "id" });
		const written = await cli(["check", "--format", "json", "-o", "out.json"], { cwd });
		expect(written).toMatchObject({ code: 1, stdout: "", stderr: "Written to out.json.\n" });
		expect(JSON.parse(readFileSync(join(cwd, "out.json"), "utf8"))).toEqual(JSON.parse(stdout));
		const text = await cli(["-o", "out.txt", "--quiet"], { cwd, isTTY: true });
		expect(text).toMatchObject({ stdout: "", stderr: "" });
		expect(readFileSync(join(cwd, "out.txt"), "utf8")).toMatch(/^✗ .*exit code 1\n$/);
	});

	it("uses colours on a terminal only, or when told", async () => {
		const cwd = toyProject(DRIFT);
		const hasColor = async (argv: string[], world: object): Promise<boolean> =>
			(await cli(argv, { cwd, ...world })).stdout.includes("\u001B[");
		expect(await hasColor([], {})).toBe(false);
		expect(await hasColor([], { isTTY: true, columns: 80 })).toBe(true);
		expect(await hasColor(["--no-color"], { isTTY: true })).toBe(false);
		expect(await hasColor([], { isTTY: true, env: { NO_COLOR: "1" } })).toBe(false);
		expect(await hasColor(["--color"], {})).toBe(true);
		expect(await hasColor([], { env: { FORCE_COLOR: "1" } })).toBe(true);
	});

	it("leaves out what the config excludes, ignores and switches off", async () => {
		const excluded = await cli(["--json"], { cwd: toyProject(DRIFT, { exclude: ["b.*"] }) });
		expect(JSON.parse(excluded.stdout).sources).toHaveLength(1);
		expect((await cli([], { cwd: toyProject(DRIFT, { ignore: ["users"] }) })).code).toBe(0);
		const off = await cli(["--json"], { cwd: toyProject(DRIFT, { severities: { "type-mismatch": "off" } }) });
		expect(off.code).toBe(0);
	});

	it("uses some sources only", async () => {
		const cwd = toyProject({ ...DRIFT, "c.toy": "users.id text\n" });
		const { stdout } = await cli(["--json", "--only", "toy:a*", "--only", "c.toy"], { cwd });
		expect(JSON.parse(stdout).sources.map((one: { id: string }) => one.id)).toEqual([
			"toy:a.toy",
			"toy:c.toy",
		]);
		const none = await cli(["--only", "zzz"], { cwd });
		expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('no source fits "zzz"') });
	});

	it("takes named sources with their role, name and completeness, once", async () => {
		const sources = [{ path: "b.toy", name: "production", role: "database" }];
		const databases = { shop: { sources: ["production", "a.*"], authority: "production" } };
		const { stdout } = await cli(["--json"], { cwd: toyProject(DRIFT, { sources, databases }) });
		const report = reportSchema.parse(JSON.parse(stdout));
		expect(report.sources.map(({ id, role }) => [id, role]).sort()).toEqual([
			["production", "database"],
			["toy:a.toy", "definition"],
		]);
		expect(report.databases).toMatchObject([{ name: "shop", authority: "production" }]);
		expect(report.findings[0]?.verdict).toMatchObject({ truth: "integer", deviating: ["toy:a.toy"] });
	});

	it("reads a named source that git ignores, and only those without discovery", async () => {
		const cwd = toyProject(
			{ ".gitignore": "secret/\n", "secret/x.toy": "users.id text\n", ...DRIFT },
			{
				sources: ["secret/x.toy", "./a.toy"],
				discover: false,
			},
		);
		git(cwd, "init", "-q");
		const { stdout } = await cli(["--json"], { cwd });
		expect(
			reportSchema
				.parse(JSON.parse(stdout))
				.sources.map((one) => one.path)
				.sort(),
		).toEqual(["a.toy", "secret/x.toy"]);
	});

	const wrong: readonly (readonly [string, Record<string, unknown>, string])[] = [
		["a source that is not there", { sources: ["gone.toy"] }, "sources[0]: gone.toy does not exist"],
		[
			"a source that nobody reads",
			{ sources: ["tools/toy.mjs"] },
			"sources[0]: no adapter finds a schema in tools/toy.mjs",
		],
		[
			"an adapter that is not there",
			{ sources: [{ path: "a.toy", adapter: "prism" }] },
			"Did you mean `prisma`?",
		],
		[
			"one name twice",
			{
				sources: [
					{ path: "a.toy", name: "x" },
					{ path: "b.toy", name: "x" },
				],
			},
			'two sources in the config are called "x"',
		],
		["the project as source", { sources: ["."] }, "is the whole project"],
		[
			"an unknown source in a database",
			{ databases: { d: { sources: ["zzz"] } } },
			'databases.d.sources[0]: no source fits "zzz"',
		],
		[
			"an ambiguous authority",
			{ databases: { d: { sources: ["*.toy"], authority: "*.toy" } } },
			"fits several sources: toy:a.toy, toy:b.toy",
		],
		["a wrong key", { fialOn: "low" }, "did you mean `failOn`?"],
	];
	it.each(wrong)("explains %s in the config", async (_, config, message) => {
		const { code, stdout, stderr } = await cli([], { cwd: toyProject(DRIFT, config) });
		expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
		expect(stderr).toContain(message);
		expect(stderr).not.toContain("    at ");
	});
});

describe("what goes wrong", () => {
	it("explains wrong arguments", async () => {
		const cwd = toyProject(DRIFT);
		const cases: readonly (readonly [string[], string])[] = [
			[["chekc"], "Did you mean the command `check`?"],
			[["--jsn"], "Did you mean --json?"],
			[["--fail-on", "hihg"], "Allowed choices are critical"],
			[["--fail-on", "low", "check"], "Options stand behind the command"],
			[["no/such/folder"], "there is no folder no/such/folder"],
			[["a.toy"], "a.toy is a file, not a folder"],
			[["chekc", "."], "there is no command or folder chekc\nDid you mean the command `check`?"],
			[["check", ".", "b"], "check takes one folder, and this names 2: ., b"],
			[["diff", "a", "b", "c"], "too many arguments"],
			[["--fail-on", "hihg"], "Did you mean high?"],
			[["help", "baselin"], "there is no command baselin\nDid you mean `baseline`?"],
			[["help", "frobnicate"], "The commands are check, sources"],
			[["diff", "a.toy"], "missing required argument 'b'"],
			[["--config", "no.json"], "there is no config file no.json"],
			[["--cwd", "nowhere"], "there is no folder nowhere"],
			[["-o", "no/dir/x.txt"], "no/dir/x.txt could not be written"],
		];
		for (const [argv, message] of cases) {
			const { code, stderr } = await cli(argv, { cwd });
			expect({ argv, code }).toEqual({ argv, code: 2 });
			expect(stderr, argv.join(" ")).toContain(message);
		}
	});

	it("answers --help and --version", async () => {
		const cwd = project();
		const version = await cli(["--version"], { cwd });
		expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
		for (const short of ["-V", "-v"]) expect(await cli([short], { cwd })).toEqual(version);
		for (const argv of [["--help"], ["help", "diff"], ["check", "--help"], ["init", "-h"]]) {
			const { code, stdout } = await cli(argv, { cwd });
			expect(code).toBe(0);
			expect(stdout).toContain("Usage: schemalign");
		}
		expect((await cli(["--help"], { cwd })).stdout).toContain("Exit codes:");
	});

	it("ends with 2 where there is no source, and says what was passed over", async () => {
		const empty = await cli([], { cwd: project() });
		expect(empty).toMatchObject({ code: 2, stdout: "" });
		expect(empty.stderr).toContain("error: no schema was found in this project");
		expect(empty.stderr).toContain("Looked at 0 files for: sql, prisma, drizzle, ");
		const vendored = await cli([], { cwd: project({ "vendor/a.sql": "create table a ();" }) });
		expect(vendored.code).toBe(2);
		expect(vendored.stderr).toContain("vendor: vendored code is not searched");
	});

	it("ends with 2 where sources are found and none can be read", async () => {
		const cwd = project({ "schema.sql": Buffer.from("create table a (id int);\0") });
		const { code, stderr } = await cli([], { cwd });
		expect({ code, stderr }).toEqual({
			code: 2,
			stderr:
				"error: no schema could be read in this project\n  schema.sql: schema.sql is a binary file, not text\n",
		});
	});

	it("compares the others when an adapter throws, hangs or talks nonsense", async () => {
		const cwd = toyProject({ ...DRIFT, "c.toy": "throw!\n", "d.toy": "hang!\n", "e.toy": "nonsense!\n" });
		const { code, stdout, stderr } = await cli(["--json"], { cwd, env: { SCHEMALIGN_TIMEOUT: "0.2" } });
		expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
		const report = reportSchema.parse(JSON.parse(stdout));
		const gaps = Object.fromEntries(
			report.sources.map((source) => [source.path, source.gaps.map((gap) => gap.why)]),
		);
		expect(gaps).toEqual({
			"a.toy": [],
			"b.toy": [],
			"c.toy": ["internal error in the adapter `toy`: the toy broke, postgres://me:***@host/db"],
			"d.toy": ["the adapter `toy` did not finish: it took longer than 0.2 s"],
			"e.toy": [expect.stringContaining("its snapshot has not the right form")],
		});
		const codes = report.findings.map((finding) => finding.code);
		expect(codes.filter((one) => one === "source-unreadable")).toHaveLength(3);
		expect(codes).toContain("type-mismatch");
		expect(stdout).not.toContain("hunter2");
	});

	it("warns of an adapter whose discovery fails, and goes on", async () => {
		const throwing = TOY_ADAPTER.replace('name: "toy"', 'name: "thrower"').replace(
			"async discover({ files, matched }) {",
			'async discover() { throw new Error("lost"); ',
		);
		const cwd = toyProject(
			{ ...SYNC, "tools/thrower.mjs": throwing },
			{ adapters: ["./tools/toy.mjs", "./tools/thrower.mjs"] },
		);
		const { code, stderr } = await cli([], { cwd });
		expect(code).toBe(0);
		expect(stderr).toBe("warning: the adapter `thrower` failed to look for sources: lost\n");
	});

	it("survives hostile files", async () => {
		const names = ["new\nline.toy", "🚀.toy", 'quo"te.toy', "\u001B[31mred.toy"];
		const cwd = toyProject({ ...Object.fromEntries(names.map((name) => [name, "users.id integer\n"])) });
		add(cwd, {
			"binary.sql": Buffer.from([0xde, 0xad, 0, 1]),
			"big.sql": "",
			"big.toy": "",
			"empty.sql": "",
		});
		truncateSync(join(cwd, "big.sql"), 50 * 1024 * 1024);
		truncateSync(join(cwd, "big.toy"), 50 * 1024 * 1024);
		symlinkSync(join(cwd, "gone"), join(cwd, "broken.sql"));
		symlinkSync(cwd, join(cwd, "loop"));
		const { code, stdout, stderr } = await cli(["--only", "toy:*"], { cwd });
		// The toy adapter does not expect a file that cannot be read: its discovery fails as a whole.
		expect(stderr).toContain(
			"warning: the adapter `toy` failed to look for sources: big.toy is too large to read",
		);
		expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
		const without = await cli([], {
			cwd: toyProject(Object.fromEntries(names.map((name) => [name, "users.id integer\n"]))),
		});
		expect(without.code).toBe(0);
		expect(without.stdout).toContain("new\\nline.toy");
		expect(without.stdout).toContain("🚀.toy");
		expect(without.stdout).not.toContain("\u001B");
	});

	it.skipIf(process.getuid?.() === 0)("survives what it may not read", async () => {
		const cwd = toyProject({ ...SYNC, "locked/x.toy": "users.id integer\n" });
		chmodSync(join(cwd, "locked"), 0);
		const { code } = await cli([], { cwd });
		chmodSync(join(cwd, "locked"), 0o755);
		expect(code).toBe(0);
	});
});

describe("third-party adapters", () => {
	it("loads a package from the project's node_modules", async () => {
		const cwd = project({
			"node_modules/toy-adapter/package.json":
				'{"name":"toy-adapter","type":"module","exports":{"import":"./index.js"}}',
			"node_modules/toy-adapter/index.js": TOY_ADAPTER,
			"schemalign.config.yaml": "adapters: [toy-adapter]",
			...DRIFT,
		});
		expect((await cli([], { cwd })).code).toBe(1);
	});

	it("takes an adapter object from a code config, and TypeScript", async () => {
		const cwd = project({
			"toy.ts": TOY_ADAPTER.replace("export default", "const toy: object =").concat("\nexport { toy };"),
			"schemalign.config.ts": 'import { toy } from "./toy.js";\nexport default { adapters: [toy] };',
			...DRIFT,
		});
		expect((await cli([], { cwd })).code).toBe(1);
		add(cwd, { "schemalign.config.ts": 'export default { adapters: ["toy.ts"] };' });
		expect((await cli([], { cwd })).code).toBe(1);
	});

	const wrong: readonly (readonly [string, string, string])[] = [
		[
			"a newer contract",
			TOY_ADAPTER.replace("contract: 1", "contract: 2"),
			"was written for adapter contract 2; this schemalign speaks contract 1",
		],
		["no adapter", "export default 3;", "does not export an adapter"],
		[
			"half an adapter",
			"export default { name: 'x', contract: 1, discover() {} };",
			"capabilities: must be an object",
		],
		[
			"one of our names",
			TOY_ADAPTER.replace('name: "toy"', 'name: "prisma"'),
			"two adapters are called `prisma`",
		],
		["a module that throws", "throw new Error('no');", "could not be loaded: no"],
	];
	it.each(wrong)("refuses %s", async (_, text, message) => {
		const cwd = toyProject({ "tools/toy.mjs": text });
		const { code, stderr } = await cli([], { cwd });
		expect(code).toBe(2);
		expect(stderr).toContain(message);
	});

	it("says which package is not installed", async () => {
		const { code, stderr } = await cli([], {
			cwd: project({ "schemalign.config.yaml": "adapters: [nowhere-adapter]" }),
		});
		expect(code).toBe(2);
		expect(stderr).toContain("the adapter package `nowhere-adapter` is not installed in this project");
	});
});

describe("sources", () => {
	it("shows sources, authority, traces and what was skipped", async () => {
		const cwd = toyProject({
			...DRIFT,
			"package.json": JSON.stringify({ scripts: { deploy: "psql -f a.toy" } }, null, 2),
			"vendor/x.toy": "",
		});
		const { code, stdout } = await cli(["sources"], { cwd });
		expect(code).toBe(0);
		expect(stdout).toContain("1 ★ a.toy  definition  toy schema  1 table");
		expect(stdout).toContain("a.toy: the npm script `deploy` runs it: `psql -f a.toy` (package.json:3)");
		expect(stdout).toContain("vendor  vendored code is not searched");
		const json = JSON.parse((await cli(["sources", "--json"], { cwd })).stdout);
		expect(Object.keys(json)).toEqual(["formatVersion", "databases", "sources", "skipped"]);
	});
});

describe("diff", () => {
	it("compares by id and by path, from anywhere", async () => {
		const cwd = toyProject(DRIFT);
		for (const argv of [
			["toy:a.toy", "toy:b.toy"],
			["a.toy", "./b.toy"],
			["toy:a.toy", "b.toy"],
		]) {
			const { code, stdout } = await cli(["diff", ...argv], { cwd });
			expect({ argv, code }).toEqual({ argv, code: 1 });
			expect(stdout).toContain("bigint");
		}
		expect((await cli(["diff", "a.toy", "a.toy"], { cwd })).code).toBe(0);
	});

	it("compares files and folders outside of the project", async () => {
		const one = project({ "x/001_a.sql": "create table t (id int primary key, n varchar(5));" });
		const other = project({ "schema.sql": "create table t (id int primary key, n varchar(9));" });
		const cwd = project();
		const { code, stdout } = await cli(
			["diff", join(one, "x"), join(other, "schema.sql"), "--fail-on", "low"],
			{ cwd },
		);
		expect(code).toBe(1);
		expect(stdout).toContain("varchar(5)");
		expect(stdout).toContain("varchar(9)");
	});

	it("explains what it cannot compare", async () => {
		const cwd = toyProject({ ...DRIFT, "many/c.toy": "a.b text", "many/d.toy": "a.b text", "note.txt": "" });
		const cases: readonly (readonly [string, string])[] = [
			["zzz", 'no source fits "zzz"'],
			["many", "many holds several sources; name one of them"],
			["note.txt", "no adapter finds a schema in note.txt"],
			["toy:*", "toy:* fits several sources"],
		];
		for (const [operand, message] of cases) {
			const { code, stderr } = await cli(["diff", operand, "a.toy"], { cwd });
			expect({ operand, code }).toEqual({ operand, code: 2 });
			expect(stderr, operand).toContain(message);
		}
	});
});

describe("snapshot", () => {
	it("writes what a source says, which can be a source again", async () => {
		const cwd = toyProject(DRIFT);
		const { code, stdout } = await cli(["snapshot", "a.toy"], { cwd });
		expect(code).toBe(0);
		expect(snapshotSchema.parse(JSON.parse(stdout))).toMatchObject({
			source: "toy:a.toy",
			role: "definition",
		});
		expect((await cli(["snapshot", "toy:a.toy", "-o", "before.json"], { cwd })).stdout).toBe("");
		expect((await cli(["diff", "before.json", "a.toy"], { cwd })).code).toBe(0);
		expect((await cli(["diff", "before.json", "b.toy"], { cwd })).code).toBe(1);
		add(cwd, {
			"schemalign.config.json": JSON.stringify({ adapters: ["./tools/toy.mjs"], sources: ["before.json"] }),
		});
		const report = reportSchema.parse(JSON.parse((await cli(["--json"], { cwd })).stdout));
		expect(report.sources.map((source) => source.id)).toContain("snapshot:before.json");
	});

	it("tells a snapshot from other JSON", async () => {
		const cwd = project({ "x.json": '{"formatVersion": 9}', "y.json": '{ "formatVersion"' });
		for (const name of ["x.json", "y.json"]) {
			const { code, stderr } = await cli(["snapshot", name], { cwd });
			expect(code).toBe(2);
			expect(stderr).toContain(`no adapter finds a schema in ${name}: not a schemalign snapshot`);
		}
	});
});
