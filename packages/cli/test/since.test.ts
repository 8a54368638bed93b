import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportSchema } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { BlobReader } from "../src/since/blobs.js";
import { add, cli, git, project, toyProject } from "./helpers.js";

const A = "users.id bigint\nusers.email text\nusers.name text\n";
const B = "role model\nusers.id integer\nusers.email text\nusers.name text\n";

function commit(root: string, message = "x"): void {
	git(root, "add", "-A");
	git(root, "commit", "-q", "--allow-empty", "-m", message);
}

function repository(
	files: Readonly<Record<string, string>> = { "a.toy": A, "b.toy": B },
	config = {},
): string {
	const root = toyProject(files, config);
	git(root, "init", "-q", "-b", "main");
	commit(root);
	return root;
}

async function since(cwd: string, ref: string) {
	const { code, stdout, stderr } = await cli(["--since", ref, "--json"], { cwd });
	if (code === 2) throw new Error(stderr);
	const { change, findings } = reportSchema.parse(JSON.parse(stdout));
	const columns = (list: typeof findings | undefined) =>
		(list ?? []).filter(({ severity }) => severity !== "info").map(({ column }) => column);
	return { code, introduced: columns(findings), fixed: columns(change?.fixed), unchanged: change?.unchanged };
}

describe("check --since", () => {
	it("passes where nothing has changed, whatever was there", async () => {
		const cwd = repository();
		expect(await since(cwd, "HEAD")).toEqual({ code: 0, introduced: [], fixed: [], unchanged: 1 });
		const { stdout } = await cli(["--since", "HEAD"], { cwd });
		expect(stdout).toContain("✓ This change introduces no difference · 1 difference as before");
		expect(stdout).not.toContain("Database main");
	});

	it("reports what uncommitted files introduce and fix, and leaves everything as it is", async () => {
		const cwd = repository();
		add(cwd, { "b.toy": "role model\n\n\nusers.id bigint\nusers.email integer\nusers.name text\n" });
		const status = (): string => execFileSync("git", ["status", "--porcelain"], { cwd, encoding: "utf8" });
		const before = status();
		expect(await since(cwd, "HEAD")).toEqual({ code: 1, introduced: ["email"], fixed: ["id"], unchanged: 0 });
		const { stdout } = await cli(["--since", "HEAD"], { cwd });
		expect(stdout).toContain("Fixed since then: 1 finding");
		expect(stdout).toMatch(/✗ 1 \w+ introduced · 1 fixed/);
		expect(status()).toBe(before);
		expect(readdirSync(tmpdir()).filter((name) => name.startsWith("schemalign-since-"))).toEqual([]);
	});

	it("compares with where the branch began, not with what others did since", async () => {
		const cwd = repository();
		git(cwd, "checkout", "-q", "-b", "work");
		add(cwd, { "a.toy": A.replace("users.name text", "users.name integer") });
		commit(cwd);
		git(cwd, "checkout", "-q", "main");
		add(cwd, { "b.toy": B.replace("integer", "bigint") });
		commit(cwd);
		git(cwd, "checkout", "-q", "work");
		expect(await since(cwd, "main")).toMatchObject({ introduced: ["name"], fixed: [], unchanged: 1 });
	});

	it("knows a source that was moved", async () => {
		const cwd = repository();
		add(cwd, { "models/.keep": "" });
		git(cwd, "mv", "b.toy", "models/c.toy");
		expect(await since(cwd, "HEAD")).toEqual({ code: 0, introduced: [], fixed: [], unchanged: 1 });
	});

	it("takes everything for new where there was nothing", async () => {
		const root = toyProject({});
		git(root, "init", "-q", "-b", "main");
		commit(root);
		add(root, { "a.toy": A, "b.toy": B });
		expect(await since(root, "HEAD")).toMatchObject({ code: 1, introduced: ["id"] });
	});

	it("looks at its own folder only, and ends with 2 where there is no source then or now", async () => {
		const outer = project({ "svc/x.txt": "", "db/001.sql": "CREATE TABLE t (id integer);" });
		git(outer, "init", "-q");
		commit(outer);
		const { code, stderr } = await cli(["--since", "HEAD"], { cwd: join(outer, "svc") });
		expect(code).toBe(2);
		expect(stderr).toContain("no schema was found");
		expect(await since(outer, "HEAD")).toMatchObject({ code: 0, introduced: [] });
	});

	it("does without what the config names and the commit lacks; what git ignores is the same then", async () => {
		const cwd = repository({ ".gitignore": "dump.toy\n", "a.toy": A, "b.toy": B });
		add(cwd, {
			"dump.toy": "users.id text\nusers.email text\nusers.name text\n",
			"new/c.toy": "users.id bigint\nusers.email text\nusers.name text\n",
			"schemalign.config.json": JSON.stringify({
				adapters: ["./tools/toy.mjs"],
				sources: [{ path: "dump.toy", name: "production" }, "new/c.toy"],
				databases: { shop: { sources: ["production", "a.toy", "b.toy", "new/c.toy"], authority: "a.toy" } },
			}),
		});
		expect(await since(cwd, "HEAD")).toMatchObject({ code: 0, introduced: [], fixed: [] });
	});

	it("leaves accepted findings out, and counts them", async () => {
		const cwd = repository();
		add(cwd, { "b.toy": B.replace("users.email text", "users.email integer") });
		await cli(["baseline"], { cwd });
		expect(await since(cwd, "HEAD")).toMatchObject({ code: 0, introduced: [], fixed: [] });
	});

	it("reads the real adapters' files of the commit", async () => {
		const drizzle = (type: string): string =>
			`import { bigint, pgTable, text, varchar } from "drizzle-orm/pg-core";\nimport { LENGTH } from "./length";\nexport const t = pgTable("t", { id: bigint({ mode: "number" }).primaryKey(), code: ${type}.notNull() });\n`;
		const root = project({
			"db/migrations/001.sql": "CREATE TABLE t (id bigint PRIMARY KEY, code varchar(10) NOT NULL);",
			"web/schema.ts": drizzle("varchar({ length: LENGTH })"),
			"web/length.ts": "export const LENGTH = 10;",
		});
		git(root, "init", "-q");
		commit(root);
		add(root, { "web/length.ts": "export const LENGTH = 20;" });
		expect(await since(root, "HEAD")).toMatchObject({ code: 1, introduced: ["code"], unchanged: 0 });
		git(root, "rm", "-q", "-f", "web/length.ts");
		add(root, { "web/schema.ts": drizzle("text()") });
		expect(await since(root, "HEAD")).toMatchObject({ code: 1, introduced: ["code"] });
	});

	it("knows a source that was moved without git, and leaves the index as it is", async () => {
		const cwd = repository();
		add(cwd, { "web/.keep": "" });
		renameSync(join(cwd, "b.toy"), join(cwd, "web/c.toy"));
		const index = readFileSync(join(cwd, ".git/index"));
		expect(await since(cwd, "HEAD")).toMatchObject({ code: 0, introduced: [], fixed: [] });
		expect(readFileSync(join(cwd, ".git/index"))).toEqual(index);
	});

	it("does not call fixed what has become another difference of the same thing", async () => {
		const cwd = toyProject({ "a.toy": "users.id bigint\n", "b.toy": "role model\nusers.id integer\n" });
		git(cwd, "init", "-q", "-b", "main");
		commit(cwd);
		add(cwd, { "b.toy": "role model\nusers.id smallint\n" });
		expect(await since(cwd, "HEAD")).toMatchObject({ introduced: ["id"], fixed: [] });
	});

	it("explains what cannot be compared", async () => {
		const cwd = repository();
		const plain = toyProject({ "a.toy": A, "b.toy": B });
		const cases: readonly (readonly [string, string[], string])[] = [
			[plain, ["--since", "main"], "this is not a git repository"],
			[cwd, ["--since", "nowhere"], 'there is no commit "nowhere"'],
			[cwd, ["--since", "--help"], 'there is no commit "--help"'],
			[cwd, ["--since", "mian"], "Did you mean main?"],
			[cwd, ["--since", ""], "Is the variable set"],
			[cwd, ["--since", "origin/"], "Is the variable set"],
			[cwd, ["--since", "main...HEAD"], "`--since main` compares with where this branch has left it"],
			[cwd, ["--since", "main", "--only", "a.toy"], "exclude each other"],
		];
		for (const [where, argv, message] of cases) {
			const { code, stdout, stderr } = await cli(["check", ...argv], { cwd: where });
			expect({ argv, code, stdout }).toEqual({ argv, code: 2, stdout: "" });
			expect(stderr).toContain(message);
		}
	});

	it("tells in a shallow clone how to get the commit", async () => {
		const origin = repository();
		commit(origin, "second");
		const clone = join(project(), "clone");
		execFileSync("git", ["clone", "-q", "--depth=1", `file://${origin}`, clone], { stdio: "pipe" });
		expect(existsSync(join(clone, "a.toy"))).toBe(true);
		const { code, stderr } = await cli(["--since", "v1"], { cwd: clone });
		expect(code).toBe(2);
		expect(stderr).toContain("The clone is shallow");
		expect(stderr).toContain("fetch-depth: 0");
		expect((await cli(["--since", "HEAD"], { cwd: clone })).code).toBe(0);
	});
});

describe("what git prints", () => {
	const output = Buffer.from("aa blob 3\nx\ny\nbb missing\ncc blob 0\n\ndd blob 2\nzz\n");

	it.each([1, 2, 5, 1000])("is taken apart whatever its pieces: %i bytes each", (size) => {
		const found: (string | undefined)[] = [];
		const reader = new BlobReader((_, content) => found.push(content?.toString()));
		for (let at = 0; at < output.length; at += size) reader.push(output.subarray(at, at + size));
		expect(found).toEqual(["x\ny", undefined, "", "zz"]);
		expect(reader.count).toBe(4);
	});
});
