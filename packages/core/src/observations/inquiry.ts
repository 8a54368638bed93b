/** What a difference makes worth asking of a live database's rows, and what the answers make of it: the parts they share. */
import type { Claim } from "../compare/claims.js";
import type { Delta } from "../compare/compare.js";
import { parseAddress, qualifiedName, quoteIdentifier } from "../model/address.js";
import type { Entity, Severity } from "../model/snapshot.js";
import { tableLabel } from "../report/describe.js";
import { compareSeverity, type DatabaseContext, isStore } from "../rules/context.js";
import type { Located } from "../rules/located.js";
import { type Observations, type Question, questionKey, type Result } from "./schema.js";

/** One nature of differences. The first that applies to a delta asks and tells. */
export interface Inquiry {
	applies(delta: Delta): boolean;
	/** What to ask the live database `source`; nothing where its rows have no say. */
	ask(delta: Delta, source: string, database: DatabaseContext): Question[];
	/** What the answers make of the finding. `heard` is not empty. */
	tell(subject: Told): Sharpening;
}

/** A question that a database has answered, or could not. */
export interface Heard {
	readonly source: string;
	readonly question: Question;
	readonly result: Result;
}

export interface Told {
	readonly delta: Delta;
	readonly database: DatabaseContext;
	readonly found: Located;
	readonly heard: readonly Heard[];
}

/** What is known of the rows, and what follows from it. */
export interface Sharpening {
	readonly observed: readonly { readonly source: string; readonly text: string }[];
	/** Another severity than the rule's. */
	readonly severity?: Severity;
	/** Added to the help, of one and of several differences; or what stands in its place. */
	readonly advice?: Words;
	readonly help?: Words;
	/** Differences whose rows say other things are not folded. */
	readonly group: string;
}

/** A text of one difference, and of several. */
export interface Words {
	readonly one: string;
	readonly many: string;
}

export type Observed = Sharpening["observed"][number];

/** What the rows say together: of some the thing is true; all were read and of none it is; nobody knows. */
export type Tally = "some" | "none" | "open";

export function tallyOf(heard: readonly Heard[]): Tally {
	if (heard.some(({ result }) => "hits" in result && result.hits > 0)) return "some";
	return heard.every(({ result }) => "basis" in result && result.basis === "exact") ? "none" : "open";
}

/** The databases of whose rows it is true. */
export function withHits(heard: readonly Heard[]): string[] {
	return [
		...new Set(heard.flatMap(({ source, result }) => ("hits" in result && result.hits > 0 ? [source] : []))),
	];
}

/** What the source's statistics and rows say, if it is a live database or the snapshot of one. */
export function observationsOf(database: DatabaseContext, source: string): Observations | undefined {
	return database.views.find(({ id }) => id === source)?.snapshot.observations;
}

/** The answers to the questions that the delta makes worth asking. */
export function hearAll(inquiry: Inquiry, delta: Delta, database: DatabaseContext): Heard[] {
	return database.views.flatMap(({ id: source, snapshot }) => {
		const answers = snapshot.observations?.answers ?? [];
		if (answers.length === 0) return [];
		return inquiry.ask(delta, source, database).flatMap((question) => hear(database, source, question) ?? []);
	});
}

const BY_KEY = new WeakMap<Observations, Map<string, Result>>();

/** What the source answered to the question. */
export function hear(database: DatabaseContext, source: string, question: Question): Heard | undefined {
	const observations = observationsOf(database, source);
	if (!observations?.answers) return undefined;
	const known =
		BY_KEY.get(observations) ??
		new Map(observations.answers.map((answer) => [questionKey(answer.question), answer.result]));
	BY_KEY.set(observations, known);
	const result = known.get(questionKey(question));
	return result && { source, question, result };
}

/** `1,204`. */
export function grouped(number: number): string {
	return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 row`, `1,204 rows`. */
export function countOf(number: number, noun: string): string {
	return `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
}

const ESTIMATES = new WeakMap<Observations, ReadonlyMap<string, number | null>>();

/** About how many rows the table has, as its database's statistics say. */
export function estimateOf(database: DatabaseContext, source: string, table: string): number | undefined {
	const observations = observationsOf(database, source);
	if (!observations) return undefined;
	const known =
		ESTIMATES.get(observations) ?? new Map(observations.tables.map(({ table: own, rows }) => [own, rows]));
	ESTIMATES.set(observations, known);
	return known.get(table) ?? undefined;
}

/**
 * The rows of which something is true: "none of 1,204 rows of users", "3 of 10,012 sampled rows (of about 2,000,000) of users".
 */
