/** The schema as pg_dump prints it: every name qualified, every cast written out, constraints after the tables. */
import { sqlString } from "./expression.js";
import {
	type ColumnDefault,
	type ColumnType,
	type Condition,
	columnOf,
	type Expression,
	type GeneratedColumn,
	type GeneratedIndex,
	type GeneratedSchema,
	type GeneratedTable,
	type TableName,
} from "./model.js";
import { sqlName } from "./names.js";

const HEAD = `--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;

`;

const PLAIN: Readonly<Record<string, string>> = {
	int: "integer",
	bool: "boolean",
	double: "double precision",
};

/** The whole dump. */
export function emitDump(schema: GeneratedSchema): string {
	const statements = [
		...schema.schemas.map((name) => `CREATE SCHEMA ${sqlName(name)};`),
		...schema.enums.map(
			(one) =>
				`CREATE TYPE ${full(one)} AS ENUM (\n${one.labels.map((label) => `    ${sqlString(label)}`).join(",\n")}\n);`,
		),
		...schema.tables.flatMap(tableStatements),
		...schema.tables.flatMap((table) => keyStatements(table)),
		...schema.tables.flatMap((table) => table.indexes.map((one) => indexText(one, table))),
		...schema.tables.flatMap(foreignKeyStatements),
		...(schema.statements ?? []).map((sql) => `${sql};`),
	];
	return `${HEAD}${statements.join("\n\n\n")}\n\n\n--\n-- PostgreSQL database dump complete\n--\n`;
}

function full({ schema, name }: TableName): string {
	return `${sqlName(schema)}.${sqlName(name)}`;
}

/** What `format_type` prints. */
function typeText(type: ColumnType): string {
	switch (type.is) {
		case "array":
			return `${typeText(type.of)}[]`;
		case "varchar":
			return `character varying(${type.length})`;
		case "char":
			return `character(${type.length})`;
		case "numeric":
			return `numeric(${type.precision},${type.scale})`;
		case "timestamp": {
			const precision = type.precision === null ? "" : `(${type.precision})`;
			return `timestamp${precision} ${type.zone ? "with" : "without"} time zone`;
		}
		case "enum":
			return full(type);
		default:
			return PLAIN[type.is] ?? type.is;
	}
}

function defaultText(value: ColumnDefault, type: ColumnType): string {
	switch (value.is) {
		case "literal":
			if (typeof value.value === "number" && value.value < 0) {
				return `'${value.value}'::${Number.isInteger(value.value) ? "integer" : "numeric"}`;
			}
			return typeof value.value === "string"
				? `${sqlString(value.value)}::${type.is === "varchar" ? "character varying" : typeText(type)}`
				: String(value.value);
		case "label":
			return `${sqlString(value.value)}::${typeText(type)}`;
		case "json":
			return `${sqlString(JSON.stringify(value.value))}::${type.is}`;
		case "array":
			return value.values.length === 0
				? `'{}'::${typeText(type)}`
				: `ARRAY[${value.values.map((one) => `${sqlString(one)}::text`).join(", ")}]`;
		case "now":
			return "now()";
		case "uuid":
			return "gen_random_uuid()";
		default:
			throw new Error("a sequence is a statement of its own");
	}
}

function tableStatements(table: GeneratedTable): string[] {
	const name = full(table);
	const lines = [
		...table.columns.map((column) => columnText(column, table)),
		...table.checks.map(
			(one) => `CONSTRAINT ${sqlName(one.name)} CHECK (${conditionText(one.condition, table)})`,
		),
	];
	const comments = [
		...(table.comment === undefined ? [] : [`COMMENT ON TABLE ${name} IS ${sqlString(table.comment)};`]),
		...table.columns.flatMap((one) =>
			one.comment === undefined
				? []
				: [`COMMENT ON COLUMN ${name}.${sqlName(one.name)} IS ${sqlString(one.comment)};`],
		),
	];
	const sequences = table.columns
		.filter((one) => one.default?.is === "sequence")
		.flatMap((one) => sequenceStatements(one, table));
	return [`CREATE TABLE ${name} (\n    ${lines.join(",\n    ")}\n);`, ...comments, ...sequences];
}

function columnText(column: GeneratedColumn, table: GeneratedTable): string {
	const { default: value, generated, type } = column;
	const text = generated
		? ` GENERATED ALWAYS AS (${expressionText(generated, table)}) STORED`
		: value && value.is !== "sequence"
			? ` DEFAULT ${defaultText(value, type)}`
			: "";
	return `${sqlName(column.name)} ${typeText(type)}${text}${column.nullable ? "" : " NOT NULL"}`;
}

