/** A Postgres schema in no language: what the emitters write down in each, and the mutations change. */

export type ScalarType =
	| { is: "text" | "smallint" | "int" | "bigint" | "bool" | "uuid" | "json" | "jsonb" }
	| { is: "double" | "real" | "date" | "bytea" }
	| { is: "varchar" | "char"; length: number }
	| { is: "numeric"; precision: number; scale: number }
	| { is: "timestamp"; zone: boolean; precision: number | null }
	| { is: "enum"; schema: string; name: string };

export type ColumnType = ScalarType | { is: "array"; of: ScalarType };

export type JsonObject = Readonly<Record<string, string | number | boolean>>;

export type ColumnDefault =
	| { is: "literal"; value: string | number | boolean }
	| { is: "label"; value: string }
	| { is: "json"; value: JsonObject }
	| { is: "array"; values: readonly string[] }
	| { is: "now" }
	| { is: "uuid" }
	| { is: "sequence" };

/** A condition over the columns of one table, for checks and partial indexes. */
export type Condition =
	| { is: "compare"; column: string; operator: ">" | ">=" | "<" | "<>"; value: number }
	| { is: "length"; column: string; operator: ">" | ">=" | "<" | "<>"; value: number }
	| { is: "among"; column: string; values: readonly string[] }
	| { is: "null"; column: string; not: boolean }
	| { is: "flag"; column: string; not: boolean }
	| { is: "and" | "or"; of: readonly Condition[] };

/** An expression over the columns of one table, for indexes and generated columns. */
export type Expression =
	| { is: "lower" | "length"; column: string }
	| { is: "product"; column: string; factor: number };

export interface GeneratedColumn {
	name: string;
	type: ColumnType;
	nullable: boolean;
	default: ColumnDefault | null;
	generated?: Expression;
	comment?: string;
}

export type Action = "cascade" | "set null" | "no action" | "restrict";

export interface TableName {
	schema: string;
	name: string;
}

export interface GeneratedForeignKey {
	name: string;
	columns: string[];
	target: TableName;
	targetColumns: string[];
	onDelete: Action;
	onUpdate: Action;
}

export interface GeneratedUnique {
	name: string;
	columns: string[];
	backing: "constraint" | "index";
}

export interface GeneratedIndex {
	name: string;
	/** Columns, of which `descending` ones sort downwards, or one expression. */
	columns: { name: string; descending: boolean }[];
	expression?: Expression;
	method: "btree" | "hash";
	where?: Condition;
}

export interface GeneratedTable extends TableName {
	columns: GeneratedColumn[];
	primaryKey: { name: string; columns: string[] };
	foreignKeys: GeneratedForeignKey[];
	uniques: GeneratedUnique[];
	indexes: GeneratedIndex[];
	checks: { name: string; condition: Condition }[];
	comment?: string;
}

export interface GeneratedEnum {
	schema: string;
	name: string;
	labels: string[];
}

export interface GeneratedSchema {
	/** Besides public. */
	schemas: string[];
	enums: GeneratedEnum[];
	tables: GeneratedTable[];
	/** What else definitions have, as statements without their semicolons; models have no words for it. */
	statements?: readonly string[];
}

/** The column of that name. */
export function columnOf(table: GeneratedTable, name: string): GeneratedColumn {
	const column = table.columns.find((one) => one.name === name);
	if (!column) throw new Error(`no column ${name} in ${table.name}`);
	return column;
}

/** The type without its array. */
export function scalarOf(type: ColumnType): ScalarType {
	return type.is === "array" ? type.of : type;
}

/** The columns that a condition speaks of. */
export function columnsOfCondition(condition: Condition): string[] {
	return "of" in condition ? condition.of.flatMap(columnsOfCondition) : [condition.column];
}

/** The columns that anything besides the column itself speaks of. */
export function usedColumns(table: GeneratedTable): Set<string> {
	return new Set([
		...table.primaryKey.columns,
		...table.foreignKeys.flatMap((one) => one.columns),
		...table.uniques.flatMap((one) => one.columns),
		...table.indexes.flatMap((one) => [
			...one.columns.map((column) => column.name),
			...(one.expression ? [one.expression.column] : []),
			...(one.where ? columnsOfCondition(one.where) : []),
		]),
		...table.checks.flatMap((one) => columnsOfCondition(one.condition)),
		...table.columns.flatMap((one) => (one.generated ? [one.name, one.generated.column] : [])),
	]);
}
