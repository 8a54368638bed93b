import { describe, expect, it } from "vitest";
import { analyze, type Finding } from "../src/index.js";
import { source } from "./support/sources.js";

const tokens = { id: "uuid", revoked_at: { type: "timestamptz", null: true }, note: "text" };
const renamed = { id: "uuid", revoked_at_utc: { type: "timestamptz", null: true }, note: "text" };

/** The rename's source by the verdict, and the name that is held to be right. */
function verdicts(findings: readonly Finding[]): unknown[] {
	return findings.map(({ code, column, verdict }) => [code, column, verdict.deviating, verdict.truth]);
}

describe("a column that one of several definitions calls otherwise", () => {
	// `a` stands first: it is larger.
	const extra = { other: { id: "uuid" } };

	it("is one finding against that one, also where it stands first", () => {
		const { findings } = analyze([
			source({ id: "a", tables: { tokens: renamed, ...extra } }),
			source({ id: "b", tables: { tokens, ...extra } }),
			source({ id: "c", tables: { tokens, ...extra } }),
			source({ id: "d", role: "model", tables: { tokens, ...extra } }),
		]);
		expect(verdicts(findings)).toEqual([["column-renamed", "revoked_at", ["a"], "revoked_at"]]);
		expect(findings[0]?.verdict.basis).toContain("3 of 4");
	});

	it("is undecided between two", () => {
		const { findings } = analyze([
			source({ id: "a", tables: { tokens: renamed } }),
			source({ id: "b", tables: { tokens } }),
		]);
		expect(verdicts(findings)).toEqual([["column-renamed", "revoked_at_utc", [], null]]);
	});

	it("is right where that one is the authority", () => {
		const { findings } = analyze(
			[
				source({ id: "a", tables: { tokens: renamed } }),
				source({ id: "b", tables: { tokens } }),
				source({ id: "c", tables: { tokens } }),
			],
			{
				evidence: [
					{
						source: "a",
						what: "deploy.sh runs it",
						at: { file: "deploy.sh", line: 1 },
						weight: "deployment",
					},
				],
			},
		);
		expect(verdicts(findings)).toEqual([
			["column-renamed", "revoked_at_utc", ["b"], "revoked_at_utc"],
			["column-renamed", "revoked_at_utc", ["c"], "revoked_at_utc"],
		]);
	});
});
