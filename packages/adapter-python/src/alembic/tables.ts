/** `create_table`, `drop_table`, `rename_table`, `add_column` and what goes along with a new column. */

import { asBoolean, asString, type CallValue, iterate, type Value } from "../evaluate/values.js";
import { serialColumn } from "../facts/serial.js";
import { addConstruct, isTableConstruct } from "../sqlalchemy/constraints.js";
import {
	type ColumnModel,
	type IndexModel,
	known,
	knownValue,
	type TableModel,
} from "../sqlalchemy/model.js";
import { quote } from "../sqlalchemy/sql.js";
import { callOf } from "../sqlalchemy/symbols.js";
import { bareTable } from "../sqlalchemy/tables.js";
import { namedAt, type Operation, plainNames } from "./arguments.js";
import { columnGaps, columnModel, columnText, commentText, createEnumOf, defaultSql } from "./columns.js";
import { ConstraintWriter, type MadeText } from "./constraints.js";
import { type DdlScript, type Line, quoted, quotedTable } from "./script.js";
import type { TableName } from "./state.js";

/** `op.create_table("name", sa.Column(…), …)`. */
export function createTable(operation: Operation, script: DdlScript): void {
	const { call, at } = operation;
	const name = operation.table(0);
	if (!name) {
		script.gap(undefined, ["table"], "a table is created whose name cannot be evaluated", at);
		return;
	}
	if (script.withheld(name, [], at)) return;
	if (call.open) script.gap(name, ["column"], `create_table: ${call.open}`, at);
	const table = emptyTable(name, operation);
	fill(table, call.args.slice(1), operation, script);
	const unlogged = iterate(call.keywords.get("prefixes") ?? { is: "sequence", form: "list", items: [], at });
	const words = (unlogged ?? []).flatMap((item) => asString(item) ?? []).join(" ");
	if (/temp/i.test(words)) return;
	for (const column of table.columns) createEnumOf(column, script);
	const guarded = script.mode === "guarded" || operation.flag("if_not_exists") !== false;
	if (guarded && script.state.hasTable(name)) return;
	writeTable(table, name, script, {
		guarded,
		words,
		comment: operation.value(undefined, "comment"),
		at: namedAt(at, operation.value(0, "table_name")),
	});
}

/** A table to which what an operation names is added. */
export function emptyTable({ schema, table }: TableName, { at }: Operation): TableModel {
	const metadata = { key: "alembic", name: "alembic", at, schema: known(undefined), convention: new Map() };
	return bareTable(known(table), known(schema), metadata, at);
}

function fill(table: TableModel, args: readonly Value[], operation: Operation, script: DdlScript): void {
	const name = { schema: knownValue(table.schema) ?? "public", table: knownValue(table.name) ?? "" };
	for (const arg of args) {
		const column = columnModel(arg, operation, table.columns.length);
		if (column) table.columns.push(column);
		else if (isTableConstruct(arg) && arg.is === "call") {
			// SQLAlchemy leaves these to `ALTER TABLE` after all tables, which `op.create_table` has none of.
			if (usesAlter(arg)) continue;
			addConstruct(plainNames(arg), table, { evaluator: operation.evaluator, column: () => undefined });
		} else if (arg.is !== "constant") {
			const why = arg.is === "unknown" ? arg.why : "an argument of create_table cannot be evaluated";
			script.gap(name, ["column", "primaryKey", "unique", "foreignKey", "check", "index"], why, arg.at);
		}
	}
	for (const gap of table.gaps) script.gap(name, gap.kinds, gap.why, gap.at);
}

/** Whether the column's foreign key has `use_alter=True`. */
function alterLater({ construct }: ColumnModel): boolean {
	return (
		construct?.is === "call" &&
		construct.args.some((arg) => arg.is === "call" && callOf(arg, "sa.ForeignKey") && usesAlter(arg))
	);
}

function usesAlter(construct: CallValue): boolean {
	const value = construct.keywords.get("use_alter");
	return value !== undefined && asBoolean(value) === true;
}

