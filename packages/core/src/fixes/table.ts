/** A whole table as `CREATE TABLE` writes it. */
import { statedValue } from "../matching/facts.js";
import type { SourceView } from "../matching/view.js";
import { parseAddress, qualifiedName } from "../model/address.js";
import type { Entity } from "../model/snapshot.js";
import { columnText } from "./column.js";
import { sqlTable } from "./identifiers.js";
import { columnsOf, constraintText, indexText } from "./structure.js";

/** What is not written: a table with any of these is more than a list of columns. */
const UNUSUAL = ["partitionKey", "partitionOf", "partitionBound", "inherits"];
const CONSTRAINTS = ["primaryKey", "unique", "foreignKey", "check"];

/** The statements that make the table as the source has it; `undefined` where it does not state all of it. */
export function tableText(view: SourceView, table: Entity): string[] | undefined {
	const { parts } = parseAddress(table.address);
	const [schema = "", name = ""] = parts;
	const isUnusual = UNUSUAL.some((aspect) => {
		const value = statedValue(table, aspect);
		return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
	});
	const own = view.children.get(qualifiedName(schema, name)) ?? [];
	const columns = own.filter(({ kind }) => kind === "column").sort((a, b) => positionOf(a) - positionOf(b));
	if (isUnusual || columns.length === 0) return undefined;
	const lines = [
		...columns.map(columnText),
		...own.filter(({ kind }) => CONSTRAINTS.includes(kind)).map(constraintText),
	];
	const indexes = own.filter(({ kind }) => kind === "index").map(indexText);
	if (![...lines, ...indexes].every((line) => line !== undefined)) return undefined;
	if (own.some((entity) => entity.kind === "unique" && columnsOf(entity) === undefined)) return undefined;
	return [
		`CREATE TABLE ${sqlTable(schema, name)} (\n  ${lines.join(",\n  ")}\n);`,
		...indexes.map((one) => `${one};`),
	];
}

function positionOf(column: Entity): number {
	const position = statedValue(column, "position");
	return typeof position === "number" ? position : Number.MAX_SAFE_INTEGER;
}
