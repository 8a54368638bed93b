import { describe, expect, it } from "vitest";
import { cli, project } from "./helpers.js";

const cwd = project();

describe("explain", () => {
	it("takes a code as reports write it", async () => {
		const plain = await cli(["explain", "type-mismatch"], { cwd });
		expect(plain).toMatchObject({ code: 0, stdout: expect.stringContaining("How to fix") });
		expect(await cli(["explain", "[Type-Mismatch]"], { cwd })).toEqual(plain);
	});

	it("prints Markdown and JSON", async () => {
		const page = await cli(["explain", "enum-labels", "--format", "markdown"], { cwd });
		expect(page.stdout).toMatch(/^# enum-labels\n/);
		const list = await cli(["explain", "--format", "markdown"], { cwd });
		expect(list.stdout).toContain("| `enum-labels` | An enum has other labels");
		const json = await cli(["explain", "enum-labels", "--json"], { cwd });
		expect(JSON.parse(json.stdout)).toMatchObject({ code: "enum-labels", page: page.stdout });
	});

	it.each([
		["type_mismatch", "Did you mean `type-mismatch`?"],
		["trigger", "About it are: trigger-missing, trigger-mismatch, trigger-disabled."],
		["42p10", "About it are: unique-missing"],
		["nonsense", "`schemalign explain` lists them all."],
	])("helps with %s", async (written, hint) => {
		const { code, stderr } = await cli(["explain", written], { cwd });
		expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(hint) });
	});
});
