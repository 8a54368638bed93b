/** One finding: what, who says what, what breaks, which side is right, what to do. */
import { count, type Finding, kindDefinition } from "@schemalign/core";
import { claimLines } from "./claims.js";
import { hanging, padEnd, padStart } from "./layout.js";
import { memberLines } from "./members.js";
import type { View } from "./view.js";

const GUTTER = 10;
/** What nobody needs to act on is told in one line. */
const ASIDE: ReadonlySet<string> = new Set(["platform-objects", "bookkeeping-table"]);
const INDENT = " ".repeat(2 + GUTTER);

/** The finding's lines. `authority`: the source that holds the truth of its database, whose standing is explained once, above. */
export function findingLines(view: View, finding: Finding, authority: string | null): string[] {
	const { theme } = view;
	const badge = padEnd(theme.badge(finding.severity), GUTTER);
	const title = `${theme.bold(finding.message)} ${theme.dim(`[${finding.code}]`)}`;
	const head = hanging(`  ${badge}`, title, view.width);
	if (ASIDE.has(finding.code) && !view.verbose) return head;
	return [
		...head,
		...claimLines(view, finding, INDENT),
		...memberLines(view, finding, (label) => labelled(view, label)),
		...consequenceLines(view, finding),
		...observedLines(view, finding),
		...verdictLines(view, finding, authority),
		...(finding.help === "" ? [] : hanging(labelled(view, "fix"), finding.help, view.width)),
		...sqlLines(view, finding),
	];
}

const MOST_SQL_LINES = 12;

/** The statements that do it; where sources need different ones, whose they are. Never broken: they are for copying. */
function sqlLines(view: View, { fixes = [] }: Finding): string[] {
	const bySql = new Map<string, { sql: readonly string[]; sources: string[] }>();
	for (const { source, sql } of fixes) {
		const key = sql.join("\n");
		const same = bySql.get(key) ?? { sql, sources: [] };
		same.sources.push(view.names.get(source) ?? source);
		bySql.set(key, same);
	}
	const all = [...bySql.values()].flatMap(({ sql, sources }) => [
		...(bySql.size > 1 ? [view.theme.dim(`-- ${sources.join(", ")}`)] : []),
		...sql,
	]);
	const shown = view.verbose ? all : fitting(all);
	const rest = all.length - shown.length;
	const lines = [
		...shown.flatMap((statement) => statement.split("\n")),
		...(rest > 0 ? [view.theme.dim(`-- and ${count(rest, "more statement")} (--verbose shows all)`)] : []),
	];
	return lines.map((line, at) => (at === 0 ? labelled(view, "sql") : INDENT) + line);
}

/** The first of the statements, whole ones, in as many lines as a reader looks at; one in any case. */
function fitting(statements: readonly string[]): readonly string[] {
	let lines = 0;
	const over = statements.findIndex((statement, at) => {
		lines += statement.split("\n").length;
		return at > 0 && lines > MOST_SQL_LINES;
	});
	return over === -1 ? statements : statements.slice(0, over);
}

function labelled(view: View, label: string): string {
	return `  ${view.theme.dim(padStart(label, GUTTER - 1))} `;
}

/** What breaks in which program, and why it matters; what one of them says already is not said twice. */
function consequenceLines(view: View, finding: Finding): string[] {
	const why = plain(finding.why);
	const texts = [...new Set(finding.consequences.map((consequence) => consequence.text))];
	const saysMore = why !== "" && !texts.some((text) => plain(text).includes(why));
	const label = finding.severity === "low" || finding.severity === "info" ? "effect" : "breaks";
	const breaks = saysMore ? texts.filter((text) => !why.includes(plain(withoutProgram(text)))) : texts;
	return [
		...(saysMore ? hanging(labelled(view, "why"), finding.why, view.width) : []),
		...breaks.flatMap((text) => hanging(labelled(view, label), text, view.width)),
	];
}

const MOST_OBSERVED = 4;

/** What live databases say of their rows. */
function observedLines(view: View, { observed = [] }: Finding): string[] {
	const texts = observed.map(({ source, text }) => `${view.names.get(source) ?? source}: ${text}`);
	const shown = view.verbose || texts.length <= MOST_OBSERVED ? texts : texts.slice(0, MOST_OBSERVED - 1);
	const rest = texts.length - shown.length;
	return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].flatMap((text) =>
		hanging(labelled(view, "data"), text, view.width),
	);
}

/** Without what makes a sentence of it: for comparing texts. */
function plain(text: string): string {
	return text.toLowerCase().replace(/\.$/, "");
}

/** `Prisma in a/schema.prisma: every query fails` without the program. */
function withoutProgram(text: string): string {
	const colon = text.indexOf(": ");
	return colon === -1 ? text : text.slice(colon + 2);
}

function verdictLines(view: View, finding: Finding, authority: string | null): string[] {
	const { truth } = finding.verdict;
	const isOwnDefect = truth === null && new Set(finding.claims.map((claim) => claim.source)).size === 1;
	if (isOwnDefect) return [];
	const basis = withNames(view, finding.verdict.basis);
	// Where no side can be wrong there is nothing to decide.
	if (truth === null && (finding.severity === "info" || !basis.startsWith("undecided"))) return [];
	if (truth === null) return hanging(labelled(view, "verdict"), basis, view.width);
	const isByAuthority = authority !== null && finding.verdict.basis.startsWith(`${authority} `);
	const name = authority === null ? "" : (view.names.get(authority) ?? authority);
	const says = `as ${name} says${view.verbose ? `; ${basis}` : ""}`;
	const text = `${written(finding, truth)}${isByAuthority ? `${truth.includes(",") ? ":" : ","} ${view.theme.dim(says)}` : `: ${view.theme.dim(basis)}`}`;
	return hanging(labelled(view, "truth"), text, view.width);
}

/** Of a thing that is there or not: "there is no such table". */
function written(finding: Finding, truth: string): string {
	if (finding.aspect !== "existence") return truth;
	const noun = kindDefinition(finding.kind).label;
	const many = (finding.members?.length ?? 1) > 1;
	if (truth === "absent") return many ? "they do not exist" : `the ${noun} does not exist`;
	return many ? "they exist" : `the ${noun} exists`;
}

/** The basis names sources by id; the report by what they are called in its list. */
function withNames(view: View, text: string): string {
	const ids = [...view.names].filter(([id, name]) => id !== name).sort(([a], [b]) => b.length - a.length);
	return ids.reduce((result, [id, name]) => result.replaceAll(id, name), text);
}
