/** A Drizzle schema module. Property names are in camel case, those of the database are stated. */
import { conditionSql, expressionSql } from "./expression.js";
import type {
	ColumnDefault,
	ColumnType,
	GeneratedColumn,
	GeneratedForeignKey,
	GeneratedIndex,
	GeneratedSchema,
	GeneratedTable,
	ScalarType,
	TableName,
} from "./model.js";
import { camelName, className, sameTable } from "./names.js";

const HEAD = `import { sql } from "drizzle-orm";
import { bigint, bigserial, boolean, char, check, customType, date, doublePrecision, foreignKey, index, integer, json, jsonb, numeric, pgEnum, pgSchema, pgTable, primaryKey, real, serial, smallint, text, timestamp, unique, uniqueIndex, uuid, varchar } from "drizzle-orm/pg-core";

const bytea = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
`;

const PLAIN: Readonly<Record<string, string>> = {
	int: "integer",
	bool: "boolean",
	double: "doublePrecision",
};

/** One schema module. */
export function emitDrizzle(schema: GeneratedSchema): string {
	const schemas = schema.schemas.map((name) => `export const ${name}Schema = pgSchema(${string(name)});\n`);
	const enums = schema.enums.map((one) => {
		const make = one.schema === "public" ? "pgEnum" : `${one.schema}Schema.enum`;
		return `export const ${variable(one)} = ${make}(${string(one.name)}, [${one.labels.map(string).join(", ")}]);\n`;
	});
	return [HEAD, ...schemas, ...enums, ...schema.tables.map(table)].join("\n");
}

function string(text: string): string {
	return JSON.stringify(text);
}

/** The constant that holds a table or enum. */
function variable(name: TableName): string {
	const own = className(name);
	return `${own.charAt(0).toLowerCase()}${own.slice(1)}`;
}

function sqlTag(text: string): string {
	return `sql\`${text.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
}

function table(one: GeneratedTable): string {
	const columns = one.columns.map((column) => `  ${camelName(column.name)}: ${builder(column)},\n`);
	const member = (name: string): string => `t.${camelName(name)}`;
	const list = (names: readonly string[]): string => names.map(member).join(", ");
	const extra = [
		`primaryKey({ name: ${string(one.primaryKey.name)}, columns: [${list(one.primaryKey.columns)}] })`,
		...one.uniques.map(
			({ name, columns: names, backing }) =>
				`${backing === "index" ? "uniqueIndex" : "unique"}(${string(name)}).on(${list(names)})`,
		),
		...one.foreignKeys.map((key) => foreignKey(one, key)),
		...one.indexes.map(index),
		...one.checks.map(({ name, condition }) => `check(${string(name)}, ${sqlTag(conditionSql(condition))})`),
	];
	const make = one.schema === "public" ? "pgTable" : `${one.schema}Schema.table`;
	return `export const ${variable(one)} = ${make}(${string(one.name)}, {\n${columns.join("")}}, (t) => [\n  ${extra.join(",\n  ")},\n]);\n`;
}

function foreignKey(own: GeneratedTable, key: GeneratedForeignKey): string {
	const target = sameTable(own, key.target) ? "t" : variable(key.target);
	const targets = key.targetColumns.map((name) => `${target}.${camelName(name)}`);
	const columns = key.columns.map((name) => `t.${camelName(name)}`);
	const made = `foreignKey({ name: ${string(key.name)}, columns: [${columns.join(", ")}], foreignColumns: [${targets.join(", ")}] })`;
	const actions = [
		...(key.onDelete === "no action" ? [] : [`.onDelete("${key.onDelete}")`]),
		...(key.onUpdate === "no action" ? [] : [`.onUpdate("${key.onUpdate}")`]),
	];
	return `${made}${actions.join("")}`;
}

function index(one: GeneratedIndex): string {
	// A bare column is "NULLS LAST" in Drizzle whichever way it sorts: Postgres's own order has to be stated.
	const columns = one.columns.map(
		(column) => `t.${camelName(column.name)}${column.descending ? ".desc().nullsFirst()" : ""}`,
	);
	const elements = one.expression ? [sqlTag(`(${expressionSql(one.expression)})`)] : columns;
	const method = one.method === "btree" ? ".on(" : `.using("${one.method}", `;
	const where = one.where ? `.where(${sqlTag(conditionSql(one.where))})` : "";
	return `index(${string(one.name)})${method}${elements.join(", ")})${where}`;
}

function builder(column: GeneratedColumn): string {
	const { type, default: value, generated } = column;
	const name = string(column.name);
	if (value?.is === "sequence") {
		return type.is === "bigint"
			? `bigserial(${name}, { mode: "number" }).notNull()`
			: `serial(${name}).notNull()`;
	}
	const made = type.is === "array" ? `${typeCall(type.of, name)}.array()` : typeCall(type, name);
	const notNull = column.nullable ? "" : ".notNull()";
	if (generated) return `${made}${notNull}.generatedAlwaysAs(${sqlTag(expressionSql(generated))})`;
	return `${made}${notNull}${value ? defaultCall(value, type) : ""}`;
}

function typeCall(type: ScalarType, name: string): string {
	switch (type.is) {
		case "varchar":
		case "char":
			return `${type.is}(${name}, { length: ${type.length} })`;
		case "numeric":
			return `numeric(${name}, { precision: ${type.precision}, scale: ${type.scale} })`;
		case "timestamp": {
			const precision = type.precision === null ? "" : `, precision: ${type.precision}`;
			return `timestamp(${name}, { withTimezone: ${type.zone}${precision} })`;
		}
		case "bigint":
			return `bigint(${name}, { mode: "number" })`;
		case "enum":
			return `${variable(type)}(${name})`;
		default:
			return `${PLAIN[type.is] ?? type.is}(${name})`;
	}
}

function defaultCall(value: ColumnDefault, type: ColumnType): string {
	switch (value.is) {
		case "now":
			return ".defaultNow()";
		case "uuid":
			return ".defaultRandom()";
		case "array":
			return `.default([${value.values.map(string).join(", ")}])`;
		case "json":
			return `.default(${JSON.stringify(value.value)})`;
		case "label":
			return `.default(${string(value.value)})`;
		case "literal":
			// Numeric values are strings in Drizzle.
			return `.default(${type.is === "numeric" ? `"${value.value}"` : JSON.stringify(value.value)})`;
		default:
			throw new Error("a sequence is in the type");
	}
}
