/** `type-mismatch`: sources give a column types that are not one. */

import type { Claim } from "../../compare/claims.js";
import { statedValue } from "../../matching/facts.js";
import { compareText, ownName } from "../../model/address.js";
import { type TypeValue, typeValueSchema } from "../../model/snapshot.js";
import { count, describeValue, listOf } from "../../report/describe.js";
import { typeEffect } from "../../types/effect.js";
import { shortType } from "../../types/format.js";
import {
	type Case,
	causeText,
	classesText,
	compareSeverity,
	type DeltaRule,
	type Draft,
	type Effect,
	isStore,
	onlyPrograms,
	pairsOf,
	pathsText,
	subjectText,
	valueText,
	worst,
} from "../context.js";
import { memberNames } from "../fold-names.js";
import { failingJoins } from "../joins.js";
import { meetingOf } from "../meeting.js";
import { castsJson, keepsInstants, ormName, refusesToRead } from "../programs.js";
import { foldEquivalents } from "./judge.js";

export const typeMismatch: DeltaRule = {
	applies: (delta) => delta.aspect === "type" && (delta.kind === "column" || delta.kind === "domain"),
	judge(subject) {
		const { delta, decision, database } = subject;
		const what = subjectText(delta);
		if (delta.grade !== "different") {
			return {
				code: "type-equivalent",
				severity: "info",
				message: `${what} has one type in other words: ${spellings(delta.claims).join(", ")}`,
				why:
					delta.grade === "unstated"
						? "One source leaves the length or precision open."
						: "The types hold the same values.",
				help: "Nothing breaks. Write the same type everywhere if you want the sources to read alike.",
				consequences: [],
				fold: foldEquivalents(delta, database, spellings(delta.claims), "type"),
			};
		}
		const effects = pairsOf(subject).flatMap(({ program, store }) => {
			const effect = effectOf(program, store, subject);
			if (!effect) return [];
			const orm = ormName(database.adapterOf(program.source));
			return [
				{
					source: program.source,
					severity: effect.severity,
					text: `${orm} in ${database.pathOf(program.source)}: ${effect.text}`,
				},
			];
		});
		const fallback = storeEffect(delta.claims, decision.truth, delta.classes);
		const grave = [...effects, ...(effects.length === 0 || storesDiffer(subject) ? [fallback] : [])];
		const severity = worst(grave.map((effect) => effect.severity));
		return {
			code: "type-mismatch",
			severity: onlyPrograms(subject) && severity === "critical" ? "high" : severity,
			message: `${what} is ${classesText(subject)}`,
			why: (grave.find((effect) => effect.severity === severity) ?? fallback).text,
			help:
				decision.truth.length > 0
					? `Make it ${valueText(delta, decision.truth)} in ${pathsText(database, decision.deviating)}.`
					: "Decide which type is right, and change the others.",
			consequences: effects
				.filter((effect, at) => effects.findIndex(({ text }) => text === effect.text) === at)
				.map(({ source, text }) => ({ source, text })),
			fold: foldByTypes(subject),
		};
	},
};

/** Whether stores differ among themselves: what is written for one runs on the other, whatever the drivers of the models. */
function storesDiffer({ delta, database }: Case): boolean {
	const classes = delta.classes.filter((members) => members.some((source) => isStore(database, source)));
	return classes.length > 1;
}

function spellings(claims: readonly Claim[]): string[] {
	const texts = claims.flatMap((claim) =>
		claim.state === "value" ? [describeValue("column", "type", claim.value)] : [],
	);
	return [...new Set(texts)];
}

function typeIn(claim: Claim | undefined): TypeValue | undefined {
	const parsed = claim?.state === "value" ? typeValueSchema.safeParse(claim.value) : undefined;
	return parsed?.success ? parsed.data : undefined;
}

function effectOf(program: Claim, store: Claim, subject: Case): Effect | undefined {
	const ours = typeIn(program);
	const theirs = typeIn(store);
	if (!ours || !theirs) return undefined;
	const { database } = subject;
	if (theirs.name === "json" && ours.name === "jsonb" && castsJson(database.adapterOf(program.source))) {
		return { severity: "low", text: "the column is json: it casts it to compare, and no index helps" };
	}
	const isZoned = theirs.name === "timestamp with time zone" && ours.name === "timestamp without time zone";
	if (isZoned && keepsInstants(database.adapterOf(program.source))) {
		return {
			severity: "low",
			text: "the column has a time zone, its model none: values stay the same, but a migration generated from the model would change the column",
		};
	}
	const effect = typeEffect(
		ours,
		theirs,
		meetingOf(database, { source: program.source, type: ours }, { source: store.source, type: theirs }),
	);
	return worstOf([
		...(effect.severity === "critical"
			? [effect]
			: [effect, ...joinEffect(subject, program.source, store.source)]),
		...refusedFills(subject, program, theirs),
		...(refusesToRead(database.adapterOf(program.source), ours, theirs)
			? [{ severity: "critical" as const, text: refusedReads(theirs) }]
			: []),
	]);
}

/** Each of the two columns may hold what it holds: the database cannot compare them. */
function joinEffect({ delta, database }: Case, program: string, store: string): Effect[] {
	if (delta.kind !== "column" || delta.table === undefined) return [];
	const column = { table: delta.table, name: ownName(delta.address) };
	const failing = failingJoins(database, column, program, store);
	return failing.length > 0
		? [{ severity: "critical", text: `joins with ${listOf(failing, 3)} fail there (42883)` }]
		: [];
}

