/** ALTER TABLE on columns: added, dropped, changed, with what the children inherit. */

import type { Origin } from "@schemalign/core";
import type { AlterTableCmd } from "libpg-query";
import type { Column, Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { optionsOf, scalarOf } from "../tree.js";
import {
	collationOf,
	defineColumn,
	type InlineConstraint,
	identityKind,
	readDefault,
	setIdentity,
} from "./columns.js";
import { dropColumn } from "./drop-column.js";
import { readersOf } from "./drop-relation.js";
import { inheritColumn } from "./inherit.js";
import { setSequenceOptions } from "./sequences.js";
import { Rejection, type Session } from "./session.js";
import { readType } from "./types.js";

export interface AlterContext {
	readonly session: Session;
	readonly statement: Statement;
	/** Without ONLY: the children are altered as well. */
	readonly recurse: boolean;
	readonly at: Origin;
}

/** ADD COLUMN; the constraints that its definition holds are still to be added. */
export function addColumn(
	context: AlterContext,
	table: Table,
	command: AlterTableCmd,
): readonly InlineConstraint[] {
	const { session, statement, recurse } = context;
	const def = command.def && "ColumnDef" in command.def ? command.def.ColumnDef : undefined;
	if (!def) return [];
	if (command.missing_ok && table.columns.get(def.colname ?? "")?.type) return [];
	const inline = defineColumn(session, statement, table, def);
	const column = table.columns.get(def.colname ?? "");
	if (recurse && column) for (const child of table.children) spreadColumn(child, column);
	return inline;
}

function spreadColumn(child: Table, column: Column): void {
	inheritColumn(child, column);
	for (const grandchild of child.children) spreadColumn(grandchild, column);
}

export function removeColumn(context: AlterContext, table: Table, command: AlterTableCmd): void {
	const { session, at, recurse } = context;
	const name = command.name ?? "";
	const existing = table.columns.get(name);
	if (!existing) {
		if (command.missing_ok || table.presupposed || table.incomplete) return;
		session.column(table, name, at);
		return;
	}
	for (const child of recurse ? table.children : []) {
		const part = child.columns.get(name);
		if (!part) continue;
		part.inherited--;
		if (part.inherited <= 0 && !part.local) removeColumn(context, child, command);
	}
	dropColumn(session, table, existing, { cascade: command.behavior === "DROP_CASCADE", at });
}

export function withChildren(
	context: AlterContext,
	table: Table,
	command: AlterTableCmd,
	change: (column: Column) => void,
): void {
	const column = context.session.column(table, command.name ?? "", context.at);
	change(column);
	if (!context.recurse) return;
	for (const child of table.children) {
		if (child.columns.has(column.name)) withChildren(context, child, command, change);
	}
}

export function alterType(context: AlterContext, table: Table, command: AlterTableCmd): void {
	const { session, at } = context;
	const def = command.def && "ColumnDef" in command.def ? command.def.ColumnDef : undefined;
	if (!def) return;
	const type = readType(session, def.typeName);
	const target = session.column(table, command.name ?? "", at);
	refuseForViews(session, table, target, at);
	const collation = collationOf(def) ?? null;
	const before = target.type;
	withChildren(context, table, command, (column) => {
		keepDefaultsCast(column);
		column.type = { value: type, at };
		delete column.typeUnknown;
		column.collation = { value: collation, at };
	});
	session.history.retyped(session, table, target, before, def.raw_default, at);
}

/** @throws Rejection if a view surely reads the column: its type cannot change under it */
function refuseForViews(session: Session, table: Table, column: Column, at: Origin): void {
	const [view] = readersOf(session, table).filter((each) => each.uses.has(column));
	if (!view) return;
	throw new Rejection(
		"0A000",
		`cannot alter type of a column used by a view or rule: view ${view.name} depends on column "${column.name}"`,
		[{ at: view.at, note: `view ${view.name}` }],
		at,
	);
}

/**
 * A default survives a change of type as a cast from the old one (`'USD'::currency::text`), and so depends on the old
 * type: dropping that with CASCADE drops the default (ATExecAlterColumnType in tablecmds.c).
 */
function keepDefaultsCast(column: Column): void {
	const old = column.type?.value.userType;
	const current = column.default;
	if (!old || current?.value?.is !== "expression") return;
	const through = [...(current.value.through ?? []), old];
	column.default = { ...current, value: { ...current.value, through } };
}

/** SET DEFAULT and DROP DEFAULT. @throws Rejection if the column's values come from elsewhere */
export function setDefault(context: AlterContext, table: Table, command: AlterTableCmd): void {
	const { session, at } = context;
	const { default: current, generated, name } = session.column(table, command.name ?? "", at);
	const identity = current?.value?.is === "sequence" && current.value.how.startsWith("identity");
	if (identity || generated?.value) {
		throw new Rejection(
			"42601",
			`column "${name}" of relation "${table.name}" is ${identity ? "an identity" : "a generated"} column`,
			[],
			at,
		);
	}
	withChildren(context, table, command, (column) => {
		column.default = { value: readDefault(session, command.def, at), at };
	});
}

/** DROP EXPRESSION. @throws Rejection if the column is certainly not a generated one */
export function dropExpression(context: AlterContext, table: Table, command: AlterTableCmd): void {
	const column = context.session.column(table, command.name ?? "", context.at);
	if (column.generated && !column.generated.value) {
		if (command.missing_ok) return;
		throw new Rejection(
			"55000",
			`column "${column.name}" of relation "${table.name}" is not a generated column`,
			[],
			context.at,
		);
	}
	withChildren(context, table, command, (each) => {
		each.generated = { value: null, at: context.at };
	});
}

export function setNotNull(context: AlterContext, table: Table, command: AlterTableCmd): void {
	const { session, at } = context;
	const value = command.subtype === "AT_SetNotNull";
	const column = session.column(table, command.name ?? "", at);
	if (!value) {
		const key = table.indexes.find((index) => index.role === "primary key");
		if (key?.parts.some((part) => part.column === column)) {
			throw new Rejection(
				"42P16",
				`column "${column.name}" is in a primary key`,
				[{ at: key.at, note: "the primary key" }],
				at,
			);
		}
	}
	withChildren(context, table, command, (each) => {
		each.notNull = { value, at };
	});
}

export function alterIdentity(context: AlterContext, table: Table, command: AlterTableCmd): void {
	const { session, at } = context;
	const column = session.column(table, command.name ?? "", at);
	const current = column.default?.value;
	const identity = current?.is === "sequence" && current.how.startsWith("identity") ? current : undefined;
	if (command.subtype === "AT_AddIdentity") {
		const constraint = command.def && "Constraint" in command.def ? command.def.Constraint : undefined;
		if (current) {
			throw new Rejection(
				"55000",
				`column "${column.name}" of relation "${table.name}" already has a default value`,
				[],
				at,
			);
		}
		if (column.notNull && !column.notNull.value) {
			throw new Rejection(
				"55000",
				`column "${column.name}" of relation "${table.name}" must be declared NOT NULL before identity can be added`,
				[],
				at,
			);
		}
		setIdentity(session, table, column, constraint?.generated_when, constraint?.options, at);
		return;
	}
	if (!identity && column.default && !(command.subtype === "AT_DropIdentity" && command.missing_ok)) {
		throw new Rejection(
			"55000",
			`column "${column.name}" of relation "${table.name}" is not an identity column`,
			[],
			at,
		);
	}
	if (command.subtype === "AT_DropIdentity") {
		if (identity?.sequence) session.catalog.removeRelation(identity.sequence);
		if (identity || !column.type) column.default = { value: null, at };
	} else if (identity) {
		const options = command.def && "List" in command.def ? command.def.List.items : undefined;
		const generated = optionsOf(options).find((option) => option.defname === "generated");
		if (generated) {
			const how = identityKind(generatedLetter(scalarOf(generated.arg)));
			column.default = { value: { ...identity, how }, at };
		}
		if (identity.sequence) setSequenceOptions(session, identity.sequence, options);
	}
}

/** The parser gives the kind of identity as the code of its letter. */
function generatedLetter(value: string | number | boolean | undefined): string | undefined {
	return typeof value === "number" ? String.fromCharCode(value) : undefined;
}
