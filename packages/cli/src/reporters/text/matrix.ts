/** The overview: which source has which table, and where they differ. */
import { count, type Finding, type ReportDatabase, type ReportSource } from "@schemalign/core";
import { isUndecided } from "../standing.js";
import { hanging, padEnd, padStart, shortenMiddle, widthOfText } from "./layout.js";
import { sourcesOf, type View } from "./view.js";

const MOST_ROWS = 24;
const SHORTEST_NAME = 12;
const LONGEST_NAME = 48;

type Mark = "same" | "differs" | "missing" | "unmapped" | "accepted";

export const MARKS: Readonly<Record<Mark, string>> = {
	same: "✓",
	differs: "≠",
	missing: "–",
	unmapped: "·",
	accepted: "~",
};

export interface MatrixRow {
	readonly table: string;
	readonly marks: readonly Mark[];
}

/** Table by source. Without --verbose only the tables on which sources differ. Nothing for a single source. */
export function matrixLines(view: View, database: ReportDatabase): string[] {
	const { sources, rows, differing } = matrixOf(view, database);
	if (sources.length < 2) return [];
	const wanted = view.verbose ? rows : differing;
	if (wanted.length === 0) return [];
	const shown = view.verbose ? wanted : wanted.slice(0, MOST_ROWS);
	const telling = view.verbose ? sources.map((_, at) => at) : tellingColumns(sources, shown);
	return [
		"",
		`  ${view.theme.bold("Tables by source")}`,
		...blocks(
			view,
			telling.flatMap((at) => sources[at] ?? []),
			shown.map(({ table, marks }) => ({ table, marks: telling.flatMap((at) => marks[at] ?? []) })),
		),
		...hiddenLine(view, wanted.length - shown.length, rows.length - wanted.length),
		...hanging("    ", view.theme.dim(legend(shown)), view.width),
	];
}

export interface Matrix {
	readonly sources: readonly ReportSource[];
	readonly rows: readonly MatrixRow[];
	/** The tables on which sources differ. */
	readonly differing: readonly MatrixRow[];
}

/** How each source stands to each table. */
export function matrixOf(view: View, database: ReportDatabase): Matrix {
	const sources = sourcesOf(view, database.sources);
	const rows = rowsOf(view, database, sources, view.verbose ? new Set() : keptByPlatforms(view, database));
	const differing = rows.filter((row) => row.marks.some((mark) => mark === "differs" || mark === "missing"));
	return { sources, rows, differing };
}

export function legend(rows: readonly MatrixRow[]): string {
	const accepted = rows.some(({ marks }) => marks.includes("accepted")) ? "   ~ differs, set aside" : "";
	return `✓ same   ≠ differs   – missing   · not mapped${accepted}`;
}

/** The sources that have or should have one of the tables; a copy says what its original says. */
export function tellingColumns(sources: readonly ReportSource[], rows: readonly MatrixRow[]): number[] {
	return sources.flatMap((source, at) => {
		const isTelling = source.duplicateOf === undefined && rows.some(({ marks }) => marks[at] !== "unmapped");
		return isTelling ? [at] : [];
	});
}

/** What one finding tells of all the tables that platforms and migration tools keep is not told again of each. */
function keptByPlatforms({ report }: View, database: ReportDatabase): ReadonlySet<string> {
	const told = report.findings.filter(
		(finding) => finding.code === "platform-objects" && finding.database === database.name,
	);
	return new Set(told.flatMap(deltasOf).flatMap(({ kind, table }) => (kind === "table" ? [table] : [])));
}

function rowsOf(
	view: View,
	database: ReportDatabase,
	sources: readonly ReportSource[],
	left: ReadonlySet<string>,
): MatrixRow[] {
	const tables = [...new Set(sources.flatMap((source) => source.tables))]
		.filter((table) => !left.has(table))
		.sort();
	const held = new Map(sources.map((source) => [source.id, new Set(source.tables)]));
	const trouble = troubles(view, database);
	const aside = asideByTable(view, database);
	return tables.map((table) => ({
		table,
		marks: sources.map((source): Mark => {
			const has = held.get(source.id)?.has(table) ?? false;
			// A copy differs where its original does: findings name only the one.
			const found = trouble.get(table)?.get(source.duplicateOf ?? source.id);
			if (has && found === undefined)
				return aside.get(table)?.has(source.duplicateOf ?? source.id) ? "accepted" : "same";
			if (has) return "differs";
			return found === "missing" ? "missing" : "unmapped";
		}),
	}));
}

