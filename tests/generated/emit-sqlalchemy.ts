import type { ColumnType, GeneratedColumn, GeneratedSchema, GeneratedTable } from "./schema.js";

const PLAIN: Readonly<Record<string, string>> = {
	text: "Text",
	int: "Integer",
	bigint: "BigInteger",
	bool: "Boolean",
	timestamptz: "DateTime(timezone=True)",
	uuid: "UUID(as_uuid=True)",
	jsonb: "JSONB",
	double: "Double",
	date: "Date",
};

/** Modules of `perFile` models each, over one Base: path to text. */
export function emitSqlAlchemy(
	schema: GeneratedSchema,
	folder: string,
	perFile = 100,
): Record<string, string> {
	const enums = schema.enums
		.map(
			(one) =>
				`${one.name} = Enum(${one.labels.map((label) => `"${label}"`).join(", ")}, name="${one.name}")`,
		)
		.join("\n");
	const files: Record<string, string> = {
		[`${folder}/__init__.py`]: "",
		[`${folder}/base.py`]: `from sqlalchemy import Enum\nfrom sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase):\n    pass\n\n\n${enums}\n`,
	};
	const names = schema.enums.map((one) => one.name).join(", ");
	const head = [
		"from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Double, ForeignKey, Index, Integer, Numeric, String, Text, UniqueConstraint, func, text",
		"from sqlalchemy.dialects.postgresql import JSONB, UUID",
		`from .base import Base, ${names}`,
	].join("\n");
	for (let at = 0; at < schema.tables.length; at += perFile) {
		const models = schema.tables.slice(at, at + perFile).map(model);
		files[`${folder}/models_${at / perFile}.py`] = `${head}\n\n\n${models.join("\n\n")}`;
	}
	return files;
}

function model(table: GeneratedTable): string {
	const args = [
		...table.uniques.map((names) => `UniqueConstraint(${names.map((name) => `"${name}"`).join(", ")})`),
		...table.indexes.map(
			(names, at) => `Index("${table.name}_idx_${at}", ${names.map((name) => `"${name}"`).join(", ")})`,
		),
	];
	const lines = [
		`class ${table.name.charAt(0).toUpperCase()}${table.name.slice(1)}(Base):`,
		`    __tablename__ = "${table.name}"`,
		...(args.length > 0 ? [`    __table_args__ = (${args.join(", ")},)`] : []),
		'    id = Column(UUID(as_uuid=True), primary_key=True, server_default=text("gen_random_uuid()"))',
		...table.columns.map(column),
		...table.references.map(
			(one) =>
				`    ${one.column} = Column(UUID(as_uuid=True), ForeignKey("${one.table}.id", ondelete="${one.onDelete.toUpperCase()}")${one.nullable ? "" : ", nullable=False"})`,
		),
	];
	return `${lines.join("\n")}\n`;
}

function column(one: GeneratedColumn): string {
	const value = one.default;
	const text =
		value === null
			? ""
			: value === "now"
				? ", server_default=func.now()"
				: `, server_default=${serverDefault(value.literal)}`;
	return `    ${one.name} = Column(${typeText(one.type)}${one.nullable ? "" : ", nullable=False"}${text})`;
}

function typeText(type: ColumnType): string {
	if (type.is === "varchar") return `String(${type.length})`;
	if (type.is === "numeric") return `Numeric(${type.precision}, ${type.scale})`;
	return type.is === "enum" ? type.name : (PLAIN[type.is] ?? "Text");
}

function serverDefault(value: string | number | boolean): string {
	return typeof value === "string" ? `"${value}"` : `text("${String(value)}")`;
}
