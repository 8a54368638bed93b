/** The common shape of delta rules: effects per program, else the effect among stores or among programs. */
import type { Claim } from "../../compare/claims.js";
import type { Delta } from "../../compare/compare.js";
import { ownName } from "../../model/address.js";
import type { Severity } from "../../model/snapshot.js";
import type { RuleCode } from "../catalogue.js";
import {
	type Case,
	classesText,
	compareSeverity,
	type DatabaseContext,
	type Draft,
	deviatingStores,
	type Effect,
	highest,
	isStore,
	onlyPrograms,
	pairsOf,
	pathsText,
	subjectText,
	valueText,
	worst,
} from "../context.js";
import { memberNames } from "../fold-names.js";
import { isRefusedEverywhere } from "../inspections/refused-values.js";
import { ormName } from "../programs.js";
import { alwaysWrites } from "../writes.js";

export interface Judgement {
	readonly code: RuleCode;
	/** What a program meets on a store that says otherwise; `undefined`: nothing. */
	ofProgram(program: Claim, store: Claim, subject: Case): Effect | undefined;
	/** What it means where no program is concerned: stores among themselves, or programs among themselves. */
	otherwise(subject: Case): Effect;
	/** The sentence; by default "users.email is A in x, B in y". */
	message?(subject: Case): string;
	/** What to do; by default "Make it A in y". */
	help?(subject: Case): string;
	/** What to do about several at once; by default the same. */
	helpMany?(subject: Case): string;
	fold?(subject: Case): Draft["fold"] | undefined;
}

/** Applies a judgement to a case. */
export function judge(subject: Case, judgement: Judgement): Draft {
	const effects = effectsOn(subject, judgement);
	const other = onlyPrograms(subject)
		? amongPrograms(judgement.otherwise(subject))
		: judgement.otherwise(subject);
	const amongStores = deviatingStores(subject).length > 0 || onlyPrograms(subject);
	const severities = effects.map((effect) => effect.severity);
	if (severities.length === 0 || amongStores) severities.push(other.severity);
	const [first] = effects;
	const why = first && !amongStores ? first : { text: other.text, many: other.many ?? other.text };
	const fold = judgement.fold?.(subject);
	const help = judgement.helpMany?.(subject);
	return {
		code: judgement.code,
		severity: worst(severities),
		message: judgement.message?.(subject) ?? `${subjectText(subject.delta)} is ${classesText(subject)}`,
		why: why.text,
		help: judgement.help?.(subject) ?? defaultHelp(subject),
		consequences: effects.map(({ source, text }) => ({ source, text })),
		...(fold
			? {
					fold: {
						...withWords(fold, { why: why.many, ...(help === undefined ? {} : { help }) }),
						consequences: effects.map(({ source, many }) => ({ source, text: many })),
					},
				}
			: {}),
	};
}

type Fold = NonNullable<Draft["fold"]>;

/** The fold, which words what it does not word itself as `words` does. */
function withWords(fold: Fold, words: Partial<ReturnType<Fold["words"]>>): Fold {
	return { ...fold, words: (members) => ({ ...words, ...fold.words(members) }) };
}

interface ProgramEffect {
	readonly source: string;
	readonly severity: Severity;
	readonly text: string;
	readonly many: string;
}

/** What each program meets; what it meets alike at several stores is one effect. */
function effectsOn(subject: Case, judgement: Judgement): ProgramEffect[] {
	const { database } = subject;
	const merged = new Map<string, { source: string; effect: Effect; stores: string[] }>();
	for (const { program, store } of pairsOf(subject)) {
		const effect = judgement.ofProgram(program, store, subject);
		if (!effect) continue;
		const said = effect.on ? effect.on([]).text : effect.text;
		const key = `${program.source}\n${effect.severity}\n${said}`;
		const known = merged.get(key);
		if (known) known.stores.push(store.source);
		else merged.set(key, { source: program.source, effect, stores: [store.source] });
	}
	return [...merged.values()].map(({ source, effect, stores }) => {
		const said = effect.on?.(stores) ?? effect;
		const who = `${ormName(database.adapterOf(source))} in ${database.pathOf(source)}`;
		return {
			source,
			severity: effect.severity,
			text: `${who}: ${said.text}`,
			many: `${who}: ${said.many ?? said.text}`,
		};
	});
}

/** No store speaks: which program is wrong is not known, and neither is what it meets. */
function amongPrograms({ severity }: Effect): Effect {
	return {
		severity: compareSeverity(severity, "medium") < 0 ? "medium" : severity,
		text: "nothing in the repository says what the database has: one of the programs is wrong about it",
	};
}

function defaultHelp({ delta, decision, database }: Case): string {
	return decision.truth.length > 0
		? `Make it ${valueText(delta, decision.truth)} in ${pathsText(database, decision.deviating)}.`
		: "Decide which is right, and change the other.";
}

