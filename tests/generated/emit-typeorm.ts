/** TypeORM entities, one file each, with a data source. */

import { defaultSql } from "./emit-sql.js";
import { conditionSql, expressionSql } from "./expression.js";
import {
	type Action,
	type ColumnDefault,
	type ColumnType,
	type GeneratedColumn,
	type GeneratedForeignKey,
	type GeneratedIndex,
	type GeneratedSchema,
	type GeneratedTable,
	scalarOf,
} from "./model.js";
import { camelName, className } from "./names.js";

const PLAIN: Readonly<Record<string, string>> = { bool: "boolean", double: "double precision" };

/** What a property of that type is in TypeScript. */
const PROPERTY: Readonly<Record<string, string>> = {
	smallint: "number",
	int: "number",
	double: "number",
	real: "number",
	bool: "boolean",
	json: "object",
	jsonb: "object",
	timestamp: "Date",
	bytea: "Buffer",
};

/**
 * The schema without what TypeORM has no words for: an enum type is in the schema of its table there, an index has neither
 * direction nor method, and a quote in a table's comment makes its DDL no SQL.
 */
export function forTypeOrm(original: GeneratedSchema): GeneratedSchema {
	const schema = structuredClone(original);
	for (const table of schema.tables) {
		if (table.comment !== undefined) table.comment = table.comment.replaceAll("'", "");
		for (const index of table.indexes) {
			index.method = "btree";
			for (const column of index.columns) column.descending = false;
		}
		for (const column of table.columns) {
			const scalar = scalarOf(column.type);
			if (scalar.is !== "enum" || scalar.schema === table.schema) continue;
			column.type = { is: "text" };
			column.default = null;
		}
	}
	return schema;
}

/** The entities and a data source in one folder: path to text. */
export function emitTypeOrm(schema: GeneratedSchema, folder: string): Record<string, string> {
	const files: Record<string, string> = {};
	for (const table of schema.tables) {
		files[`${folder}/entities/${className(table)}.ts`] = entity(table, schema);
	}
	const names = schema.tables.map(className);
	const imports = names.map((name) => `import { ${name} } from "./entities/${name}";`);
	files[`${folder}/data-source.ts`] =
		`import { DataSource } from "typeorm";\n${imports.join("\n")}\n\nexport const dataSource = new DataSource({\n  type: "postgres",\n  entities: [${names.join(", ")}],\n});\n`;
	return files;
}

function string(text: string): string {
	return JSON.stringify(text);
}

function entity(table: GeneratedTable, schema: GeneratedSchema): string {
	const others = [...new Set(table.foreignKeys.map((key) => className(key.target)))].filter(
		(name) => name !== className(table),
	);
	const list = (names: readonly string[]): string =>
		`[${names.map((name) => string(camelName(name))).join(", ")}]`;
	const options = [
		...(table.schema === "public" ? [] : [`schema: ${string(table.schema)}`]),
		...(table.comment === undefined ? [] : [`comment: ${string(table.comment)}`]),
	];
	const decorators = [
		`@Entity(${string(table.name)}${options.length > 0 ? `, { ${options.join(", ")} }` : ""})`,
		...table.uniques.map((one) =>
			one.backing === "constraint"
				? `@Unique(${string(one.name)}, ${list(one.columns)})`
				: `@Index(${string(one.name)}, ${list(one.columns)}, { unique: true })`,
		),
		...table.indexes.filter((one) => !one.expression).map((one) => index(one, list)),
		...table.checks.map(
			({ name, condition }) => `@Check(${string(name)}, ${string(conditionSql(condition))})`,
		),
	];
	const body = [
		...table.columns.map((column) => property(column, table, schema)),
		...table.foreignKeys.map((key) => relation(key)),
	];
	return [
		'import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn, Unique } from "typeorm";',
		...others.map((name) => `import { ${name} } from "./${name}";`),
		"",
		...decorators,
		`export class ${className(table)} {\n${body.join("\n\n")}\n}`,
		"",
	].join("\n");
}

