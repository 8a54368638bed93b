/** What a rule knows when it judges a delta, and what it answers. */
import type { Evidence } from "../analyze.js";
import type { Claim } from "../compare/claims.js";
import type { Delta } from "../compare/compare.js";
import type { DifferentTable } from "../matching/different-tables.js";
import type { EnumRename } from "../matching/enum-renames.js";
import type { Rename } from "../matching/renames.js";
import type { TableRename } from "../matching/table-renames.js";
import type { SourceView } from "../matching/view.js";
import { ownName, parseAddress, qualifiedName, quoteIdentifier, tableOf } from "../model/address.js";
import { kindDefinition } from "../model/kinds.js";
import type { Role, Severity } from "../model/snapshot.js";
import { describeValue, distinguish, listOf, tableLabel } from "../report/describe.js";
import type { Consequence } from "../report/report.js";
import type { Authority } from "../verdict/authority.js";
import type { Decision } from "../verdict/decide.js";
import type { RuleCode } from "./catalogue.js";

/** One database and everything known of its sources. */
export interface DatabaseContext {
	readonly name: string;
	/** In order of standing; copies left out; columns under their common names. */
	readonly views: readonly SourceView[];
	readonly authority: Authority;
	readonly renames: readonly Rename[];
	readonly tableRenames: readonly TableRename[];
	readonly enumRenames: readonly EnumRename[];
	readonly differentTables: readonly DifferentTable[];
	/** The renames within tables that are different ones: they are told there, not as renames. */
	readonly differentTableRenames: readonly Rename[];
	roleOf(source: string): Role;
	/** The source's path: what messages call it. */
	pathOf(source: string): string;
	adapterOf(source: string): string;
	/** What kind of place the source is: "Prisma migrations"; empty where nobody says. */
	labelOf(source: string): string;
	/** How many independent witnesses the sources are: near copies give one vote. */
	votesOf(sources: readonly string[]): number;
	/** Whether a trace shows that something runs this source. */
	isRun(source: string): boolean;
	/** What shows that the program of these models creates their tables itself when it starts. */
	creationBy(source: string): Evidence | undefined;
	/** Whether the user declares that the source maps every table. */
	isComplete(source: string): boolean;
}

/** A delta with its verdict. */
export interface Case {
	readonly delta: Delta;
	readonly decision: Decision;
	readonly database: DatabaseContext;
}

/** What a rule says of one delta, before it is folded and made a finding. */
export interface Draft<Code extends string = RuleCode> {
	readonly code: Code;
	readonly severity: Severity;
	readonly message: string;
	readonly why: string;
	readonly help: string;
	readonly consequences: readonly Consequence[];
	/** What live databases say of their rows and their use; see observations/. */
	readonly observed?: readonly { readonly source: string; readonly text: string }[];
	/** Drafts of one code and key have one root cause and become one finding, worded by `folded`. */
	readonly fold?: {
		readonly key: string;
		/** What this one is called in the list of members. */
		readonly name?: string;
		/** What each program meets, worded for several at once; by default the draft's consequences. */
		readonly consequences?: readonly Consequence[];
		/** Words the finding of two or more members. */
		words(members: readonly Draft<string>[]): {
			message: string;
			why?: string;
			help?: string;
			consequences?: readonly Consequence[];
		};
		/** How it folds where many tables have the same: then the cause is not the table's. */
		readonly wide?: Omit<NonNullable<Draft["fold"]>, "wide">;
	};
}

/** Judges the deltas of one aspect (or of several of one nature). One file per rule. */
export interface DeltaRule {
	/** Whether it is this rule's delta. The first rule of the list that says so judges. */
	applies(delta: Delta): boolean;
	/** The draft, or `undefined` where the delta is of no consequence to anyone. */
	judge(subject: Case): Draft | undefined;
}

const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low", "info"];

/** Orders severities, worst first. */
export function compareSeverity(a: Severity, b: Severity): number {
	return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}

/** The worst of the severities, `info` if there is none. */
export function worst(severities: readonly Severity[]): Severity {
	return SEVERITIES.find((severity) => severities.includes(severity)) ?? "info";
}

/** What one program meets when it runs on a store. */
export interface Effect {
	readonly severity: Severity;
	readonly text: string;
	/** The text of a finding that folds several such effects, where `text` names the one column or table. */
	readonly many?: string;
	/** The same at several stores is said once: what `text` becomes when it is met at all of `stores`. */
	on?(stores: readonly string[]): { text: string; many?: string };
}

/** A program and a store (a definition or database) that disagree, where it matters. */
export interface Pair {
	readonly program: Claim;
	readonly store: Claim;
}

const isProgram = (role: Role): boolean => role === "model" || role === "usage";

/**
 * The programs and stores whose disagreement matters: a deviating program with the store that has the truth; a
 * program that has it with each deviating store; where nobody knows, every program with every store it contradicts.
 */
export function pairsOf({ delta, decision, database }: Case): Pair[] {
	const speaking = delta.claims.filter((claim) => claim.state === "value" || claim.state === "absent");
	const programs = speaking.filter((claim) => isProgram(database.roleOf(claim.source)));
	const stores = speaking.filter((claim) => !isProgram(database.roleOf(claim.source)));
	const classOf = (claim: Claim): number =>
		delta.classes.findIndex((members) => members.includes(claim.source));
	return programs.flatMap((program) => {
		const against = stores.filter((store) => classOf(store) !== classOf(program));
		if (decision.truth.length === 0 || decision.truth.includes(program.source)) {
			return against.filter((store) => isMet(database, store.source)).map((store) => ({ program, store }));
		}
		const [best] = against
			.filter((store) => decision.truth.includes(store.source))
			.sort((a, b) => standing(database, a) - standing(database, b));
		return best ? [{ program, store: best }] : [];
	});
}

