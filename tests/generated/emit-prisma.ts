import type { ColumnType, GeneratedColumn, GeneratedSchema, GeneratedTable } from "./schema.js";

const PLAIN: Readonly<Record<string, string>> = {
	text: "String",
	int: "Int",
	bigint: "BigInt",
	bool: "Boolean",
	timestamptz: "DateTime @db.Timestamptz",
	uuid: "String @db.Uuid",
	jsonb: "Json",
	double: "Float",
	date: "DateTime @db.Date",
};

const ACTIONS = { cascade: "Cascade", "set null": "SetNull", "no action": "NoAction" } as const;

/** One schema file. */
export function emitPrisma(schema: GeneratedSchema): string {
	const head = 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n';
	const enums = schema.enums.map(
		(one) => `enum ${one.name} {\n${one.labels.map((label) => `  ${label}`).join("\n")}\n}\n`,
	);
	const models = schema.tables.map((table) => model(table, schema.tables));
	return [head, ...enums, ...models].join("\n");
}

function model(table: GeneratedTable, tables: readonly GeneratedTable[]): string {
	const fields = table.columns.map(field);
	const references = table.references.flatMap((one) => [
		`  ${one.column} String${one.nullable ? "?" : ""} @db.Uuid`,
		`  ${one.column}_rel ${one.table}${one.nullable ? "?" : ""} @relation("${table.name}_${one.column}", fields: [${one.column}], references: [id], onDelete: ${ACTIONS[one.onDelete]}, onUpdate: NoAction)`,
	]);
	const back = tables.flatMap((other) =>
		other.references
			.filter((one) => one.table === table.name)
			.map(
				(one) =>
					`  back_${other.name}_${one.column} ${other.name}[] @relation("${other.name}_${one.column}")`,
			),
	);
	const lines = [
		'  id String @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid',
		...fields,
		...references,
		...back,
		...table.uniques.map((names) => `  @@unique([${names.join(", ")}])`),
		...table.indexes.map((names) => `  @@index([${names.join(", ")}])`),
	];
	return `model ${table.name} {\n${lines.join("\n")}\n}\n`;
}

function field(column: GeneratedColumn): string {
	const [type = "", ...rest] = fieldType(column.type).split(" ");
	const value = column.default;
	const text = value === null ? "" : value === "now" ? "now()" : literal(value.literal, column.type);
	const attributes = [...rest, ...(text ? [`@default(${text})`] : [])];
	return `  ${column.name} ${type}${column.nullable ? "?" : ""} ${attributes.join(" ")}`.trimEnd();
}

function fieldType(type: ColumnType): string {
	if (type.is === "varchar") return `String @db.VarChar(${type.length})`;
	if (type.is === "numeric") return `Decimal @db.Decimal(${type.precision},${type.scale})`;
	return type.is === "enum" ? type.name : (PLAIN[type.is] ?? "String");
}

function literal(value: string | number | boolean, type: ColumnType): string {
	return typeof value === "string" && type.is !== "enum" ? `"${value}"` : String(value);
}
