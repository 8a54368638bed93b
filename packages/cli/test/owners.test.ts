import { ownershipSchema } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { serviceFinder } from "../src/services.js";
import { cli, toyProject } from "./helpers.js";

const FILES = {
	"db/a.toy": "users.id bigint\nusers.email text\norders.id bigint\norders.total text\n",
	"web/package.json": "{}",
	"web/src/b.toy": "role model\nusers.id bigint\nusers.email text\norders.id bigint\norders.total text\n",
	"jobs/pyproject.toml": "",
	"jobs/c.toy": "role model\nusers.id bigint\nusers.email text\n",
};
const OWNERS = {
	people: { sources: ["jobs/**"], tables: ["users"] },
	shop: { sources: ["web"], tables: ["orders", "order_*"] },
};

describe("owners", () => {
	it("shows a table that fits, and what to look at", async () => {
		const cwd = toyProject(FILES, { owners: OWNERS });
		const { code, stdout, stderr } = await cli(["owners"], {
			cwd,
			columns: 80,
			isTTY: true,
			env: { NO_COLOR: "1" },
		});
		expect(code).toBe(0);
		expect(stdout).toMatch(/^ {2}table {2,}owner {2,}created by {2,}mapped by$/m);
		expect(stdout).toMatch(/^ {2}users {2,}people {2,}\(root\) {2,}jobs, web$/m);
		expect(stdout).toContain("• web maps users, which belongs to people.");
		expect(stderr).toContain('owners.shop.tables[1]: no table fits "order_*"');
		for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
		expect((await cli(["owners", "-q"], { cwd })).stdout).toMatch(
			/^! 2 tables, 1 shared by several services · \d+ things to look at$/m,
		);
		const listed = stdout.split("\n").filter((line) => line.startsWith("  • ")).length;
		expect(stdout).toContain(`· ${listed} things to look at`);
	});

	it("prints JSON and Markdown", async () => {
		const cwd = toyProject(FILES);
		const json = ownershipSchema.parse(JSON.parse((await cli(["owners", "--json"], { cwd })).stdout));
		expect(json.services.map(({ path }) => path)).toEqual([".", "jobs", "web"]);
		expect(json.databases[0]?.tables).toMatchObject([
			{ table: "public.orders" },
			{ table: "public.users", sharedBy: 2 },
		]);
		const { stdout } = await cli(["owners", "--format", "markdown"], { cwd });
		expect(stdout).toContain("| `users` | (root) | jobs, web |");
		expect(await cli(["sources", "--format", "markdown"], { cwd })).toMatchObject({ code: 2, stdout: "" });
	});

	it("makes a model outside its tables a finding of check", async () => {
		const cwd = toyProject(FILES, { owners: OWNERS });
		const { code, stdout } = await cli([], { cwd });
		expect(code).toBe(0);
		expect(stdout).toContain("web/src/b.toy maps users, which belongs to people [table-outside-owner]");
		const graded = toyProject(FILES, { owners: OWNERS, severities: { "table-outside-owner": "high" } });
		expect((await cli([], { cwd: graded })).code).toBe(1);
	});

	it.each([
		[{ people: { sources: ["zzz"], tables: ["users"] } }, 'owners.people.sources[0]: no source fits "zzz"'],
		[{ people: { sources: ["jobs"] } }, "owners.people.tables"],
		[{ people: { sources: ["jobs"], tables: ["users"], tabels: [] } }, "did you mean `tables`?"],
	])("explains %j", async (owners, message) => {
		const { code, stderr } = await cli(["owners"], { cwd: toyProject(FILES, { owners }) });
		expect(code).toBe(2);
		expect(stderr).toContain(message);
	});

	it("ends with 2 where there is no source", async () => {
		expect(await cli(["owners"], { cwd: toyProject({}) })).toMatchObject({ code: 2, stdout: "" });
	});
});

describe("services", () => {
	it("are the nearest folders with a manifest", () => {
		const serviceOf = serviceFinder(["package.json", "a/package.json", "a/b/go.mod", "c/App.csproj"]);
		expect(["a/x.ts", "a/b/c/d.sql", "c/x", "d/x", "a", "x"].map(serviceOf)).toEqual([
			"a",
			"a/b",
			"c",
			".",
			"a",
			".",
		]);
	});
});
