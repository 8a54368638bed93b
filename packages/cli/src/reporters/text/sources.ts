/** The list of a database's sources, and who holds the truth. */
import type { ReportDatabase, ReportSource } from "@schemalign/core";
import { count, hanging, padEnd, padStart, shortenMiddle, widthOfText } from "./layout.js";
import { sourcesOf, type View } from "./view.js";

/** A column of names narrower than this is no column. */
const NARROWEST_NAME = 24;

/** One line per source: number, star of the authority, name, role, label, tables, gaps. Copies are counted at their original. */
export function sourceLines(view: View, database: ReportDatabase): string[] {
	const { theme } = view;
	const all = sourcesOf(view, database.sources);
	const sources = view.verbose ? all : all.filter((source) => source.duplicateOf === undefined);
	const rows = sources.map((source) => ({
		number: String(view.numbers.get(source.id) ?? ""),
		star: source.id === database.authority,
		name: view.names.get(source.id) ?? source.id,
		role: source.role,
		label: source.label,
		tables: count(source.tables.length, "table"),
		note: noteOf(view, source),
	}));
	const widest = (pick: (row: (typeof rows)[number]) => string): number =>
		Math.max(0, ...rows.map((row) => widthOfText(pick(row))));
	const number = widest((row) => row.number);
	const role = widest((row) => row.role);
	const label = widest((row) => row.label);
	const tables = widest((row) => row.tables);
	const indent = " ".repeat(number + 5);
	const room = view.width - indent.length - 2 - role - 2 - label - 2 - tables;
	const name = Math.min(
		widest((row) => row.name),
		room,
	);
	return rows.flatMap((row) => {
		const head = `  ${theme.dim(padStart(row.number, number))} ${row.star ? theme.warn("★") : " "} `;
		if (name === room && room < NARROWEST_NAME) {
			const details = [row.role, row.label, row.tables, row.note].filter((part) => part !== "").join(" · ");
			const title = shortenMiddle(row.name, view.width - indent.length);
			return [`${head}${title}`, ...hanging(`${indent}  `, theme.dim(details), view.width)];
		}
		const fits = widthOfText(row.name) <= name;
		const facts = [theme.dim(padEnd(row.role, role)), padEnd(row.label, label), padStart(row.tables, tables)];
		const line = [fits ? head + padEnd(row.name, name) : indent + " ".repeat(name), ...facts].join("  ");
		const title = fits ? [] : [head + shortenMiddle(row.name, view.width - indent.length)];
		const whole = row.note === "" ? line : `${line}  ${theme.dim(row.note)}`;
		if (widthOfText(whole) <= view.width) return [...title, whole];
		return [...title, line, ...hanging(`${indent}  `, theme.dim(row.note), view.width)];
	});
}

function noteOf(view: View, source: ReportSource): string {
	const notes: string[] = [];
	if (source.duplicateOf !== undefined) {
		notes.push(`copy of ${view.numbers.get(source.duplicateOf) ?? source.duplicateOf}`);
	}
	const copies = view.report.sources.filter((one) => one.duplicateOf === source.id).length;
	if (copies > 0 && !view.verbose) notes.push(`and ${count(copies, "identical copy", "identical copies")}`);
	if (source.gaps.length > 0) notes.push(count(source.gaps.length, "gap"));
	return notes.join(", ");
}

/** Who holds the truth, and why these sources are one database. */
export function authorityLines(view: View, database: ReportDatabase): string[] {
	const { theme } = view;
	if (database.sources.length < 2) return apartLines(view, database);
	const name =
		database.authority === null ? undefined : (view.names.get(database.authority) ?? database.authority);
	const text =
		name === undefined
			? `No source holds the truth: ${database.authorityBasis}.`
			: `${theme.bold(name)} holds the truth: ${database.authorityBasis}.`;
	const lines = hanging(`  ${name === undefined ? theme.dim("?") : theme.warn("★")} `, text, view.width);
	if (!view.verbose) return lines;
	return [
		...lines,
		...hanging("    ", theme.dim(`One database because ${database.groupedBecause}.`), view.width),
		...apartLines(view, database),
	];
}

/** Why what looks alike is another database, and how to say that it is not. */
function apartLines(view: View, { keptApart }: ReportDatabase): string[] {
	if (!view.verbose || keptApart === undefined) return [];
	const reasons = keptApart.map((why) => `Kept apart: ${why}.`).join(" ");
	return hanging(
		"    ",
		view.theme.dim(`${reasons} If they are one, name their sources under \`databases\` in the config.`),
		view.width,
	);
}
