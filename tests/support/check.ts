/** `schemalign check` in process, as a user runs it: from the folder to the JSON report. */
import { isRuleCode, type Report, RULES, reportSchema } from "@schemalign/core";
import { run } from "../../packages/cli/src/run.js";

/**
 * The report on the project at `root`.
 * @throws Error with what the tool printed, if it could not do its job.
 */
export async function checkProject(root: string): Promise<Report> {
	const printed: string[] = [];
	const complaints: string[] = [];
	const code = await run(["check", root, "--format", "json"], {
		stdout: { write: (text) => printed.push(text) },
		stderr: { write: (text) => complaints.push(text) },
		env: {},
		cwd: root,
		isTTY: false,
	});
	if (code !== 0 && code !== 1) throw new Error(`exit code ${code}: ${complaints.join("")}`);
	const report = reportSchema.parse(JSON.parse(printed.join("")));
	requireCatalogued(report);
	return report;
}

/** @throws Error for a finding that the catalogue of rules does not have so: the documentation would be wrong. */
function requireCatalogued({ findings }: Report): void {
	for (const { code, severity, message } of findings) {
		const stated: readonly string[] = isRuleCode(code) ? RULES[code].severities : [];
		if (!stated.includes(severity))
			throw new Error(`${code} is ${severity}, which its page does not say: ${message}`);
	}
}
