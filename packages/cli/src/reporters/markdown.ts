/** The report as a Markdown document: for a pull request, a CI summary, a wiki. Like the text, it only renders. */
import { type Finding, type Report, type Severity, severitySchema } from "@schemalign/core";
import { findingLines } from "./markdown/finding.js";
import { code, details, prose } from "./markdown/format.js";
import {
	asideSection,
	fixedSection,
	gapSection,
	matrixSection,
	skippedSection,
	sourceTable,
} from "./markdown/sections.js";
import { opening } from "./opening.js";
import { sinceText } from "./text/aside.js";
import { summaryLine } from "./text/summary.js";
import type { TextOptions, View } from "./text/view.js";
import { makeView } from "./text.js";

/** With more findings than this the document says with which to begin. */
const FEW = 4;
const OPENING = 10;
const UNWRAPPED = 10_000;

/** The whole document; with `quiet` only its summary. */
export function renderMarkdownReport(report: Report, options: Omit<TextOptions, "width" | "color">): string {
	const view = makeView(report, { ...options, width: UNWRAPPED, color: false });
	const summary = `**${prose(summaryLine(view))}**`;
	if (view.quiet) return `${summary}\n`;
	const labels = labelsOf(view.report.findings);
	const lines = [
		`# Schema report: ${prose(view.title)}${prose(sinceText(view.report))}`,
		"",
		summary,
		...view.report.databases.flatMap((database) => {
			const findings = view.report.findings.filter((finding) => finding.database === database.name);
			if (view.report.change && findings.length === 0) return [];
			const title = view.report.databases.length > 1 ? ["", `## Database ${prose(database.name)}`] : [""];
			return [
				...title,
				"",
				...sourceTable(view, database),
				"",
				truthLine(view, database),
				...startSection(findings, labels),
				...(view.report.change ? [] : matrixSection(view, database)),
				...findingsSection(view, findings, labels),
			];
		}),
		...fixedSection(view),
		...gapSection(view),
		...asideSection(view),
		...skippedSection(view),
	];
	return `${lines.join("\n").replace(/\n{3,}/g, "\n\n")}\n`;
}

function truthLine(
	view: View,
	{ authority, authorityBasis, sources }: View["report"]["databases"][number],
): string {
	if (sources.length < 2) return "";
	return authority === null
		? `No source holds the truth: ${prose(authorityBasis)}.`
		: `★ ${code(view.names.get(authority) ?? authority)} holds the truth: ${prose(authorityBasis)}.`;
}

const LETTERS: Readonly<Record<Severity, string>> = {
	critical: "C",
	high: "H",
	medium: "M",
	low: "L",
	info: "I",
};

/** What the document calls each finding: C1, C2, H1 … */
function labelsOf(findings: readonly Finding[]): Map<Finding, string> {
	const numbers = new Map<Severity, number>();
	return new Map(
		findings.map((finding) => {
			const number = (numbers.get(finding.severity) ?? 0) + 1;
			numbers.set(finding.severity, number);
			return [finding, `${LETTERS[finding.severity]}${number}`];
		}),
	);
}

function startSection(findings: readonly Finding[], labels: ReadonlyMap<Finding, string>): string[] {
	const grave = findings.filter(({ severity }) => severity !== "info");
	if (grave.length <= FEW) return [];
	const first = opening(grave, OPENING);
	return [
		"",
		"### Where to start",
		"",
		...first.map(
			(finding, at) =>
				`${at + 1}. **${labels.get(finding)}** ${prose(finding.message)}. *${prose(finding.help)}*`,
		),
	];
}

const TITLES: Readonly<Record<Severity, string>> = {
	critical: "Critical: statements fail",
	high: "High: some rows or values fail, or data goes wrong",
	medium: "Medium: it depends on what is written",
	low: "Low: slower, or a surprise for other writers",
	info: "Info: nothing breaks",
};

function findingsSection(
	view: View,
	findings: readonly Finding[],
	labels: ReadonlyMap<Finding, string>,
): string[] {
	return severitySchema.options.flatMap((severity) => {
		const own = findings.filter((finding) => finding.severity === severity);
		if (own.length === 0) return [];
		if (severity === "info" && !view.verbose) {
			const lines = own.map((finding) => `- ${prose(finding.message)} \`${finding.code}\``);
			return ["", ...details(`${own.length} of which nothing breaks`, lines)];
		}
		return [
			"",
			`## ${TITLES[severity]}`,
			...own.flatMap((finding) => ["", ...findingLines(view, finding, labels.get(finding) ?? "")]),
		];
	});
}
