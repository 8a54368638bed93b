/** Holds a report against a scenario's expectations. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Finding, Kind, Report, ReportClaim, Severity } from "@schemalign/core";
import type { ExpectedPlace, FindingMatch, Inventory } from "./expectation.js";

const ORDER: readonly Severity[] = ["info", "low", "medium", "high", "critical"];

/** One thing that the report says: a finding, or one member of a folded one. */
export interface Statement {
	readonly finding: Finding;
	readonly kind: Kind;
	readonly table: string | null;
	readonly column: string | null;
	readonly message: string;
	readonly claims: readonly ReportClaim[];
}

/** The findings, and the members of those that fold several. */
function statementsOf(report: Report): Statement[] {
	return report.findings.flatMap((finding) => {
		const { kind, table, message, claims } = finding;
		const whole = { finding, kind, table, column: finding.column ?? null, message, claims };
		return [whole, ...(finding.members ?? []).map((member) => ({ finding, ...member }))];
	});
}

/** The statements that are left to explain: members where there are any, else the findings themselves. */
export function singleStatements(report: Report): Statement[] {
	return statementsOf(report).filter(
		({ finding, claims }) => finding.members === undefined || claims !== finding.claims,
	);
}

export class Matcher {
	readonly #report: Report;
	readonly #root: string;
	readonly #pathById: ReadonlyMap<string, string>;
	readonly #texts = new Map<string, string>();

	constructor(report: Report, root: string) {
		this.#report = report;
		this.#root = root;
		this.#pathById = new Map(report.sources.map((source) => [source.id, source.path]));
	}

	/** The parts of the predicate that the statement does not fulfil; none: it matches. */
	misses(statement: Statement, match: FindingMatch): string[] {
		const { finding } = statement;
		const misses: string[] = [];
		const demand = (holds: boolean, what: string): void => {
			if (!holds) misses.push(what);
		};
		demand(among(finding.code, match.code), "code");
		demand(among(statement.kind, match.kind), "kind");
		demand(among(statement.table, match.table), "table");
		demand(match.column === undefined || listed(match.column).some((one) => names(statement, one)), "column");
		demand(among(finding.aspect, match.aspect), "aspect");
		const rank = ORDER.indexOf(finding.severity);
		demand(match.severityAtLeast === undefined || rank >= ORDER.indexOf(match.severityAtLeast), "severity");
		demand(match.severityAtMost === undefined || rank <= ORDER.indexOf(match.severityAtMost), "severity");
		for (const place of match.deviating ?? []) demand(this.#deviates(finding, place), `deviating ${place}`);
		for (const place of match.sources ?? []) demand(this.#speaksOf(statement, place), `source ${place}`);
		for (const place of match.files ?? [])
			demand(this.#stands(statement, place), `file ${JSON.stringify(place)}`);
		demand(match.text === undefined || match.text.test(wording(statement)), "text");
		demand(match.members === undefined || (finding.members ?? []).length >= match.members, "members");
		return misses;
	}

	find(matches: FindingMatch | readonly FindingMatch[]): Statement[] {
		return statementsOf(this.#report).filter((statement) =>
			several(matches).some((match) => this.misses(statement, match).length === 0),
		);
	}

	/** The statements that come nearest, with what each lacks, for a failure's message. */
	nearest(matches: FindingMatch | readonly FindingMatch[], count = 4): string {
		const ranked = statementsOf(this.#report).flatMap((statement) =>
			several(matches).map((match) => ({ statement, misses: this.misses(statement, match) })),
		);
		ranked.sort((a, b) => distance(a.misses) - distance(b.misses));
		const lines = ranked
			.slice(0, count)
			.map(
				({ statement, misses }) =>
					`  lacks ${misses.join(", ")}\n    ${describe(statement)}\n    verdict: deviating ${
						statement.finding.verdict.deviating.join(", ") || "none"
					}\n${statement.claims.map((claim) => `      ${claim.source}: ${claim.value ?? claim.state} ${claim.at ? `${claim.at.file}:${claim.at.line}` : ""}`).join("\n")}`,
			);
		return lines.length === 0 ? "  the report is empty" : lines.join("\n");
	}

	/** How many different tables the inventory's sources have. */
	countTables({ of, minus = [] }: Inventory): number {
		const tables = this.#tablesOf(of);
		for (const table of this.#tablesOf(minus)) tables.delete(table);
		return tables.size;
	}

	#tablesOf(places: readonly string[]): Set<string> {
		const sources = this.#report.sources.filter((source) =>
			places.some((place) => place === `adapter:${source.adapter}` || isAtOrBelow(source.path, place)),
		);
		return new Set(sources.flatMap((source) => source.tables));
	}

	#paths(ids: readonly string[]): Set<string> {
		return new Set(ids.map((id) => this.#pathById.get(id) ?? id));
	}

	#deviates(finding: Finding, place: string): boolean {
		const deviating = this.#paths(finding.verdict.deviating);
		return this.#copiesOf(place).some((path) => deviating.has(path));
	}

	/** Whether the source at `place`, or one that is an identical copy of it, has a part in the statement. */
	#speaksOf({ finding, claims }: Statement, place: string): boolean {
		const ids = [
			...claims.map((claim) => claim.source),
			...finding.verdict.deviating,
			...finding.consequences.map((consequence) => consequence.source),
		];
		const wanted = this.#copiesOf(place);
		return [...this.#paths(ids)].some((one) =>
			wanted.some((path) => isAtOrBelow(one, path) || isAtOrBelow(path, one)),
		);
	}

	#copiesOf(place: string): string[] {
		const own = this.#report.sources.find((source) => source.path === place);
		if (!own) return [place];
		const original = own.duplicateOf ?? own.id;
		return this.#report.sources
			.filter((source) => source.id === original || source.duplicateOf === original)
			.map((source) => source.path);
	}

