/** `alter_column`, `drop_column`, and the operations that add or drop one constraint or index. */
import { asBoolean, asString, type CallValue, isNone, type Value } from "../evaluate/values.js";
import { readCheck, readColumn } from "../sqlalchemy/columns.js";
import { addConstruct, readIndex } from "../sqlalchemy/constraints.js";
import { readForeignKeyConstraint } from "../sqlalchemy/foreign-keys.js";
import { knownValue, type TableModel } from "../sqlalchemy/model.js";
import { shorten } from "../sqlalchemy/naming.js";
import { readType } from "../sqlalchemy/types.js";
import { type Operation, plainNames, tableName } from "./arguments.js";
import { commentText, defaultSql, typeText } from "./columns.js";
import { ConstraintWriter, type MadeText } from "./constraints.js";
import { type DdlScript, quoted, quotedTable } from "./script.js";
import type { TableName } from "./state.js";
import { addConstraint, emptyTable } from "./tables.js";

/** The position of an argument: a `batch_op`'s calls leave the table out. */
function at(operation: Operation, position: number): number {
	return operation.batch ? position - 1 : position;
}

/** Names that are too long are cut as SQLAlchemy cuts those of `op.f("…")`; it refuses all others. */
function cut(name: string | undefined): string | undefined {
	return name === undefined ? undefined : shorten(name);
}

function context(operation: Operation) {
	return { evaluator: operation.evaluator, column: () => undefined };
}

