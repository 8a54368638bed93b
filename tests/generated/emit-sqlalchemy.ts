/** SQLAlchemy models. */

import { defaultSql } from "./emit-sql.js";
import { conditionSql, expressionSql } from "./expression.js";
import type {
	ColumnDefault,
	ColumnType,
	GeneratedColumn,
	GeneratedEnum,
	GeneratedForeignKey,
	GeneratedIndex,
	GeneratedSchema,
	GeneratedTable,
	ScalarType,
	TableName,
} from "./model.js";
import { className, snakeName } from "./names.js";

const PLAIN: Readonly<Record<string, string>> = {
	text: "Text",
	smallint: "SmallInteger",
	int: "Integer",
	bigint: "BigInteger",
	bool: "Boolean",
	uuid: "UUID(as_uuid=True)",
	json: "JSON",
	jsonb: "JSONB",
	double: "Double",
	real: "REAL",
	date: "Date",
	bytea: "LargeBinary",
};

/** What the types and constraints below are imported from. */
export const SQLALCHEMY_IMPORTS = `from sqlalchemy import BigInteger, Boolean, CHAR, CheckConstraint, Column, Computed, Date, DateTime, Double, Enum, ForeignKeyConstraint, Index, Integer, JSON, LargeBinary, Numeric, PrimaryKeyConstraint, REAL, SmallInteger, String, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP, UUID`;

/** Modules of `perFile` models each, over one Base: path to text. */
export function emitSqlAlchemy(
	schema: GeneratedSchema,
	folder: string,
	perFile = 100,
): Record<string, string> {
	const enums = schema.enums.map((one) => `${typeVariable(one)} = ${enumText(one)}\n`).join("");
	const files: Record<string, string> = {
		[`${folder}/__init__.py`]: "",
		[`${folder}/base.py`]: `from sqlalchemy import Enum\nfrom sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase):\n    pass\n\n\n${enums}`,
	};
	const head = `${SQLALCHEMY_IMPORTS}\nfrom .base import ${["Base", ...schema.enums.map(typeVariable)].join(", ")}`;
	for (let at = 0; at < schema.tables.length; at += perFile) {
		const models = schema.tables.slice(at, at + perFile).map(model);
		files[`${folder}/models_${at / perFile}.py`] = `${head}\n\n\n${models.join("\n\n")}`;
	}
	return files;
}

function typeVariable(one: TableName): string {
	return `${className(one)}Type`;
}

/** A string literal of Python. */
export function pyString(text: string): string {
	return JSON.stringify(text);
}

function enumText(one: GeneratedEnum): string {
	const schema = one.schema === "public" ? "" : `, schema=${pyString(one.schema)}`;
	return `Enum(${one.labels.map(pyString).join(", ")}, name=${pyString(one.name)}${schema})`;
}

function model(table: GeneratedTable): string {
	const options = [
		...(table.comment === undefined ? [] : [`"comment": ${pyString(table.comment)}`]),
		...(table.schema === "public" ? [] : [`"schema": ${pyString(table.schema)}`]),
	];
	const args = [
		...constraintTexts(table),
		...table.indexes.map((one) => indexText(one)),
		...(options.length > 0 ? [`{${options.join(", ")}}`] : []),
	];
	return [
		`class ${className(table)}(Base):`,
		`    __tablename__ = ${pyString(table.name)}`,
		"    __table_args__ = (",
		...args.map((one) => `        ${one},`),
		"    )",
		...table.columns.map((column) => {
			const own = snakeName(column.name);
			return `    ${own} = ${columnText(column, own === column.name ? undefined : column.name, enumOf)}`;
		}),
		"",
	].join("\n");
}

const enumOf = (type: ScalarType & { is: "enum" }): string => typeVariable(type);

/** The key, unique, foreign-key and check constraints and the unique indexes, one by one. */
export function constraintTexts(table: GeneratedTable, prefix = ""): string[] {
	const list = (names: readonly string[]): string => names.map(pyString).join(", ");
	return [
		`${prefix}PrimaryKeyConstraint(${list(table.primaryKey.columns)}, name=${pyString(table.primaryKey.name)})`,
		...table.uniques
			.filter(({ backing }) => backing === "constraint" || prefix === "")
			.map((one) =>
				one.backing === "constraint"
					? `${prefix}UniqueConstraint(${list(one.columns)}, name=${pyString(one.name)})`
					: `Index(${pyString(one.name)}, ${list(one.columns)}, unique=True)`,
			),
		...table.foreignKeys.map((key) => `${prefix}${foreignKeyText(key)}`),
		...table.checks.map(
			(one) =>
				`${prefix}CheckConstraint(${pyString(conditionSql(one.condition))}, name=${pyString(one.name)})`,
		),
	];
}

