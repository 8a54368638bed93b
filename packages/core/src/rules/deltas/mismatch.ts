/** `<kind>-mismatch`: every aspect that has no rule of its own. `name-differs` and its like: what is cosmetic, never above info. */
import { aspectDefinition, type Kind, kindDefinition } from "../../model/kinds.js";
import type { Severity } from "../../model/snapshot.js";
import { listOf } from "../../report/describe.js";
import type { RuleCode } from "../catalogue.js";
import {
	type Case,
	claimText,
	classesText,
	type DeltaRule,
	type Draft,
	pathsText,
	subjectText,
} from "../context.js";
import { memberNames } from "../fold-names.js";
import { isToldByInserts, judge } from "./judge.js";
import { upsertEffect } from "./keys.js";
import { meaningOf } from "./meanings.js";

/** How grave a difference in a kind's other aspects is, unless said otherwise. */
const GRAVITY: Partial<Record<Kind, Severity>> = {
	index: "low",
	sequence: "low",
	extension: "low",
	policy: "high",
	check: "medium",
	unique: "medium",
};

const ASPECT_GRAVITY: Readonly<Record<string, Severity>> = {
	"unique.deferrable": "low",
	"foreignKey.deferrable": "low",
	"foreignKey.match": "low",
	"foreignKey.validated": "low",
	"check.validated": "low",
	"column.generated": "high",
	"column.collation": "low",
	"table.rowSecurity": "high",
};

const CODES: Record<Kind, RuleCode> = {
	schema: "detail-differs",
	extension: "detail-differs",
	table: "table-mismatch",
	column: "column-mismatch",
	primaryKey: "primary-key-mismatch",
	unique: "unique-mismatch",
	foreignKey: "foreign-key-mismatch",
	index: "index-mismatch",
	check: "check-mismatch",
	exclusion: "exclusion-mismatch",
	enum: "enum-labels",
	domain: "type-definition-mismatch",
	composite: "type-definition-mismatch",
	range: "type-definition-mismatch",
	view: "view-mismatch",
	sequence: "sequence-mismatch",
	function: "function-mismatch",
	trigger: "trigger-mismatch",
	policy: "policy-mismatch",
};

const COSMETIC_CODES: Readonly<Record<string, RuleCode>> = {
	name: "name-differs",
	comment: "comment-differs",
	backing: "backing-differs",
};

const EQUIVALENT_CODES: Readonly<Record<string, RuleCode>> = {
	type: "type-equivalent",
	default: "default-equivalent",
};

/** Kinds whose names are written by tools, so that another name says nothing. */
export const cosmeticDifference: DeltaRule = {
	applies: (delta) => aspectDefinition(delta.kind, delta.aspect)?.weight === "cosmetic",
	judge(subject): Draft {
		const { delta } = subject;
		const label = aspectDefinition(delta.kind, delta.aspect)?.label ?? delta.aspect;
		return {
			code: COSMETIC_CODES[delta.aspect] ?? "detail-differs",
			severity: "info",
			message: `the ${label} of the ${kindDefinition(delta.kind).label} ${subjectText(delta)} is ${classesText(subject)}`,
			why: "Nothing breaks at run time.",
			help: "Align it where you want the sources to read alike.",
			consequences: [],
			fold: foldCosmetics(subject, label),
		};
	},
};

export const otherMismatch: DeltaRule = {
	applies: () => true,
	judge(subject) {
		const { delta } = subject;
		const label = aspectDefinition(delta.kind, delta.aspect)?.label ?? delta.aspect;
		const kind = kindDefinition(delta.kind).label;
		if (delta.grade !== "different") {
			const texts = [...new Set(delta.claims.map((claim) => claimText(delta, claim)))];
			return {
				code: EQUIVALENT_CODES[delta.aspect] ?? "expression-equivalent",
				severity: "info",
				message: `the ${label} of the ${kind} ${subjectText(delta)} is written in other words: ${texts.join(", ")}`,
				why: "They have the same effect.",
				help: "Nothing breaks.",
				consequences: [],
			};
		}
		if (delta.aspect === "generated" && isToldByInserts(subject)) return undefined;
		const severity = ASPECT_GRAVITY[`${delta.kind}.${delta.aspect}`] ?? GRAVITY[delta.kind] ?? "medium";
		const meaning = meaningOf(delta.kind, delta.aspect, label);
		return judge(subject, {
			code: CODES[delta.kind],
			ofProgram: (program, store) =>
				upsertEffect(program, store, subject) ?? { severity, text: meaning.ofProgram },
			otherwise: () => ({ severity, text: meaning.between, ...(meaning.many ? { many: meaning.many } : {}) }),
			message: (one) =>
				delta.aspect === "validated"
					? `the ${kind} on ${subjectText(delta)} is ${classesText(one)}`
					: `the ${label} of the ${kind} ${subjectText(delta)} is ${classesText(one)}`,
			...(delta.kind === "function" ? { fold: foldFunctions } : {}),
			...(`${delta.kind}.${delta.aspect}` === "table.rowSecurity" ? { fold: foldRowSecurity } : {}),
		});
	},
};

function foldCosmetics({ delta, database }: Case, label: string): NonNullable<Draft["fold"]> {
	const sides = delta.classes.map((members) => pathsText(database, members));
	return {
		key: sides.join("|"),
		words: (members) => ({
			message: `${members.length} things differ in their ${label} between ${listOf(sides, 3)}`,
		}),
	};
}

/** Functions that the same sources write differently: one definition has fallen behind the other. */
function foldFunctions({ delta, database }: Case): Draft["fold"] {
	return {
		key: delta.classes.map((members) => members.join()).join("|"),
		name: subjectText(delta),
		words: (members) => ({
			message: `${members.length} functions (${listOf(
				[...new Set(members.map((member) => member.fold?.name ?? ""))],
				4,
			)}) differ between ${delta.classes.map((sources) => pathsText(database, sources)).join(" and ")}`,
		}),
	};
}

/** Tables that the same sources protect and the same others do not: row-level security was left out as a whole. */
function foldRowSecurity(subject: Case): Draft["fold"] {
	const said = classesText(subject);
	return {
		key: said,
		name: subjectText(subject.delta),
		words: (members) => ({
			message: `the row-level security of ${members.length} tables (${memberNames(members, 5)}) is ${said}`,
		}),
	};
}
