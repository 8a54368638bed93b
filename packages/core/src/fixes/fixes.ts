/**
 * The statements that make a definition or database say what is held to be true, where it is certain which they are.
 * Nothing that loses data: nothing is dropped but what is made anew at once.
 */
import { EXISTENCE } from "../compare/claims.js";
import { isTexts, statedValue } from "../matching/facts.js";
import type { SourceView } from "../matching/view.js";
import { ownName, parseAddress } from "../model/address.js";
import type { Entity } from "../model/snapshot.js";
import type { Fix } from "../report/report.js";
import { type Case, isStore } from "../rules/context.js";
import { altered, literal } from "./alter.js";
import { columnText } from "./column.js";
import { sqlName, sqlTable, sqlTableOf } from "./identifiers.js";
import { columnsOf, constraintText, indexText } from "./structure.js";
import { tableText } from "./table.js";

/** One for each definition and database that deviates; none where nothing is decided, or it is not certain what to do. */
export function fixesOf(subject: Case): Fix[] {
	const { delta, decision, database } = subject;
	if (delta.grade !== "different" || decision.truth.length === 0) return [];
	const truth = database.views.find(({ id }) => decision.truth.includes(id) && delta.entities.has(id));
	const right = truth && delta.entities.get(truth.id);
	// What is not there according to the truth would have to be dropped.
	if (!truth || !right) return [];
	return decision.deviating.flatMap((source) => {
		const view = database.views.find(({ id }) => id === source);
		if (!view || !isStore(database, source)) return [];
		const wrong = delta.entities.get(source);
		const sql = wrong ? altered(delta, view, right, wrong) : added(subject, view, truth, right);
		const isSure =
			sql !== undefined && sql.length > 0 && ![source, truth.id].some((id) => isRenamed(subject, id, sql));
		return isSure ? [{ source, sql }] : [];
	});
}

/** Whether the source calls something otherwise that the statements name: the common names are not what it understands. */
function isRenamed({ delta, database }: Case, source: string, sql: readonly string[]): boolean {
	const names = (name: string): boolean => sql.some((statement) => statement.includes(sqlName(name)));
	return (
		database.renames.some((one) => one.source === source && one.table === delta.table && names(one.name)) ||
		database.tableRenames.some((one) => one.source === source)
	);
}

/** What makes a thing that is missing; with a column, what stands on it. */
function added({ delta }: Case, view: SourceView, truth: SourceView, right: Entity): string[] | undefined {
	if (delta.aspect !== EXISTENCE) return undefined;
	const { parts } = parseAddress(delta.address);
	const [schema = "", name = ""] = parts;
	switch (delta.kind) {
		case "table":
			return tableText(truth, right);
		case "column": {
			const column = columnText(right);
			const table = delta.table ?? "";
			const known = new Set([...(view.columns.get(table)?.keys() ?? []), ownName(delta.address)]);
			return (
				(column && [
					`ALTER TABLE ${sqlTableOf(table)} ADD COLUMN ${column};`,
					...standingOn(truth, table, ownName(delta.address), known),
				]) ||
				undefined
			);
		}
		case "index": {
			const index = indexText(right);
			return index === undefined ? undefined : [`${index};`];
		}
		case "unique":
		case "foreignKey":
		case "check":
		case "primaryKey":
			return addConstraint(delta.table ?? "", right);
		case "extension":
			return [`CREATE EXTENSION ${sqlName(schema)};`];
		case "enum": {
			const labels = statedValue(right, "labels");
			return isTexts(labels)
				? [`CREATE TYPE ${sqlTable(schema, name)} AS ENUM (${labels.map(literal).join(", ")});`]
				: undefined;
		}
		default:
			return undefined;
	}
}

function addConstraint(table: string, entity: Entity): string[] | undefined {
	const text = constraintText(entity);
	return text === undefined ? undefined : [`ALTER TABLE ${sqlTableOf(table)} ADD ${text};`];
}

/** The constraints and indexes of the truth on a column that is added, if the other columns are there. */
function standingOn(truth: SourceView, table: string, column: string, known: ReadonlySet<string>): string[] {
	return (truth.children.get(table) ?? []).flatMap((entity) => {
		const columns = columnsOf(entity) ?? [];
		if (!columns.includes(column) || columns.some((one) => !known.has(one))) return [];
		if (entity.kind === "index") return indexText(entity)?.concat(";") ?? [];
		return ["unique", "foreignKey"].includes(entity.kind) ? (addConstraint(table, entity) ?? []) : [];
	});
}
