/** What foreign keys refer to: strings and columns of the program to tables and columns of the database. */
import type { TableLookup } from "../sqlalchemy/lookup.js";
import {
	type ForeignKeyModel,
	type Known,
	known,
	knownValue,
	notKnown,
	type TableModel,
} from "../sqlalchemy/model.js";

export interface Reference {
	readonly schema: string;
	readonly table: string;
	readonly columns: readonly string[];
}

/** The target of `key`, whose own columns are `columns`. */
export function resolveKey(
	key: ForeignKeyModel,
	table: TableModel,
	columns: readonly string[],
	lookup: TableLookup,
): Known<Reference> {
	const parts: { schema: string; table: string; column: string }[] = [];
	for (const [at, target] of key.targets.entries()) {
		const part =
			"text" in target
				? fromText(target.text, table, columns[at] ?? "", lookup)
				: fromColumn(target.column, lookup);
		if (!part) {
			const value = "column" in target ? target.column : undefined;
			const why = value?.is === "unknown" ? value.why : "the referenced column cannot be evaluated";
			return notKnown(why, key.at);
		}
		parts.push(part);
	}
	const [first] = parts;
	if (!first || parts.length !== columns.length)
		return notKnown("the referenced columns cannot be evaluated", key.at);
	return known({ schema: first.schema, table: first.table, columns: parts.map(({ column }) => column) });
}

/** `table.column` or `schema.table.column`; without a schema the metadata's own applies. */
function fromText(text: string, table: TableModel, own: string, lookup: TableLookup) {
	const words = text.split(".");
	const name = words.length === 1 ? words[0] : words.at(-2);
	const key = words.length === 1 ? own : words.at(-1);
	if (!name || !key) return undefined;
	const schema =
		words.length > 2 ? words.slice(0, -2).join(".") : (knownValue(table.metadata.schema) ?? "public");
	return { schema, table: name, column: columnName(lookup, schema, name, key) };
}

/** Strings name a column by its key, which is its name unless `key=` says otherwise. */
function columnName(lookup: TableLookup, schema: string, table: string, key: string): string {
	const found = lookup.table(schema, table);
	const column = found?.columns.find((candidate) => candidate.key === key);
	return (column ? knownValue(column.name) : undefined) ?? key;
}

function fromColumn(value: Parameters<TableLookup["locate"]>[0], lookup: TableLookup) {
	const located = lookup.locate(value);
	if (!located) return undefined;
	const [schema, table, column] = [
		knownValue(located.table.schema),
		knownValue(located.table.name),
		knownValue(located.column.name),
	];
	return schema !== undefined && table !== undefined && column !== undefined
		? { schema, table, column }
		: undefined;
}

/** Gives columns without a type (`Column(ForeignKey("users.id"))`) that of the column that they refer to. */
export function inheritTypes(lookup: TableLookup): void {
	// A key may lead to another column without a type: a few rounds settle any chain.
	for (let round = 0; round < 4; round++) {
		for (const table of lookup.tables) {
			for (const column of table.columns) {
				const [key] = column.foreignKeys;
				if (!column.type.ofReference || !key || "known" in column.type.type) continue;
				const target = resolveKey(key, table, [""], lookup);
				if ("unknown" in target) continue;
				const { schema, table: name, columns } = target.known;
				const source = lookup
					.table(schema, name)
					?.columns.find((candidate) => knownValue(candidate.name) === columns[0]);
				if (source && "known" in source.type.type) column.type = { ...source.type };
			}
		}
	}
}
