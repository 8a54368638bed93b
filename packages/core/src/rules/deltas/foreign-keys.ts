/** Foreign keys: their lack, what they point to, and what happens on delete and update. */
import { type Claim, EXISTENCE } from "../../compare/claims.js";
import { statedValue } from "../../matching/facts.js";
import { ownName, qualifiedName } from "../../model/address.js";
import { tableLabel } from "../../report/describe.js";
import {
	type Case,
	causeText,
	classesText,
	type DeltaRule,
	type Effect,
	isStore,
	pathsText,
	runText,
	subjectText,
	valueText,
} from "../context.js";
import { memberNames } from "../fold-names.js";
import { foldByPresence, judge, presenceHelp, presenceText } from "./judge.js";

const keyText = ({ delta }: Case): string =>
	`foreign key on ${tableLabel(delta.table ?? "")} ${ownName(delta.address)}`;

/** `foreign-key-missing`. */
export const foreignKeyMissing: DeltaRule = {
	applies: (delta) => delta.kind === "foreignKey" && delta.aspect === EXISTENCE,
	judge: (subject) =>
		judge(subject, {
			code: "foreign-key-missing",
			ofProgram: (program) =>
				program.state === "absent"
					? {
							severity: "low",
							text: "its model does not know the reference: a row that points nowhere comes back as an error (23503)",
							many: "its model does not know the references: a row that points nowhere comes back as an error (23503)",
						}
					: {
							severity: "medium",
							text: "it relies on a reference that the database does not check: orphaned rows appear, and cascades do not happen",
							many: "it relies on references that the database does not check: orphaned rows appear, and cascades do not happen",
						},
			otherwise: () => ({
				severity: "medium",
				text: "one database refuses orphaned rows (23503), the other accepts them",
			}),
			message: (one) => presenceText(one, `the ${keyText(one)}`),
			help: (one) => presenceHelp(one, "the foreign key"),
			helpMany: (one) => presenceHelp(one, "the foreign keys", "many"),
			fold: (one) => foldByPresence(one, "foreign keys"),
		}),
};

/** `foreign-key-target`: the same columns point elsewhere. */
export const foreignKeyTarget: DeltaRule = {
	applies: (delta) => delta.kind === "foreignKey" && ["references", "columns"].includes(delta.aspect),
	judge: (subject) =>
		judge(subject, {
			code: "foreign-key-target",
			ofProgram: (program, store) =>
				leadsOn(subject, program, store)
					? {
							severity: "medium",
							text: "what its model refers to refers in turn to what the database checks: a row may stand without the one in between, and joins do not find it",
						}
					: {
							severity: "high",
							text: `it joins and inserts by another reference than ${runText(subject.database, [store.source])} checks: inserts fail (23503) and joins find the wrong rows`,
						},
			otherwise: () => ({
				severity: "high",
				text: "rows that satisfy one reference violate the other (23503)",
			}),
			message: (one) => `the ${keyText(one)} references ${classesText(one)}`,
		}),
};

/**
 * Whether what the program refers to is itself, by a foreign key of the store, what the store refers to: a table of
 * profiles that shares its keys with the platform's table of users.
 */
function leadsOn({ database, delta }: Case, program: Claim, store: Claim): boolean {
	if (delta.aspect !== "references" || program.state !== "value" || store.state !== "value") return false;
	const near = asReference(program.value);
	const far = asReference(store.value);
	const view = database.views.find(({ id }) => id === store.source);
	if (!near || !far || !view) return false;
	return (view.children.get(qualifiedName(near.schema, near.table)) ?? []).some((entity) => {
		const reference = asReference(statedValue(entity, "references"));
		return (
			entity.kind === "foreignKey" &&
			isEqual(statedValue(entity, "columns"), near.columns) &&
			reference !== undefined &&
			isEqual(reference, far)
		);
	});
}

interface Reference {
	readonly schema: string;
	readonly table: string;
	readonly columns: readonly unknown[];
}

