/** Numbered SQL migrations, as people write them: the same thing in one of several forms, by its name. */
import { conditionSql, expressionSql, sqlString } from "./expression.js";
import type {
	ColumnDefault,
	ColumnType,
	GeneratedColumn,
	GeneratedForeignKey,
	GeneratedIndex,
	GeneratedSchema,
	GeneratedTable,
} from "./model.js";
import { qualified, sameTable, sqlName } from "./names.js";

const PLAIN: Readonly<Record<string, string>> = {
	int: "INTEGER",
	bool: "BOOLEAN",
	double: "DOUBLE PRECISION",
};

/** The Postgres type. */
export function sqlType(type: ColumnType): string {
	switch (type.is) {
		case "array":
			return `${sqlType(type.of)}[]`;
		case "varchar":
			return `VARCHAR(${type.length})`;
		case "char":
			return `CHAR(${type.length})`;
		case "numeric":
			return `NUMERIC(${type.precision}, ${type.scale})`;
		case "timestamp": {
			const precision = type.precision === null ? "" : `(${type.precision})`;
			return type.zone ? `TIMESTAMPTZ${precision}` : `TIMESTAMP${precision}`;
		}
		case "enum":
			return qualified(type);
		default:
			return PLAIN[type.is] ?? type.is.toUpperCase();
	}
}

/** The default's text; of a sequence there is none: the type says it. */
export function defaultSql(value: ColumnDefault, type: ColumnType): string {
	switch (value.is) {
		case "literal":
			return typeof value.value === "string" ? sqlString(value.value) : String(value.value);
		case "label":
			return sqlString(value.value);
		case "json":
			return `${sqlString(JSON.stringify(value.value))}::${type.is}`;
		case "array":
			return value.values.length === 0 ? "'{}'" : `ARRAY[${value.values.map(sqlString).join(", ")}]`;
		case "now":
			return "now()";
		case "uuid":
			return "gen_random_uuid()";
		default:
			throw new Error("a sequence has no text");
	}
}

/** Numbered migrations of `perFile` tables each: path to text. */
export function emitSql(schema: GeneratedSchema, folder: string, perFile = 10): Record<string, string> {
	const texts = sqlSteps(schema, perFile).map((statements) => `${statements.join("\n")}\n`);
	return Object.fromEntries(
		texts.map((text, at) => [
			`${folder}/${String(at).padStart(4, "0")}_${at === 0 ? "types" : "tables"}.sql`,
			text,
		]),
	);
}

/** The statements of each migration: the types first, then `perFile` tables each. */
export function sqlSteps(schema: GeneratedSchema, perFile: number): string[][] {
	const steps = [
		[
			...schema.schemas.map((name) => `CREATE SCHEMA IF NOT EXISTS ${sqlName(name)};`),
			...schema.enums.map(
				(one) => `CREATE TYPE ${qualified(one)} AS ENUM (${one.labels.map(sqlString).join(", ")});`,
			),
		],
	];
	for (let at = 0; at < schema.tables.length; at += perFile) {
		steps.push(schema.tables.slice(at, at + perFile).flatMap(tableSql));
	}
	if (schema.statements) steps.push(schema.statements.map((sql) => `${sql};`));
	return steps;
}

/** Where a constraint is written, by its name: in its column's line, in the table, after the table. */
function placeOf(name: string, columns: number): "column" | "table" | "after" {
	const turn = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 3;
	if (turn === 0 && columns === 1) return "column";
	return turn === 1 ? "after" : "table";
}

