/** Columns: their definition within CREATE TABLE and ADD COLUMN. */
import { formatType, makeType, type Origin } from "@schemalign/core";
import type { ColumnDef, Constraint, Node } from "libpg-query";
import { newSequence } from "../catalog/catalog.js";
import { chooseName } from "../catalog/names.js";
import type { Column, ColumnDefault, ColumnType, Sequence, Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { nameFrom, nameOf, optionsOf, scalarOf, textsOf } from "../tree.js";
import { requireAllowed } from "./forbidden.js";
import { requireFunctions, requireImmutable } from "./immutable.js";
import { setSequenceOptions } from "./sequences.js";
import type { Session } from "./session.js";
import { Rejection } from "./session.js";
import { currentType, readType, serialOf } from "./types.js";

/** A constraint written within a column's definition, to be added once all columns are there. */
export interface InlineConstraint {
	readonly constraint: Constraint;
	readonly column: string;
}

/**
 * Adds a column to `table` and returns the constraints that its definition holds.
 * @throws Rejection where Postgres refuses the definition
 */
export function defineColumn(
	session: Session,
	statement: Statement,
	table: Table,
	def: ColumnDef,
): InlineConstraint[] {
	const name = def.colname ?? "";
	const at = statement.line(def.location);
	const existing = table.columns.get(name);
	if (existing && (existing.local || existing.inherited === 0) && existing.type) {
		throw new Rejection(
			"42701",
			`column "${name}" of relation "${table.name}" already exists`,
			[{ at: existing.at, note: "defined first here" }],
			at,
		);
	}
	const column: Column = existing ?? { name, at, inherited: 0, local: true };
	column.local = true;
	if (!existing) table.columns.set(name, column);
	const inherited = existing?.type;
	const generates = (def.constraints ?? []).some(
		(node) => "Constraint" in node && node.Constraint.contype === "CONSTR_GENERATED",
	);
	if (inherited && generates && !existing.generated?.value) {
		throw new Rejection("42611", `child column "${name}" specifies generation expression`, [], at);
	}
	setColumnType(session, table, column, def, at);
	if (inherited && column.type && typeKey(inherited.value) !== typeKey(column.type.value)) {
		throw new Rejection(
			"42804",
			`column "${name}" has a type conflict`,
			[{ at: inherited.at, note: "the parent's column" }],
			at,
		);
	}
	const collation = collationOf(def);
	if (collation) column.collation = { value: collation, at };
	column.default ??= { value: null, at };
	column.generated ??= { value: null, at };
	return readInline(session, statement, table, column, def);
}

function typeKey(type: ColumnType): string {
	return formatType(currentType(type));
}

function setColumnType(session: Session, table: Table, column: Column, def: ColumnDef, at: Origin): void {
	const serial = serialOf(def.typeName);
	if (!def.typeName) return;
	if (!serial) {
		column.type = { value: readType(session, def.typeName), at };
		column.notNull ??= { value: false, at };
		return;
	}
	column.type = { value: { value: makeType(serial) }, at };
	column.notNull = { value: true, at };
	const sequence = ownSequence(session, table, column, at, serial);
	column.default = { value: { is: "sequence", how: "serial", sequence }, at };
}

/** A sequence that belongs to the column, named as Postgres names it. */
function ownSequence(
	session: Session,
	table: Table,
	column: Column,
	at: Origin,
	type: string,
	named?: { schema?: string; name: string },
): Sequence {
	const name =
		named?.name ??
		chooseName(table.name, column.name, "seq", (candidate) => session.taken(table.schema, candidate));
	const sequence = newSequence(named?.schema ?? table.schema, name, at, type);
	sequence.ownedBy = { table, column };
	session.catalog.addRelation(sequence);
	return sequence;
}

/** The collation that a column states; "default" is none. */
export function collationOf(def: ColumnDef): string | undefined {
	const name = textsOf(def.collClause?.collname)
		.filter((part) => part !== "pg_catalog")
		.join(".");
	return name === "" || name === "default" ? undefined : name;
}

function readInline(
	session: Session,
	statement: Statement,
	table: Table,
	column: Column,
	def: ColumnDef,
): InlineConstraint[] {
	const constraints: Constraint[] = [];
	for (const node of def.constraints ?? []) {
		if (!("Constraint" in node)) continue;
		const constraint = node.Constraint;
		const last = constraints.at(-1);
		const at = statement.line(constraint.location);
		if (last && deferAttribute(last, constraint)) continue;
		if (!applyToColumn(session, table, column, constraint, at)) constraints.push(constraint);
	}
	return constraints.map((constraint) => ({ constraint, column: column.name }));
}

/** DEFERRABLE and its kin come as constraints of their own after the one that they qualify. */
function deferAttribute(target: Constraint, attribute: Constraint): boolean {
	switch (attribute.contype) {
		case "CONSTR_ATTR_DEFERRABLE":
			target.deferrable = true;
			return true;
		case "CONSTR_ATTR_DEFERRED":
			target.deferrable = true;
			target.initdeferred = true;
			return true;
		case "CONSTR_ATTR_NOT_ENFORCED":
			target.is_enforced = false;
			target.skip_validation = true;
			return true;
		case "CONSTR_ATTR_ENFORCED":
		case "CONSTR_ATTR_NOT_DEFERRABLE":
		case "CONSTR_ATTR_IMMEDIATE":
			return true;
		default:
			return false;
	}
}

/** Whether the constraint is a property of the column itself; then it is set. */
function applyToColumn(
	session: Session,
	table: Table,
	column: Column,
	constraint: Constraint,
	at: Origin,
): boolean {
	switch (constraint.contype) {
		case "CONSTR_NULL":
			return true;
		case "CONSTR_NOTNULL":
			column.notNull = { value: true, at };
			if (constraint.conname) column.notNullName = constraint.conname;
			return true;
		case "CONSTR_DEFAULT":
			column.default = { value: readDefault(session, constraint.raw_expr, at), at };
			return true;
		case "CONSTR_IDENTITY":
			setIdentity(session, table, column, constraint.generated_when, constraint.options, at);
			return true;
		case "CONSTR_GENERATED":
			requireAllowed(constraint.raw_expr, "column generation expression", at);
			requireImmutable(session, table, constraint.raw_expr, "generation expression is not immutable", at);
			column.generated = { value: constraint.raw_expr ?? null, at };
			if (constraint.generated_kind === "v") session.notModelled("whether generated columns are stored", at);
			return true;
		default:
			return false;
	}
}

/** Makes the column an identity column. */
export function setIdentity(
	session: Session,
	table: Table,
	column: Column,
	when: string | undefined,
	options: readonly Node[] | undefined,
	at: Origin,
): void {
	const named = optionsOf(options).find((option) => option.defname === "sequence_name");
	const name = named?.arg && "List" in named.arg ? nameOf(named.arg.List.items) : undefined;
	const type = column.type?.value.value.name ?? "bigint";
	const sequence = ownSequence(session, table, column, at, type, name);
	setSequenceOptions(session, sequence, options);
	column.notNull = { value: true, at };
	column.default = { value: { is: "sequence", how: identityKind(when), sequence }, at };
}

/** The kind of identity behind the parser's letter. */
export function identityKind(when: string | undefined): "identity-always" | "identity-by-default" {
	return when === "a" ? "identity-always" : "identity-by-default";
}

/** A default as the model states it: `NULL` is none, `nextval` a sequence. */
export function readDefault(session: Session, node: Node | undefined, at: Origin): ColumnDefault | null {
	if (node === undefined || isNull(node)) return null;
	const sequence = nextvalOf(node);
	if (sequence === undefined) {
		requireAllowed(node, "DEFAULT expression", at);
		requireFunctions(session, node, at);
		return { is: "expression", node };
	}
	const relation = session.catalog.relation(nameFrom(sequence));
	if (!relation) session.certainlyMissing(nameFrom(sequence), session, at);
	return relation?.kind === "sequence"
		? { is: "sequence", how: "nextval", sequence: relation }
		: { is: "sequence", how: "nextval", named: sequence.join(".") };
}

function isNull(node: Node): boolean {
	if ("TypeCast" in node) return node.TypeCast.arg !== undefined && isNull(node.TypeCast.arg);
	return "A_Const" in node && node.A_Const.isnull === true;
}

/** The sequence's name parts in `nextval('a.b'::regclass)`. */
function nextvalOf(node: Node): string[] | undefined {
	if (!("FuncCall" in node) || nameOf(node.FuncCall.funcname).name !== "nextval") return undefined;
	const argument = node.FuncCall.args?.[0];
	const text = castText(argument);
	return text === undefined ? undefined : splitIdentifiers(text);
}

function castText(node: Node | undefined): string | undefined {
	if (node && "TypeCast" in node) return castText(node.TypeCast.arg);
	const value = scalarOf(node);
	return typeof value === "string" ? value : undefined;
}

/** The parts of a name in text, as `regclass` reads it. */
function splitIdentifiers(text: string): string[] {
	const parts = text.match(/"(?:[^"]|"")+"|[^".\s]+/g) ?? [];
	return parts.map((part) =>
		part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase(),
	);
}