/**
 * Whether programs meet what the source creates: a definition that nothing runs, beside an authority or live databases, is
 * only read by people.
 */
function isMet(database: DatabaseContext, source: string): boolean {
	const { authority, views } = database;
	if (database.roleOf(source) === "database" || database.isRun(source)) return true;
	return authority.source === null
		? !views.some((view) => database.roleOf(view.id) === "database")
		: authority.source === source;
}

function standing(database: DatabaseContext, claim: Claim): number {
	return database.authority.order.indexOf(claim.source);
}

/** The stores (definitions, databases) that deviate from the truth of the case. */
export function deviatingStores({ decision, database }: Case): string[] {
	return decision.deviating.filter((source) => !isProgram(database.roleOf(source)));
}

/** Whether no store speaks: the programs are among themselves. */
export function onlyPrograms({ delta, database }: Case): boolean {
	return delta.classes.flat().every((source) => isProgram(database.roleOf(source)));
}

/** Whether the source creates or is a database. */
export function isStore(database: DatabaseContext, source: string): boolean {
	return !isProgram(database.roleOf(source));
}

/** The value that the claims of `sources` state, in written form; "absent" where they state none. */
export function valueText(delta: Delta, sources: readonly string[]): string {
	const claim = delta.claims.find((one) => sources.includes(one.source));
	return claim ? claimText(delta, claim) : "absent";
}

/** One claim's value in written form. */
export function claimText(delta: Delta, claim: Claim): string {
	return claim.state === "value" ? describeValue(delta.kind, delta.aspect, claim.value) : "absent";
}

/** "uuid in db/migrations, text in prisma/schema.prisma and 2 more": the classes of a delta, the truth first. */
export function classesText({ delta, decision, database }: Case): string {
	const sorted = [...delta.classes].sort(
		(a, b) => Number(b === decision.truth) - Number(a === decision.truth),
	);
	const values = distinguish(sorted.map((members) => valueText(delta, members)));
	return sorted.map((members, at) => `${values[at]} in ${pathsText(database, members)}`).join(", ");
}

/**
 * What differs and between whom, for folding by cause: each value with its sources, but of those that have the truth only the
 * one that stands highest. Who else agrees with it changes from column to column, and is no part of the cause.
 */
export function causeText(
	{ delta, decision, database }: Case,
	textOf: (members: readonly string[]) => string = (members) => valueText(delta, members),
): string {
	const { truth } = decision;
	const sorted = [...delta.classes].sort((a, b) => Number(b === truth) - Number(a === truth));
	return sorted
		.map(
			(members) =>
				`${textOf(members)} in ${pathsText(database, members === truth ? highest(database, truth) : members)}`,
		)
		.join(", ");
}

/** The one of the sources that stands highest. */
export function highest({ authority }: DatabaseContext, sources: readonly string[]): string[] {
	return authority.order.filter((source) => sources.includes(source)).slice(0, 1);
}

/** The paths of the sources, at most three; after a negation joined by "or". */
export function pathsText(
	database: DatabaseContext,
	sources: readonly string[],
	word: "and" | "or" = "and",
): string {
	return listOf(
		sources.map((source) => database.pathOf(source)),
		3,
		word,
	);
}

/** Where statements run: "a database made by db/migrations", "the database of dumps/prod.sql". */
export function runText(database: DatabaseContext, sources: readonly string[]): string {
	const pictured = sources.filter((source) => database.roleOf(source) === "database");
	const made = sources.filter((source) => !pictured.includes(source));
	return [
		pictured.length > 0 ? `the database of ${pathsText(database, pictured, "or")}` : "",
		made.length > 0 ? `a database made by ${pathsText(database, made, "or")}` : "",
	]
		.filter(Boolean)
		.join(" or ");
}

/** What a delta is about, as people say it: `users.email`, `orders`, `orders (user_id)`. */
export function subjectText({ kind, address }: Pick<Delta, "kind" | "address">): string {
	const { parts } = parseAddress(address);
	const own = ownName(address);
	const { within, identity } = kindDefinition(kind);
	if (kind !== "column" && within !== "table") return objectLabel(parts);
	const table = tableLabel(tableOf(address));
	if (kind === "column") return `${table}.${quoteIdentifier(own)}`;
	if (kind === "primaryKey") return table;
	const short = own.length > 80 ? `${own.slice(0, 79)}…` : own;
	if (identity === "name") return `${short} on ${table}`;
	return `${table} ${short.startsWith("(") ? short : `(${short})`}`;
}

/** `public` is left out; a function's arguments are not a part of a quoted name. */
function objectLabel(parts: readonly string[]): string {
	const [schema = "", own = ""] = parts;
	if (!own.includes("(")) return tableLabel(qualifiedName(...parts));
	return schema === "public" ? own : `${quoteIdentifier(schema)}.${own}`;
}

/** The column's name where the delta is about a column. */
export function columnOf(delta: Delta): string | undefined {
	return delta.kind === "column" ? ownName(delta.address) : undefined;
}