function asReference(value: unknown): Reference | undefined {
	if (typeof value !== "object" || value === null) return undefined;
	if (!("schema" in value && "table" in value && "columns" in value)) return undefined;
	const { schema, table, columns } = value;
	return typeof schema === "string" && typeof table === "string" && Array.isArray(columns)
		? { schema, table, columns }
		: undefined;
}

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** `foreign-key-action`: ON DELETE or ON UPDATE differ. */
export const foreignKeyAction: DeltaRule = {
	applies: (delta) => delta.kind === "foreignKey" && ["onDelete", "onUpdate"].includes(delta.aspect),
	judge: (subject) =>
		judge(subject, {
			code: "foreign-key-action",
			ofProgram: (program, store) => actionEffect(program, store, subject),
			otherwise: (one) => ({
				severity: one.delta.aspect === "onDelete" ? "high" : "low",
				text: `${verbOf(one)} a referenced row ${outcomesText(one)}`,
			}),
			help: (one) => helpOf(one, "it"),
			helpMany: (one) => helpOf(one, "them"),
			message: (one) => `${clauseOf(one)} of the ${keyText(one)} is ${classesText(one)}`,
			fold: (one) => ({
				key: `${one.delta.aspect} ${causeText(one)}`,
				name: subjectText(one.delta),
				words: (members) => ({
					message: `${clauseOf(one)} of ${members.length} foreign keys (${memberNames(members, 5)}) is ${causeText(one)}`,
				}),
			}),
		}),
};

const clauseOf = ({ delta }: Case): string => (delta.aspect === "onDelete" ? "ON DELETE" : "ON UPDATE");

/** What happens on whose database: "is refused on the database of prod.sql, removes the rows that refer to it on …". */
function outcomesText({ delta, decision, database }: Case): string {
	const sorted = [...delta.classes].sort(
		(a, b) => Number(b === decision.truth) - Number(a === decision.truth),
	);
	return sorted
		.flatMap((members) => {
			const claim = delta.claims.find(({ source }) => members.includes(source));
			const stores = members.filter((source) => isStore(database, source));
			const action = claim?.state === "value" ? String(claim.value) : "no action";
			return stores.length === 0
				? []
				: [`${OUTCOMES[action] ?? `does ${action}`} on ${runText(database, stores)}`];
		})
		.join(" and ");
}

/** That the truth has no action may have been decided or forgotten. */
function helpOf(subject: Case, it: "it" | "them"): string {
	const { delta, decision, database } = subject;
	if (decision.truth.length === 0) return "Decide which is right, and change the other.";
	const where = pathsText(database, decision.deviating);
	const [store = ""] = decision.truth;
	const make = `Make ${it} ${valueText(delta, decision.truth)} in ${where}`;
	return valueText(delta, decision.truth) === "no action" && isStore(database, store)
		? `${make}; or, if ${where} says what is meant to happen, change ${database.pathOf(store)}.`
		: `${make}.`;
}

const OUTCOMES: Readonly<Record<string, string>> = {
	"no action": "is refused (23503)",
	restrict: "is refused (23503)",
	cascade: "is passed on to the rows that refer to it",
	"set null": "empties the references to it",
	"set default": "sets the references to their default",
};

const verbOf = ({ delta }: Case): string =>
	delta.aspect === "onDelete" ? "deleting" : "changing the key of";

function actionEffect(program: Claim, store: Claim, subject: Case): Effect {
	const verb = verbOf(subject);
	const expected = program.state === "value" ? String(program.value) : "no action";
	const real = store.state === "value" ? String(store.value) : "no action";
	// Keys are rarely changed: a difference in ON UPDATE is seldom felt.
	const grave = subject.delta.aspect === "onDelete";
	// RESTRICT and NO ACTION differ in when they are checked only (manual, "Foreign Keys").
	if (blocks(real) && blocks(expected)) {
		return {
			severity: "low",
			text: `${real} and ${expected} both refuse ${verb} a referenced row; they differ in when it is checked`,
		};
	}
	if (blocks(real)) {
		return {
			severity: grave ? "high" : "low",
			text: `${verb} a referenced row is refused (23503), where its model counts on ${expected}`,
		};
	}
	return {
		severity: grave ? (blocks(expected) ? "medium" : "high") : "low",
		text: `${verb} a referenced row does ${real} in the database, where its model counts on ${expected}`,
	};
}

function blocks(action: string): boolean {
	return action === "no action" || action === "restrict";
}
