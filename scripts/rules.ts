/** `pnpm rules` writes docs/rules/README.md, the list of all rules, from the catalogue. A test holds the file current. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { RULE_CODES, RULE_GROUPS, RULES } from "../packages/core/src/index.js";

export const RULES_FILE = fileURLToPath(new URL("../docs/rules/README.md", import.meta.url));

const INTRODUCTION = `# Rules

What each code means. A page tells what the rule finds, why it matters, shows an example with its report, and says how to
fix it; \`schemalign explain <code>\` prints the same page. Severity follows what breaks for which program, so one code can have
several. How findings come about is told in [findings](../findings.md).
`;

/** The page's text. */
export function rulesPage(): string {
	const tables = Object.entries(RULE_GROUPS).map(([group, title]) => {
		const codes = RULE_CODES.filter((code) => RULES[code].group === group);
		const rows = codes.map(
			(code) =>
				`| [\`${code}\`](${code}.md) | ${RULES[code].summary} | ${RULES[code].severities.join(", ")} |`,
		);
		return `## ${title}\n\n| code | what | severity |\n|---|---|---|\n${rows.join("\n")}\n`;
	});
	return [INTRODUCTION, ...tables].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(RULES_FILE, rulesPage());
