/** The seeds as scenarios: the tool on three repositories, held against what is true of each. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Report } from "@schemalign/core";
import { beforeAll, describe, expect, it } from "vitest";
import { checkProject } from "../support/check.js";
import type { ExpectedSource, Scenario } from "../support/expectation.js";
import { describe as describeStatement, Matcher, singleStatements } from "../support/matching.js";
import { campaigns } from "./campaigns/expected.js";
import { kidsPlayer } from "./kids-player/expected.js";
import { videoExports } from "./video-exports/expected.js";

const HERE = path.dirname(fileURLToPath(import.meta.url));

for (const scenario of [campaigns, videoExports, kidsPlayer]) {
	describe(scenario.name, () => runScenario(scenario));
}

function runScenario(scenario: Scenario): void {
	const root = path.join(HERE, scenario.name, "repo");
	let report: Report;
	let matcher: Matcher;
	beforeAll(async () => {
		report = await checkProject(root);
		matcher = new Matcher(report, root);
	});

	it(`holds the sources to describe ${scenario.databases} database(s)`, () => {
		expect(report.databases.map((database) => database.sources)).toHaveLength(scenario.databases);
	});

	describe("sources", () => {
		for (const source of scenario.sources) {
			it(`${source.path}: ${source.as}`, () => expectSource(report, source));
		}
		for (const inventory of scenario.inventory) {
			it(`${inventory.id} [${inventory.seed}]`, () => {
				expect(matcher.countTables(inventory), inventory.statement).toBe(inventory.tables);
			});
		}
	});

	describe("reports", () => {
		for (const { id, seed, statement, match } of scenario.expected) {
			it(`${id} [${seed}]`, () => {
				const found = matcher.find(match);
				expect(found.length, `${statement}\nNearest:\n${matcher.nearest(match)}`).toBeGreaterThan(0);
			});
		}
	});

	describe("does not report above info", () => {
		for (const { id, seed, statement, match } of scenario.never) {
			it(`${id} [${seed}]`, () => {
				const found = matcher.find(match).filter(({ finding }) => finding.severity !== "info");
				expect(found.length, [statement, ...found.map(describeStatement)].join("\n")).toBe(0);
			});
		}
		it("anything that is not expected", () => {
			const matches = [...scenario.expected.flatMap(({ match }) => match), ...scenario.tolerated];
			const unexpected = singleStatements(report)
				.filter(({ finding }) => finding.severity !== "info")
				.filter((statement) => !matches.some((match) => matcher.misses(statement, match).length === 0));
			expect(unexpected.length, unexpected.map(describeStatement).join("\n")).toBe(0);
		});
	});
}

function expectSource(report: Report, expected: ExpectedSource): void {
	const source = report.sources.find((one) => one.path === expected.path);
	const skipped = report.skipped.find((one) => one.path === expected.path);
	const seen = {
		source: source !== undefined,
		copy: source?.duplicateOf !== undefined,
		skipped: skipped !== undefined,
	};
	const as = expected.as === "seen" ? seen.source || seen.skipped : seen[expected.as];
	const all = report.sources.map((one) => one.path).join(", ");
	expect(as, `${expected.path} is to be a ${expected.as}; sources: ${all}`).toBe(true);
	for (const file of expected.evidence ?? [])
		expect((source?.evidence ?? []).map((one) => one.at.file)).toContain(file);
	if (expected.authority) {
		expect(report.databases.map((database) => database.authority)).toContain(source?.id);
	}
}