function writeTable(
	table: TableModel,
	name: TableName,
	script: DdlScript,
	options: {
		guarded: boolean;
		words: string;
		comment: Value | undefined;
		at: { file: string; line: number };
	},
): void {
	const { at } = options;
	const made = script.state.create(name);
	const writer = new ConstraintWriter(script, name);
	const serial = serialColumn(table);
	const lines: Line[] = [];
	const named = new Map<ColumnModel, string>();
	for (const column of table.columns) {
		const own = knownValue(column.name);
		if (own === undefined || own === "") {
			script.gap(name, ["column"], "the column's name cannot be evaluated", column.at);
			continue;
		}
		named.set(column, own);
		made.columns.add(own);
		script.state.setDefault(name, own, defaultSql(column));
		columnGaps(column, own, name, script);
		lines.push({ text: columnText(column, own, column === serial, script), at: column.at });
	}
	const constraints = tableConstraints(table, named, writer);
	for (const each of constraints) lines.push({ text: each.text, at: each.at });
	for (const each of constraints) {
		script.state.constrain(name, each.kind, each.columns, each.name, each.referred);
	}
	const prefix = options.words ? `${options.words} ` : "";
	const head = `CREATE ${prefix}TABLE ${options.guarded ? "IF NOT EXISTS " : ""}${quotedTable(name)} (`;
	script.add(
		[
			{ text: head, at },
			...lines.map((line, index) => ({
				...line,
				text: `${line.text.replaceAll("\n", " ")}${index < lines.length - 1 ? "," : ""}`,
			})),
			{ text: ")", at },
		],
		name,
	);
	for (const [column, own] of named) indexOf(column, own, name, writer, script);
	for (const index of table.indexes) writer.index(index);
	if (options.comment)
		script.add([{ text: commentText(`TABLE ${quotedTable(name)}`, options.comment, script), at }], name);
	for (const [column, own] of named) commentOf(column, own, name, script);
}

function tableConstraints(
	table: TableModel,
	named: ReadonlyMap<ColumnModel, string>,
	writer: ConstraintWriter,
): MadeText[] {
	const keys = [...named].filter(([column]) => knownValue(column.primaryKey)).map(([, own]) => own);
	const stated = table.primaryKey;
	const primary = stated?.columns.length
		? writer.primaryKey(stated.columns, stated.name, stated.at)
		: keys.length > 0
			? writer.primaryKey(
					keys.map((key) => ({ name: key })),
					stated?.name,
					stated?.at ?? firstKey(table),
				)
			: undefined;
	return [
		...(primary ? [primary] : []),
		...[...named].flatMap(([column, own]) => constraintsOf(column, own, writer, true)),
		...table.uniques.flatMap((each) => writer.unique(each) ?? []),
		...table.foreignKeys.flatMap((each) => writer.foreignKey(each) ?? []),
		...table.checks.map((each) => writer.check(each)),
		...table.exclusions.map((each) => writer.exclusion(each)),
	];
}

function firstKey(table: TableModel) {
	return table.columns.find((column) => knownValue(column.primaryKey))?.at ?? table.at;
}

/** The constraints that a column brings along: `unique=True`, `ForeignKey(…)`, checks. */
export function constraintsOf(
	column: ColumnModel,
	own: string,
	writer: ConstraintWriter,
	inTable = false,
): MadeText[] {
	const made: MadeText[] = [];
	if (knownValue(column.unique) && !knownValue(column.index)) {
		const unique = writer.unique({
			columns: [{ name: own }],
			deferrable: known("not deferrable"),
			nullsNotDistinct: false,
			at: column.at,
		});
		if (unique) made.push(unique);
	}
	for (const key of inTable && alterLater(column) ? [] : column.foreignKeys) {
		const foreign = writer.foreignKey(key, own);
		if (foreign) made.push(foreign);
	}
	for (const check of column.checks) made.push(writer.check(check, [own]));
	const { check } = column.type;
	if (check) {
		const labels = check.labels.map(quote).join(", ");
		const name = check.name === undefined ? {} : { name: known(check.name) };
		made.push(writer.check({ sql: known(`${quoted(own)} IN (${labels})`), at: column.at, ...name }, [own]));
	}
	return made;
}

/** The index of `index=True`, and the one that GeoAlchemy2 makes. */
export function indexOf(
	column: ColumnModel,
	own: string,
	table: TableName,
	writer: ConstraintWriter,
	script: DdlScript,
): void {
	if (column.type.spatialIndex) spatialIndexOf(column, own, table, writer);
	if (!knownValue(column.index)) return;
	const schema = table.schema === "public" ? undefined : table.schema;
	const cut = script.naming("ix", { table: table.table, schema, columns: [own] }, column.at);
	writer.index(
		{
			unique: column.unique,
			elements: [{ on: { column: { name: own } }, order: "asc" }],
			method: known("btree"),
			include: [],
			nullsNotDistinct: false,
			at: column.at,
			...(cut === undefined ? {} : { name: known(cut) }),
		},
		{ automatic: true },
	);
}

