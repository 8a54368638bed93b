import type { ColumnType, GeneratedSchema, GeneratedTable } from "./schema.js";

/** The Postgres type. */
export function sqlType(type: ColumnType): string {
	switch (type.is) {
		case "varchar":
			return `VARCHAR(${type.length})`;
		case "numeric":
			return `NUMERIC(${type.precision}, ${type.scale})`;
		case "enum":
			return type.name;
		case "double":
			return "DOUBLE PRECISION";
		case "int":
			return "INTEGER";
		case "bool":
			return "BOOLEAN";
		default:
			return type.is.toUpperCase();
	}
}

/** Numbered migrations of `perFile` tables each: path to text. */
export function emitSql(schema: GeneratedSchema, folder: string, perFile = 10): Record<string, string> {
	const files: Record<string, string> = {
		[`${folder}/0000_types.sql`]: schema.enums
			.map(
				(one) => `CREATE TYPE ${one.name} AS ENUM (${one.labels.map((label) => `'${label}'`).join(", ")});`,
			)
			.join("\n"),
	};
	for (let at = 0; at < schema.tables.length; at += perFile) {
		const number = String(at / perFile + 1).padStart(4, "0");
		files[`${folder}/${number}_tables.sql`] = schema.tables
			.slice(at, at + perFile)
			.map(tableSql)
			.join("\n");
	}
	return files;
}

function tableSql(table: GeneratedTable): string {
	const columns = table.columns.map((column) => {
		const value = column.default;
		const text =
			value === null ? "" : value === "now" ? " DEFAULT now()" : ` DEFAULT ${literal(value.literal)}`;
		return `  ${column.name} ${sqlType(column.type)}${column.nullable ? "" : " NOT NULL"}${text}`;
	});
	const references = table.references.map(
		(one) =>
			`  ${one.column} UUID${one.nullable ? "" : " NOT NULL"} REFERENCES ${one.table} (id) ON DELETE ${one.onDelete.toUpperCase()}`,
	);
	const uniques = table.uniques.map((names) => `  UNIQUE (${names.join(", ")})`);
	const body = [
		"  id UUID PRIMARY KEY DEFAULT gen_random_uuid()",
		...columns,
		...references,
		...uniques,
	].join(",\n");
	const indexes = table.indexes
		.map((names) => `CREATE INDEX ON ${table.name} (${names.join(", ")});\n`)
		.join("");
	return `CREATE TABLE ${table.name} (\n${body}\n);\n${indexes}`;
}

function literal(value: string | number | boolean): string {
	return typeof value === "string" ? `'${value}'` : String(value);
}
