/** `enum-labels`: an enum type has other labels, or another order. */
import type { Claim } from "../../compare/claims.js";
import { isTexts } from "../../matching/facts.js";
import { listOf } from "../../report/describe.js";
import {
	type Case,
	type DeltaRule,
	deviatingStores,
	type Effect,
	pathsText,
	subjectText,
} from "../context.js";
import { judge } from "./judge.js";

export const enumLabels: DeltaRule = {
	applies: (delta) => delta.kind === "enum" && delta.aspect === "labels",
	judge: (subject) =>
		judge(subject, {
			code: "enum-labels",
			ofProgram: programEffect,
			otherwise: storesEffect,
			message: messageOf,
			help: ({ decision, database }) =>
				decision.truth.length > 0
					? `Use the labels of ${pathsText(database, decision.truth)} in ${pathsText(database, decision.deviating)}${deviatingStores(subject).length > 0 ? "; ALTER TYPE … ADD VALUE adds one" : ""}.`
					: "Decide which labels are right, and change the others.",
		}),
};

const labelsOf = (claim: Claim | undefined): readonly string[] =>
	claim?.state === "value" && isTexts(claim.value) ? claim.value : [];

const without = (labels: readonly string[], other: readonly string[]): string[] =>
	labels.filter((label) => !other.includes(label));

const quoted = (labels: readonly string[]): string => listOf(labels.map((label) => `'${label}'`));

function programEffect(program: Claim, store: Claim): Effect {
	const extra = without(labelsOf(program), labelsOf(store));
	const unknown = without(labelsOf(store), labelsOf(program));
	const texts = [
		extra.length > 0 ? `writing ${quoted(extra)} fails (22P02)` : "",
		unknown.length > 0
			? `its model does not know ${quoted(unknown)}: rows with such a label break its reads, or pass for values outside its type`
			: "",
	].filter(Boolean);
	return texts.length > 0
		? { severity: "high", text: texts.join("; ") }
		: // ORMs neither set nor compare the order: their own tools call such a database in sync.
			{ severity: "info", text: "the labels sort in another order" };
}

function storesEffect({ delta }: Case): Effect {
	const sets = new Set(delta.claims.map((claim) => [...labelsOf(claim)].sort().join("\n")));
	return sets.size > 1
		? { severity: "high", text: "one database refuses a label that the other accepts (22P02)" }
		: { severity: "low", text: "the labels sort in another order" };
}

function messageOf({ delta, decision, database }: Case): string {
	const reference = decision.truth.length > 0 ? decision.truth : (delta.classes[0] ?? []);
	const truth = labelsOf(delta.claims.find((claim) => reference.includes(claim.source)));
	const parts = delta.classes
		.filter((members) => members !== reference)
		.map((members) => {
			const own = labelsOf(delta.claims.find((claim) => members.includes(claim.source)));
			const more = without(own, truth);
			const less = without(truth, own);
			const isOne = members.length === 1;
			const words = [
				more.length > 0 ? `also ${isOne ? "has" : "have"} ${quoted(more)}` : "",
				less.length > 0 ? `${isOne ? "lacks" : "lack"} ${quoted(less)}` : "",
			].filter(Boolean);
			return `${pathsText(database, members)} ${words.join(" and ") || `${isOne ? "has" : "have"} them in another order`}`;
		});
	return `enum ${subjectText(delta)}: ${parts.join("; ")}, compared with ${pathsText(database, reference)}`;
}
