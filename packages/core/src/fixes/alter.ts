/** The statements that change a thing that is there into what is held to be true. */
import type { Delta } from "../compare/compare.js";
import { isTexts, referenceIn, statedValue } from "../matching/facts.js";
import { isInPrimaryKey, type SourceView } from "../matching/view.js";
import { ownName, parseAddress, qualifiedName } from "../model/address.js";
import type { Entity } from "../model/snapshot.js";
import { shortType } from "../types/format.js";
import { conversion, defaultOf, typeOf } from "./column.js";
import { sqlName, sqlTable, sqlTableOf } from "./identifiers.js";
import { columnsOf, constraintText } from "./structure.js";

/** `undefined` where that is not certain. `view`: the source that is to change, which has `wrong`. */
export function altered(delta: Delta, view: SourceView, right: Entity, wrong: Entity): string[] | undefined {
	switch (delta.kind) {
		case "column":
			return alteredColumn(delta, view, right, wrong);
		case "foreignKey":
			return ["onDelete", "onUpdate"].includes(delta.aspect)
				? remade(delta.table ?? "", delta.aspect, right, wrong)
				: undefined;
		case "enum":
			return delta.aspect === "labels" ? moreLabels(right, wrong) : undefined;
		default:
			return undefined;
	}
}

function alteredColumn(
	{ table = "", aspect }: Delta,
	view: SourceView,
	right: Entity,
	wrong: Entity,
): string[] | undefined {
	const isGenerated = [right, wrong].some((one) => (statedValue(one, "generated") ?? null) !== null);
	if (isGenerated) return undefined;
	const own = ownName(wrong.address);
	const alter = `ALTER TABLE ${sqlTableOf(table)} ALTER COLUMN ${sqlName(own)}`;
	if (aspect === "nullable") {
		if (statedValue(right, "nullable") === false) return [`${alter} SET NOT NULL;`];
		return isInPrimaryKey(view, table, own) ? undefined : [`${alter} DROP NOT NULL;`];
	}
	const [to, from] = [defaultOf(right), defaultOf(wrong)];
	if (aspect === "default") {
		if (to === undefined || to?.is === "sequence" || from?.is === "sequence") return undefined;
		return [to === null ? `${alter} DROP DEFAULT;` : `${alter} SET DEFAULT ${to.sql};`];
	}
	const [type, before] = [typeOf(right), typeOf(wrong)];
	if (aspect !== "type" || !type || !before) return undefined;
	// A key and what refers to it change together or not at all, and so does a default that was made for the old type.
	const isOther = type.name !== before.name;
	if (isOther && (from !== null || isInForeignKey(view, table, own))) return undefined;
	const using = conversion(before, type, sqlName(own));
	return using === undefined ? undefined : [`${alter} TYPE ${shortType(type)}${using};`];
}

/** Whether the column refers to another, or another to it. */
function isInForeignKey(view: SourceView, table: string, column: string): boolean {
	return [...view.children].some(([owner, entities]) =>
		entities.some((entity) => {
			if (entity.kind !== "foreignKey") return false;
			if (owner === table && columnsOf(entity)?.includes(column)) return true;
			const reference = referenceIn(statedValue(entity, "references"));
			return (
				reference !== undefined &&
				qualifiedName(reference.schema, reference.table) === table &&
				reference.columns.includes(column)
			);
		}),
	);
}

/**
 * A foreign key's actions cannot be altered: it is made anew, under the name that it has. Not without an action where it had
 * one: that the truth has none may have been forgotten.
 */
function remade(table: string, aspect: string, right: Entity, wrong: Entity): string[] | undefined {
	if (statedValue(right, aspect) === "no action") return undefined;
	const name = statedValue(wrong, "name");
	const kept = wrong.facts.name;
	const text = kept && constraintText({ ...right, facts: { ...right.facts, name: kept } });
	if (typeof name !== "string" || text === undefined) return undefined;
	const alter = `ALTER TABLE ${sqlTableOf(table)}`;
	return [`${alter} DROP CONSTRAINT ${sqlName(name)};`, `${alter} ADD ${text};`];
}

/** Labels are added in their places; none can be taken away. */
function moreLabels(right: Entity, wrong: Entity): string[] | undefined {
	const [wanted, there] = [statedValue(right, "labels"), statedValue(wrong, "labels")];
	if (!isTexts(wanted) || !isTexts(there)) return undefined;
	const kept = wanted.filter((label) => there.includes(label));
	if (kept.join("\n") !== there.join("\n")) return undefined;
	const { parts } = parseAddress(wrong.address);
	const type = sqlTable(parts[0] ?? "", parts[1] ?? "");
	return wanted.flatMap((label, at) => {
		if (there.includes(label)) return [];
		const next = wanted.slice(at + 1).find((other) => there.includes(other));
		return [
			`ALTER TYPE ${type} ADD VALUE ${literal(label)}${next === undefined ? "" : ` BEFORE ${literal(next)}`};`,
		];
	});
}

/** The text as a constant. */
export function literal(text: string): string {
	return text.includes("\\")
		? `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`
		: `'${text.replaceAll("'", "''")}'`;
}
