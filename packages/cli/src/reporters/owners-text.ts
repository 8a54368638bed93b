/** Who has a hand in which table, as text that fits the terminal. */
import { type Concern, count, type OwnedTable, type Ownership } from "@schemalign/core";
import { redactDeep } from "../redact.js";
import { escapeControls, escapeDeep } from "./text/escape.js";
import { hanging, padEnd, ruled, shortenMiddle, widthOfText } from "./text/layout.js";
import { makeTheme, type Theme } from "./text/theme.js";

export interface OwnersTextOptions {
	readonly title: string;
	readonly width: number;
	readonly color: boolean;
	readonly verbose: boolean;
	readonly quiet: boolean;
}

const WIDEST_TABLE = 40;
/** From so many on, tables of which the same services have a hand are one row: fewer of those that nothing is said of. */
const MANY = 24;
const MANY_QUIET = 8;

interface Row {
	readonly table: string;
	readonly owners: string;
	readonly defined: string;
	readonly mapped: string;
}

/** The whole text; with `quiet` its last line only. */
export function ownersText(unsafe: Ownership, options: OwnersTextOptions): string {
	const ownership = escapeDeep(redactDeep(unsafe));
	const theme = makeTheme(options.color);
	const summary = summaryLine(ownership, theme);
	if (options.quiet) return summary;
	const counts = [
		count(ownership.databases.length, "database"),
		count(ownership.services.length, "service"),
		count(
			ownership.databases.reduce((sum, { tables }) => sum + tables.length, 0),
			"table",
		),
	].join(", ");
	const title = `${theme.bold(`schemalign owners · ${escapeControls(options.title)}`)}  ${theme.dim(counts)}`;
	return [
		...hanging("", title, options.width),
		"",
		...serviceLines(ownership, theme, options.width),
		...ownership.databases.flatMap((database) => databaseLines(ownership, database, theme, options)),
		"",
		...hanging("", summary, options.width),
	].join("\n");
}

/** `.` is no name. */
export function serviceName(path: string): string {
	return path === "." ? "(root)" : path;
}

function serviceLines({ services }: Ownership, theme: Theme, width: number): string[] {
	const name = Math.min(
		WIDEST_TABLE,
		Math.max(...services.map(({ path }) => widthOfText(serviceName(path)))),
	);
	return services.flatMap(({ path, languages, sources }) =>
		hanging(
			`  ${padEnd(shortenMiddle(serviceName(path), name), name)}  `,
			`${languages.join(", ")} ${theme.dim(sources.join(", "))}`,
			width,
		),
	);
}

function databaseLines(
	ownership: Ownership,
	{ name, tables }: Ownership["databases"][number],
	theme: Theme,
	options: OwnersTextOptions,
): string[] {
	const concerns = ownership.concerns.filter(({ database }) => database === name);
	const touched = new Set(concerns.flatMap((concern) => concern.tables));
	const rows = options.verbose ? tables.map(rowOf) : foldedRows(tables, touched);
	const isCut = rows.length < tables.length;
	return [
		"",
		ruled(
			theme.bold(`Database ${name}`),
			theme.dim(count(tables.length, "table")),
			theme.dim("━"),
			options.width,
		),
		...tableLines(rows, theme, options.width),
		...(isCut ? [theme.dim("  (--verbose names every table)")] : []),
		...concernLines(concerns, theme, options.width),
	];
}

/** The rows; many tables with the same hands are one, at the place of the first. */
function foldedRows(tables: readonly OwnedTable[], touched: ReadonlySet<string>): Row[] {
	const groups = new Map<string, { rows: Row[]; least: number }>();
	for (const table of tables) {
		const row = rowOf(table);
		const isTouched = touched.has(table.table);
		const key = [row.owners, row.defined, row.mapped, isTouched].join("\n");
		const group = groups.get(key) ?? { rows: [], least: isTouched ? MANY : MANY_QUIET };
		groups.set(key, { ...group, rows: [...group.rows, row] });
	}
	return [...groups.values()].flatMap(({ rows, least }) => {
		const [first] = rows;
		return first && rows.length >= least ? [{ ...first, table: count(rows.length, "table") }] : rows;
	});
}

function tableLines(rows: readonly Row[], theme: Theme, width: number): string[] {
	if (rows.length === 0) return [];
	const withOwners = rows.some(({ owners }) => owners !== "");
	const head: Row = { table: "table", owners: "owner", defined: "created by", mapped: "mapped by" };
	const widest = (pick: (row: Row) => string, most: number): number =>
		Math.min(most, Math.max(...[head, ...rows].map((row) => widthOfText(pick(row)))));
	const third = Math.max(12, Math.floor((width - 6) / 3));
	const table = widest((row) => row.table, Math.min(WIDEST_TABLE, third));
	const owner = withOwners ? widest((row) => row.owners, 16) : 0;
	const defined = widest((row) => row.defined, third);
	const line = (row: Row, paint: (text: string) => string): string[] => {
		const cells = [
			padEnd(shortenMiddle(row.table, table), table),
			...(withOwners ? [padEnd(shortenMiddle(row.owners, owner), owner)] : []),
			padEnd(shortenMiddle(row.defined, defined), defined),
		].join("  ");
		return hanging(`  ${paint(cells)}  `, paint(row.mapped), width).map((text) => text.trimEnd());
	};
	return [...line(head, theme.dim), ...rows.flatMap((row) => line(row, (text) => text))];
}

function rowOf({ table, owners, definedBy, mappedBy }: OwnedTable): Row {
	return {
		table: shortTable(table),
		owners: owners.join(", "),
		defined: servicesText(definedBy) || "–",
		mapped: servicesText(mappedBy) || "–",
	};
}

/** The services, each once. */
export function servicesText(hands: OwnedTable["mappedBy"]): string {
	return [...new Set(hands.map(({ service }) => serviceName(service)))].join(", ");
}

/** `users` for `public.users`. */
export function shortTable(table: string): string {
	return table.startsWith("public.") ? table.slice("public.".length) : table;
}

function concernLines(concerns: readonly Concern[], theme: Theme, width: number): string[] {
	if (concerns.length === 0) return [];
	const paint = (kind: Concern["kind"]) => (kind === "shared" ? theme.dim : theme.warn);
	return [
		"",
		`  ${theme.bold("To look at")}`,
		...concerns.flatMap(({ kind, message }) => hanging(`  ${paint(kind)("•")} `, `${message}.`, width)),
	];
}

function summaryLine({ databases, concerns }: Ownership, theme: Theme): string {
	const tables = databases.flatMap((database) => database.tables);
	const shared = tables.filter(({ sharedBy }) => sharedBy > 1).length;
	const isGrave = concerns.some(({ kind }) => kind !== "shared");
	const mark = isGrave ? theme.warn("!") : theme.good("✓");
	const parts = [
		`${count(tables.length, "table")}, ${shared} shared by several services`,
		concerns.length > 0 ? `${count(concerns.length, "thing")} to look at` : "nothing to look at",
	];
	return `${mark} ${parts.join(" · ")}`;
}