/**
 * Whether all that the delta says is that programs write a column which the database computes: `insert-fails` tells it, for
 * each program.
 */
export function isToldByInserts({ delta, database }: Case): boolean {
	const stores = database.views.filter((view) => isStore(database, view.id));
	const name = ownName(delta.address);
	if (delta.table === undefined || !isRefusedEverywhere(stores, delta.table, name)) return false;
	// What they compute is another question.
	if (delta.classes.filter((members) => members.some((one) => isStore(database, one))).length > 1)
		return false;
	return delta.claims.every((claim) => {
		if (claim.state !== "value" || isStore(database, claim.source)) return true;
		const view = database.views.find(({ id }) => id === claim.source);
		const column = delta.entities.get(claim.source);
		const isRight = delta.classes.some(
			(members) => members.includes(claim.source) && members.some((one) => isStore(database, one)),
		);
		return isRight || (view && column && alwaysWrites(database.adapterOf(claim.source), view, column));
	});
}

/** Sources that have the thing, and sources that say it is not there. */
export function sidesOf(delta: Delta): { having: string[]; lacking: string[] } {
	const having = delta.claims.filter((claim) => claim.state === "value").map((claim) => claim.source);
	const lacking = delta.claims.filter((claim) => claim.state === "absent").map((claim) => claim.source);
	return { having, lacking };
}

/** Whether the verdict holds that the thing exists; undefined when undecided. */
export function existsInTruth({ delta, decision }: Case): boolean | undefined {
	const [source] = decision.truth;
	if (source === undefined) return undefined;
	return sidesOf(delta).having.includes(source);
}

/** "Add it to x" or "Remove it from y": the help for a thing (or several) that some have and others lack. */
export function presenceHelp(subject: Case, thing: string, number: "one" | "many" = "one"): string {
	const it = number === "one" ? "it" : "them";
	const { delta, decision, database } = subject;
	const { having, lacking } = sidesOf(delta);
	const exists = existsInTruth(subject);
	if (exists === undefined)
		return `Decide whether ${thing} ${number === "one" ? "belongs" : "belong"} in the database; then add ${it} to ${pathsText(database, lacking)} or remove ${it} from ${pathsText(database, having)}.`;
	return exists
		? `Add ${thing} to ${pathsText(database, decision.deviating)}.`
		: `Create ${thing} by a migration if ${pathsText(database, decision.deviating)} ${decision.deviating.length === 1 ? "is" : "are"} right; else remove ${it} there.`;
}

/** "x has it, y does not". */
export function presenceText(subject: Case, thing: string): string {
	const { having, lacking } = sidesOf(subject.delta);
	return `${thing} is in ${pathsText(subject.database, having)}, but not in ${pathsText(subject.database, lacking, "or")}`;
}

/**
 * Folds what the same sources have and the same sources lack: "5 functions (a, b, c and 2 more) are in x, but not in y".
 * `noun` is the plural; members of different `group`s stay apart, unless there are many: then they are `nouns`.
 */
export function foldByPresence(
	subject: Case,
	noun: string,
	{ group = "", name = subjectText(subject.delta), nouns = noun } = {},
): Draft["fold"] {
	const { delta, decision, database } = subject;
	// Who else agrees with the truth changes from one thing to the next, and is no part of the cause.
	const telling = (sources: readonly string[]): readonly string[] =>
		sources.some((source) => decision.truth.includes(source)) ? highest(database, sources) : sources;
	const sides = sidesOf(delta);
	const having = telling(sides.having);
	const lacking = telling(sides.lacking);
	const between = `${having.join()}|${lacking.join()}`;
	const words =
		(what: string): NonNullable<Draft["fold"]>["words"] =>
		(members) => {
			const names = memberNames(members, 5);
			return {
				message: `${members.length} ${what} (${names}) are in ${pathsText(database, having)}, but not in ${pathsText(database, lacking, "or")}`,
			};
		};
	return {
		key: `${group}|${between}`,
		name,
		words: words(noun),
		...(group === "" ? {} : { wide: { key: between, name: subjectText(delta), words: words(nouns) } }),
	};
}

/** Folds columns that say one thing in the same other words. */
export function foldEquivalents(
	delta: Delta,
	database: DatabaseContext,
	texts: readonly string[],
	what: string,
): NonNullable<Draft["fold"]> {
	return {
		key: `${[...texts].sort().join("|")} ${delta.claims.map((claim) => claim.source).join()}`,
		name: subjectText(delta),
		words: (members) => ({
			message: `${members.length} columns (${memberNames(members, 4)}) have one ${what} in other words: ${texts.join(", ")} (${pathsText(
				database,
				delta.claims.map((claim) => claim.source),
			)})`,
		}),
	};
}