function index(one: GeneratedIndex, list: (names: readonly string[]) => string): string {
	const where = one.where ? `, { where: ${string(conditionSql(one.where))} }` : "";
	return `@Index(${string(one.name)}, ${list(one.columns.map(({ name }) => name))}${where})`;
}

function property(column: GeneratedColumn, table: GeneratedTable, schema: GeneratedSchema): string {
	const { type, generated, default: value } = column;
	const isKey = table.primaryKey.columns.includes(column.name);
	const key = isKey ? [`primaryKeyConstraintName: ${string(table.primaryKey.name)}`] : [];
	const comment = column.comment === undefined ? [] : [`comment: ${string(column.comment)}`];
	const name = [`name: ${string(column.name)}`];
	const text = `${camelName(column.name)}: ${propertyType(type)}${column.nullable ? " | null" : ""};`;
	if (value?.is === "sequence") {
		const options = [...name, `type: ${string(scalarOf(type).is)}`, ...key, ...comment];
		return `  @PrimaryGeneratedColumn("increment", { ${options.join(", ")} })\n  ${text}`;
	}
	const options = [
		...name,
		...typeOptions(type, schema),
		...(column.nullable ? ["nullable: true"] : []),
		...(generated ? [`asExpression: ${string(expressionSql(generated))}`, 'generatedType: "STORED"'] : []),
		...(value ? [`default: ${defaultText(value, type)}`] : []),
		...key,
		...comment,
	];
	return `  @${isKey ? "PrimaryColumn" : "Column"}({ ${options.join(", ")} })\n  ${text}`;
}

/** SQL, but of an enum the label itself. */
function defaultText(value: ColumnDefault, type: ColumnType): string {
	return value.is === "label" ? string(value.value) : `() => ${string(defaultSql(value, type))}`;
}

function propertyType(type: ColumnType): string {
	return type.is === "array" ? `${PROPERTY[type.of.is] ?? "string"}[]` : (PROPERTY[type.is] ?? "string");
}

function typeOptions(type: ColumnType, schema: GeneratedSchema): string[] {
	if (type.is === "array") return [...typeOptions(type.of, schema), "array: true"];
	switch (type.is) {
		case "varchar":
		case "char":
			return [`type: ${string(type.is)}`, `length: ${type.length}`];
		case "numeric":
			return ['type: "numeric"', `precision: ${type.precision}`, `scale: ${type.scale}`];
		case "timestamp":
			return [
				`type: ${string(type.zone ? "timestamptz" : "timestamp")}`,
				...(type.precision === null ? [] : [`precision: ${type.precision}`]),
			];
		case "enum": {
			const labels =
				schema.enums.find((one) => one.schema === type.schema && one.name === type.name)?.labels ?? [];
			return ['type: "enum"', `enum: [${labels.map(string).join(", ")}]`, `enumName: ${string(type.name)}`];
		}
		default:
			return [`type: ${string(PLAIN[type.is] ?? type.is)}`];
	}
}

const ACTIONS: Readonly<Record<Action, string>> = {
	cascade: "CASCADE",
	"set null": "SET NULL",
	"no action": "NO ACTION",
	restrict: "RESTRICT",
};

function relation(key: GeneratedForeignKey): string {
	const target = className(key.target);
	const columns = key.columns.map(
		(name, at) =>
			`{ name: ${string(name)}, referencedColumnName: ${string(camelName(key.targetColumns[at] ?? ""))}, foreignKeyConstraintName: ${string(key.name)} }`,
	);
	return [
		`  @ManyToOne(() => ${target}, { onDelete: "${ACTIONS[key.onDelete]}", onUpdate: "${ACTIONS[key.onUpdate]}" })`,
		`  @JoinColumn([${columns.join(", ")}])`,
		`  ${camelName(`to_${key.columns[0] ?? ""}`)}: ${target};`,
	].join("\n");
}
