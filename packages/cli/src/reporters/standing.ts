/** How each source stands: in how many findings it deviates, and in how many nothing decides. */
import { type Finding, type Report, type Severity, severitySchema } from "@schemalign/core";

export interface Standing {
	/** Above `info`, worst first; severities without any are left out. */
	readonly deviates: readonly { readonly severity: Severity; readonly count: number }[];
	/** Findings with a part of the source in which no side is held to be wrong. */
	readonly undecided: number;
}

/** The standing of the source; a copy has that of its original. */
export function standingOf(report: Report, source: string): Standing {
	const original = report.sources.find(({ id }) => id === source)?.duplicateOf ?? source;
	const grave = report.findings.filter(({ severity }) => severity !== "info");
	const wrong = grave.filter(({ verdict }) => verdict.deviating.includes(original));
	const open = grave.filter(
		(finding) => isUndecided(finding) && finding.claims.some((claim) => claim.source === original),
	);
	return {
		deviates: severitySchema.options.flatMap((severity) => {
			const count = wrong.filter((one) => one.severity === severity).length;
			return count > 0 ? [{ severity, count }] : [];
		}),
		undecided: open.length,
	};
}

/** Whether sides disagree and nothing says which of them is wrong. */
export function isUndecided({ verdict, severity }: Finding): boolean {
	return severity !== "info" && verdict.truth === null && verdict.basis.startsWith("undecided");
}
