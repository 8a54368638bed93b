/** What each source says, one line each, in columns. */
import type { Finding, ReportClaim } from "@schemalign/core";
import { hanging, padEnd, shortenMiddle, widthOfText } from "./layout.js";
import type { View } from "./view.js";

const LONGEST_NAME = 64;
const LONGEST_VALUE = 48;
/** More sources than this that all say the truth are counted. */
const MOST_ALIKE = 4;
const MOST_ROWS = 8;

type Standing = "true" | "wrong" | "open" | "unknown";

interface Row {
	readonly standing: Standing;
	readonly name: string;
	readonly value: string;
	readonly place: string;
	/** Whether the place alone tells the source. */
	readonly isOwnPlace: boolean;
}

/** The claims of a finding; what a source cannot say only with --verbose. */
export function claimLines(view: View, finding: Finding, indent: string): string[] {
	const rows = finding.claims
		.filter((claim) => view.verbose || claim.state !== "inexpressible")
		.map((claim) => rowOf(view, finding, claim));
	const { shown, notes } = folded(rows, view.verbose);
	const lines = shown.length === 0 ? [] : laidOut(view, shown, indent);
	return [...lines, ...notes.map((note) => view.theme.dim(`${indent}  ${note}`))];
}

function rowOf(view: View, finding: Finding, claim: ReportClaim): Row {
	const source = view.report.sources.find((one) => one.id === claim.source);
	const isOwnPlace =
		claim.at !== null &&
		source !== undefined &&
		(source.path === "." || claim.at.file === source.path || claim.at.file.startsWith(`${source.path}/`));
	return {
		standing: standingOf(finding, claim),
		name: view.names.get(claim.source) ?? claim.source,
		value: writtenValue(claim),
		// A database has no lines: its name tells it.
		place: claim.at === null || source?.adapter === "postgres" ? "" : `${claim.at.file}:${claim.at.line}`,
		isOwnPlace,
	};
}

function standingOf(finding: Finding, claim: ReportClaim): Standing {
	if (claim.state === "unknown" || claim.state === "inexpressible") return "unknown";
	// Of a folded finding, a source may deviate elsewhere and be right here.
	const isRight = finding.members !== undefined && writtenValue(claim) === finding.verdict.truth;
	if (finding.verdict.deviating.includes(claim.source) && !isRight) return "wrong";
	return finding.verdict.truth === null ? "open" : "true";
}

function writtenValue(claim: ReportClaim): string {
	switch (claim.state) {
		case "value":
			return claim.value ?? "present";
		case "absent":
			return "absent";
		case "unknown":
			return `unknown: ${claim.value ?? "not stated"}`;
		case "inexpressible":
			return "cannot say";
	}
}

/** The rows to show, and what to say of the others. */
function folded(rows: readonly Row[], verbose: boolean): { shown: readonly Row[]; notes: readonly string[] } {
	if (verbose) return { shown: rows, notes: [] };
	const truths = rows.filter((row) => row.standing === "true");
	const silent = rows.filter((row) => row.standing === "unknown");
	const alike = truths.length > MOST_ALIKE ? truths.slice(MOST_ALIKE - 1) : [];
	const left = new Set([...alike, ...(silent.length > 1 ? silent : [])]);
	const others = rows.filter((row) => !left.has(row));
	const cut = others.slice(MOST_ROWS);
	return {
		shown: others.slice(0, MOST_ROWS),
		notes: [
			...(alike.length > 0 ? [`and ${alike.length} more that say the same`] : []),
			...(cut.length > 0 ? [`and ${cut.length} more (--verbose shows all)`] : []),
			...(silent.length > 1 ? [`${silent.length} others do not say (--verbose shows why)`] : []),
		],
	};
}

/**
 * Name, value and place in columns; where that is too wide, value and place (the name where the place does not tell
 * it); where even that is, each claim takes the lines that it needs.
 */
function laidOut(view: View, rows: readonly Row[], indent: string): string[] {
	const room = view.width - widthOfText(indent) - 2;
	const name = Math.min(LONGEST_NAME, widest(rows.map((row) => row.name)));
	const plain = rows.filter((row) => row.standing !== "unknown");
	const value = Math.min(LONGEST_VALUE, widest(plain.map((row) => row.value)));
	if (name + 2 + value + 2 + widest(rows.map((row) => row.place)) <= room) {
		return rows.flatMap((row) => {
			const head = `${padEnd(shortenMiddle(row.name, name), name)}  `;
			return oneClaim(view, row, indent + markOf(view, row.standing), ` ${head}`, value, row.place);
		});
	}
	const column = value + 2 + widest(rows.map(whereOf)) <= room ? value : 0;
	return rows.flatMap((row) =>
		oneClaim(view, row, indent + markOf(view, row.standing), " ", column, whereOf(row)),
	);
}

function widest(texts: readonly string[]): number {
	return Math.max(0, ...texts.map(widthOfText));
}

function whereOf(row: Row): string {
	if (row.place === "") return row.name;
	return row.isOwnPlace ? row.place : `${row.name}, ${row.place}`;
}

function oneClaim(view: View, row: Row, mark: string, head: string, column: number, where: string): string[] {
	const { theme } = view;
	const start = mark + head;
	const value = widthOfText(row.value) <= column ? padEnd(row.value, column) : row.value;
	const single = `${start}${painted(view, row, value)}  ${theme.dim(where)}`.trimEnd();
	if (widthOfText(single) <= view.width) return [single];
	const below = " ".repeat(widthOfText(start));
	return [
		...hanging(start, painted(view, row, row.value), view.width),
		...(where === "" ? [] : hanging(below, theme.dim(where), view.width)),
	];
}

function markOf(view: View, standing: Standing): string {
	const { theme } = view;
	if (standing === "true") return theme.good("✓");
	if (standing === "wrong") return theme.bad("✗");
	return theme.dim(standing === "open" ? "•" : "?");
}

function painted(view: View, row: Row, text: string): string {
	if (row.standing === "wrong") return view.theme.bad(text);
	return row.standing === "unknown" ? view.theme.dim(text) : text;
}
