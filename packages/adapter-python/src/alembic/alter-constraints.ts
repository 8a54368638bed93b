/** The operations that add or drop one constraint. */
import type { CallValue, Value } from "../evaluate/values.js";
import { readCheck } from "../sqlalchemy/columns.js";
import { addConstruct } from "../sqlalchemy/constraints.js";
import { readForeignKeyConstraint } from "../sqlalchemy/foreign-keys.js";
import type { TableModel } from "../sqlalchemy/model.js";
import { type Operation, plainNames, tableName } from "./arguments.js";
import { ConstraintWriter, type MadeText } from "./constraints.js";
import { type DdlScript, quoted, quotedTable } from "./script.js";
import type { TableName } from "./state.js";
import { addConstraint, emptyTable } from "./tables.js";

const CONSTRAINTS = ["unique", "foreignKey", "check", "primaryKey", "exclusion"] as const;

const KINDS: Readonly<Partial<Record<string, (typeof CONSTRAINTS)[number]>>> = {
	create_unique_constraint: "unique",
	create_primary_key: "primaryKey",
	create_check_constraint: "check",
	create_foreign_key: "foreignKey",
	create_exclude_constraint: "exclusion",
};

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

/** `op.create_unique_constraint` and its like. */
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

function makeConstraint(operation: Operation, table: TableName, script: DdlScript): MadeText | undefined {
	const writer = new ConstraintWriter(script, table);
	const name = operation.value(0, "constraint_name");
	if (operation.name === "create_foreign_key") return makeForeignKey(operation, name, writer);
	if (operation.name === "create_check_constraint") {
		const condition = operation.value(operation.position(2), "condition");
		const [check] = readCheck(construct(operation, [condition], name), operation.context);
		return check ? writer.check(check) : undefined;
	}
	const holder = holderOf(operation);
	if (operation.name === "create_exclude_constraint") {
		const elements = operation.call.args.slice(operation.position(2));
		const call: CallValue = {
			...construct(operation, elements, name),
			callee: { is: "external", path: "sqlalchemy.dialects.postgresql.ExcludeConstraint", at: operation.at },
		};
		addConstruct(call, holder, operation.context);
		return holder.exclusions[0] ? writer.exclusion(holder.exclusions[0]) : undefined;
	}
	const columns = operation.value(operation.position(2), "columns");
	const path = operation.name === "create_primary_key" ? "PrimaryKeyConstraint" : "UniqueConstraint";
	const call: CallValue = {
		...construct(operation, [columns], name),
		callee: { is: "external", path: `sqlalchemy.${path}`, at: operation.at },
	};
	addConstruct(call, holder, operation.context);
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
		operation.value(operation.position(2), "referent_table"),
		operation.call.keywords.get("referent_schema"),
	);
	const own = operation.value(operation.position(3), "local_cols");
	const remote = operation.names(operation.position(4), "remote_cols");
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

/** `op.drop_constraint`. */
export function dropConstraint(operation: Operation, script: DdlScript): void {
	const table = operation.table(1);
	const name = operation.limitedName("constraint_name");
	const type = operation.text(operation.position(2), "type_");
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
