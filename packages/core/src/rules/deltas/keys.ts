/** Primary keys and unique constraints: their lack, and what they are on. */
import { type Claim, EXISTENCE } from "../../compare/claims.js";
import { isTexts, statedValue } from "../../matching/facts.js";
import { ownName } from "../../model/address.js";
import { type Entity, expressionValueSchema, type Json } from "../../model/snapshot.js";
import { tableLabel } from "../../report/describe.js";
import { type Case, classesText, type DeltaRule, type Effect, subjectText } from "../context.js";
import { foldByPresence, judge, presenceHelp, presenceText } from "./judge.js";

const tableText = ({ delta }: Case): string => tableLabel(delta.table ?? "");

/** `primary-key-mismatch`: a table's primary key is on other columns, or missing. */
export const primaryKeyMismatch: DeltaRule = {
	applies: (delta) =>
		delta.kind === "primaryKey" && (delta.aspect === EXISTENCE || delta.aspect === "columns"),
	judge: (subject) =>
		judge(subject, {
			code: "primary-key-mismatch",
			ofProgram: (program, store) =>
				program.state === "absent"
					? undefined
					: sameColumns(program, store)
						? {
								severity: "low",
								text: "the same columns are unique, in another order: only the key's index serves other searches",
							}
						: {
								severity: store.state === "absent" ? "high" : "critical",
								text: `it finds, updates and deletes rows by ${keyText(program)}, which the database does not keep unique: it may hit several rows, and upserts fail (42P10)`,
								many: "it finds, updates and deletes rows by their primary keys, which the database does not keep unique: it may hit several rows, and upserts fail (42P10)",
							},
			otherwise: () => ({
				severity: "high",
				text: "one database refuses rows as duplicates (23505) that the other accepts",
			}),
			message: (one) =>
				one.delta.aspect === EXISTENCE
					? presenceText(one, `the primary key of ${tableText(one)}`)
					: `the primary key of ${tableText(one)} is ${classesText(one)}`,
			...(subject.delta.aspect === EXISTENCE
				? {
						help: (one: Case) => presenceHelp(one, "the primary key"),
						helpMany: (one: Case) => presenceHelp(one, "the primary keys", "many"),
						fold: (one: Case) => foldByPresence(one, "primary keys", { name: tableText(one) }),
					}
				: {}),
		}),
};

/** Whether the keys differ only in the order of their columns. */
function sameColumns(a: Claim, b: Claim): boolean {
	const columns = (claim: Claim): string | undefined =>
		claim.state === "value" && Array.isArray(claim.value)
			? JSON.stringify([...claim.value].sort())
			: undefined;
	return columns(a) !== undefined && columns(a) === columns(b);
}

function keyText(claim: Claim): string {
	return claim.state === "value" && Array.isArray(claim.value)
		? `(${claim.value.join(", ")})`
		: "its primary key";
}

/** `unique-missing`: a unique constraint (or unique index) that some have and others lack. */
export const uniqueMissing: DeltaRule = {
	applies: (delta) => delta.kind === "unique" && delta.aspect === EXISTENCE,
	judge: (subject) =>
		judge(subject, {
			code: "unique-missing",
			ofProgram: programEffect,
			otherwise: () => ({
				severity: "high",
				text: `one database refuses duplicates of ${ownName(subject.delta.address)} (23505); the other accepts them, and ON CONFLICT on it fails there (42P10)`,
				many: "one database refuses duplicates (23505); the other accepts them, and ON CONFLICT fails there (42P10)",
			}),
			message: (one) => presenceText(one, `the unique constraint on ${subjectText(one.delta)}`),
			help: (one) => presenceHelp(one, "the unique constraint"),
			helpMany: (one) => presenceHelp(one, "the unique constraints", "many"),
			fold: (one) => foldByPresence(one, "unique constraints"),
		}),
};

function programEffect(program: Claim, _store: Claim, { delta }: Case): Effect {
	const key = ownName(delta.address);
	return program.state === "absent"
		? {
				severity: "low",
				text: `its model does not know that ${key} is unique: duplicates come back as errors (23505)`,
				many: "its model does not know that they are unique: duplicates come back as errors (23505)",
			}
		: {
				severity: "high",
				many: "upserts on them fail (42P10: no unique or exclusion constraint matches), and nothing keeps duplicates out",
				text: `upserts on ${key} fail (42P10: no unique or exclusion constraint matches), and nothing keeps duplicates out`,
			};
}

/** What else than uniqueness an upsert wants of its constraint (manual, "INSERT", ON CONFLICT): all rows, checked at once. */
export function upsertEffect(program: Claim, store: Claim, { delta }: Case): Effect | undefined {
	if (delta.kind !== "unique" || program.state !== "value" || store.state !== "value") return undefined;
	const key = ownName(delta.address);
	if (delta.aspect === "predicate" && program.value === null && store.value !== null) {
		const upserts = `upserts on ${key} fail (42P10: the unique index is one of some rows only)`;
		const unique = delta.entities.get(store.source);
		return unique && leavesOutNulls(unique, store.value)
			? { severity: "medium", text: upserts }
			: { severity: "high", text: `${upserts}, and rows outside its condition may repeat` };
	}
	const isChecked = (claim: Claim): boolean => claim.state === "value" && claim.value === "not deferrable";
	if (delta.aspect === "deferrable" && isChecked(program) && !isChecked(store)) {
		return {
			severity: "medium",
			text: `upserts on ${key} fail (55000: a deferrable constraint decides no conflict), and duplicates are refused later than its model says`,
		};
	}
	return undefined;
}

/** Whether the condition leaves out only rows that are unique by themselves: those with a NULL in the key. */
function leavesOutNulls(unique: Entity, predicate: Json): boolean {
	const parsed = expressionValueSchema.safeParse(predicate);
	const elements = statedValue(unique, "elements");
	if (!parsed.success || !isTexts(elements) || statedValue(unique, "nullsNotDistinct") === true) return false;
	return parsed.data.canonical.split(" AND ").every((part) => {
		const [, column] = /^\(*"?([^"()]+?)"? IS NOT NULL\)*$/.exec(part) ?? [];
		return column !== undefined && elements.includes(column);
	});
}
