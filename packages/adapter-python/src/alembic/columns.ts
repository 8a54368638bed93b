/** Columns and their types as SQLAlchemy's postgresql dialect writes them into DDL. */
import { formatType, type Origin, type TypeValue } from "@schemalign/core";
import { asBoolean, asString, type CallValue, isNone, type Value } from "../evaluate/values.js";
import { readColumn } from "../sqlalchemy/columns.js";
import { type ColumnModel, type ColumnType, knownValue } from "../sqlalchemy/model.js";
import { quote } from "../sqlalchemy/sql.js";
import { callOf, symbolOf } from "../sqlalchemy/symbols.js";
import { namedAt, type Operation, plainNames } from "./arguments.js";
import { type DdlScript, quoted } from "./script.js";
import type { TableName } from "./state.js";

/** The model of a `sa.Column(…)`; `undefined`: the value is none. */
export function columnModel(value: Value, operation: Operation, order: number): ColumnModel | undefined {
	const call = callOf(value, "sa.Column", "sa.mapped_column");
	if (!call) return undefined;
	return readColumn({
		attribute: "",
		at: namedAt(call.at, call.args[0]),
		calls: [plainNames(call)],
		maps: [],
		evaluator: operation.evaluator,
		style: "column",
		order,
	});
}

/** The type as DDL; what is not known gets a placeholder's name. */
export function typeText(type: ColumnType, script: DdlScript): string {
	return "known" in type.type ? formatType(type.type.known) : script.placeholder(type.type.unknown);
}

/** `"name" TYPE DEFAULT … NOT NULL`. */
export function columnText(column: ColumnModel, name: string, serial: boolean, script: DdlScript): string {
	const type = knownValue(column.type.type);
	const parts = [quoted(name), serial && type ? serialType(type) : typeText(column.type, script)];
	if (column.type.collation !== undefined) parts.push(`COLLATE ${quoted(column.type.collation)}`);
	if (column.generated) parts.push(`GENERATED ALWAYS AS (${script.expression(column.generated)}) STORED`);
	else if (!serial) parts.push(...defaultText(column, script));
	if (knownValue(column.nullable) === false) parts.push("NOT NULL");
	return parts.join(" ");
}

function serialType({ name }: TypeValue): string {
	return name === "bigint" ? "BIGSERIAL" : name === "smallint" ? "SMALLSERIAL" : "SERIAL";
}

/** The default's SQL, where it is known. */
export function defaultSql({ default: value }: ColumnModel): string | undefined {
	return value.is === "sql" ? knownValue(value.sql) : undefined;
}

function defaultText({ default: value }: ColumnModel, script: DdlScript): string[] {
	switch (value.is) {
		case "none":
			return [];
		case "sql":
			return [`DEFAULT ${script.expression(value.sql)}`];
		case "identity":
			return [`GENERATED ${value.always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`];
		case "nextval":
			return [`DEFAULT nextval(${quote(quoted(value.sequence))})`];
		case "unknown":
			return [`DEFAULT ${script.placeholder(value.why)}()`];
	}
}

/** What cannot be written into DDL, as gaps. */
export function columnGaps(column: ColumnModel, name: string, table: TableName, script: DdlScript): void {
	if ("unknown" in column.nullable) {
		script.columnGap(table, name, `nullable: ${column.nullable.unknown}`, column.nullable.at);
	}
	for (const key of [column.unique, column.index]) {
		if ("unknown" in key) script.gap(table, ["unique", "index"], key.unknown, key.at);
	}
	if ("unknown" in column.primaryKey) {
		script.gap(table, ["primaryKey"], column.primaryKey.unknown, column.primaryKey.at);
	}
}

/** Creates the native enum of a column's type, as the table's creation does, unless the type says otherwise. */
export function createEnumOf(column: ColumnModel, script: DdlScript): void {
	const type = column.construct?.is === "call" ? column.construct : undefined;
	if (column.type.enum && !(type && saysNotToCreate(type))) createEnum(column.type, column.at, script);
}

function saysNotToCreate(call: CallValue): boolean {
	return [...call.args, ...call.keywords.values()].some((value) => {
		if (value.is !== "call") return false;
		const flag = value.keywords.get("create_type");
		if (symbolOf(value.callee) === "pg.ENUM" && flag && asBoolean(flag) === false) return true;
		return saysNotToCreate(value);
	});
}

/** `CREATE TYPE … AS ENUM`, where the type is not there yet. */
export function createEnum({ enum: model }: ColumnType, at: Origin, script: DdlScript): void {
	const name = model && knownValue(model.name);
	if (!model || name === undefined) return;
	const schema = model.schema ?? "public";
	if (script.state.hasEnum(schema, name) || script.state.isVague(name)) return;
	script.state.addEnum(schema, name);
	const labels = "known" in model.labels ? model.labels.known : [script.placeholder(model.labels.unknown)];
	const list = labels.map(quote).join(", ");
	script.add([{ text: `CREATE TYPE ${typeName(schema, name)} AS ENUM (${list})`, at }]);
}

export function typeName(schema: string, name: string): string {
	return schema === "public" ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
}

/** `COMMENT ON … IS …`. */
export function commentText(on: string, value: Value | undefined, script: DdlScript): string {
	if (!value || isNone(value)) return `COMMENT ON ${on} IS NULL`;
	return `COMMENT ON ${on} IS ${quote(asString(value) ?? script.placeholder("the comment cannot be evaluated"))}`;
}
