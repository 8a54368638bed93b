/** The parts of the Markdown report that stand before and behind its findings. */
import { type ReportDatabase, type ReportSource, severitySchema } from "@schemalign/core";
import { placeText } from "../place.js";
import { standingOf } from "../standing.js";
import { legend, MARKS, matrixOf, tellingColumns } from "../text/matrix.js";
import { sourcesOf, type View } from "../text/view.js";
import { code, details, prose, table } from "./format.js";

/** Number, name, kind, tables, and how many findings each source deviates in. */
export function sourceTable(view: View, { authority, sources: ids }: ReportDatabase): string[] {
	const sources = sourcesOf(view, ids);
	const standings = sources.map(({ id }) => standingOf(view.report, id));
	const used = severitySchema.options.filter((severity) =>
		standings.some(({ deviates }) => deviates.some((one) => one.severity === severity)),
	);
	const open = standings.some(({ undecided }) => undecided > 0);
	return table(
		["", "source", "what", "tables", ...used, ...(open ? ["undecided"] : []), ""],
		sources.map((source, at) => [
			String(view.numbers.get(source.id) ?? ""),
			`${code(view.names.get(source.id) ?? source.id)}${source.id === authority ? " ★" : ""}`,
			source.label,
			String(source.tables.length),
			...used.map((severity) =>
				cell(standings[at]?.deviates.find((one) => one.severity === severity)?.count ?? 0),
			),
			...(open ? [cell(standings[at]?.undecided ?? 0)] : []),
			noteOf(view, source),
		]),
	);
}

function cell(number: number): string {
	return number === 0 ? "·" : String(number);
}

function noteOf(view: View, { duplicateOf, gaps }: ReportSource): string {
	return [
		...(duplicateOf === undefined ? [] : [`copy of ${view.numbers.get(duplicateOf) ?? duplicateOf}`]),
		...(gaps.length > 0 ? [`${gaps.length} not read`] : []),
	].join(", ");
}

/** Table by source; the tables on which all agree are counted. */
export function matrixSection(view: View, database: ReportDatabase): string[] {
	const { sources, rows, differing } = matrixOf(view, database);
	const shown = view.verbose ? rows : differing;
	if (sources.length < 2 || shown.length === 0) return [];
	const telling = tellingColumns(sources, shown);
	const alike = rows.length - shown.length;
	return [
		"",
		"### Tables by source",
		"",
		...table(
			["table", ...telling.map((at) => String(view.numbers.get(sources[at]?.id ?? "") ?? ""))],
			shown.map(({ table: name, marks }) => [
				code(name.replace(/^public\./, "")),
				...telling.map((at) => MARKS[marks[at] ?? "unmapped"]),
			]),
		),
		"",
		`${legend(shown).replace(/ {3}/g, " · ")}${alike > 0 ? ` · and ${alike} without a difference` : ""}`,
	];
}

/** What could not be read. Never hidden. */
export function gapSection(view: View): string[] {
	const gaps = view.report.sources.flatMap((source) =>
		source.gaps.map(({ why, at }) => {
			const where = at === null ? (view.names.get(source.id) ?? source.id) : placeText(view.report, at);
			return `- ${code(where)} ${prose(why)}`;
		}),
	);
	if (gaps.length === 0) return [];
	return ["", "## What could not be read, and was not compared", "", ...gaps];
}

/** What looked like a source and is none. */
export function skippedSection({ report }: View): string[] {
	if (report.skipped.length === 0) return [];
	const lines = report.skipped.map(({ path, why }) => `- ${code(path)} ${prose(why)}`);
	return ["", ...details(`${lines.length} passed over`, lines)];
}

/** What is accepted, silenced or ignored. */
export function asideSection({ report }: View): string[] {
	const all = report.setAside ?? [];
	if (all.length === 0) return [];
	const lines = all.map(
		({ severity, message, reason, by }) =>
			`- ${severity}: ${prose(message)} (${reason === null ? by : prose(reason)})`,
	);
	return ["", ...details(`${lines.length} accepted, silenced or ignored`, lines)];
}

/** What the change fixes. */
export function fixedSection({ report }: View): string[] {
	const fixed = (report.change?.fixed ?? []).filter(({ severity }) => severity !== "info");
	if (fixed.length === 0) return [];
	return ["", "## Fixed", "", ...fixed.map(({ severity, message }) => `- ${severity}: ${prose(message)}`)];
}
