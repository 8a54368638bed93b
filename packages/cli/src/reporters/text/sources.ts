/** The list of a database's sources, and who holds the truth. */
import type { ReportDatabase, ReportSource } from "@schemalign/core";
import { count, hanging, padEnd, padStart, shortenMiddle, widthOfText } from "./layout.js";
import { sourcesOf, type View } from "./view.js";

const SHORTEST_NAME = 16;

/** One line per source: number, star of the authority, name, role, label, tables, gaps. */
export function sourceLines(view: View, database: ReportDatabase): string[] {
	const { theme } = view;
	const sources = sourcesOf(view, database.sources);
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
	const label = Math.min(
		28,
		widest((row) => row.label),
	);
	const tables = widest((row) => row.tables);
	const room = view.width - 4 - number - 3 - 2 - role - 2 - label - 2 - tables;
	const name = Math.max(
		SHORTEST_NAME,
		Math.min(
			widest((row) => row.name),
			room,
		),
	);
	return rows.flatMap((row) => {
		const line = [
			`  ${theme.dim(padStart(row.number, number))} ${row.star ? theme.warn("★") : " "} `,
			padEnd(shortenMiddle(row.name, name), name),
			`  ${theme.dim(padEnd(row.role, role))}`,
			`  ${padEnd(shortenMiddle(row.label, label), label)}`,
			`  ${padStart(row.tables, tables)}`,
		].join("");
		if (row.note === "") return [line.trimEnd()];
		const whole = `${line}  ${theme.dim(row.note)}`;
		if (widthOfText(whole) <= view.width) return [whole];
		return [line.trimEnd(), ...hanging(" ".repeat(number + 5), theme.dim(row.note), view.width)];
	});
}

function noteOf(view: View, source: ReportSource): string {
	const notes: string[] = [];
	if (source.duplicateOf !== undefined) {
		notes.push(`copy of ${view.names.get(source.duplicateOf) ?? source.duplicateOf}`);
	}
	if (source.gaps.length > 0) notes.push(count(source.gaps.length, "gap"));
	return notes.join(", ");
}

/** Who holds the truth, and why these sources are one database. */
export function authorityLines(view: View, database: ReportDatabase): string[] {
	const { theme } = view;
	if (database.sources.length < 2) return [];
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
	];
}
