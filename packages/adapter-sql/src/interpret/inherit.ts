/** What a table takes over from another: INHERITS and LIKE. */
import { formatType, type Origin } from "@schemalign/core";
import type { TableLikeClause } from "libpg-query";
import { newSequence } from "../catalog/catalog.js";
import { chooseName } from "../catalog/names.js";
import type { Check, Column, Index, Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { chooseIndexName } from "./indexes.js";
import { Rejection, type Session } from "./session.js";
import { currentType } from "./types.js";

/** Gives `child` the columns and checks of `parent`, and links the two. */
export function inherit(session: Session, child: Table, parent: Table, at: Origin): void {
	for (const column of parent.columns.values()) inheritColumn(child, column);
	for (const constraint of parent.constraints) {
		if (constraint.kind === "check" && !constraint.noInherit) inheritCheck(child, constraint);
	}
	child.parents.push(parent);
	parent.children.add(child);
	if (parent.presupposed || parent.incomplete) {
		child.incomplete = { value: `not all columns of its parent ${parent.name} are known`, at };
	}
	void session;
}

/**
 * What ALTER TABLE … INHERIT asks of a child (MergeAttributesIntoExisting in tablecmds.c).
 * @throws Rejection where the child certainly does not fit
 */
export function requireHeir(child: Table, parent: Table, at: Origin): void {
	const refuse = (code: string, why: string): never => {
		throw new Rejection(code, why, [{ at: parent.at, note: "the parent" }], at);
	};
	if (child === parent || descendsFrom(parent, child)) refuse("42P07", "circular inheritance not allowed");
	if (child.parents.includes(parent)) {
		refuse("42P07", `relation "${parent.name}" would be inherited from more than once`);
	}
	if ([child, parent].some((table) => table.presupposed || table.incomplete)) return;
	for (const column of parent.columns.values()) {
		const own = child.columns.get(column.name);
		if (!own) refuse("42804", `child table is missing column "${column.name}"`);
		else if (!sameType(own, column)) {
			refuse("42804", `child table "${child.name}" has different type for column "${column.name}"`);
		} else if (column.notNull?.value && !own.notNull?.value) {
			refuse("42804", `column "${column.name}" in child table "${child.name}" must be marked NOT NULL`);
		} else if (Boolean(column.generated?.value) !== Boolean(own.generated?.value)) {
			refuse(
				"42804",
				`column "${column.name}" in child table must ${column.generated?.value ? "" : "not "}be a generated column`,
			);
		}
	}
	for (const check of parent.constraints) {
		if (check.kind !== "check" || check.noInherit) continue;
		if (!child.constraints.some((own) => own.kind === "check" && own.name.text === check.name.text)) {
			refuse("42804", `child table is missing constraint "${check.name.text}"`);
		}
	}
}

function descendsFrom(table: Table, ancestor: Table): boolean {
	return table.parents.some((parent) => parent === ancestor || descendsFrom(parent, ancestor));
}

function sameType(a: Column, b: Column): boolean {
	return a.type === undefined || b.type === undefined
		? true
		: formatType(currentType(a.type.value)) === formatType(currentType(b.type.value));
}

/** Merges a parent's column into the child. */
export function inheritColumn(child: Table, column: Column): Column {
	const own = child.columns.get(column.name);
	if (own) {
		own.inherited++;
		if (column.notNull?.value && !own.notNull?.value) own.notNull = column.notNull;
		return own;
	}
	const copy: Column = { ...column, inherited: 1, local: false };
	delete copy.comment;
	const value = column.default?.value;
	// An identity is not inherited; a partition gets it when it is attached.
	if (value?.is === "sequence" && value.how.startsWith("identity"))
		copy.default = { value: null, at: column.at };
	child.columns.set(column.name, copy);
	return copy;
}

/** Gives the child a parent's check, unless it has one of that name. */
export function inheritCheck(child: Table, check: Check): Check | undefined {
	const own = child.constraints.find(
		(other) => other.kind === "check" && other.name.text === check.name.text,
	);
	if (own?.kind === "check") {
		own.inherited = true;
		return undefined;
	}
	const copy: Check = { ...check, name: { ...check.name }, table: child, inherited: true };
	delete copy.comment;
	child.constraints.push(copy);
	return copy;
}

const LIKE_OPTIONS = {
	comments: 1,
	constraints: 4,
	defaults: 8,
	generated: 16,
	identity: 32,
	indexes: 64,
} as const;

/** Copies `source` into `table` and returns what must wait until the table's own constraints are there. */
export function copyLike(
	session: Session,
	statement: Statement,
	table: Table,
	source: Table,
	clause: TableLikeClause,
): (() => void)[] {
	const options = clause.options ?? 0;
	const includes = (option: keyof typeof LIKE_OPTIONS): boolean => (options & LIKE_OPTIONS[option]) !== 0;
	const { at } = statement;
	if (source.presupposed || source.incomplete) {
		table.incomplete = { value: `not all columns of ${source.name}, which it copies, are known`, at };
	}
	for (const column of source.columns.values()) {
		if (table.columns.has(column.name)) {
			throw new Rejection("42701", `column "${column.name}" specified more than once`);
		}
		const copy: Column = { name: column.name, at: column.at, inherited: 0, local: true };
		if (column.type) copy.type = { value: column.type.value, at };
		if (column.typeUnknown) copy.typeUnknown = column.typeUnknown;
		if (column.notNull) copy.notNull = { value: column.notNull.value, at };
		if (column.collation) copy.collation = column.collation;
		copy.default = { value: null, at };
		copy.generated = { value: null, at };
		copyDefault(session, table, column, copy, includes);
		if (includes("generated") && column.generated?.value)
			copy.generated = { value: column.generated.value, at };
		if (includes("comments") && column.comment) copy.comment = column.comment;
		table.columns.set(copy.name, copy);
	}
	const later: (() => void)[] = [];
	if (includes("constraints")) later.push(() => copyChecks(table, source, at));
	if (includes("indexes")) later.push(() => copyIndexes(session, table, source, at));
	return later;
}

function copyDefault(
	session: Session,
	table: Table,
	column: Column,
	copy: Column,
	includes: (option: keyof typeof LIKE_OPTIONS) => boolean,
): void {
	const value = column.default?.value;
	if (!value) return;
	const identity = value.is === "sequence" && value.how.startsWith("identity");
	if (identity) {
		if (!includes("identity")) return;
		const taken = (name: string): boolean => session.taken(table.schema, name);
		const sequence = newSequence(table.schema, chooseName(table.name, copy.name, "seq", taken), copy.at);
		sequence.ownedBy = { table, column: copy };
		session.catalog.addRelation(sequence);
		copy.default = { value: { ...value, sequence }, at: copy.at };
	} else if (includes("defaults")) copy.default = { value, at: copy.at };
}

function copyChecks(table: Table, source: Table, at: Origin): void {
	for (const constraint of source.constraints) {
		if (constraint.kind !== "check") continue;
		const copy: Check = { ...constraint, name: { ...constraint.name }, at, table };
		delete copy.comment;
		copy.inherited = false;
		table.constraints.push(copy);
	}
}

/** Indexes keep their shape and get the names that Postgres makes up. */
function copyIndexes(session: Session, table: Table, source: Table, at: Origin): void {
	for (const index of source.indexes) {
		if (index.role === "primary key" && table.indexes.some((own) => own.role === "primary key")) continue;
		const copy = indexOn(table, index, at);
		nameAfterRole(session, copy, at);
		table.indexes.push(copy);
		session.catalog.addRelation(copy);
		if (copy.role !== "primary key") continue;
		for (const { column } of copy.parts) if (column) column.notNull = { value: true, at };
	}
}

/** Gives a copied index the name that Postgres makes up. */
export function nameAfterRole(session: Session, copy: Index, at: Origin): void {
	copy.name = { text: chooseIndexName(session, copy, ENDINGS[copy.role]), stated: false, at };
}

const ENDINGS = {
	index: "idx",
	"unique index": "idx",
	unique: "key",
	"primary key": "pkey",
	exclusion: "excl",
} as const;

/** The same index on another table with columns of the same names; its name is to be set. */
export function indexOn(table: Table, index: Index, at: Origin): Index {
	const here = (column: Column): Column => table.columns.get(column.name) ?? column;
	const copy: Index = {
		...index,
		at,
		table,
		name: { text: "", stated: false, at },
		parts: index.parts.map((part) => (part.column ? { ...part, column: here(part.column) } : part)),
		include: index.include.map(here),
	};
	delete copy.comment;
	delete copy.parent;
	return copy;
}
