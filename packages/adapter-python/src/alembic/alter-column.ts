/** `alter_column` and `drop_column`. */
import { asBoolean, asString, type CallValue, isNone } from "../evaluate/values.js";
import { readColumn } from "../sqlalchemy/columns.js";
import { readType } from "../sqlalchemy/types.js";
import type { Operation } from "./arguments.js";
import { commentText, defaultSql, typeText } from "./columns.js";
import { type DdlScript, quoted, quotedTable } from "./script.js";
import type { TableName } from "./state.js";

/** `op.drop_column`. */
export function dropColumn(operation: Operation, script: DdlScript): void {
	const table = operation.table(0);
	const column = operation.text(operation.position(1), "column_name");
	if (script.withheld(table, [], operation.at)) return;
	if (!table || column === undefined) {
		script.gap(table, ["column"], "a column is dropped whose name cannot be evaluated", operation.at);
		return;
	}
	const exists = script.mode === "guarded" || operation.flag("if_exists") !== false ? "IF EXISTS " : "";
	const ifTable = script.mode === "guarded" ? "IF EXISTS " : "";
	const text = `ALTER TABLE ${ifTable}${quotedTable(table)} DROP COLUMN ${exists}${quoted(column)}`;
	script.add([{ text, at: operation.at }], table);
	script.state.dropColumn(table, column);
}

/** `op.alter_column`, in the order of Alembic's `PostgresqlImpl.alter_column`; the new name comes last. */
export function alterColumn(operation: Operation, script: DdlScript): void {
	const table = operation.table(0);
	const column = operation.text(operation.position(1), "column_name");
	if (script.withheld(table, [], operation.at)) return;
	if (!table || column === undefined) {
		script.gap(table, ["column"], "a column is altered whose name cannot be evaluated", operation.at);
		return;
	}
	const made = script.state.table(table);
	if (script.mode === "guarded" && made && !made.columns.has(column) && !script.state.isVague(table.table))
		return;
	const prefix = `ALTER TABLE ${script.mode === "guarded" ? "IF EXISTS " : ""}${quotedTable(table)}`;
	const alter = (text: string) =>
		script.add([{ text: `${prefix} ALTER COLUMN ${quoted(column)} ${text}`, at: operation.at }], table);
	alterType(operation, script, alter);
	alterNullable(operation, script, { table, column }, alter);
	alterDefault(operation, script, { table, column }, alter);
	const comment = operation.call.keywords.get("comment");
	if (comment && asBoolean(comment) !== false) {
		const on = `COLUMN ${quotedTable(table)}.${quoted(column)}`;
		script.add([{ text: commentText(on, comment, script), at: operation.at }], table);
	}
	const renamed = operation.value(undefined, "new_column_name");
	if (!renamed) return;
	const to = operation.text(undefined, "new_column_name");
	if (to === undefined) {
		script.gap(table, ["column"], "a column's new name cannot be evaluated", operation.at);
		return;
	}
	if (to === column) return;
	script.add(
		[{ text: `${prefix} RENAME COLUMN ${quoted(column)} TO ${quoted(to)}`, at: operation.at }],
		table,
	);
	script.state.renameColumn(table, column, to);
}

function alterType(operation: Operation, script: DdlScript, alter: (text: string) => void): void {
	const value = operation.value(undefined, "type_");
	if (!value) return;
	const type = readType(value, operation.evaluator);
	const collation = type.collation === undefined ? "" : ` COLLATE ${quoted(type.collation)}`;
	if (type.check)
		script.gap(operation.table(0), ["check"], "the new type brings a check of its own", value.at);
	const using = asString(operation.value(undefined, "postgresql_using"));
	alter(`TYPE ${typeText(type, script)}${collation}${using === undefined ? "" : ` USING ${using}`}`);
}

function alterNullable(
	operation: Operation,
	script: DdlScript,
	{ table, column }: { table: TableName; column: string },
	alter: (text: string) => void,
): void {
	const value = operation.value(undefined, "nullable");
	if (!value) return;
	const held = asBoolean(value);
	if (held === undefined) script.columnGap(table, column, "nullable cannot be evaluated", value.at);
	else alter(held ? "DROP NOT NULL" : "SET NOT NULL");
}

function alterDefault(
	operation: Operation,
	script: DdlScript,
	{ table, column }: { table: TableName; column: string },
	alter: (text: string) => void,
): void {
	const value = operation.call.keywords.get("server_default");
	if (!value || asBoolean(value) === false) return;
	script.state.setDefault(table, column, undefined);
	if (isNone(value)) {
		alter("DROP DEFAULT");
		return;
	}
	const call: CallValue = {
		...operation.call,
		args: [{ is: "constant", value: "c", at: value.at }],
		keywords: new Map([["server_default", value]]),
	};
	const read = readColumn({
		attribute: "c",
		at: value.at,
		calls: [call],
		maps: [],
		evaluator: operation.evaluator,
		style: "column",
		order: 0,
	});
	const { default: model } = read;
	script.state.setDefault(table, column, defaultSql(read));
	if (model.is === "sql") alter(`SET DEFAULT ${script.expression(model.sql)}`);
	else if (model.is === "identity") {
		alter(`ADD GENERATED ${model.always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`);
	} else if (model.is === "nextval")
		alter(`SET DEFAULT nextval('${quoted(model.sequence).replaceAll("'", "''")}')`);
	else if (model.is === "unknown") alter(`SET DEFAULT ${script.placeholder(model.why)}()`);
}
