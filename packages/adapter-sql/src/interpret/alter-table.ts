/** ALTER TABLE, and ALTER of what Postgres treats like a table. */
import type { Origin } from "@schemalign/core";
import type { AlterTableCmd, AlterTableStmt, Constraint } from "libpg-query";
import { constraintNamed } from "../catalog/catalog.js";
import type { Column, Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { optionsOf, relationName, scalarOf } from "../tree.js";
import { collationOf, defineColumn, identityKind, readDefault, setIdentity } from "./columns.js";
import { addConstraint, deferrability } from "./constraints.js";
import { dropColumn, dropConstraint } from "./drop.js";
import { inherit, inheritCheck, inheritColumn } from "./inherit.js";
import {
	attachPartition,
	cloneForeignKeyToPartitions,
	cloneIndexToPartitions,
	detachPartition,
	partitionBoundText,
} from "./partitions.js";
import { saveTable } from "./save.js";
import { setSequenceOptions } from "./sequences.js";
import { Rejection, type Session } from "./session.js";
import { findType, readType } from "./types.js";

export function alterTable(session: Session, statement: Statement, stmt: AlterTableStmt): void {
	const name = relationName(stmt.relation);
	if (session.isTemporary(name)) return;
	if (stmt.objtype === "OBJECT_TYPE") {
		alterComposite(session, statement, stmt);
		return;
	}
	const found = session.catalog.relation(name);
	if (!found && (stmt.missing_ok || stmt.objtype === "OBJECT_INDEX" || stmt.objtype === "OBJECT_SEQUENCE"))
		return;
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
	let from = 0;
	try {
		for (const node of stmt.cmds ?? []) {
			if (!("AlterTableCmd" in node)) continue;
			const place = placeOf(statement, node.AlterTableCmd, from);
			from = place.end;
			run(
				{ session, statement, recurse: stmt.relation?.inh ?? false, at: place.at },
				table,
				node.AlterTableCmd,
			);
		}
	} catch (error) {
		restore();
		throw error;
	}
}

const UNMODELLED = new Set<string>([
	"AT_ChangeOwner",
	"AT_ClusterOn",
	"AT_DropCluster",
	"AT_SetStatistics",
	"AT_SetOptions",
	"AT_ResetOptions",
	"AT_SetStorage",
	"AT_SetCompression",
	"AT_SetTableSpace",
	"AT_SetAccessMethod",
	"AT_SetRelOptions",
	"AT_ResetRelOptions",
	"AT_ReplaceRelOptions",
	"AT_EnableTrig",
	"AT_EnableAlwaysTrig",
	"AT_EnableReplicaTrig",
	"AT_DisableTrig",
	"AT_EnableTrigAll",
	"AT_DisableTrigAll",
	"AT_EnableTrigUser",
	"AT_DisableTrigUser",
	"AT_EnableRule",
	"AT_EnableAlwaysRule",
	"AT_EnableReplicaRule",
	"AT_DisableRule",
	"AT_ReplicaIdentity",
	"AT_GenericOptions",
	"AT_AlterColumnGenericOptions",
]);

function onlyUnmodelled(stmt: AlterTableStmt): boolean {
	return (stmt.cmds ?? []).every(
		(node) => "AlterTableCmd" in node && UNMODELLED.has(node.AlterTableCmd.subtype ?? ""),
	);
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

interface Context {
	readonly session: Session;
	readonly statement: Statement;
	/** Without ONLY: the children are altered as well. */
	readonly recurse: boolean;
	readonly at: Origin;
}

function run(context: Context, table: Table, command: AlterTableCmd): void {
	const { session, statement, at } = context;
	switch (command.subtype) {
		case "AT_AddColumn":
			addColumn(context, table, command);
			return;
		case "AT_DropColumn":
			removeColumn(context, table, command);
			return;
		case "AT_AlterColumnType":
			alterType(context, table, command);
			return;
		case "AT_ColumnDefault":
			withChildren(context, table, command, (column) => {
				column.default = { value: readDefault(session, command.def, at), at };
			});
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
			withChildren(context, table, command, (column) => {
				column.generated = { value: null, at };
			});
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
			if (UNMODELLED.has(command.subtype ?? "")) return;
			session.gap({
				under: `table:${table.schema}.${table.name}`,
				kinds: [],
				why: `${command.subtype ?? "a change"} is not understood`,
				at,
			});
			void statement;
	}
}

function addColumn(context: Context, table: Table, command: AlterTableCmd): void {
	const { session, statement, recurse } = context;
	const def = command.def && "ColumnDef" in command.def ? command.def.ColumnDef : undefined;
	if (!def) return;
	if (command.missing_ok && table.columns.get(def.colname ?? "")?.type) return;
	const inline = defineColumn(session, statement, table, def);
	for (const { constraint, column } of inline) {
		const at = statement.line(constraint.location);
		addConstraintTo(context, table, constraint, at, column);
	}
	const column = table.columns.get(def.colname ?? "");
	if (!recurse || !column) return;
	for (const child of table.children) spreadColumn(child, column);
}

function spreadColumn(child: Table, column: Column): void {
	inheritColumn(child, column);
	for (const grandchild of child.children) spreadColumn(grandchild, column);
}

function removeColumn(context: Context, table: Table, command: AlterTableCmd): void {
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

function withChildren(
	context: Context,
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

function alterType(context: Context, table: Table, command: AlterTableCmd): void {
	const { session, at } = context;
	const def = command.def && "ColumnDef" in command.def ? command.def.ColumnDef : undefined;
	if (!def) return;
	const type = readType(session, def.typeName);
	const collation = collationOf(def) ?? null;
	withChildren(context, table, command, (column) => {
		column.type = { value: type, at };
		delete column.typeUnknown;
		column.collation = { value: collation, at };
	});
}

function setNotNull(context: Context, table: Table, command: AlterTableCmd): void {
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

function alterIdentity(context: Context, table: Table, command: AlterTableCmd): void {
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
		setIdentity(session, table, column, constraint?.generated_when, constraint?.options, at);
	} else if (command.subtype === "AT_DropIdentity") {
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

function add(context: Context, table: Table, constraint: Constraint): void {
	addConstraintTo(context, table, constraint, context.at);
}

function addConstraintTo(
	context: Context,
	table: Table,
	constraint: Constraint,
	at: Origin,
	column?: string,
): void {
	const { session, statement, recurse } = context;
	const added = addConstraint({ session, statement, table, at, ...(column ? { column } : {}) }, constraint);
	if (!recurse || !added) return;
	if (added.kind === "index") cloneIndexToPartitions(session, table, added);
	else if (added.kind === "foreignKey") cloneForeignKeyToPartitions(table, added);
	else if (!added.noInherit) for (const child of table.children) spreadCheck(child, added);

	function spreadCheck(child: Table, check: Parameters<typeof inheritCheck>[1]): void {
		inheritCheck(child, check);
		for (const grandchild of child.children) spreadCheck(grandchild, check);
	}
}

function validate(table: Table, name: string, at: Origin): void {
	const constraint = constraintNamed(table, name);
	if (constraint && constraint.kind !== "index") constraint.validated = { value: true, at };
	else if (
		!constraint &&
		!table.presupposed &&
		![...table.columns.values()].some((c) => c.notNullName === name)
	) {
		throw new Rejection("42704", `constraint "${name}" of relation "${table.name}" does not exist`, [], at);
	}
}

function alterConstraint(table: Table, command: AlterTableCmd, at: Origin): void {
	const def = command.def;
	if (!def || !("ATAlterConstraint" in def)) return;
	const { conname, alterDeferrability } = def.ATAlterConstraint;
	const constraint = constraintNamed(table, conname ?? "");
	if (constraint?.kind === "foreignKey" && alterDeferrability) {
		constraint.deferrable = { value: deferrability(def.ATAlterConstraint), at };
	}
}

function alterInherit(context: Context, table: Table, command: AlterTableCmd): void {
	const { session, statement, at } = context;
	const def = command.def;
	if (!def || !("RangeVar" in def)) return;
	const parent = session.table(relationName(def.RangeVar), statement, at);
	if (command.subtype === "AT_AddInherit") inherit(session, table, parent, at);
	else detachPartition(parent, table);
}

function alterPartition(context: Context, table: Table, command: AlterTableCmd): void {
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

/** ALTER INDEX … ATTACH PARTITION: the parts are matched by shape anyway. */
function attachIndex(
	session: Session,
	stmt: AlterTableStmt,
	parent: { kind: "index" } & Parameters<typeof cloneIndexToPartitions>[2],
): void {
	for (const node of stmt.cmds ?? []) {
		if (!("AlterTableCmd" in node)) continue;
		const { subtype, def } = node.AlterTableCmd;
		if (subtype !== "AT_AttachPartition" || !def || !("PartitionCmd" in def)) continue;
		const part = session.catalog.relation(relationName(def.PartitionCmd.name));
		if (part?.kind === "index") part.parent = parent;
	}
}

function alterView(
	session: Session,
	statement: Statement,
	stmt: AlterTableStmt,
	view: { options: { value: readonly string[]; at: Origin } },
): void {
	for (const node of stmt.cmds ?? []) {
		if (!("AlterTableCmd" in node)) continue;
		const { subtype, def } = node.AlterTableCmd;
		if (subtype !== "AT_SetRelOptions" && subtype !== "AT_ResetRelOptions") continue;
		const options = optionsOf(def && "List" in def ? def.List.items : []);
		const names = new Set(options.map((option) => option.defname ?? ""));
		const kept = view.options.value.filter((option) => !names.has(option.split("=")[0] ?? ""));
		const set = options.map((option) => `${option.defname}=${String(scalarOf(option.arg) ?? true)}`);
		view.options = {
			value: [...kept, ...(subtype === "AT_SetRelOptions" ? set : [])].sort(),
			at: statement.at,
		};
	}
	void session;
}

function alterComposite(session: Session, statement: Statement, stmt: AlterTableStmt): void {
	const name = relationName(stmt.relation);
	const type = findType(session, name);
	if (type?.kind !== "composite") return;
	for (const node of stmt.cmds ?? []) {
		if (!("AlterTableCmd" in node)) continue;
		const { subtype, def, name: attribute = "" } = node.AlterTableCmd;
		const column = def && "ColumnDef" in def ? def.ColumnDef : undefined;
		if (subtype === "AT_AddColumn" && column) {
			type.attributes.push({ name: column.colname ?? "", type: readType(session, column.typeName) });
		} else if (subtype === "AT_DropColumn") {
			type.attributes = type.attributes.filter((other) => other.name !== attribute);
		} else if (subtype === "AT_AlterColumnType" && column) {
			const found = type.attributes.find((other) => other.name === attribute);
			if (found) found.type = readType(session, column.typeName);
		}
	}
	void statement;
}