export function rowsText(
	database: DatabaseContext,
	{ source, question, result }: Heard,
	{ noun = "row", of = tableLabel(question.table) } = {},
): string {
	if (!("basis" in result)) return "";
	const { rows, hits, basis } = result;
	const estimate = basis === "exact" ? undefined : estimateOf(database, source, question.table);
	const about = estimate === undefined ? "" : ` (of about ${grouped(estimate)})`;
	const whole = `${countOf(rows, basis === "exact" ? noun : `sampled ${noun}`)}${about} of ${of}`;
	if (hits === 0) return `none of ${whole}`;
	if (hits < rows) return `${grouped(hits)} of ${whole}`;
	return rows === 1 ? `the ${whole}` : `all ${whole}`;
}

/** `users.name`, of a question on one column. */
export function columnText({ question }: Heard): string {
	const column = "column" in question ? question.column : "";
	return `${tableLabel(question.table)}.${quoteIdentifier(column)}`;
}

/** The column of a delta on one, under the names that the database itself gives; only tables have rows that are asked. */
export function ownColumn(
	delta: Delta,
	source: string,
	database: DatabaseContext,
): { table: string; column: string } | undefined {
	const { table, column } = columnIn(delta);
	const view = database.views.find(({ id }) => id === source);
	if (!view?.tables.has(table)) return undefined;
	const names = ownNames(database, source);
	return { table: names.table(table), column: names.column(table, column) };
}

export function claimOf(delta: Delta, source: string): Claim | undefined {
	return delta.claims.find((claim) => claim.source === source);
}

/** The databases that were asked, once each. */
export function askedOf(heard: readonly Heard[]): string[] {
	return [...new Set(heard.map(({ source }) => source))];
}

/** "has" or "have", for the rows of {@link rowsText}. */
export function have({ result }: Heard): string {
	return "hits" in result && result.hits > 1 ? "have" : "has";
}

/** One line for each database: what its rows say (`words`), or why they do not. `what` was asked: "NULLs in users.name". */
export function observedLines(
	{ heard }: Told,
	what: (heard: Heard) => string,
	words: (heard: Heard) => string,
): Observed[] {
	return heard.map((one) => {
		const { source, question, result } = one;
		if ("unknown" in result)
			return { source, text: `${what(one)} could not be looked for: ${result.unknown}` };
		// Of values those that are there are counted: none is no sign of an empty table.
		if (result.rows === 0 && result.basis === "exact" && question.ask !== "fits")
			return { source, text: `${tableLabel(question.table)} is empty` };
		return { source, text: words(one) };
	});
}

/** `severity`, if that is milder; never milder than medium where databases, or what creates them, disagree among themselves. */
export function lowered({ found, delta, database }: Told, severity: Severity): Severity {
	const stores = delta.classes.filter((members) => members.some((source) => isStore(database, source)));
	const floor = stores.length > 1 && compareSeverity(severity, "medium") > 0 ? "medium" : severity;
	return compareSeverity(found.severity, floor) < 0 ? floor : found.severity;
}

/** The same, where rows were there to see: that an empty table has none of a kind says nothing of those that programs will write. */
export function loweredByRows(subject: Told, severity: Severity): Severity {
	const isSeen = subject.heard.some(({ result }) => "basis" in result && result.rows > 0);
	return isSeen ? lowered(subject, severity) : subject.found.severity;
}

/** `severity`, if that is graver. */
export function raised({ found }: Told, severity: Severity): Severity {
	return compareSeverity(severity, found.severity) < 0 ? severity : found.severity;
}

/** The names that a source itself gives to what the comparison calls by common names. */
export interface OwnNames {
	/** Qualified. */
	table(common: string): string;
	column(table: string, common: string): string;
}

export function ownNames(database: DatabaseContext, source: string): OwnNames {
	const tables = new Map(
		database.tableRenames.filter((one) => one.source === source).map(({ name, written }) => [name, written]),
	);
	const columns = new Map(
		database.renames
			.filter((one) => one.source === source)
			.map(({ table, name, written }) => [JSON.stringify([table, name]), written]),
	);
	return {
		table: (common) => tables.get(common) ?? common,
		column: (table, common) => columns.get(JSON.stringify([table, common])) ?? common,
	};
}

/** The schema and name of a qualified table. */
export function tableParts(table: string): readonly [schema: string, name: string] {
	const [schema = "", name = ""] = parseAddress(`table:${table}`).parts;
	return [schema, name];
}

/** The column of a delta on one: its table (common, qualified) and name. */
export function columnIn(delta: Delta): { table: string; column: string } {
	const [schema = "", table = "", column = ""] = parseAddress(delta.address).parts;
	return { table: qualifiedName(schema, table), column };
}

/** Whether what the entity states holds the name, or a word like it: too often rather than not. */
export function mentions(entity: Entity, name: string): boolean {
	return JSON.stringify(entity.facts).toLowerCase().includes(JSON.stringify(name).slice(1, -1).toLowerCase());
}
