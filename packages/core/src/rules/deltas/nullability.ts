/** `nullability-mismatch`: some say a column may be NULL, others that it may not. */
import type { Claim } from "../../compare/claims.js";
import { statedValue } from "../../matching/facts.js";
import { ownName, quoteIdentifier } from "../../model/address.js";
import {
	type Case,
	causeText,
	type DeltaRule,
	type Draft,
	type Effect,
	pathsText,
	subjectText,
} from "../context.js";
import { memberNames } from "../fold-names.js";
import { failsOnNull, ormName } from "../programs.js";
import { writesNull } from "../writes.js";
import { judge } from "./judge.js";

export const nullabilityMismatch: DeltaRule = {
	applies: (delta) => delta.aspect === "nullable",
	judge: (subject) =>
		judge(subject, {
			code: "nullability-mismatch",
			ofProgram: programEffect,
			otherwise: storesEffect,
			fold: foldBySides,
			help: (one) => helpOf(one, quoteIdentifier(ownName(one.delta.address))),
			helpMany: (one) => helpOf(one, "them"),
		}),
};

function helpOf({ delta, decision, database }: Case, name: string): string {
	if (decision.truth.length === 0) return "Decide whether NULL is allowed, and change the other.";
	const where = pathsText(database, decision.deviating);
	return delta.claims.some((claim) => decision.truth.includes(claim.source) && isNullable(claim))
		? `Make ${name} optional in ${where}; or, if no row may lack it, fill the NULLs and set NOT NULL in the database.`
		: `Make ${name} NOT NULL in ${where}.`;
}

const isNullable = (claim: Claim): boolean => claim.state === "value" && claim.value === true;

function programEffect(program: Claim, store: Claim, { delta, database }: Case): Effect {
	const name = quoteIdentifier(ownName(delta.address));
	if (isNullable(program)) {
		const fallback = delta.entities.get(store.source);
		const hasDefault = fallback && (statedValue(fallback, "default") ?? null) !== null;
		const model = delta.entities.get(program.source);
		const adapter = database.adapterOf(program.source);
		const view = database.views.find(({ id }) => id === program.source);
		if (hasDefault && model && writesNull(adapter, view, model)) {
			return {
				severity: "medium",
				text: `a row inserted without ${name} fails (23502): ${ormName(adapter)} writes NULL for it, and the database's default is not used`,
				many: `a row inserted without one of them fails (23502): ${ormName(adapter)} writes NULL for it, and the database's default is not used`,
			};
		}
		return {
			severity: hasDefault ? "low" : "medium",
			text: `writing NULL to ${name}, which its model allows, fails (23502)`,
			many: "writing NULL to one of them, which its model allows, fails (23502)",
		};
	}
	return failsOnNull(database.adapterOf(program.source))
		? {
				severity: "high",
				text: `reading a row whose ${name} is NULL fails: its model requires a value`,
				many: "reading a row in which one of them is NULL fails: its model requires a value",
			}
		: {
				severity: "medium",
				text: `a row whose ${name} is NULL gives it a NULL where its type promises a value`,
				many: "a row in which one of them is NULL gives it a NULL where its type promises a value",
			};
}

function storesEffect({ delta }: Case): Effect {
	const name = quoteIdentifier(ownName(delta.address));
	return {
		severity: "high",
		text: `one database refuses a row whose ${name} is NULL (23502), the other accepts it`,
		many: "one database refuses a row in which one of them is NULL (23502), the other accepts it",
	};
}

/** Columns on which the same sources say the same have one cause: one source leaves NOT NULL out throughout. */
function foldBySides(subject: Case): Draft["fold"] {
	const cause = causeText(subject);
	return {
		key: cause,
		name: subjectText(subject.delta),
		words: (members) => ({
			message: `${members.length} columns (${memberNames(members, 5)}) are ${cause}`,
		}),
	};
}
