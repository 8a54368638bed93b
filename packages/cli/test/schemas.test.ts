import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { publishedSchemas } from "../src/published-schemas.js";
import { cli, toyProject } from "./helpers.js";

const published = (name: string): unknown =>
	JSON.parse(readFileSync(new URL(`../schema/${name}`, import.meta.url), "utf8"));

function validator(name: string) {
	const schema = published(name);
	if (typeof schema !== "object" || schema === null) throw new Error(`${name} is no schema`);
	return new Ajv2020({ strict: false }).compile(schema);
}

describe("the published schemas", () => {
	it.each(Object.entries(publishedSchemas()))(
		"%s is up to date (else: pnpm --filter schemalign schemas)",
		(name, text) => {
			expect(published(name)).toEqual(JSON.parse(text));
		},
	);

	it("accept a real report and refuse another", async () => {
		const cwd = toyProject({ "a.toy": "t.id integer\nt.x text", "b.toy": "role model\nt.id bigint\n" });
		const { stdout } = await cli(["--json"], { cwd });
		const validate = validator("report.schema.json");
		expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
		expect(validate({ ...JSON.parse(stdout), formatVersion: 2 })).toBe(false);
		const wrongKind = JSON.parse(stdout);
		wrongKind.findings[0].kind = "tables";
		expect(validate(wrongKind)).toBe(false);
	});

	it("accept a config and refuse a misspelt one", () => {
		const validate = validator("config.schema.json");
		expect(validate({ sources: ["a", { path: "b", role: "model" }], failOn: "low" })).toBe(true);
		expect(validate({ fialOn: "low" })).toBe(false);
		expect(validate({ sources: [{ path: "b", role: "modle" }] })).toBe(false);
	});
});
