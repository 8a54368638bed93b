/** Live databases on the command line and in the config; what the databases themselves say is the adapter's to test. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli, project } from "./helpers.js";

const PASSWORD = "s3cr@t/%x";
/** Nothing listens on port 1. */
const URL = `postgresql://app:${encodeURIComponent(PASSWORD)}@127.0.0.1:1/shop`;
const SQL = { "db/schema.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" };

function withDatabases(databases: Readonly<Record<string, unknown>>): string {
	return project({ ...SQL, "schemalign.config.json": JSON.stringify({ databases }) });
}

function expectNoPassword(text: string): void {
	expect(text).not.toContain(PASSWORD);
	expect(text).not.toContain(encodeURIComponent(PASSWORD));
}

describe("live databases", () => {
	it("that cannot be read are a finding, and the other sources are read; no password is printed", async () => {
		const cwd = withDatabases({ prod: { url: { env: "PROD" } } });
		for (const options of [[], ["--json"], ["--verbose"]]) {
			const { code, stdout, stderr } = await cli(["check", ...options], { cwd, env: { PROD: URL } });
			expect(code).toBe(1);
			expect(stdout).toContain("source-unreadable");
			expect(stdout).toContain("127.0.0.1:1 refuses the connection");
			expect(stdout).toContain("db/schema.sql");
			// A database has no lines.
			expect(stdout).not.toContain("prod:1");
			expectNoPassword(stdout + stderr);
		}
	});

	it("whose variable is not set are passed over with a warning", async () => {
		const cwd = withDatabases({ prod: { url: { env: "PROD" } } });
		const { code, stdout, stderr } = await cli(["check"], { cwd });
		expect(code).toBe(0);
		expect(stdout).toContain("db/schema.sql");
		expect(stderr).toContain("prod was not read: the environment variable PROD is not set");
		const operand = await cli(["snapshot", "prod"], { cwd });
		expect(operand).toMatchObject({ code: 2, stdout: "" });
		expect(operand.stderr).toContain("the environment variable PROD is not set");
	});

	it("are named by --db: by name and URL, by URL alone, by a name whose variable is set", async () => {
		const cwd = project(SQL);
		const named = async (db: string, env: Record<string, string> = {}) => {
			const { stdout, stderr } = await cli(["sources", "--json", "--db", db], { cwd, env });
			expectNoPassword(stdout + stderr);
			const { sources }: { sources: { id: string; adapter: string }[] } = JSON.parse(stdout);
			return sources.filter(({ adapter }) => adapter === "postgres").map(({ id }) => id);
		};
		expect(await named(`prod=${URL}`)).toEqual(["prod"]);
		expect(await named(URL)).toEqual(["127.0.0.1:1/shop"]);
		expect(await named("prod", { PROD_DATABASE_URL: URL })).toEqual(["prod"]);
		expect(await named("DATABASE_URL", { DATABASE_URL: URL })).toEqual(["DATABASE_URL"]);
		const missing = await cli(["check", "--db", "prod"], { cwd });
		expect(missing.code).toBe(2);
		expect(missing.stderr).toContain("set PROD_DATABASE_URL or DATABASE_URL_PROD");
	});

	it("are operands of diff and snapshot by their URL, which is not printed", async () => {
		const cwd = project(SQL);
		const compared = await cli(["diff", URL, "db/schema.sql"], { cwd });
		expect(compared.code).toBe(1);
		expect(compared.stdout).toContain("127.0.0.1:1/shop ↔ db/schema.sql");
		const taken = await cli(["snapshot", URL, "-o", "prod.json"], { cwd });
		expect(taken).toMatchObject({ code: 2, stdout: "" });
		expect(taken.stderr).toContain("refuses the connection");
		expect(existsSync(join(cwd, "prod.json"))).toBe(false);
		expectNoPassword(compared.stdout + compared.stderr + taken.stderr);
		const broken = await cli(["diff", `postgresql://app:${PASSWORD}@h/d`, "db/schema.sql"], { cwd });
		expect(broken).toMatchObject({ code: 2, stdout: "" });
		expectNoPassword(broken.stderr);
	});

	it("are named by libpq's keywords too", async () => {
		const cwd = project(SQL);
		const pairs = `host=127.0.0.1 port=1 dbname=shop user=app password='${PASSWORD}'`;
		const compared = await cli(["diff", pairs, "db/schema.sql"], { cwd });
		expect(compared.stdout).toContain("127.0.0.1:1/shop ↔ db/schema.sql");
		const listed = await cli(["check", "--db", pairs], { cwd });
		expect(listed.stdout).toContain("127.0.0.1:1/shop could not be read");
		expectNoPassword(compared.stdout + compared.stderr + listed.stdout + listed.stderr);
	});

	it("that are misspelt are not repeated with their password, whatever they are taken for", async () => {
		const cwd = project(SQL);
		const secret = 's3c/r"3t';
		for (const text of [
			`app:${secret}@h:1/shop`,
			`postgresql:/app:${secret}@h/shop`,
			`mysql://app:${secret}@h/shop`,
			`prod=app:${secret}@h/shop`,
			`pasword=${secret} host=h`,
			`host=h password='${secret}`,
		]) {
			for (const argv of [
				["check", "--db", text],
				["check", text],
				["diff", text, "db/schema.sql"],
				["snapshot", text, "--debug"],
				["check", "--only", text],
				[text],
			]) {
				const { code, stdout, stderr } = await cli(argv, { cwd });
				expect(code, argv.join(" ")).toBe(2);
				expect(stdout + stderr, argv.join(" ")).not.toMatch(/s3c|r\\?"3t/i);
			}
		}
	});

	it("that do not answer are told of with the reason where a snapshot was to be taken", async () => {
		const { stderr } = await cli(["snapshot", URL], { cwd: project(SQL) });
		expect(stderr).toContain("refuses the connection (ECONNREFUSED). The host is there, but nothing listens");
	});

	it("have lines in their snapshots: what the database says stands there", async () => {
		const at = { file: "prod", line: 1 };
		const facts = { type: { value: { name: "uuid", dimensions: 0 }, at }, nullable: { value: false, at } };
		const taken = {
			formatVersion: 1,
			source: "prod",
			adapter: "postgres",
			role: "database",
			path: "prod",
			dialect: "postgres",
			capabilities: { kinds: { table: "complete", column: "complete" }, aspects: {} },
			entities: [
				{ kind: "table", address: "table:public.users", at, facts: {} },
				{ kind: "column", address: "column:public.users.id", at, facts },
			],
			gaps: [{ under: "view:public.v", kinds: [], why: "it belongs to an extension", at }],
			diagnostics: [],
		};
		const text = JSON.stringify(taken, null, 2);
		const cwd = project({ ...SQL, "prod.json": text });
		const line = text.split("\n").findIndex((one) => one.includes("column:public.users.id")) + 1;
		const { stdout } = await cli(["diff", "prod.json", "db/schema.sql"], { cwd });
		expect(stdout).toContain(`prod.json:${line}`);
		expect(stdout).toContain("prod.json:1");
		expect(stdout).not.toMatch(/\bprod:1/);
		const json = await cli(["diff", "prod.json", "db/schema.sql", "--json"], { cwd });
		expect(json.stdout).not.toContain('"file": "prod"');
		expectNoPassword(stdout);
	});

	it("need a URL or sources in the config, and nothing else", async () => {
		const run = async (entry: unknown) =>
			(await cli(["check"], { cwd: withDatabases({ prod: entry }) })).stderr;
		expect(await run({})).toContain("needs `url` or `sources`");
		expect(await run({ url: 7 })).toContain("must be a connection string");
	});

	it("are asked about rows only where there is one to ask", async () => {
		const cwd = project(SQL);
		expect((await cli(["check", "--probe"], { cwd })).stderr).toContain("warning: --probe asks nothing");
		expect((await cli(["check"], { cwd })).stderr).toBe("");
		const unread = await cli(["check", "--probe", "--db", `prod=${URL}`], { cwd });
		expect(unread.code).toBe(1);
		expect(unread.stdout).toContain("source-unreadable");
		expectNoPassword(unread.stdout + unread.stderr);
	});

	it("take limits for questions in the config", async () => {
		const run = async (probe: unknown, entry: object = { url: { env: "PROD" } }) =>
			(await cli(["check"], { cwd: withDatabases({ prod: { ...entry, probe } }) })).stderr;
		expect(await run(true)).not.toContain("error");
		expect(await run({ sample: 100, whole: 0, timeout: 0.5, budget: 10 })).not.toContain("error");
		expect(await run({ sample: 0 })).toContain("must be more than 0");
		expect(await run({ timeout: 1e9 })).toContain("must be at most 3600");
		expect(await run({ row: 7 })).toContain("unknown key `row`; allowed: sample, whole, timeout, budget");
		expect(await run("yes")).toContain("must be true, false, or limits");
		expect(await run(true, { sources: ["db/schema.sql"] })).toContain("`probe` needs `url`");
	});
});