function sequenceStatements(column: GeneratedColumn, table: GeneratedTable): string[] {
	const sequence = full({ schema: table.schema, name: `${table.name}_${column.name}_seq` });
	const as = column.type.is === "bigint" ? "" : "\n    AS integer";
	return [
		`CREATE SEQUENCE ${sequence}${as}\n    START WITH 1\n    INCREMENT BY 1\n    NO MINVALUE\n    NO MAXVALUE\n    CACHE 1;`,
		`ALTER SEQUENCE ${sequence} OWNED BY ${full(table)}.${sqlName(column.name)};`,
		`ALTER TABLE ONLY ${full(table)} ALTER COLUMN ${sqlName(column.name)} SET DEFAULT nextval('${sequence}'::regclass);`,
	];
}

function list(names: readonly string[]): string {
	return names.map(sqlName).join(", ");
}

function keyStatements(table: GeneratedTable): string[] {
	const only = `ALTER TABLE ONLY ${full(table)}\n    ADD CONSTRAINT`;
	const { primaryKey, uniques } = table;
	return [
		`${only} ${sqlName(primaryKey.name)} PRIMARY KEY (${list(primaryKey.columns)});`,
		...uniques.map((one) =>
			one.backing === "constraint"
				? `${only} ${sqlName(one.name)} UNIQUE (${list(one.columns)});`
				: `CREATE UNIQUE INDEX ${sqlName(one.name)} ON ${full(table)} USING btree (${list(one.columns)});`,
		),
	];
}

function indexText(index: GeneratedIndex, table: GeneratedTable): string {
	const columns = index.columns.map((one) => `${sqlName(one.name)}${one.descending ? " DESC" : ""}`);
	const elements = index.expression ? [expressionText(index.expression, table)] : columns;
	const where = index.where ? ` WHERE ${conditionText(index.where, table)}` : "";
	return `CREATE INDEX ${sqlName(index.name)} ON ${full(table)} USING ${index.method} (${elements.join(", ")})${where};`;
}

function foreignKeyStatements(table: GeneratedTable): string[] {
	return table.foreignKeys.map((key) => {
		const actions = [
			...(key.onUpdate === "no action" ? [] : [` ON UPDATE ${key.onUpdate.toUpperCase()}`]),
			...(key.onDelete === "no action" ? [] : [` ON DELETE ${key.onDelete.toUpperCase()}`]),
		];
		return `ALTER TABLE ONLY ${full(table)}\n    ADD CONSTRAINT ${sqlName(key.name)} FOREIGN KEY (${list(key.columns)}) REFERENCES ${full(key.target)}(${list(key.targetColumns)})${actions.join("")};`;
	});
}

/** A text column's name, with the cast that Postgres adds to any other character type. */
function asText(name: string, table: GeneratedTable): string {
	return columnOf(table, name).type.is === "text" ? sqlName(name) : `(${sqlName(name)})::text`;
}

/** As `pg_get_expr` prints it, with its outer parentheses. */
export function conditionText(condition: Condition, table: GeneratedTable): string {
	const name = "column" in condition ? sqlName(condition.column) : "";
	switch (condition.is) {
		case "compare": {
			const value = condition.value < 0 ? `'${condition.value}'::integer` : String(condition.value);
			return `(${name} ${condition.operator} ${value})`;
		}
		case "length":
			return `(length(${asText(condition.column, table)}) ${condition.operator} ${condition.value})`;
		case "among": {
			const isText = columnOf(table, condition.column).type.is === "text";
			const type = isText ? "text" : "character varying";
			const array = `ARRAY[${condition.values.map((one) => `${sqlString(one)}::${type}`).join(", ")}]`;
			return `(${asText(condition.column, table)} = ANY (${isText ? array : `(${array})::text[]`}))`;
		}
		case "null":
			return `(${name} IS ${condition.not ? "NOT " : ""}NULL)`;
		case "flag":
			return condition.not ? `(NOT ${name})` : name;
		default: {
			const parts = condition.of.map((one) => conditionText(one, table));
			return `(${parts.join(condition.is === "and" ? " AND " : " OR ")})`;
		}
	}
}

/** As `pg_get_expr` prints it, with the outer parentheses of an operator. */
export function expressionText(expression: Expression, table: GeneratedTable): string {
	return expression.is === "product"
		? `(${sqlName(expression.column)} * ${expression.factor})`
		: `${expression.is}(${asText(expression.column, table)})`;
}
