/** The report as text. It only renders: nothing here decides what a finding is. */
import { count, type Report, type ReportDatabase } from "@schemalign/core";
import { redactDeep } from "../redact.js";
import { asideLines, fixedLines, sinceText, staleLines } from "./text/aside.js";
import { escapeControls, escapeDeep } from "./text/escape.js";
import { countsText, findingsLines } from "./text/findings.js";
import { gapLines, skippedLines } from "./text/gaps.js";
import { hanging, ruled } from "./text/layout.js";
import { matrixLines } from "./text/matrix.js";
import { authorityLines, sourceLines } from "./text/sources.js";
import { startLines } from "./text/start.js";
import { nextLines, summaryLine } from "./text/summary.js";
import { makeTheme } from "./text/theme.js";
import { shownFindings, sourceNames, type TextOptions, type View } from "./text/view.js";

/** The whole report; with `quiet` only its summary line. */
export function renderText(report: Report, options: TextOptions): string {
	const view = makeView(report, options);
	if (options.quiet) return summaryLine(view);
	const lines = [
		...headerLines(view),
		...shownDatabases(view).flatMap((database) => databaseLines(view, database)),
		...fixedLines(view),
		...asideLines(view),
		...staleLines(view),
		...(report.change && !view.verbose ? [] : gapLines(view)),
		...skippedLines(view),
		...startLines(view),
		"",
		...hanging("", summaryLine(view), view.width),
		...nextLines(view),
	];
	return lines.join("\n");
}

/** Where two states are compared, a database to which nothing was done is left out. */
function shownDatabases(view: View): readonly ReportDatabase[] {
	const { change, databases } = view.report;
	if (!change || view.verbose) return databases;
	return databases.filter(({ name }) => shownFindings(view, name).length > 0);
}

/** What every part of a text output needs, made harmless for a terminal. */
export function makeView(report: Report, options: TextOptions): View {
	const safe = harmless(report);
	const ids = safe.databases.flatMap((database) => database.sources);
	return {
		...options,
		title: escapeControls(options.title),
		report: safe,
		theme: makeTheme(options.color),
		names: sourceNames(safe),
		numbers: new Map(ids.map((id, at) => [id, at + 1])),
	};
}

/** The report, harmless for a terminal; the lines of a statement stay lines: they are ours, for people to read and copy. */
function harmless(report: Report): Report {
	const redacted = redactDeep(report);
	const lines = (sql: string): string => sql.split("\n").map(escapeControls).join("\n");
	return {
		...escapeDeep(redacted),
		findings: redacted.findings.map((finding) => {
			const { fixes = [] } = finding;
			const escaped = escapeDeep(finding);
			return fixes.length === 0
				? escaped
				: {
						...escaped,
						fixes: fixes.map(({ source, sql }) => ({ source: escapeControls(source), sql: sql.map(lines) })),
					};
		}),
	};
}

/** `acme-shop: 1 database, 4 sources, 37 tables`. */
export function headerLines(view: View): string[] {
	const { report, theme } = view;
	const tables = report.databases.map(
		(database) =>
			new Set(
				report.sources.filter((source) => source.database === database.name).flatMap((one) => one.tables),
			).size,
	);
	const total = tables.reduce((sum, number) => sum + number, 0);
	const counts = [
		count(report.databases.length, "database"),
		count(report.sources.length, "source"),
		count(total, "table"),
	];
	const text = `${theme.bold(`schemalign · ${view.title}${sinceText(report)}`)}  ${theme.dim(counts.join(", "))}`;
	return hanging("", text, view.width);
}

/** Whether there is something to say of who deviates. */
function hasStandings(view: View, { name, sources }: ReportDatabase): boolean {
	return view.report.change === undefined && sources.length > 1 && shownFindings(view, name).length > 0;
}

function databaseLines(view: View, database: ReportDatabase): string[] {
	const { theme } = view;
	const findings = shownFindings(view, database.name);
	const { setAside = [] } = view.report;
	const isClean = !setAside.some((one) => one.database === database.name && one.severity !== "info");
	const none = theme.good(isClean ? "no differences" : "nothing new");
	const headline = findings.length === 0 ? none : countsText(view, findings);
	return [
		"",
		ruled(theme.bold(`Database ${database.name}`), headline, theme.dim("━"), view.width),
		...sourceLines(view, database, hasStandings(view, database) ? "standing" : "role"),
		...authorityLines(view, database),
		...findingsLines(view, database),
		// Where two states are compared, what differed before is not in the report: the overview would call it the same.
		...(view.report.change ? [] : matrixLines(view, database)),
	];
}
