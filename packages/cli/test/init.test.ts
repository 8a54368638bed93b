import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { add, cli, project } from "./helpers.js";

const SOURCES = {
	"db/001_a.sql": "create table t (id int);",
	"schema.sql": "create table t (id bigint);",
};
const TYPESCRIPT = { "package.json": '{ "devDependencies": { "typescript": "5" } }' };

function textOf(root: string, name: string): string {
	return readFileSync(join(root, name), "utf8");
}

describe("init", () => {
	it.each([
		["TypeScript by its compiler", TYPESCRIPT, "schemalign.config.ts"],
		["TypeScript by its settings", { "tsconfig.json": "{}" }, "schemalign.config.ts"],
		["JavaScript", { "package.json": '{ "type": "commonjs" }' }, "schemalign.config.mjs"],
		["JavaScript with a broken manifest", { "package.json": "{" }, "schemalign.config.mjs"],
		["neither", { "pyproject.toml": "" }, "schemalign.config.yaml"],
	])("writes a config that changes nothing: %s", async (_, files, name) => {
		const cwd = project({ ...SOURCES, ...files });
		const before = await cli(["--json"], { cwd });
		const { code, stdout, stderr } = await cli(["init"], { cwd });
		expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
		expect(stderr).toContain(`Written to ${name}.\n`);
		expect(textOf(cwd, name)).toContain("schema.sql");
		const after = await cli(["--json"], { cwd });
		expect(after.stderr).toBe("");
		expect(after.code).toBe(before.code);
		expect(JSON.parse(after.stdout).findings).toEqual(JSON.parse(before.stdout).findings);
		expect(JSON.parse(after.stdout).databases[0].groupedBecause).not.toBe(
			JSON.parse(before.stdout).databases[0].groupedBecause,
		);
	});

	it.each(["ts", "mts", "js", "mjs", "cjs", "json", "yaml", "yml"])(
		"writes a .%s that loads",
		async (extension) => {
			const cwd = project(SOURCES);
			expect((await cli(["init", "-o", `schemalign.config.${extension}`], { cwd })).code).toBe(0);
			const { code, stderr } = await cli(["-q"], { cwd });
			expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
		},
	);

	it("imports schemalign only where a compiler can resolve it", async () => {
		const cwd = project({ ...SOURCES, ...TYPESCRIPT });
		await cli(["init"], { cwd });
		expect(textOf(cwd, "schemalign.config.ts")).not.toMatch(/^import/m);
		add(cwd, { "node_modules/schemalign/package.json": "{}" });
		await cli(["init", "--force"], { cwd });
		expect(textOf(cwd, "schemalign.config.ts")).toMatch(/^import \{ defineConfig \} from "schemalign";\n/);
		expect((await cli(["-q"], { cwd })).code).toBe(1);
	});

	it("replaces a config only when told, in the form that it has", async () => {
		const cwd = project({ "schemalign.config.ts": "throw new Error('old');" });
		const refused = await cli(["init"], { cwd });
		expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("Use --force to replace it.") });
		expect((await cli(["init", "--force"], { cwd })).code).toBe(0);
		expect(textOf(cwd, "schemalign.config.ts")).toContain("export default {");
		const other = project({ ...TYPESCRIPT, "schemalign.config.yaml": "old: true" });
		expect((await cli(["init", "--force"], { cwd: other })).code).toBe(0);
		expect(textOf(other, "schemalign.config.yaml")).toContain("failOn: high");
		expect(existsSync(join(other, "schemalign.config.ts"))).toBe(false);
	});

	it("never makes a second config, and replaces no file unasked", async () => {
		const cwd = project({ "schemalign.config.yaml": "", "notes.json": "{}" });
		const cases: readonly (readonly [string, string])[] = [
			["schemalign.config.ts", "there is a config already: schemalign.config.yaml"],
			["notes.json", "notes.json is there already"],
			["config.toml", "config.toml cannot be a config"],
		];
		for (const [name, message] of cases) {
			const { code, stderr } = await cli(["init", "-o", name], { cwd });
			expect({ name, code }).toEqual({ name, code: 2 });
			expect(stderr).toContain(message);
		}
		expect(textOf(cwd, "notes.json")).toBe("{}");
		const named = await cli(["init", "-o", "other.mjs"], { cwd });
		expect(named.stderr).toContain("`schemalign --config other.mjs` uses it.");
	});
});
