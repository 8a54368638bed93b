/** The end of the report: counts, score, and what to do next. */
import { count, type Severity, severitySchema } from "@schemalign/core";
import { opening } from "../opening.js";
import { isUndecided } from "../standing.js";
import { asideText, staleHint } from "./aside.js";
import { hanging } from "./layout.js";
import type { View } from "./view.js";

/** The one line that says it all. */
export function summaryLine(view: View): string {
	const { report, theme } = view;
	const { summary } = report;
	const shown = severitySchema.options.filter((severity) => severity !== "info" && summary[severity] > 0);
	const parts = shown.map((severity) => theme.severity[severity](`${summary[severity]} ${severity}`));
	const info = summary.info > 0 ? theme.dim(` (and ${summary.info} info)`) : "";
	const aside = asideText(summary);
	const more = [...(aside === "" ? [] : [aside]), ...changeTexts(view)];
	if (!report.change) more.push(`health ${scored(view, summary.score)}`);
	const tail = more.map((text) => ` · ${text}`).join("");
	if (parts.length === 0) return `${theme.good("✓")} ${theme.bold(nothingFound(view))}${info}${tail}`;
	const introduced = report.change ? " introduced" : "";
	return `${theme.bad("✗")} ${parts.join(", ")}${introduced}${info}${tail} · ${outcome(view)}`;
}

/** Where two states are compared: what is fixed, and what is as it was. */
function changeTexts({ report }: View): string[] {
	const { change } = report;
	if (!change) return [];
	const fixed = change.fixed.filter(({ severity }) => severity !== "info").length;
	return [
		...(fixed > 0 ? [`${fixed} fixed`] : []),
		...(change.unchanged > 0 ? [`${count(change.unchanged, "difference")} as before`] : []),
	];
}

function nothingFound(view: View): string {
	const { change, setAside } = view.report;
	if (change) return "This change introduces no difference";
	// What was accepted is still there.
	return setAside?.some(({ severity }) => severity !== "info") ? "Nothing new" : inSync(view);
}

function inSync({ report }: View): string {
	const asFar = report.sources.some((source) => source.gaps.length > 0) ? ", as far as it could be read" : "";
	if (report.sources.length === 1)
		return `One source, without a defect${asFar}; there is none to compare it with`;
	return `In sync: ${count(report.sources.length, "source")} agree${asFar.replace("it", "they")}`;
}

function scored(view: View, score: number): string {
	const { theme } = view;
	const paint = score >= 90 ? theme.good : score >= 60 ? theme.warn : theme.bad;
	return paint(`${score}/100`);
}

function outcome(view: View): string {
	const { failOn } = view;
	if (failOn === "never") return "not failing (--fail-on never)";
	const order: readonly Severity[] = severitySchema.options;
	const failing = view.report.findings.filter(
		(one) => order.indexOf(one.severity) <= order.indexOf(failOn),
	).length;
	return failing > 0
		? `${count(failing, "finding")} at ${failOn} or worse, exit code 1`
		: `nothing at ${failOn} or worse`;
}

/** From so many findings on, a baseline is the way to begin. */
const MANY = 20;

/** Hints that fit what was found; none with --verbose's reader, who knows them. */
export function nextLines(view: View): string[] {
	const hints = [undecidedHint(view), staleHint(view.report), ...readerHints(view)].filter(
		(hint) => hint !== undefined,
	);
	return hints.flatMap((hint) => hanging(view.theme.dim("  → "), view.theme.dim(hint), view.width));
}

function undecidedHint({ report }: View): string | undefined {
	const undecided = report.findings.filter(isUndecided).length;
	const unled = report.databases.filter((one) => one.authority === null && one.sources.length > 1);
	if (undecided === 0 || unled.length === 0 || report.change) return undefined;
	return `${count(undecided, "finding is", "findings are")} undecided: \`schemalign init\` writes a config in which \`authority\` says who is right.`;
}

function readerHints(view: View): string[] {
	const { report } = view;
	if (view.verbose) return [];
	const grave = report.findings.filter(({ severity }) => severity !== "info");
	const [worst] = opening(grave, 1);
	const hidden = [
		...(report.setAside ? ["what is accepted, silenced and ignored"] : []),
		...(report.summary.info > 0 ? ["info findings and whatever was cut"] : []),
	];
	return [
		...(worst ? [`\`schemalign explain ${worst.code}\` says what a code means and how to fix it.`] : []),
		...(grave.length > MANY && !report.change && !report.setAside
			? ["`schemalign baseline` accepts what is there: from then on only what is new is reported."]
			: []),
		...(report.skipped.length > 0 && !report.change
			? [
					`${count(report.skipped.length, "path was", "paths were")} passed over: \`schemalign sources\` says why.`,
				]
			: []),
		...(hidden.length > 0 ? [`\`--verbose\` shows ${hidden.join(", ")}.`] : []),
	];
}
