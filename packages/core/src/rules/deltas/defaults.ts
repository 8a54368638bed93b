/** `default-mismatch`: sources give a column other defaults in the database. `default-equivalent`: other words, same effect. */
import type { Claim } from "../../compare/claims.js";
import { statedValue } from "../../matching/facts.js";
import { ownName, quoteIdentifier } from "../../model/address.js";
import { defaultValueSchema } from "../../model/snapshot.js";
import {
	type Case,
	causeText,
	claimText,
	classesText,
	type DeltaRule,
	type Draft,
	type Effect,
	pathsText,
	subjectText,
	valueText,
} from "../context.js";
import { memberNames } from "../fold-names.js";
import { losesKey, writesNull } from "../writes.js";
import { foldEquivalents, isToldByInserts, judge } from "./judge.js";

export const defaultMismatch: DeltaRule = {
	applies: (delta) => delta.aspect === "default",
	judge(subject) {
		if (isToldByInserts(subject)) return undefined;
		if (subject.delta.grade !== "different") return equivalent(subject);
		return judge(subject, {
			code: "default-mismatch",
			ofProgram: programEffect,
			otherwise: storesEffect,
			message: (one) => `${subjectText(one.delta)} has ${classesText(one)}`,
			help: helpOf,
			fold: foldByCause,
		});
	},
};

function equivalent({ delta, database }: Case): Draft {
	const texts = [...new Set(delta.claims.map((claim) => claimText(delta, claim)))];
	return {
		code: "default-equivalent",
		severity: "info" as const,
		message: `${subjectText(delta)} has one default in other words: ${texts.join(", ")}`,
		why: "They have the same effect.",
		help: "Nothing breaks. Write the same default everywhere if you want the sources to read alike.",
		consequences: [],
		fold: foldEquivalents(delta, database, texts, "default"),
	};
}

/** Columns that sources give defaults in the same way have one cause: one of them leaves `DEFAULT now()` out throughout. */
function foldByCause(subject: Case): NonNullable<Draft["fold"]> {
	const cause = causeText(subject);
	const { severity } = storesEffect(subject);
	return {
		key: `${severity} ${cause}`,
		name: subjectText(subject.delta),
		words: (members) => ({
			message: `${members.length} columns (${memberNames(members, 5)}) have ${cause}`,
		}),
	};
}

const defaultIn = (claim: Claim) => {
	const parsed = claim.state === "value" ? defaultValueSchema.safeParse(claim.value) : undefined;
	return parsed?.success ? parsed.data : undefined;
};

function programEffect(program: Claim, store: Claim, subject: Case): Effect {
	const { delta } = subject;
	const name = quoteIdentifier(ownName(delta.address));
	const theirs = defaultIn(store);
	const ours = defaultIn(program);
	const model = delta.entities.get(program.source);
	const filled = model ? statedValue(model, "clientDefault") : undefined;
	if (theirs === null && ours?.is !== "sequence" && typeof filled === "string") {
		return {
			severity: "low",
			text: `it fills ${name} itself (${filled}); INSERTs that do not go through the model get no ${claimText(delta, program)}`,
			many: `it fills them itself (${filled}); INSERTs that do not go through the model get no ${claimText(delta, program)}`,
		};
	}
	if (theirs === null) {
		const column = delta.entities.get(store.source);
		return column && statedValue(column, "nullable") === false
			? {
					severity: ours?.is === "sequence" ? "critical" : "high",
					text: `an INSERT that leaves ${name} to the default fails (23502): the database has none`,
					many: "an INSERT that leaves one of them to the default fails (23502): the database has none",
				}
			: {
					severity: "medium",
					text: `a row inserted without ${name} gets NULL, where its model says ${claimText(delta, program)}`,
					many: `a row inserted without them gets NULL, where its model says ${claimText(delta, program)}`,
				};
	}
	if (ours === null) {
		const unknown = `its model does not know the database's ${claimText(delta, store)}`;
		return { severity: "low", text: `${unknown}${instead(program, store, subject)}` };
	}
	return {
		severity: "medium",
		text: `the database gives a row without ${name} the ${claimText(delta, store)}, where its model says ${claimText(delta, program)}`,
		many: `the database gives a row without them the ${claimText(delta, store)}, where its model says ${claimText(delta, program)}`,
	};
}

/** What the ORM writes where the database has a default; that NULL is refused is told of the column's nullability. */
function instead(program: Claim, store: Claim, { delta, database }: Case): string {
	const model = delta.entities.get(program.source);
	const real = delta.entities.get(store.source);
	const view = database.views.find(({ id }) => id === program.source);
	const adapter = database.adapterOf(program.source);
	if (!model || !real) return "";
	if (losesKey(adapter, view, model)) {
		return ": saving an object without a key fails (FlushError), as it does not ask the database which it gave";
	}
	if (!writesNull(adapter, view, model)) return "";
	if (statedValue(real, "nullable") !== false) return ": a row inserted without a value gets NULL instead";
	return statedValue(model, "nullable") === false
		? ": it writes NULL in its place, and a row without a value is refused (23502)"
		: "";
}

function helpOf({ delta, decision, database }: Case): string {
	const { truth, deviating } = decision;
	if (truth.length === 0) return "Decide which default is right, and change the other.";
	const right = valueText(delta, truth);
	const where = pathsText(database, deviating);
	return right === "no default" ? `Remove the default in ${where}.` : `Write ${right} in ${where}.`;
}

function storesEffect(subject: Case): Effect {
	const { delta } = subject;
	const name = quoteIdentifier(ownName(delta.address));
	const without = delta.claims.filter((claim) => defaultIn(claim) === null);
	const fails = without.some((claim) => {
		const column = delta.entities.get(claim.source);
		return column !== undefined && statedValue(column, "nullable") === false;
	});
	return fails
		? {
				severity: "high",
				text: `an INSERT without ${name} works on one database and fails on the other (23502)`,
				many: "an INSERT without them works on one database and fails on the other (23502)",
			}
		: {
				severity: "medium",
				text: `an INSERT without ${name} leaves one value on one database and another on the other`,
				many: "an INSERT without them leaves one value on one database and another on the other",
			};
}
