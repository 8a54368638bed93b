/** A Prisma schema in several files or one, with names of its own mapped to those of the database. */
import { defaultSql } from "./emit-sql.js";
import {
	type Action,
	type ColumnDefault,
	type ColumnType,
	columnOf,
	type GeneratedColumn,
	type GeneratedEnum,
	type GeneratedForeignKey,
	type GeneratedSchema,
	type GeneratedTable,
	type ScalarType,
} from "./model.js";
import { allSchemas, camelName, className, sameTable } from "./names.js";

const PLAIN: Readonly<Record<string, string>> = {
	text: "String",
	smallint: "Int @db.SmallInt",
	int: "Int",
	bigint: "BigInt",
	bool: "Boolean",
	uuid: "String @db.Uuid",
	json: "Json @db.Json",
	jsonb: "Json",
	double: "Float",
	real: "Float @db.Real",
	date: "DateTime @db.Date",
	bytea: "Bytes",
};

const ACTIONS: Readonly<Record<Action, string>> = {
	cascade: "Cascade",
	"set null": "SetNull",
	"no action": "NoAction",
	restrict: "Restrict",
};

/** One schema file. */
export function emitPrisma(schema: GeneratedSchema): string {
	const several = schema.schemas.length > 0;
	const schemas = several
		? `  schemas  = [${allSchemas(schema)
				.map((name) => `"${name}"`)
				.join(", ")}]\n`
		: "";
	const head = `datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n${schemas}}\n`;
	return [
		head,
		...schema.enums.map((one) => enumBlock(one, several)),
		...schema.tables.map((table) => model(table, schema, several)),
	].join("\n");
}

function string(text: string): string {
	return JSON.stringify(text);
}

function map(own: string, name: string): string {
	return own === name ? "" : ` @map(${string(name)})`;
}

/** A value of a Prisma enum is an identifier. */
function labelName(label: string): string {
	return label.replaceAll(/[^A-Za-z0-9_]/g, "_");
}

function enumBlock(one: GeneratedEnum, several: boolean): string {
	const own = className(one);
	const lines = [
		...one.labels.map((label) => `${labelName(label)}${map(labelName(label), label)}`),
		`@@map(${string(one.name)})`,
		...(several ? [`@@schema(${string(one.schema)})`] : []),
	];
	return `enum ${own} {\n  ${lines.join("\n  ")}\n}\n`;
}

function model(table: GeneratedTable, schema: GeneratedSchema, several: boolean): string {
	const own = className(table);
	const back = schema.tables.flatMap((other) =>
		other.foreignKeys
			.filter((key) => sameTable(key.target, table))
			.map((key) => `back_${key.name} ${className(other)}[] @relation(${string(key.name)})`),
	);
	const list = (names: readonly string[]): string => `[${names.map(camelName).join(", ")}]`;
	const lines = [
		...table.columns.map(field),
		...table.foreignKeys.map((key) => relation(table, key)),
		...back,
		`@@id(${list(table.primaryKey.columns)}, map: ${string(table.primaryKey.name)})`,
		...table.uniques.map((one) => `@@unique(${list(one.columns)}, map: ${string(one.name)})`),
		...table.indexes.filter((one) => !one.expression && !one.where).map(index),
		...(own === table.name ? [] : [`@@map(${string(table.name)})`]),
		...(several ? [`@@schema(${string(table.schema)})`] : []),
	];
	return `model ${own} {\n  ${lines.join("\n  ")}\n}\n`;
}

function index(one: GeneratedTable["indexes"][number]): string {
	const columns = one.columns.map(
		(column) => `${camelName(column.name)}${column.descending ? "(sort: Desc)" : ""}`,
	);
	const type = one.method === "hash" ? ", type: Hash" : "";
	return `@@index([${columns.join(", ")}]${type}, map: ${string(one.name)})`;
}

function relation(table: GeneratedTable, key: GeneratedForeignKey): string {
	const optional = key.columns.every((name) => columnOf(table, name).nullable) ? "?" : "";
	const args = [
		string(key.name),
		`fields: [${key.columns.map(camelName).join(", ")}]`,
		`references: [${key.targetColumns.map(camelName).join(", ")}]`,
		`onDelete: ${ACTIONS[key.onDelete]}`,
		`onUpdate: ${ACTIONS[key.onUpdate]}`,
		`map: ${string(key.name)}`,
	];
	return `to_${key.name} ${className(key.target)}${optional} @relation(${args.join(", ")})`;
}

function field(column: GeneratedColumn): string {
	const own = camelName(column.name);
	const isArray = column.type.is === "array";
	const [name = "", ...native] = scalar(column.type.is === "array" ? column.type.of : column.type).split(" ");
	const value = column.default ? `@default(${defaultText(column.default, column.type)})` : "";
	const type = `${name}${isArray ? "[]" : column.nullable ? "?" : ""}`;
	const mapped = map(own, column.name).trim();
	return [own, type, value, native.join(" "), mapped].filter((part) => part !== "").join(" ");
}

function scalar(type: ScalarType): string {
	switch (type.is) {
		case "varchar":
			return `String @db.VarChar(${type.length})`;
		case "char":
			return `String @db.Char(${type.length})`;
		case "numeric":
			return `Decimal @db.Decimal(${type.precision},${type.scale})`;
		case "timestamp": {
			const precision = type.precision === null ? "" : `(${type.precision})`;
			return `DateTime @db.Timestamp${type.zone ? "tz" : ""}${precision}`;
		}
		case "enum":
			return className(type);
		default:
			return PLAIN[type.is] ?? "String";
	}
}

function defaultText(value: ColumnDefault, type: ColumnType): string {
	switch (value.is) {
		case "literal":
			return typeof value.value === "string" ? string(value.value) : String(value.value);
		case "label":
			return labelName(value.value);
		case "json":
			return string(JSON.stringify(value.value));
		case "array":
			return `[${value.values.map(string).join(", ")}]`;
		case "now":
			return "now()";
		case "uuid":
			return `dbgenerated(${string(defaultSql(value, type))})`;
		default:
			return "autoincrement()";
	}
}