function tableSql(table: GeneratedTable): string[] {
	const { primaryKey, uniques, foreignKeys, checks } = table;
	const constraints = uniques.filter(({ backing }) => backing === "constraint");
	const keys = [
		{ ...primaryKey, text: "PRIMARY KEY" },
		...constraints.map((one) => ({ ...one, text: "UNIQUE" })),
	].map(({ name, columns, text }) => ({
		place: placeOf(name, columns.length),
		column: columns[0],
		inline: `CONSTRAINT ${sqlName(name)} ${text}`,
		whole: `CONSTRAINT ${sqlName(name)} ${text} (${columns.map(sqlName).join(", ")})`,
	}));
	const keyIsAfter = placeOf(primaryKey.name, primaryKey.columns.length) === "after";
	const references = foreignKeys.map((one) => ({
		// A table can refer to its own key only once that is there.
		place: keyIsAfter && sameTable(one.target, table) ? "after" : placeOf(one.name, one.columns.length),
		column: one.columns[0],
		inline: `CONSTRAINT ${sqlName(one.name)} ${referencesSql(one)}`,
		whole: `CONSTRAINT ${sqlName(one.name)} FOREIGN KEY (${one.columns.map(sqlName).join(", ")}) ${referencesSql(one)}`,
	}));
	const conditions = checks.map(({ name, condition }) => ({
		place: placeOf(name, 0),
		column: undefined,
		inline: "",
		whole: `CONSTRAINT ${sqlName(name)} CHECK (${conditionSql(condition)})`,
	}));
	const all = [...keys, ...references, ...conditions];
	const body = [
		...table.columns.map((column) => {
			const own = all.filter((one) => one.place === "column" && one.column === column.name);
			return [columnSql(column), ...own.map((one) => one.inline)].join(" ");
		}),
		...all.filter((one) => one.place === "table").map((one) => one.whole),
	];
	const name = qualified(table);
	return [
		`CREATE TABLE ${name} (\n  ${body.join(",\n  ")}\n);`,
		...all.filter((one) => one.place === "after").map((one) => `ALTER TABLE ${name} ADD ${one.whole};`),
		...uniques
			.filter(({ backing }) => backing === "index")
			.map(
				(one) =>
					`CREATE UNIQUE INDEX ${sqlName(one.name)} ON ${name} (${one.columns.map(sqlName).join(", ")});`,
			),
		...table.indexes.map((one) => indexSql(one, name)),
		...commentsSql(table),
	];
}

function columnSql(column: GeneratedColumn): string {
	const { type, generated, default: value } = column;
	const name = sqlName(column.name);
	if (value?.is === "sequence") {
		return `${name} ${type.is === "bigint" ? "BIGSERIAL" : "SERIAL"} NOT NULL`;
	}
	const suffix = generated
		? ` GENERATED ALWAYS AS (${expressionSql(generated)}) STORED`
		: value
			? ` DEFAULT ${defaultSql(value, type)}`
			: "";
	return `${name} ${sqlType(type)}${column.nullable ? "" : " NOT NULL"}${suffix}`;
}

function referencesSql(key: GeneratedForeignKey): string {
	const target = `${qualified(key.target)} (${key.targetColumns.map(sqlName).join(", ")})`;
	const actions = [
		...(key.onDelete === "no action" ? [] : [` ON DELETE ${key.onDelete.toUpperCase()}`]),
		...(key.onUpdate === "no action" ? [] : [` ON UPDATE ${key.onUpdate.toUpperCase()}`]),
	];
	return `REFERENCES ${target}${actions.join("")}`;
}

function indexSql(index: GeneratedIndex, table: string): string {
	const columns = index.columns.map((one) => `${sqlName(one.name)}${one.descending ? " DESC" : ""}`);
	const elements = index.expression ? [`(${expressionSql(index.expression)})`] : columns;
	const method = index.method === "btree" ? "" : ` USING ${index.method}`;
	const where = index.where ? ` WHERE ${conditionSql(index.where)}` : "";
	return `CREATE INDEX ${sqlName(index.name)} ON ${table}${method} (${elements.join(", ")})${where};`;
}

function commentsSql(table: GeneratedTable): string[] {
	const name = qualified(table);
	return [
		...(table.comment === undefined ? [] : [`COMMENT ON TABLE ${name} IS ${sqlString(table.comment)};`]),
		...table.columns.flatMap((one) =>
			one.comment === undefined
				? []
				: [`COMMENT ON COLUMN ${name}.${sqlName(one.name)} IS ${sqlString(one.comment)};`],
		),
	];
}
