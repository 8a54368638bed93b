/** The sources of a project as text: what `schemalign sources` prints. */
import { count, type Report, type ReportDatabase } from "@schemalign/core";
import { gapLines, skippedLines } from "./text/gaps.js";
import { hanging, ruled } from "./text/layout.js";
import { authorityLines, sourceLines } from "./text/sources.js";
import { sourcesOf, type TextOptions, type View } from "./text/view.js";
import { headerLines, makeView } from "./text.js";

/** The databases with their sources, the traces of deployment, the gaps, and all that was passed over. */
export function renderSources(report: Report, options: TextOptions): string {
	// Here the reasons are what is asked for: nothing is cut.
	const view = makeView(report, { ...options, verbose: true });
	const lines = [
		...headerLines(view),
		...view.report.databases.flatMap((database) => databaseLines(view, database)),
		...gapLines(view),
		...skippedLines(view),
	];
	return lines.join("\n");
}

function databaseLines(view: View, database: ReportDatabase): string[] {
	const { theme } = view;
	const title = theme.bold(`Database ${database.name}`);
	return [
		"",
		ruled(title, theme.dim(count(database.sources.length, "source")), theme.dim("━"), view.width),
		...sourceLines(view, database, "role"),
		...authorityLines(view, database),
		...evidenceLines(view, database),
	];
}

function evidenceLines(view: View, database: ReportDatabase): string[] {
	const traces = sourcesOf(view, database.sources).flatMap((source) =>
		(source.evidence ?? []).map((one) => ({ name: view.names.get(source.id) ?? source.id, ...one })),
	);
	if (traces.length === 0) return [];
	return [
		`    ${view.theme.dim("Traces of what is run:")}`,
		...traces.flatMap(({ name, what, at }) =>
			hanging("      ", `${name}: ${what} ${view.theme.dim(`(${at.file}:${at.line})`)}`, view.width),
		),
	];
}
