/** ALTER TABLE, and ALTER of what Postgres treats like a table. */

import type { Origin } from "@schemalign/core";
import type { AlterTableCmd, AlterTableStmt } from "libpg-query";
import type { Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { relationName } from "../tree.js";
import {
	type AlterContext,
	addColumn,
	alterIdentity,
	alterType,
	dropExpression,
	removeColumn,
	setDefault,
	setNotNull,
	withChildren,
} from "./alter-column.js";
import { add, addConstraintTo, alterConstraint, validate } from "./alter-constraint.js";
import { alterComposite, alterView, attachIndex } from "./alter-other.js";
import { constraintPass, passOf } from "./alter-passes.js";
import { dropConstraint } from "./drop-column.js";
import { inherit, requireHeir } from "./inherit.js";
import { attachPartition, detachPartition, partitionBoundText } from "./partitions.js";
import { saveTable } from "./save.js";
import { Rejection, type Session } from "./session.js";
import { isUnmodelled, noteUnmodelled, onlyUnmodelled } from "./unmodelled.js";

/** @throws Rejection where Postgres refuses one of the commands: then none of them ran */
export function alterTable(session: Session, statement: Statement, stmt: AlterTableStmt): void {
	const name = relationName(stmt.relation);
	if (session.isTemporary(name)) return;
	noteUnmodelled(session, statement, stmt);
	if (stmt.objtype === "OBJECT_TYPE") {
		alterComposite(session, stmt);
		return;
	}
	const found = session.catalog.relation(name);
	if (!found && stmt.missing_ok) return;
	if (!found && (stmt.objtype === "OBJECT_INDEX" || stmt.objtype === "OBJECT_SEQUENCE")) {
		session.certainlyMissing(name, statement, statement.at);
		return;
	}
	if (found && found.kind !== "table") {
		if (found.kind === "view") alterView(session, statement, stmt, found);
		if (found.kind === "index") attachIndex(session, stmt, found);
		return;
	}
	if (!found && onlyUnmodelled(stmt)) {
		session.certainlyMissing(name, statement, statement.at);
		return;
	}
	const table = session.table(name, statement, statement.at);
	const restore = saveTable(session, table);
	const before = new Set(table.columns.keys());
	try {
		runInPasses(session, statement, stmt, table);
		session.history.added(session, table, before);
	} catch (error) {
		restore();
		throw error;
	}
}

interface Step {
	readonly pass: number;
	readonly run: () => readonly Step[];
}

/** The commands run in passes, those of one pass as they are written (ATPrepCmd and ATRewriteCatalogs in tablecmds.c). */
function runInPasses(session: Session, statement: Statement, stmt: AlterTableStmt, table: Table): void {
	let from = 0;
	let steps = (stmt.cmds ?? []).flatMap((node): Step[] => {
		if (!("AlterTableCmd" in node)) return [];
		const command = node.AlterTableCmd;
		const place = placeOf(statement, command, from);
		from = place.end;
		const context = { session, statement, recurse: stmt.relation?.inh ?? false, at: place.at };
		return [{ pass: passOf(command), run: () => run(context, table, command) ?? [] }];
	});
	while (steps.length > 0) {
		const first = Math.min(...steps.map(({ pass }) => pass));
		const rest = steps.filter(({ pass }) => pass !== first);
		const made = steps.filter(({ pass }) => pass === first).flatMap((step) => step.run());
		steps = [...rest, ...made];
	}
}

/** Where a command is written: its definition's place, else the next mention of its name. */
function placeOf(statement: Statement, command: AlterTableCmd, from: number): { at: Origin; end: number } {
	const { def } = command;
	const location =
		def && "ColumnDef" in def
			? def.ColumnDef.location
			: def && "Constraint" in def
				? def.Constraint.location
				: undefined;
	if (location) return { at: statement.line(location), end: statement.character(location) };
	if (command.name) return statement.mention(command.name, from);
	return { at: from === 0 ? statement.at : statement.mention("", from).at, end: from };
}

/** Runs one command; what it answers is still to be done in a later pass. */
function run(context: AlterContext, table: Table, command: AlterTableCmd): Step[] | undefined {
	if (command.subtype !== "AT_AddColumn") {
		runOther(context, table, command);
		return undefined;
	}
	return addColumn(context, table, command).map(({ constraint, column }) => ({
		pass: constraintPass(constraint),
		run: () => {
			const at = context.statement.line(constraint.location);
			addConstraintTo(context, table, constraint, at, column);
			return [];
		},
	}));
}

function runOther(context: AlterContext, table: Table, command: AlterTableCmd): void {
	const { session, at } = context;
	switch (command.subtype) {
		case "AT_DropColumn":
			removeColumn(context, table, command);
			return;
		case "AT_AlterColumnType":
			alterType(context, table, command);
			return;
		case "AT_ColumnDefault":
			setDefault(context, table, command);
			return;
		case "AT_SetNotNull":
		case "AT_DropNotNull":
			setNotNull(context, table, command);
			return;
		case "AT_SetExpression":
			withChildren(context, table, command, (column) => {
				column.generated = { value: command.def ?? null, at };
			});
			return;
		case "AT_DropExpression":
			dropExpression(context, table, command);
			return;
		case "AT_AddIdentity":
		case "AT_SetIdentity":
		case "AT_DropIdentity":
			alterIdentity(context, table, command);
			return;
		case "AT_AddConstraint":
			if (command.def && "Constraint" in command.def) add(context, table, command.def.Constraint);
			return;
		case "AT_DropConstraint":
			dropConstraint(session, table, command.name ?? "", {
				cascade: command.behavior === "DROP_CASCADE",
				missingOk: command.missing_ok ?? false,
				at,
			});
			return;
		case "AT_ValidateConstraint":
			validate(table, command.name ?? "", at);
			return;
		case "AT_AlterConstraint":
			alterConstraint(table, command, at);
			return;
		case "AT_EnableRowSecurity":
			table.rowSecurity = { value: true, at };
			return;
		case "AT_DisableRowSecurity":
			table.rowSecurity = { value: false, at };
			return;
		case "AT_ForceRowSecurity":
			table.rowSecurityForced = { value: true, at };
			return;
		case "AT_NoForceRowSecurity":
			table.rowSecurityForced = { value: false, at };
			return;
		case "AT_SetLogged":
		case "AT_SetUnLogged":
			table.persistence = { value: command.subtype === "AT_SetLogged" ? "permanent" : "unlogged", at };
			return;
		case "AT_AddInherit":
		case "AT_DropInherit":
			alterInherit(context, table, command);
			return;
		case "AT_AttachPartition":
		case "AT_DetachPartition":
			alterPartition(context, table, command);
			return;
		default:
			if (isUnmodelled(command)) return;
			session.gap({
				under: `table:${table.schema}.${table.name}`,
				kinds: [],
				why: `${command.subtype ?? "a change"} is not understood`,
				at,
			});
	}
}

function alterInherit(context: AlterContext, table: Table, command: AlterTableCmd): void {
	const { session, statement, at } = context;
	const def = command.def;
	if (!def || !("RangeVar" in def)) return;
	const parent = session.table(relationName(def.RangeVar), statement, at);
	if (command.subtype === "AT_AddInherit") {
		requireHeir(table, parent, at);
		inherit(session, table, parent, at);
		return;
	}
	if (!table.parents.includes(parent) && !table.presupposed && !parent.presupposed) {
		throw new Rejection(
			"42P01",
			`relation "${parent.name}" is not a parent of relation "${table.name}"`,
			[],
			at,
		);
	}
	detachPartition(parent, table);
}

function alterPartition(context: AlterContext, table: Table, command: AlterTableCmd): void {
	const { session, statement, at } = context;
	const partition = command.def && "PartitionCmd" in command.def ? command.def.PartitionCmd : undefined;
	if (!partition) return;
	const name = relationName(partition.name);
	const child = session.table(name, statement, at);
	if (command.subtype === "AT_DetachPartition") {
		detachPartition(table, child);
		return;
	}
	requireColumnsOf(child, table, at);
	for (const column of child.columns.values()) {
		if (!table.columns.has(column.name)) continue;
		column.inherited++;
		column.local = false;
	}
	if (partition.bound) attachPartition(session, table, child, partitionBoundText(partition.bound), at);
}

function requireColumnsOf(child: Table, parent: Table, at: Origin): void {
	if (child.presupposed || child.incomplete || parent.presupposed || parent.incomplete) return;
	for (const column of parent.columns.values()) {
		if (child.columns.has(column.name)) continue;
		throw new Rejection(
			"42804",
			`child table is missing column "${column.name}"`,
			[{ at: column.at, note: "the parent's column" }],
			at,
		);
	}
}