function foreignKeyText(key: GeneratedForeignKey): string {
	const schema = key.target.schema === "public" ? "" : `${key.target.schema}.`;
	const targets = key.targetColumns.map((name) => pyString(`${schema}${key.target.name}.${name}`));
	const actions = [
		...(key.onDelete === "no action" ? [] : [`, ondelete=${pyString(key.onDelete.toUpperCase())}`]),
		...(key.onUpdate === "no action" ? [] : [`, onupdate=${pyString(key.onUpdate.toUpperCase())}`]),
	];
	return `ForeignKeyConstraint([${key.columns.map(pyString).join(", ")}], [${targets.join(", ")}]${actions.join("")}, name=${pyString(key.name)})`;
}

/** The elements of an index as arguments: columns by name, the rest as text. */
export function indexElements(one: GeneratedIndex, text = "text"): string[] {
	if (one.expression) return [`${text}(${pyString(`(${expressionSql(one.expression)})`)})`];
	return one.columns.map(({ name, descending }) =>
		descending ? `${text}(${pyString(`"${name}" DESC`)})` : pyString(name),
	);
}

/** The method and predicate of an index as arguments. */
export function indexOptions(one: GeneratedIndex, text = "text"): string[] {
	return [
		...(one.method === "btree" ? [] : [`postgresql_using=${pyString(one.method)}`]),
		...(one.where ? [`postgresql_where=${text}(${pyString(conditionSql(one.where))})`] : []),
	];
}

function indexText(one: GeneratedIndex): string {
	return `Index(${[pyString(one.name), ...indexElements(one), ...indexOptions(one)].join(", ")})`;
}

/**
 * The column's call.
 * @param name the column's name where the attribute has another
 * @param prefix of SQLAlchemy's own names (`sa.`), and of the dialect's
 */
export function columnText(
	column: GeneratedColumn,
	name: string | undefined,
	enumText: (type: ScalarType & { is: "enum" }) => string,
	prefix = "",
	dialect = "",
): string {
	const { type, default: value, generated, comment } = column;
	const args = [
		...(name === undefined ? [] : [pyString(name)]),
		typeText(type, enumText, prefix, dialect),
		...(generated ? [`${prefix}Computed(${pyString(expressionSql(generated))}, persisted=True)`] : []),
		...(value?.is === "sequence" ? ["autoincrement=True"] : []),
		`nullable=${column.nullable ? "True" : "False"}`,
		...(value && value.is !== "sequence" ? [`server_default=${serverDefault(value, type, prefix)}`] : []),
		...(comment === undefined ? [] : [`comment=${pyString(comment)}`]),
	];
	return `${prefix}Column(${args.join(", ")})`;
}

function typeText(
	type: ColumnType,
	enumText: (type: ScalarType & { is: "enum" }) => string,
	prefix: string,
	dialect: string,
): string {
	switch (type.is) {
		case "array":
			return `${dialect}ARRAY(${typeText(type.of, enumText, prefix, dialect)})`;
		case "varchar":
			return `${prefix}String(${type.length})`;
		case "char":
			return `${prefix}CHAR(${type.length})`;
		case "numeric":
			return `${prefix}Numeric(${type.precision}, ${type.scale})`;
		case "timestamp":
			return type.precision === null
				? `${prefix}DateTime(${type.zone ? "timezone=True" : ""})`
				: `${dialect}TIMESTAMP(timezone=${type.zone ? "True" : "False"}, precision=${type.precision})`;
		case "enum":
			return enumText(type);
		case "uuid":
		case "jsonb":
			return `${dialect}${PLAIN[type.is] ?? ""}`;
		default:
			return `${prefix}${PLAIN[type.is] ?? "Text"}`;
	}
}

function serverDefault(value: ColumnDefault, type: ColumnType, prefix: string): string {
	if (value.is === "now") return `${prefix}func.now()`;
	// A plain string is quoted by SQLAlchemy.
	if (value.is === "label" || (value.is === "literal" && typeof value.value === "string"))
		return pyString(String(value.value));
	// In text() a colon before a word would be a parameter.
	return `${prefix}text(${pyString(defaultSql(value, type).replaceAll('":', '": '))})`;
}
