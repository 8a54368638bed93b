/** `index-duplicate` and `index-redundant`: every write keeps an index that no query needs. */
import { identifier, identifiers } from "../../../expression/identifier.js";
import type { SourceView } from "../../../matching/view.js";
import { parseAddress, quoteIdentifier } from "../../../model/address.js";
import { count, tableLabel } from "../../../report/describe.js";
import { type DatabaseContext, isStore } from "../../context.js";
import { memberNames } from "../../fold-names.js";
import type { Located } from "../../located.js";
import {
	elementsText,
	isConstraintBacked,
	isSame,
	leads,
	nameOf,
	type Structure,
	structuresOf,
} from "./structures.js";
import { judgedView, ownDefect, ownTables, sqlTable } from "./subject.js";

export function inspectIndexes(database: DatabaseContext): Located[] {
	const view = judgedView(database);
	if (!view) return [];
	return ownTables(view).flatMap(([table]) => {
		const structures = structuresOf(view, table);
		return structures.flatMap((one, at) => {
			const twin = structures.slice(0, at).find((other) => isDuplicate(one, other));
			if (twin) return [duplicate(database, view, table, one, twin)];
			const wider = structures.find((other) => other !== one && isCovered(one, other));
			return wider ? [redundant(database, view, table, one, wider)] : [];
		});
	});
}

/** Whether `one` does nothing that `other`, which is of its kind and the stronger or the earlier, does not do. */
function isDuplicate(one: Structure, other: Structure): boolean {
	const alike = one.kind === "index" ? other.kind === "index" : one.rules === other.rules;
	return alike && isSame(one, other);
}

/** Whether the plain index `one` holds no more than the first elements of `other`. */
function isCovered(one: Structure, other: Structure): boolean {
	if (one.kind !== "index") return false;
	const shorter = one.elements.length < other.elements.length || other.kind !== "index";
	return shorter && one.include.every((column) => other.include.includes(column)) && leads(one, other);
}

/** `index users_email_idx`, `the primary key`, `unique constraint users_email_key`. */
function labelOf(structure: Structure): string {
	if (structure.kind === "primary key") return "the primary key";
	const name = nameOf(structure);
	const unique = isConstraintBacked(structure) ? "unique constraint" : "unique index";
	const noun = structure.kind === "unique" ? unique : "index";
	return name === undefined ? `the ${noun}` : `${noun} ${quoteIdentifier(name)}`;
}

function claimText(structure: Structure): string {
	const name = structure.kind === "primary key" ? "primary key" : (nameOf(structure) ?? structure.kind);
	return `${name} ${elementsText(structure)}`;
}

function memberName(table: string, structure: Structure): string {
	const name = nameOf(structure);
	return name === undefined ? `${tableLabel(table)} ${elementsText(structure)}` : quoteIdentifier(name);
}

function duplicate(
	database: DatabaseContext,
	view: SourceView,
	table: string,
	one: Structure,
	twin: Structure,
): Located {
	const text = elementsText(one);
	const again = text === elementsText(twin) ? "once more" : "read backwards";
	return {
		...common(database, view, table, one, twin),
		code: "index-duplicate",
		severity: "info",
		message: `${labelOf(one)} on ${tableLabel(table)} is ${labelOf(twin)} ${again}: ${text}`,
		why: "Every write keeps both, and no query is faster for it.",
		fold: {
			key: view.id,
			name: memberName(table, one),
			words: (members) => ({
				message: `${count(members.length, "index", "indexes")} (${memberNames(members, 4)}) repeat another one of the same table`,
				why: "Every write keeps both, and no query is faster for it.",
				help: "Drop the repeated ones.",
			}),
		},
	};
}

function redundant(
	database: DatabaseContext,
	view: SourceView,
	table: string,
	one: Structure,
	wider: Structure,
): Located {
	const isWhole = one.elements.length === wider.elements.length;
	return {
		...common(database, view, table, one, wider),
		code: "index-redundant",
		severity: "info",
		message: isWhole
			? `${labelOf(one)} on ${tableLabel(table)} is on the columns of ${labelOf(wider)}: ${elementsText(one)}`
			: `${labelOf(one)} on ${tableLabel(table)} ${elementsText(one)} is the beginning of ${labelOf(wider)} ${elementsText(wider)}`,
		why: isWhole
			? "What the one finds the other finds too; every write keeps both."
			: "What the shorter one finds the longer one finds too, if from a somewhat larger index; every write keeps both.",
		fold: {
			key: view.id,
			name: memberName(table, one),
			words: (members) => ({
				message: `${count(members.length, "index", "indexes")} (${memberNames(members, 4)}) are covered by another index or key of their table`,
				why: "What they find the other one finds too; every write keeps both.",
				help: "Drop them, save those that queries need for being smaller: pg_stat_user_indexes counts their uses.",
			}),
		},
	};
}

function common(
	database: DatabaseContext,
	view: SourceView,
	table: string,
	one: Structure,
	other: Structure,
): Omit<Located, "code" | "severity" | "message" | "why" | "fold"> {
	const name = nameOf(one);
	const [schema = ""] = parseAddress(one.entity.address).parts;
	const isConstraint = one.kind === "unique" && isConstraintBacked(one);
	const drop = !isStore(database, view.id)
		? `Take it out of ${database.pathOf(view.id)}.`
		: name === undefined
			? "Drop it."
			: isConstraint
				? `ALTER TABLE ${sqlTable(table)} DROP CONSTRAINT ${identifier(name)}.`
				: `DROP INDEX ${identifiers(schema === "public" ? [name] : [schema, name])}.`;
	return {
		help: drop,
		...ownDefect(database, view, table, [claimText(one), one.entity.at], [claimText(other), other.entity.at]),
		kind: one.entity.kind,
		aspect: "elements",
		subject: `${one.entity.address} ${other.entity.address} ${name ?? ""}`,
	};
}