export function dropColumn(operation: Operation, script: DdlScript): void {
	const table = operation.table(0);
	const column = operation.text(at(operation, 1), "column_name");
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
	const column = operation.text(at(operation, 1), "column_name");
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

/** The call of a construct that the operation amounts to. */
function construct(
	operation: Operation,
	args: readonly (Value | undefined)[],
	name: Value | undefined,
): CallValue {
	const keywords = new Map(operation.call.keywords);
	keywords.delete("name");
	if (name) keywords.set("name", name);
	const given = args.filter((arg) => arg !== undefined);
	return plainNames({ ...operation.call, args: given, keywords });
}

export function createConstraint(operation: Operation, script: DdlScript): void {
	const isForeign = operation.name === "create_foreign_key";
	const table = isForeign ? operation.table(1, "source_table", "source_schema") : operation.table(1);
	const kind = KINDS[operation.name];
	if (!kind || script.withheld(table, [kind], operation.at)) return;
	if (!table) {
		script.gap(undefined, [kind], "a constraint's table cannot be evaluated", operation.at);
		return;
	}
	const made = makeConstraint(operation, table, script);
	if (made) addConstraint(made, table, script);
	else if (!script.gaps.some((gap) => gap.at === operation.at)) {
		script.gap(table, [kind], "the constraint cannot be evaluated", operation.at);
	}
}

const KINDS = {
	create_unique_constraint: "unique",
	create_primary_key: "primaryKey",
	create_check_constraint: "check",
	create_foreign_key: "foreignKey",
	create_exclude_constraint: "exclusion",
} as Readonly<Record<string, "unique" | "primaryKey" | "check" | "foreignKey" | "exclusion" | undefined>>;

function makeConstraint(operation: Operation, table: TableName, script: DdlScript): MadeText | undefined {
	const writer = new ConstraintWriter(script, table);
	const name = operation.value(0, "constraint_name");
	if (operation.name === "create_foreign_key") return makeForeignKey(operation, name, writer);
	if (operation.name === "create_check_constraint") {
		const condition = operation.value(at(operation, 2), "condition");
		const [check] = readCheck(construct(operation, [condition], name), context(operation));
		return check ? writer.check(check) : undefined;
	}
	const holder = holderOf(operation);
	if (operation.name === "create_exclude_constraint") {
		const elements = operation.call.args.slice(at(operation, 2));
		const call: CallValue = {
			...construct(operation, elements, name),
			callee: { is: "external", path: "sqlalchemy.dialects.postgresql.ExcludeConstraint", at: operation.at },
		};
		addConstruct(call, holder, context(operation));
		return holder.exclusions[0] ? writer.exclusion(holder.exclusions[0]) : undefined;
	}
	const columns = operation.value(at(operation, 2), "columns");
	const path = operation.name === "create_primary_key" ? "PrimaryKeyConstraint" : "UniqueConstraint";
	const call: CallValue = {
		...construct(operation, [columns], name),
		callee: { is: "external", path: `sqlalchemy.${path}`, at: operation.at },
	};
	addConstruct(call, holder, context(operation));
	const [unique] = holder.uniques;
	if (unique) return writer.unique(unique);
	const { primaryKey } = holder;
	return primaryKey && writer.primaryKey(primaryKey.columns, primaryKey.name, primaryKey.at);
}

/** Somewhere for {@link addConstruct} to put the construct. */
function holderOf(operation: Operation): TableModel {
	return emptyTable({ schema: "public", table: "" }, operation);
}

function makeForeignKey(
	operation: Operation,
	name: Value | undefined,
	writer: ConstraintWriter,
): MadeText | undefined {
	const target = tableName(
		operation.value(at(operation, 2), "referent_table"),
		operation.call.keywords.get("referent_schema"),
	);
	const own = operation.value(at(operation, 3), "local_cols");
	const remote = operation.names(at(operation, 4), "remote_cols");
	if (!target || !remote) return undefined;
	const prefix = target.schema === "public" ? target.table : `${target.schema}.${target.table}`;
	const refs: Value = {
		is: "sequence",
		form: "list",
		items: remote.map((column) => ({ is: "constant", value: `${prefix}.${column}`, at: operation.at })),
		at: operation.at,
	};
	return writer.foreignKey(readForeignKeyConstraint(construct(operation, [own, refs], name)));
}

export function dropConstraint(operation: Operation, script: DdlScript): void {
	const table = operation.table(1);
	const name = cut(operation.text(0, "constraint_name"));
	const type = operation.text(at(operation, 2), "type_");
	if (script.withheld(table, [], operation.at)) return;
	if (!table || name === undefined) {
		script.gap(table, CONSTRAINTS, "a constraint is dropped whose name cannot be evaluated", operation.at);
		return;
	}
	const found = script.state.takeConstraint(table, name, type);
	const own = found?.name;
	const known = script.state.table(table) !== undefined && !script.state.isVague(table.table);
	if (
		!own &&
		known &&
		script.mode === "sure" &&
		operation.flag("if_exists") === false &&
		!script.state.isVague(name)
	) {
		const why = `the constraint ${name} that is dropped here is not found under this name`;
		script.gap(table, CONSTRAINTS, why, operation.at);
		return;
	}
	const ifTable = script.mode === "guarded" ? "IF EXISTS " : "";
	const text = `ALTER TABLE ${ifTable}${quotedTable(table)} DROP CONSTRAINT IF EXISTS ${quoted(own ?? name)}`;
	script.add([{ text, at: operation.at }], table);
}

const CONSTRAINTS = ["unique", "foreignKey", "check", "primaryKey", "exclusion"] as const;

export function createIndex(operation: Operation, script: DdlScript): void {
	const table = operation.table(1);
	if (script.withheld(table, ["index", "unique"], operation.at)) return;
	if (!table) {
		script.gap(undefined, ["index", "unique"], "an index's table cannot be evaluated", operation.at);
		return;
	}
	const columns = operation.value(at(operation, 2), "columns");
	if (columns?.is !== "sequence") {
		script.gap(table, ["index", "unique"], "the index's columns cannot be evaluated", operation.at);
		return;
	}
	const name = operation.value(0, "index_name") ?? { is: "constant", value: null, at: operation.at };
	const call: CallValue = { ...operation.call, args: [name, ...columns.items] };
	const model = readIndex(plainNames(call), context(operation));
	const own = cut(model.name && knownValue(model.name));
	const guarded = script.mode === "guarded" || operation.flag("if_not_exists") !== false;
	const there = script.state.table(table)?.indexes.find((each) => each.name === own);
	// Where a migration has this line and runs, the installed GeoAlchemy2 made no index of its own.
	if (there && (guarded || there.spatial)) return;
	new ConstraintWriter(script, table).index(model, { guarded });
}

export function dropIndex(operation: Operation, script: DdlScript): void {
	const table = operation.table(1);
	const name = cut(operation.text(0, "index_name"));
	if (script.withheld(table, ["index", "unique"], operation.at)) return;
	if (name === undefined) {
		script.gap(
			table,
			["index", "unique"],
			"an index is dropped whose name cannot be evaluated",
			operation.at,
		);
		return;
	}
	const found = script.state.takeIndex(table, name);
	const known = table && script.state.table(table) && !script.state.isVague(name);
	if (!found && known && script.mode === "sure" && operation.flag("if_exists") === false) {
		const why = `the index ${name} that is dropped here is not found under this name`;
		script.gap(table, ["index", "unique"], why, operation.at);
		return;
	}
	const schema = table?.schema ?? operation.text(undefined, "schema") ?? "public";
	const qualified = quotedTable({ schema, table: found?.name ?? name });
	script.add([{ text: `DROP INDEX IF EXISTS ${qualified}`, at: operation.at }], table);
}
