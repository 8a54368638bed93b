import { describe, expect, it } from "vitest";
import { loadConfig } from "../src/config/load.js";
import type { CheckedConfig } from "../src/config/schema.js";
import { defineConfig } from "../src/index.js";
import { project } from "./helpers.js";

const load = (files: Record<string, string>, explicit?: string) => {
	const root = project(files);
	return loadConfig(root, root, explicit);
};

describe("forms of a config", () => {
	const forms: readonly (readonly [string, string])[] = [
		[
			"schemalign.config.ts",
			'import { defineConfig } from "schemalign";\nconst failOn: string = "low";\nexport default defineConfig({ failOn: "low" as const, ignore: [failOn] });',
		],
		["schemalign.config.mts", 'export default { failOn: "low", ignore: ["low"] } satisfies object;'],
		["schemalign.config.js", 'export default () => ({ failOn: "low", ignore: ["low"] });'],
		[
			"schemalign.config.mjs",
			'import { defineConfig } from "schemalign";\nexport default defineConfig({ failOn: "low", ignore: ["low"] });',
		],
		["schemalign.config.cjs", 'module.exports = { failOn: "low", ignore: ["low"] };'],
		["schemalign.config.json", '\uFEFF{ "failOn": "low", "ignore": ["low"] }'],
		["schemalign.config.yaml", "failOn: low\nignore: [low] # comment\n"],
		["schemalign.config.yml", "failOn: low\nignore:\n  - low\n"],
	];
	it.each(forms)("loads %s", async (name, text) => {
		expect(await load({ [name]: text })).toEqual({ path: name, config: { failOn: "low", ignore: ["low"] } });
	});

	it("does without", async () => {
		expect(await load({})).toEqual({ path: undefined, config: {} });
		expect((await load({ "schemalign.config.yaml": "" })).config).toEqual({});
	});

	it("takes the one that is named", async () => {
		const files = { "conf/other.yaml": "failOn: info", "schemalign.config.json": "{" };
		expect(await load(files, "conf/other.yaml")).toEqual({
			path: "conf/other.yaml",
			config: { failOn: "info" },
		});
		await expect(load({}, "no.json")).rejects.toThrow("there is no config file no.json");
	});

	it("does not choose between two", async () => {
		await expect(load({ "schemalign.config.json": "{}", "schemalign.config.yml": "" })).rejects.toThrow(
			"several configs: schemalign.config.json, schemalign.config.yml",
		);
	});
});

describe("wrong configs", () => {
	const wrong: readonly (readonly [string, object, string])[] = [
		["a misspelt key", { fialOn: "high" }, "unknown key `fialOn`; did you mean `failOn`?"],
		["an unknown key", { zzz: 1 }, "unknown key `zzz`; allowed: "],
		[
			"a misspelt nested key",
			{ databases: { shop: { sources: ["a"], authorty: "a" } } },
			"databases.shop: unknown key `authorty`; did you mean `authority`?",
		],
		[
			"a misspelt value",
			{ failOn: "hihg" },
			'failOn: must be one of critical, high, medium, low, info, never (did you mean "high"?)',
		],
		["a wrong type", { exclude: "legacy" }, "exclude: must be an array"],
		["a wrong element", { exclude: [1] }, "exclude[0]: must be a string"],
		[
			"a wrong source",
			{ sources: [{ path: "a", rol: "model" }] },
			"sources[0]: unknown key `rol`; did you mean `role`?",
		],
		["a source without a path", { sources: [{ role: "model" }] }, "sources[0].path: must be a string"],
		[
			"a wrong role",
			{ sources: [{ path: "a", role: "modle" }] },
			'sources[0].role: must be one of database, definition, model, usage, record (did you mean "model"?)',
		],
		[
			"a wrong severity",
			{ severities: { "index-missing": "none" } },
			"severities.index-missing: must be one of",
		],
		["a key that is no code", { severities: { Index: "off" } }, "a finding code looks like `column-missing`"],
		[
			"an empty database",
			{ databases: { "my db": { sources: [] } } },
			'databases["my db"].sources: must name at least one source',
		],
	];
	it.each(wrong)("explains %s", async (_, config, message) => {
		await expect(load({ "schemalign.config.json": JSON.stringify(config) })).rejects.toThrow(message);
	});

	it("names every problem at once", async () => {
		const text = JSON.stringify({ failOn: 1, ignore: 2, discover: "no" });
		const error = await load({ "schemalign.config.json": text }).catch(String);
		expect(error).toMatch(
			/failOn: .*\n.*discover: must be a boolean|discover: must be a boolean[\s\S]*failOn: /,
		);
		expect(error).toContain("ignore: must be an array");
	});

	const broken: readonly (readonly [string, string, string])[] = [
		["that throws", "schemalign.config.ts", "throw new Error('no luck');"],
		["that does not parse", "schemalign.config.js", "export default {"],
		["that is no JSON", "schemalign.config.json", "{ failOn: 'x' }"],
		["that is no YAML", "schemalign.config.yaml", "a: [1\nb: }"],
	];
	it.each(broken)("names a config %s", async (_, name, text) => {
		await expect(load({ [name]: text })).rejects.toThrow(`${name} could not be loaded: `);
	});
});

it("defineConfig and the schema allow the same", () => {
	const config = defineConfig({
		sources: ["a", { path: "b", role: "database", options: { deep: [1, { x: null }] } }],
		databases: { main: { sources: ["a"], authority: undefined } },
	});
	const checked: CheckedConfig = config;
	expect(checked).toBe(config);
});
