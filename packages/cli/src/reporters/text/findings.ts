/** A database's findings by table, worst first. */
import {
	count,
	type Finding,
	kindDefinition,
	type ReportDatabase,
	type Severity,
	severitySchema,
} from "@schemalign/core";
import { opening } from "../opening.js";
import { findingLines } from "./finding.js";
import { padEnd, ruled, shortenMiddle, widthOfText } from "./layout.js";
import { shownFindings, type View } from "./view.js";

/** Beyond this many the report opens with the worst, and counts the rest. */
const MANY = 30;
const OPENING = 10;
const MOST_ROWS = 30;

interface Group {
	readonly title: string;
	readonly findings: readonly Finding[];
}

/** The findings, grouped by table. */
export function findingsLines(view: View, database: ReportDatabase): string[] {
	const findings = shownFindings(view, database.name);
	if (view.verbose || findings.length <= MANY) return groupsLines(view, database, findings);
	const first = opening(findings, OPENING);
	return [
		"",
		`  ${view.theme.bold(`${findings.length} findings, of which the ${OPENING} to start with:`)}`,
		...first.flatMap((finding) => ["", ...findingLines(view, finding, database.authority)]),
		...restLines(
			view,
			findings.filter((finding) => !first.includes(finding)),
		),
	];
}

function groupsLines(view: View, database: ReportDatabase, findings: readonly Finding[]): string[] {
	return grouped(findings).flatMap((group) => [
		"",
		ruled(
			`  ${view.theme.accent(group.title)}`,
			countsText(view, group.findings),
			view.theme.dim("─"),
			view.width,
		),
		...group.findings.flatMap((finding) => ["", ...findingLines(view, finding, database.authority)]),
	]);
}

/** Findings come worst first, so groups do as well. */
function grouped(findings: readonly Finding[]): Group[] {
	const groups = new Map<string, Finding[]>();
	for (const finding of findings) {
		const title = titleOf(finding);
		const group = groups.get(title);
		if (group) group.push(finding);
		else groups.set(title, [finding]);
	}
	return [...groups].map(([title, own]) => ({ title, findings: own }));
}

const OBJECTS = new Set([
	"enum",
	"domain",
	"composite",
	"range",
	"view",
	"sequence",
	"function",
	"schema",
	"extension",
]);

export function titleOf(finding: Finding): string {
	if (finding.table === null) return "across tables";
	const name = finding.schema === "" ? finding.table : `${finding.schema}.${finding.table}`;
	return OBJECTS.has(finding.kind) ? `${kindDefinition(finding.kind).label} ${name}` : name;
}

/** `2 critical, 1 high`, in colour. */
export function countsText(view: View, findings: readonly Finding[]): string {
	const parts = severitySchema.options.flatMap((severity) => {
		const number = findings.filter((finding) => finding.severity === severity).length;
		return number === 0 ? [] : [view.theme.severity[severity](`${number} ${severity}`)];
	});
	return parts.join(", ");
}

/** The findings that are not shown: how many of each severity, table by table. */
function restLines(view: View, rest: readonly Finding[]): string[] {
	const groups = grouped(rest);
	const severities = severitySchema.options.filter((severity) =>
		rest.some((one) => one.severity === severity),
	);
	const room = view.width - 4 - severities.length * 10;
	const name = Math.min(room, Math.max(...groups.map((group) => widthOfText(group.title))));
	const rows = groups.slice(0, MOST_ROWS).map((group) => {
		const cells = severities.map((severity) => cell(view, group.findings, severity));
		return `    ${padEnd(shortenMiddle(group.title, name), name)}${cells.join("")}`.trimEnd();
	});
	const more = groups.length - rows.length;
	return [
		"",
		`  ${view.theme.bold(`And ${rest.length} more`)}${view.theme.dim(" (--verbose shows them)")}`,
		`    ${" ".repeat(name)}${severities.map((severity) => view.theme.dim(severity.padStart(10))).join("")}`,
		...rows,
		...(more > 0 ? [view.theme.dim(`    and ${count(more, "more table")}`)] : []),
	];
}

function cell(view: View, findings: readonly Finding[], severity: Severity): string {
	const number = findings.filter((finding) => finding.severity === severity).length;
	return number === 0
		? view.theme.dim("·".padStart(10))
		: view.theme.severity[severity](String(number).padStart(10));
}
