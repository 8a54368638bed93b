import type { ColumnType, GeneratedColumn, GeneratedSchema, GeneratedTable } from "./schema.js";

const PLAIN: Readonly<Record<string, (name: string) => string>> = {
	text: (name) => `text("${name}")`,
	int: (name) => `integer("${name}")`,
	bigint: (name) => `bigint("${name}", { mode: "number" })`,
	bool: (name) => `boolean("${name}")`,
	timestamptz: (name) => `timestamp("${name}", { withTimezone: true })`,
	uuid: (name) => `uuid("${name}")`,
	jsonb: (name) => `jsonb("${name}")`,
	double: (name) => `doublePrecision("${name}")`,
	date: (name) => `date("${name}")`,
};

/** One schema module. */
export function emitDrizzle(schema: GeneratedSchema): string {
	const head =
		'import { bigint, boolean, date, doublePrecision, index, integer, jsonb, numeric, pgEnum, pgTable, text, timestamp, unique, uuid, varchar } from "drizzle-orm/pg-core";\n';
	const enums = schema.enums.map(
		(one) =>
			`export const ${one.name} = pgEnum("${one.name}", [${one.labels.map((label) => `"${label}"`).join(", ")}]);\n`,
	);
	return [head, ...enums, ...schema.tables.map(table)].join("\n");
}

function table(one: GeneratedTable): string {
	const columns = one.columns.map((column) => `  ${column.name}: ${builder(column)},`);
	const references = one.references.map(
		(reference) =>
			`  ${reference.column}: uuid("${reference.column}")${reference.nullable ? "" : ".notNull()"}.references(() => ${reference.table}.id, { onDelete: "${reference.onDelete}" }),`,
	);
	const extra = [
		...one.uniques.map((names) => `unique().on(${names.map((name) => `t.${name}`).join(", ")})`),
		...one.indexes.map(
			(names, at) => `index("${one.name}_idx_${at}").on(${names.map((name) => `t.${name}`).join(", ")})`,
		),
	];
	const body = ['  id: uuid("id").primaryKey().defaultRandom(),', ...columns, ...references].join("\n");
	return `export const ${one.name} = pgTable("${one.name}", {\n${body}\n}${extra.length > 0 ? `, (t) => [${extra.join(", ")}]` : ""});\n`;
}

function builder(column: GeneratedColumn): string {
	const value = column.default;
	const text =
		value === null ? "" : value === "now" ? ".defaultNow()" : `.default(${JSON.stringify(value.literal)})`;
	return `${typeCall(column.type, column.name)}${column.nullable ? "" : ".notNull()"}${text}`;
}

function typeCall(type: ColumnType, name: string): string {
	if (type.is === "varchar") return `varchar("${name}", { length: ${type.length} })`;
	if (type.is === "numeric")
		return `numeric("${name}", { precision: ${type.precision}, scale: ${type.scale} })`;
	if (type.is === "enum") return `${type.name}("${name}")`;
	return PLAIN[type.is]?.(name) ?? `text("${name}")`;
}