	#stands({ claims }: Statement, place: ExpectedPlace): boolean {
		const file = typeof place === "string" ? place : place.file;
		const text = this.#text(file);
		const lines = typeof place === "string" ? undefined : linesWith(file, text, place.text);
		return claims.some(
			({ at }) =>
				at && (at.file === file || this.#text(at.file) === text) && (lines?.includes(at.line) ?? true),
		);
	}

	#text(file: string): string {
		const known = this.#texts.get(file);
		if (known !== undefined) return known;
		const text = readFileSync(path.join(this.#root, file), "utf8");
		this.#texts.set(file, text);
		return text;
	}
}

/** The lines, counted from 1, that contain the text. Throws if none does: then the expectation itself is wrong. */
function linesWith(file: string, content: string, text: string): number[] {
	const lines = content.split("\n").flatMap((line, at) => (line.includes(text) ? [at + 1] : []));
	if (lines.length === 0) throw new Error(`${file} has no line with ${text}`);
	return lines;
}

export function describe({ finding, message }: Statement): string {
	const where = [finding.schema, finding.table, finding.column].filter((part) => part).join(".");
	return `${finding.severity} ${finding.code} ${finding.kind} ${where} (${finding.aspect}): ${message}`;
}

function several(matches: FindingMatch | readonly FindingMatch[]): readonly FindingMatch[] {
	return "length" in matches ? matches : [matches];
}

function listed(value: string | readonly string[]): readonly string[] {
	return typeof value === "string" ? [value] : value;
}

function among(actual: string | null, wanted: string | readonly string[] | undefined): boolean {
	return wanted === undefined || (actual !== null && listed(wanted).includes(actual));
}

/** Whether the statement is about the column: its own, or one that its message names. */
function names({ finding, column, message }: Statement, wanted: string): boolean {
	if (column === wanted) return true;
	return finding.kind === "column" && new RegExp(`(?<![\\w-])${wanted}(?![\\w-])`).test(message);
}

function wording({ finding, message, claims }: Statement): string {
	const parts = [message, finding.message, finding.why, finding.help];
	const consequences = finding.consequences.map((consequence) => consequence.text);
	return [...parts, ...consequences, ...claims.map((claim) => claim.value ?? "")].join("\n");
}

function isAtOrBelow(child: string, parent: string): boolean {
	return child === parent || child.startsWith(`${parent}/`);
}

/** Fewer misses are nearer; the wrong table or column is far away. */
function distance(misses: readonly string[]): number {
	return misses.reduce((sum, miss) => sum + (miss === "table" ? 4 : miss === "column" ? 3 : 1), 0);
}