const refusedReads = (store: TypeValue): string =>
	`its client refuses every row with a value there (P2023): it gets ${shortType(store)} for what its model says`;

/** What the program fills in itself and the column's type does not have: no row can be inserted that leaves it to that. */
function refusedFills({ delta }: Case, program: Claim, store: TypeValue): Effect[] {
	const model = delta.entities.get(program.source);
	const filled = model && statedValue(model, "clientDefault");
	if (store.name !== "uuid" || typeof filled !== "string" || !/^(cuid|nanoid|ulid)\b/.test(filled)) return [];
	return [
		{
			severity: "critical",
			text: `it fills the column by ${filled}, which is no uuid: its INSERTs fail (22P02)`,
		},
	];
}

/** The gravest; what is equally grave is said together. */
function worstOf(effects: readonly Effect[]): Effect | undefined {
	const severity = worst(effects.map((effect) => effect.severity));
	const gravest = effects.filter((effect) => effect.severity === severity);
	return gravest.length === 0 ? undefined : { severity, text: gravest.map(({ text }) => text).join("; ") };
}

/** Columns whose types differ in the same way between the same sources have one cause: a mapping that was left out. */
function foldByTypes(subject: Case): NonNullable<Draft["fold"]> {
	const { delta, decision, database } = subject;
	const bare = delta.classes.map((members) => {
		const type = typeIn(delta.claims.find((claim) => members.includes(claim.source)));
		const { args: _, ...name } = type ?? { name: "?", dimensions: 0 };
		return {
			members,
			name: shortType(name),
			sized: type?.args !== undefined,
			paths: pathsText(database, members),
		};
	});
	const names = new Set(bare.map(({ name }) => name));
	if (names.size === 1) return foldByLength(subject);
	if (new Set([...names].map(squashed)).size === 1) return foldByNames(subject, bare);
	const truth = bare[delta.classes.indexOf(decision.truth)];
	const wrong = pathsText(database, decision.deviating);
	const cause = causeText(subject, (members) => {
		const side = bare.find((one) => one.members === members);
		return `${side?.name}${side?.sized ? "(…)" : ""}`;
	});
	return {
		key: cause,
		name: subjectText(delta),
		words: (members) => ({
			message: `${members.length} columns (${memberNames(members, 5)}) are ${cause}`,
			help: truth && !truth.sized ? `Make them ${truth.name} in ${wrong}.` : helpMany(subject),
		}),
	};
}

function helpMany({ decision, database }: Case): string {
	const { truth, deviating } = decision;
	return truth.length > 0
		? `Give them the types of ${pathsText(database, truth)} in ${pathsText(database, deviating)}.`
		: "Decide which types are right, and change the others.";
}

/** The same types with other lengths or precisions. */
function foldByLength(subject: Case): NonNullable<Draft["fold"]> {
	const { delta, decision } = subject;
	const first = decision.truth.length > 0 ? decision.truth : delta.classes[0];
	const cause = causeText(subject, (members) => (members === first ? "one length or precision" : "another"));
	return {
		key: cause,
		name: subjectText(subject.delta),
		words: (members) => ({
			message: `${members.length} columns (${memberNames(members, 5)}) have ${cause}`,
			help: helpMany(subject),
		}),
	};
}

/** A type's name without convention: `"AgentType"`, `agent_type` and `agenttype` are one. */
function squashed(name: string): string {
	return name.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}

/** Enum types that sources call by another convention: one cause, however many types. */
function foldByNames(
	{ delta }: Case,
	bare: readonly { readonly name: string; readonly paths: string }[],
): NonNullable<Draft["fold"]> {
	return {
		key: `names ${bare.map(({ paths }) => paths).join("|")}`,
		name: subjectText(delta),
		words: (members) => ({
			message: `${members.length} columns (${memberNames(members, 4)}) have types that are named by another convention: ${bare.map(({ name, paths }) => `${name} in ${paths}`).join(", ")}`,
		}),
	};
}

/** Sources without a program between them: what a program written for one meets on the other. */
function storeEffect(
	claims: readonly Claim[],
	truth: readonly string[],
	classes: readonly (readonly string[])[],
): Effect {
	const types = classes.flatMap((members) => {
		const type = typeIn(claims.find((claim) => members.includes(claim.source)));
		return type ? [{ type, right: truth.length === 0 || members === truth }] : [];
	});
	// Undecided: whichever is right, code written for the other meets it. The worst of these counts.
	const effects = types
		.filter(({ right }) => right)
		.flatMap((store) =>
			types
				.filter((program) => program !== store && (truth.length === 0 || !program.right))
				.map((program) => {
					const { severity, text } = typeEffect(program.type, store.type);
					const [ours, theirs] = [shortType(program.type), shortType(store.type)];
					return {
						severity,
						text: `code written for ${ours} meets this where the column is ${theirs}: ${withoutTypes(text)}`,
					};
				}),
		)
		.sort((a, b) => compareSeverity(a.severity, b.severity) || compareText(a.text, b.text));
	return effects[0] ?? { severity: "medium", text: `one column has ${count(classes.length, "type")}` };
}

/** The effect without the types that it begins with, for a sentence that has them already. */
function withoutTypes(text: string): string {
	return text.replace(/^(?:the column is|its) [^:]*: /, "");
}
