/**
 * Every rule has a page, the page agrees with the catalogue, and its example is run: the report that the page shows is the
 * one that `check --verbose` prints. `UPDATE_RULE_PAGES=1` writes it anew; look at the difference before you commit it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RULE_CODES, RULES } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { run } from "../../packages/cli/src/run.js";
import { RULES_FILE, rulesPage } from "../../scripts/rules.js";
import { findingsText, parsePage, withReport } from "./page.js";

const FOLDER = fileURLToPath(new URL("../../docs/rules/", import.meta.url));
const SECTIONS = ["What it finds", "Why it matters", "Example", "How to fix", "How to configure"];

describe.each(RULE_CODES)("the page of %s", (code) => {
	const path = join(FOLDER, `${code}.md`);
	const markdown = existsSync(path) ? readFileSync(path, "utf8") : "";
	const page = parsePage(markdown);

	it("agrees with the catalogue", () => {
		expect(page.title).toBe(code);
		expect(page.summary).toBe(RULES[code].summary);
		expect(page.severities).toEqual(RULES[code].severities);
		expect(page.sections).toEqual(SECTIONS);
		expect(markdown).toContain(`"${code}": "off"`);
	});

	it("shows what its example prints", async () => {
		const printed = findingsText(await check(page.files), code);
		expect(printed, "the example does not give the finding").not.toBe("");
		if (process.env.UPDATE_RULE_PAGES) writeFileSync(path, withReport(markdown, printed));
		else expect(page.report).toBe(printed);
		for (const [, severity] of printed.matchAll(/^ {2}([A-Z]+) /gm)) {
			expect(page.severities).toContain(severity?.toLowerCase());
		}
	});
});

describe("the rule pages", () => {
	it("are listed as `pnpm rules` lists them", () => {
		expect(readFileSync(RULES_FILE, "utf8")).toBe(rulesPage());
	});

	it("have no page for a rule that does not exist", () => {
		const codes = readdirSync(FOLDER).map((name) => name.replace(/\.md$/, ""));
		const pages = codes.filter((name) => name !== "README");
		expect(pages.sort()).toEqual([...RULE_CODES].sort());
	});
});

/** What `check --verbose` prints of a project of these files. */
async function check(files: Readonly<Record<string, string>>): Promise<string> {
	const project = await temporaryProject(files);
	const printed: string[] = [];
	try {
		await run(["check", project.root, "--verbose", "--no-color"], {
			stdout: { write: (text) => printed.push(text) },
			stderr: { write: () => undefined },
			env: {},
			cwd: project.root,
			isTTY: false,
		});
		return printed.join("");
	} finally {
		await project.remove();
	}
}