/** By table: the sources of which a difference above `info` is accepted, silenced or ignored. */
function asideByTable({ report }: View, database: ReportDatabase): Map<string, Set<string>> {
	const tables = new Map<string, Set<string>>();
	for (const one of report.setAside ?? []) {
		if (one.database !== database.name || one.severity === "info" || one.table === null) continue;
		const table = qualified(one.schema, one.table);
		tables.set(table, new Set([...(tables.get(table) ?? []), ...one.deviating]));
	}
	return tables;
}

/** By table and source: what the findings above `info` say. */
function troubles(view: View, database: ReportDatabase): Map<string, Map<string, "missing" | "differs">> {
	const all = new Map<string, Map<string, "missing" | "differs">>();
	for (const finding of view.report.findings) {
		if (finding.database !== database.name || finding.severity === "info") continue;
		for (const { kind, table, claims } of deltasOf(finding)) {
			// What one source has in itself is no difference between sources.
			if (new Set(claims.map(({ source }) => source)).size < 2) continue;
			const own = all.get(table) ?? new Map<string, "missing" | "differs">();
			all.set(table, own);
			for (const claim of claims) {
				if (claim.state !== "value" && claim.state !== "absent") continue;
				if (kind === "table" && claim.state === "absent") own.set(claim.source, "missing");
				else if (isParty(finding, claim.source)) own.set(claim.source, "differs");
			}
		}
	}
	return all;
}

/** Whether the finding says that the source is wrong, or may be; not where there is no side, as with a hazard. */
function isParty(finding: Finding, source: string): boolean {
	return finding.verdict.deviating.includes(source) || isUndecided(finding);
}

function deltasOf(finding: Finding): { kind: Finding["kind"]; table: string; claims: Finding["claims"] }[] {
	const single = { kind: finding.kind, schema: finding.schema, table: finding.table, claims: finding.claims };
	return (finding.members ?? [single]).flatMap(({ kind, schema, table, claims }) =>
		table === null ? [] : [{ kind, table: qualified(schema, table), claims }],
	);
}

const PLAIN = /^[A-Za-z_][A-Za-z0-9_$]*$/;

/** Written as a source's list of tables has it. */
function qualified(...identifiers: readonly string[]): string {
	return identifiers.map((one) => (PLAIN.test(one) ? one : `"${one.replaceAll('"', '""')}"`)).join(".");
}

/** The table, cut into as many pieces side by side as the width needs. */
function blocks(view: View, sources: readonly ReportSource[], rows: readonly MatrixRow[]): string[] {
	const numbers = sources.map((source) => String(view.numbers.get(source.id) ?? ""));
	const column = Math.max(...numbers.map((number) => number.length)) + 2;
	const widest = Math.max(...rows.map((row) => widthOfText(row.table)));
	const room = view.width - 4 - Math.min(sources.length, 8) * column;
	const name = Math.max(SHORTEST_NAME, Math.min(widest, LONGEST_NAME, room));
	const perBlock = Math.max(1, Math.floor((view.width - 4 - name) / column));
	const lines: string[] = [];
	for (let start = 0; start < sources.length; start += perBlock) {
		const range = (list: readonly string[]): string => list.slice(start, start + perBlock).join("");
		lines.push(
			`    ${" ".repeat(name)}${view.theme.dim(range(numbers.map((number) => padStart(number, column))))}`,
		);
		for (const row of rows) {
			const marks = row.marks.map((mark) => painted(view, mark, padStart(MARKS[mark], column)));
			lines.push(`    ${padEnd(shortenMiddle(row.table, name), name)}${range(marks)}`);
		}
	}
	return lines;
}

function painted(view: View, mark: Mark, text: string): string {
	const { theme } = view;
	return {
		same: theme.good,
		differs: theme.bad,
		missing: theme.warn,
		unmapped: theme.dim,
		accepted: theme.dim,
	}[mark](text);
}

function hiddenLine(view: View, cut: number, alike: number): string[] {
	const parts = [
		...(cut > 0 ? [`${count(cut, "more table")} on which they differ`] : []),
		...(alike > 0 ? [`${count(alike, "table")} without a difference`] : []),
	];
	if (parts.length === 0) return [];
	return hanging("    ", view.theme.dim(`and ${parts.join(", ")} (--verbose shows all)`), view.width);
}
