/** What a kind of change is, and how those of columns and of what stands in a table's lists are made. */
import { type GeneratedColumn, type GeneratedSchema, type GeneratedTable, usedColumns } from "../model.js";
import { sameTable } from "../names.js";
import { pickAny, type Random } from "../random.js";
import type { Feature } from "../repository.js";

/** One kind of change. */
export interface MutationKind {
	/** What a language must have words for. */
	readonly needs?: Feature;
	/** It leaves out what some languages may leave out: there it says nothing. */
	readonly leavesOut?: Feature;
	/** The codes of the findings: exactly these. */
	readonly codes: readonly string[];
	/** The same where the changed source is a model, if that is not the same. */
	readonly codesOfModel?: readonly string[];
	/** Further findings of `info` that may be there, which of two definitions stands first being chance. */
	readonly tolerated?: readonly string[];
	/** Makes the change; `undefined` where the table does not allow it. */
	change(table: GeneratedTable, schema: GeneratedSchema, random: Random): Change | undefined;
}

/** What a change was about. */
export interface Change {
	/** Besides the table itself. */
	readonly objects?: readonly string[];
	readonly columns?: readonly string[];
}

/** The changes of one group by their names. */
export type Mutations = Readonly<Record<string, MutationKind>>;

/** The columns that nothing else of the table speaks of. */
export function withoutUse(table: GeneratedTable): GeneratedColumn[] {
	const used = usedColumns(table);
	return table.columns.filter((one) => !used.has(one.name));
}

/** A change of one column that nothing else speaks of. */
export function ofColumn(
	fits: (column: GeneratedColumn) => boolean,
	change: (column: GeneratedColumn, schema: GeneratedSchema) => void,
	columns: (name: string) => readonly string[] = (name) => [name],
): MutationKind["change"] {
	return (table, schema, random) => {
		const column = pickAny(random, withoutUse(table).filter(fits));
		if (!column) return undefined;
		const names = columns(column.name);
		change(column, schema);
		return { columns: names };
	};
}

/** A change of what stands in one of the table's lists. */
export function ofItem<T>(
	list: (table: GeneratedTable) => T[],
	fits: (item: T, table: GeneratedTable) => boolean,
	change: (item: T, table: GeneratedTable) => void,
	columns: (item: T) => readonly string[] = () => [],
): MutationKind["change"] {
	return (table, _, random) => {
		const item = pickAny(
			random,
			list(table).filter((one) => fits(one, table)),
		);
		if (item === undefined) return undefined;
		change(item, table);
		return { columns: columns(item) };
	};
}

/** Takes an item out of a list. */
export function remove<T>(list: T[], item: T): void {
	list.splice(list.indexOf(item), 1);
}

/** Whether a foreign key of any table refers to the table. */
export function isReferenced(table: GeneratedTable, schema: GeneratedSchema): boolean {
	return schema.tables.some((other) => other.foreignKeys.some((key) => sameTable(key.target, table)));
}
