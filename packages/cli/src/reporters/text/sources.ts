/** The list of a database's sources, and who holds the truth. */
import { count, type ReportDatabase, type ReportSource } from "@schemalign/core";
import { standingOf } from "../standing.js";
import { hanging, padEnd, padStart, shortenMiddle, widthOfText } from "./layout.js";
import { sourcesOf, type View } from "./view.js";

/** A column of names narrower than this is no column. */
const NARROWEST_NAME = 24;

/** What the columns behind a source's label say: what it is, or how it stands. */
export type SourceColumns = "role" | "standing";

interface Row {
	readonly number: string;
	readonly star: boolean;
	readonly name: string;
	readonly cells: readonly string[];
	readonly note: string;
}

/**
 * One line per source: number, star of the authority, name, columns, gaps. Copies are counted at their original. A name that
 * leaves no room stands on a line of its own.
 */
export function sourceLines(view: View, database: ReportDatabase, columns: SourceColumns): string[] {
	const { theme } = view;
	const all = sourcesOf(view, database.sources);
	const sources = view.verbose ? all : all.filter((source) => source.duplicateOf === undefined);
	const table = columns === "role" ? rolesTable(view, sources) : fittingTable(view, sources);
	const rows = sources.map(
		(source, at): Row => ({
			number: String(view.numbers.get(source.id) ?? ""),
			star: source.id === database.authority,
			name: view.names.get(source.id) ?? source.id,
			cells: table.rows[at] ?? [],
			note: noteOf(view, source),
		}),
	);
	const widths = table.head.map((title, at) =>
		Math.max(widthOfText(title), ...rows.map(({ cells }) => widthOfText(cells[at] ?? ""))),
	);
	const number = Math.max(0, ...rows.map((row) => widthOfText(row.number)));
	const indent = " ".repeat(number + 5);
	const room = view.width - indent.length - widths.reduce((sum, width) => sum + width + 2, 0);
	const name = Math.min(Math.max(0, ...rows.map((row) => widthOfText(row.name))), room);
	if (name === room && room < NARROWEST_NAME)
		return rows.flatMap((row) => narrowLines(view, row, number, table));
	const padded = (cells: readonly string[]): string =>
		cells
			.map(
				(cell, at) =>
					`  ${at < table.left ? padEnd(cell, widths[at] ?? 0) : padStart(cell, widths[at] ?? 0)}`,
			)
			.join("");
	const head = table.head.some((title) => title !== "")
		? [
				theme.dim(
					`${indent}${padEnd(HEADS.find((text) => widthOfText(text) <= name) ?? "", name)}${padded(table.head)}`,
				),
			]
		: [];
	return [
		...head,
		...rows.flatMap((row) => {
			const start = startOf(view, row, number);
			const fits = widthOfText(row.name) <= name;
			const line = `${fits ? start + padEnd(row.name, name) : indent + " ".repeat(name)}${padded(row.cells)}`;
			const title = fits ? [] : [start + shortenMiddle(row.name, view.width - indent.length)];
			const whole = row.note === "" ? line : `${line}  ${theme.dim(row.note)}`;
			if (widthOfText(whole) <= view.width) return [...title, whole.trimEnd()];
			return [...title, line.trimEnd(), ...hanging(`${indent}  `, theme.dim(row.note), view.width)];
		}),
	];
}

function startOf({ theme }: View, row: Row, number: number): string {
	return `  ${theme.dim(padStart(row.number, number))} ${row.star ? theme.warn("★") : " "} `;
}

/** No columns: what they would say below the name. */
function narrowLines(view: View, row: Row, number: number, { head, left }: Table): string[] {
	const indent = " ".repeat(number + 5);
	const told = row.cells.flatMap((cell, at) => {
		const title = head[at] ?? "";
		if (cell === "" || cell === NONE) return [];
		if (at < left || title === "") return [cell];
		return [title === "tables" ? count(Number(cell), "table") : `${cell} ${title}`];
	});
	const details = [...told, row.note].filter((part) => part !== "").join(" · ");
	return [
		`${startOf(view, row, number)}${shortenMiddle(row.name, view.width - indent.length)}`,
		...hanging(`${indent}  `, view.theme.dim(details), view.width),
	];
}

interface Table {
	readonly head: readonly string[];
	/** How many columns are words, and stand to the left. */
	readonly left: number;
	readonly rows: readonly (readonly string[])[];
}

const NONE = "·";
const HEADS = ["the findings in which each deviates:", "deviates in:"];

function rolesTable({ theme }: View, sources: readonly ReportSource[]): Table {
	return {
		head: ["", "", ""],
		left: 2,
		rows: sources.map(({ role, label, tables }) => [theme.dim(role), label, count(tables.length, "table")]),
	};
}

/** Without the labels where a path would else need a line of its own. */
function fittingTable(view: View, sources: readonly ReportSource[]): Table {
	const whole = standingsTable(view, sources);
	const name = Math.max(0, ...sources.map(({ id }) => widthOfText(view.names.get(id) ?? id)));
	const cells = whole.head.reduce((sum, title) => sum + title.length + 2, 0);
	const label = Math.max(0, ...sources.map((source) => widthOfText(source.label)));
	const hasNoColumns = view.width - label - cells - 8 < NARROWEST_NAME;
	if (hasNoColumns || name + label + cells + 8 <= view.width) return whole;
	return { head: whole.head.slice(1), left: 0, rows: whole.rows.map((row) => row.slice(1)) };
}

/** In how many findings each source deviates. */
function standingsTable({ theme, report }: View, sources: readonly ReportSource[]): Table {
	const standings = sources.map(({ id }) => standingOf(report, id));
	const open = standings.some(({ undecided }) => undecided > 0);
	const cell = (number: number, paint: (text: string) => string): string =>
		number === 0 ? theme.dim(NONE) : paint(String(number));
	return {
		head: ["", "tables", "critical", "high", "other", ...(open ? ["undecided"] : [])],
		left: 1,
		rows: sources.map(({ label, tables }, at) => {
			const { deviates = [], undecided = 0 } = standings[at] ?? {};
			const of = (...wanted: readonly string[]): number =>
				deviates.filter(({ severity }) => wanted.includes(severity)).reduce((sum, one) => sum + one.count, 0);
			return [
				label,
				String(tables.length),
				cell(of("critical"), theme.severity.critical),
				cell(of("high"), theme.severity.high),
				cell(of("medium", "low"), theme.severity.medium),
				...(open ? [cell(undecided, theme.accent)] : []),
			];
		}),
	};
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