/** GeoAlchemy2 listens to columns that are attached to a table: it makes the index in `create_table` and in `add_column`. */
function spatialIndexOf(
	column: ColumnModel,
	own: string,
	{ table }: TableName,
	writer: ConstraintWriter,
): void {
	const model: IndexModel = {
		unique: known(false),
		elements: [{ on: { column: { name: own } }, order: "asc" }],
		method: known("gist"),
		include: [],
		nullsNotDistinct: false,
		at: column.at,
		name: known(`idx_${table}_${own}`),
	};
	writer.index(model, { spatial: true, guarded: true });
}

export function commentOf(column: ColumnModel, own: string, table: TableName, script: DdlScript): void {
	const text = knownValue(column.comment);
	if (text === undefined) return;
	script.add(
		[{ text: `COMMENT ON COLUMN ${quotedTable(table)}.${quoted(own)} IS ${quote(text)}`, at: column.at }],
		table,
	);
}

/** `op.add_column("table", sa.Column(…))`: the column, then its constraints and its index (Alembic's `toimpl.add_column`). */
export function addColumn(operation: Operation, script: DdlScript): void {
	const { call, at } = operation;
	const table = operation.table(0);
	const value = operation.value(operation.batch ? 0 : 1, "column");
	const column = value && columnModel(value, operation, 0);
	const own = column && knownValue(column.name);
	if (script.withheld(table, [], at)) return;
	if (!table || !column || own === undefined) {
		script.gap(table, ["column"], "a column is added that cannot be evaluated", call.at);
		return;
	}
	const made = script.state.table(table);
	const guarded = script.mode === "guarded" || operation.flag("if_not_exists") !== false;
	if (guarded && made?.columns.has(own)) return;
	const single = { ...emptyTable(table, operation), columns: [column] };
	// Alembic creates an enum's type with its table only, not with a column that is added.
	columnGaps(column, own, table, script);
	const prefix = `ALTER TABLE ${script.mode === "guarded" ? "IF EXISTS " : ""}${quotedTable(table)} ADD`;
	const text = columnText(column, own, serialColumn(single) === column, script);
	script.add([{ text: `${prefix} COLUMN ${guarded ? "IF NOT EXISTS " : ""}${text}`, at: column.at }], table);
	made?.columns.add(own);
	script.state.setDefault(table, own, defaultSql(column));
	const writer = new ConstraintWriter(script, table);
	for (const each of constraintsOf(column, own, writer)) addConstraint(each, table, script);
	indexOf(column, own, table, writer, script);
	commentOf(column, own, table, script);
}

/** `ALTER TABLE … ADD CONSTRAINT`, unless a guarded one is there already. */
export function addConstraint(made: MadeText, table: TableName, script: DdlScript): void {
	if (script.mode === "guarded" && made.name !== undefined) {
		if (script.state.table(table)?.constraints.some((each) => each.name === made.name)) return;
	}
	const exists = script.mode === "guarded" ? "IF EXISTS " : "";
	script.add([{ text: `ALTER TABLE ${exists}${quotedTable(table)} ADD ${made.text}`, at: made.at }], table);
	script.state.constrain(table, made.kind, made.columns, made.name, made.referred);
}

export function dropTable(operation: Operation, script: DdlScript): void {
	const table = operation.table(0);
	if (script.withheld(table, [], operation.at)) return;
	if (!table) {
		script.gap(undefined, ["table"], "a table is dropped whose name cannot be evaluated", operation.at);
		return;
	}
	const exists = script.mode === "guarded" || operation.flag("if_exists") !== false ? "IF EXISTS " : "";
	script.add([{ text: `DROP TABLE ${exists}${quotedTable(table)}`, at: operation.at }], table);
	script.state.drop(table);
}

export function renameTable(operation: Operation, script: DdlScript): void {
	const table = operation.table(0, "old_table_name");
	const to = operation.text(1, "new_table_name");
	if (script.withheld(table, [], operation.at)) return;
	if (!table || to === undefined) {
		script.gap(table, [], "a table is renamed and the names cannot be evaluated", operation.at);
		return;
	}
	const exists = script.mode === "guarded" ? "IF EXISTS " : "";
	script.add(
		[{ text: `ALTER TABLE ${exists}${quotedTable(table)} RENAME TO ${quoted(to)}`, at: operation.at }],
		table,
	);
	script.state.rename(table, to);
}

export function tableComment(operation: Operation, script: DdlScript): void {
	const table = operation.table(0);
	if (!table || script.mode === "unsure") return;
	const drop = operation.name === "drop_table_comment";
	const value = drop ? undefined : operation.value(operation.batch ? 0 : 1, "comment");
	script.add([{ text: commentText(`TABLE ${quotedTable(table)}`, value, script), at: operation.at }], table);
}
