import type { Finding, Summary } from "./report.js";

/** What a finding of each severity weighs in the health score. */
const WEIGHTS = { critical: 10, high: 4, medium: 1.5, low: 0.25, info: 0 } as const;

/**
 * Counts the findings and gives the health score: `100 / (1 + W / (10 + T))`, rounded down, where W is the sum of
 * the findings' weights and T the number of tables. 100 means that there is nothing above info; the same findings
 * weigh less in a larger schema. See docs/health-score.md.
 */
export function summarize(findings: readonly Finding[], tables: number): Summary {
	const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
	for (const finding of findings) counts[finding.severity]++;
	const weight = findings.reduce((sum, finding) => sum + WEIGHTS[finding.severity], 0);
	return { ...counts, score: Math.floor(100 / (1 + weight / (10 + tables))) };
}
