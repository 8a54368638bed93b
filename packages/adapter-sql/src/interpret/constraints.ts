/** Constraints: of columns, of tables, and added later. */
import type { Origin } from "@schemalign/core";
import type { Constraint, Node } from "libpg-query";
import { constraintNamed, isConstraint, primaryKeyOf } from "../catalog/catalog.js";
import { chooseName, nameAddition } from "../catalog/names.js";
import type { Check, Column, ForeignKey, Index, IndexPart, ObjectName, Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { columnsIn, itemsOf, relationName, textsOf } from "../tree.js";
import { requireComparable } from "./comparable.js";
import { requireAllowed } from "./forbidden.js";
import { requireFunctions } from "./immutable.js";
import { chooseIndexName, readParts, requireColumns } from "./indexes.js";
import { Rejection, type Session } from "./session.js";

/** Where a constraint is added. */
export interface Site {
	readonly session: Session;
	readonly statement: Statement;
	readonly table: Table;
	readonly at: Origin;
	/** The column in whose definition it is written. */
	readonly column?: string;
}

export type Added = ForeignKey | Check | Index | undefined;

/**
 * Adds a constraint to the table.
 * @throws Rejection where Postgres refuses it
 */
export function addConstraint(site: Site, constraint: Constraint): Added {
	const { session, at } = site;
	if (constraint.contype === "CONSTR_CHECK" || constraint.contype === "CONSTR_FOREIGN") {
		if (!constraint.is_enforced) session.notModelled("NOT ENFORCED", at);
	}
	if (constraint.without_overlaps || constraint.fk_with_period) {
		session.notModelled("WITHOUT OVERLAPS and PERIOD", at);
	}
	switch (constraint.contype) {
		case "CONSTR_CHECK":
			return addCheck(site, constraint);
		case "CONSTR_PRIMARY":
		case "CONSTR_UNIQUE":
			return constraint.indexname ? adoptIndex(site, constraint) : addKey(site, constraint);
		case "CONSTR_FOREIGN":
			return addForeignKey(site, constraint);
		case "CONSTR_EXCLUSION":
			return addExclusion(site, constraint);
		case "CONSTR_NOTNULL":
			for (const name of textsOf(constraint.keys)) {
				const column = site.session.column(site.table, name, site.at);
				column.notNull = { value: true, at: site.at };
				if (constraint.conname) column.notNullName = constraint.conname;
			}
			return undefined;
		default:
			return undefined;
	}
}

function requireFreeName(site: Site, name: string): void {
	const taken = constraintNamed(site.table, name);
	if (!taken) return;
	throw new Rejection(
		"42710",
		`constraint "${name}" for relation "${site.table.name}" already exists`,
		[{ at: taken.at, note: "the first one is here" }],
		site.at,
	);
}

function nameFor(site: Site, given: string | undefined, second: string, label: string): ObjectName {
	if (given) {
		requireFreeName(site, given);
		return { text: given, stated: true, at: site.at };
	}
	const { table } = site;
	const taken = (name: string): boolean => table.constraints.some((other) => other.name.text === name);
	return { text: chooseName(table.name, second, label, taken), stated: false, at: site.at };
}

function addCheck(site: Site, constraint: Constraint): Check {
	const { session, table, at } = site;
	const node = constraint.raw_expr ?? { A_Const: { isnull: true } };
	requireAllowed(node, "check constraint", at);
	requireColumns(session, table, node, at);
	requireFunctions(session, node, at);
	const columns = [...columnsIn(node)].filter((name) => name !== "*");
	const check: Check = {
		kind: "check",
		name: nameFor(site, constraint.conname, columns.length === 1 ? (columns[0] ?? "") : "", "check"),
		at,
		table,
		node,
		validated: { value: !constraint.skip_validation, at },
		noInherit: constraint.is_no_inherit ?? false,
		inherited: false,
	};
	table.constraints.push(check);
	return check;
}

/** The columns that a key constraint is on. */
function keyColumns(site: Site, constraint: Constraint): Column[] {
	const names = textsOf(constraint.keys);
	const wanted = names.length > 0 ? names : site.column ? [site.column] : [];
	return wanted.map((name) => site.session.column(site.table, name, site.at));
}

function addKey(site: Site, constraint: Constraint): Index {
	const { session, table, at } = site;
	const primary = constraint.contype === "CONSTR_PRIMARY";
	if (primary) requireNoPrimaryKey(site);
	const columns = keyColumns(site, constraint);
	const index: Index = {
		kind: "index",
		name: { text: constraint.conname ?? "", stated: constraint.conname !== undefined, at },
		at,
		table,
		role: primary ? "primary key" : "unique",
		parts: columns.map((column) => ({ column, order: "asc", nulls: "last" })),
		include: textsOf(constraint.including).map((name) => session.column(table, name, at)),
		method: "btree",
		nullsNotDistinct: constraint.nulls_not_distinct ?? false,
		deferrable: deferrability(constraint),
	};
	nameIndex(site, index, primary ? "pkey" : "key");
	if (primary) for (const column of columns) requireNotNull(column, at);
	return index;
}

function requireNoPrimaryKey({ table, at }: Site): void {
	const existing = primaryKeyOf(table);
	if (!existing) return;
	throw new Rejection(
		"42P16",
		`multiple primary keys for table "${table.name}" are not allowed`,
		[{ at: existing.at, note: "the first primary key" }],
		at,
	);
}

function requireFreeRelation({ session, table, at }: Site, name: string): void {
	const taken = session.catalog.relationIn(table.schema, name);
	if (!taken || (taken.kind === "table" && taken.presupposed)) return;
	throw new Rejection(
		"42P07",
		`relation "${name}" already exists`,
		[{ at: taken.at, note: "it is here" }],
		at,
	);
}

function requireNotNull(column: Column, at: Origin): void {
	if (!column.notNull?.value) column.notNull = { value: true, at };
}

function nameIndex(site: Site, index: Index, label: "pkey" | "key" | "excl"): void {
	const { session, table } = site;
	if (!index.name.stated) index.name.text = chooseIndexName(session, index, label);
	else {
		// In the order of index_create (catalog/index.c): the relation's name is looked at first.
		requireFreeRelation(site, index.name.text);
		requireFreeName(site, index.name.text);
	}
	table.indexes.push(index);
	session.catalog.addRelation(index);
}

/** Which indexes can become a key (transformIndexConstraint in parse_utilcmd.c). */
function refuseUnfit(site: Site, index: Index, constraint: Constraint): void {
	const refuse = (code: string, why: string): never => {
		throw new Rejection(code, why, [{ at: index.at, note: "the index" }], site.at);
	};
	const name = index.name.text;
	if (index.role !== "unique index") refuse("42809", `"${name}" is not a unique index`);
	if (index.parts.some((part) => !part.column)) refuse("42809", `index "${name}" contains expressions`);
	if (index.predicate) refuse("42809", `"${name}" is a partial index`);
	if (index.parts.some((part) => part.order === "desc" || part.nulls === "first" || part.opclass)) {
		refuse("42809", `index "${name}" does not have default sorting behavior`);
	}
	if (constraint.contype === "CONSTR_PRIMARY") requireNoPrimaryKey(site);
}

/** ADD CONSTRAINT … USING INDEX: the index becomes the constraint and takes its name. */
function adoptIndex(site: Site, constraint: Constraint): Index {
	const { session, table, at } = site;
	const index = table.indexes.find((candidate) => candidate.name.text === constraint.indexname);
	if (!index) {
		throw new Rejection("42704", `index "${constraint.indexname}" does not exist`, [], at);
	}
	if (isConstraint(index)) {
		throw new Rejection(
			"55000",
			`index "${index.name.text}" is already associated with a constraint`,
			[],
			at,
		);
	}
	refuseUnfit(site, index, constraint);
	if (constraint.conname && constraint.conname !== index.name.text) {
		const conname = constraint.conname;
		requireFreeName(site, conname);
		requireFreeRelation(site, conname);
		session.catalog.moveRelation(index, () => {
			index.name = { text: conname, stated: true, at };
		});
	}
	index.role = constraint.contype === "CONSTR_PRIMARY" ? "primary key" : "unique";
	index.deferrable = deferrability(constraint);
	if (index.role === "primary key") {
		for (const { column } of index.parts) if (column) requireNotNull(column, at);
	}
	return index;
}

function addExclusion(site: Site, constraint: Constraint): Index {
	const { session, statement, table, at } = site;
	const parts = (constraint.exclusions ?? []).flatMap((pair): IndexPart[] => {
		const [element, operator] = itemsOf(pair);
		const part = element ? readParts(session, statement, table, [element])[0] : undefined;
		return part ? [{ ...part, operator: textsOf(itemsOf(operator)).at(-1) ?? "=" }] : [];
	});
	requireColumns(session, table, constraint.where_clause, at);
	const index: Index = {
		kind: "index",
		name: { text: constraint.conname ?? "", stated: constraint.conname !== undefined, at },
		at,
		table,
		role: "exclusion",
		parts,
		include: textsOf(constraint.including).map((name) => session.column(table, name, at)),
		method: constraint.access_method ?? "btree",
		...(constraint.where_clause ? { predicate: constraint.where_clause } : {}),
		nullsNotDistinct: false,
		deferrable: deferrability(constraint),
	};
	nameIndex(site, index, "excl");
	return index;
}

const ACTIONS: Readonly<Record<string, string>> = {
	a: "no action",
	r: "restrict",
	c: "cascade",
	n: "set null",
	d: "set default",
};
const MATCHES: Readonly<Record<string, string>> = { s: "simple", f: "full", p: "partial" };

function addForeignKey(site: Site, constraint: Constraint): ForeignKey | undefined {
	const { session, statement, table, at } = site;
	const names = textsOf(constraint.fk_attrs);
	const wanted = names.length > 0 ? names : site.column ? [site.column] : [];
	const columns = wanted.map((name) => session.column(table, name, at));
	const written = relationName(constraint.pktable);
	const target =
		written.name === table.name && session.catalog.schemaFor(written) === table.schema
			? table
			: session.table(written, statement, at, true);
	const targetColumns = referencedColumns(site, target, constraint.pk_attrs, columns.length);
	const name = nameFor(site, constraint.conname, nameAddition(columns.map((column) => column.name)), "fkey");
	if (!targetColumns) return undefined;
	if (!session.declared) requireComparable(columns, target, targetColumns, name.text, at);
	const key: ForeignKey = {
		kind: "foreignKey",
		name,
		at,
		table,
		columns,
		target,
		targetColumns,
		onDelete: ACTIONS[constraint.fk_del_action ?? "a"] ?? "no action",
		onUpdate: ACTIONS[constraint.fk_upd_action ?? "a"] ?? "no action",
		match: MATCHES[constraint.fk_matchtype ?? "s"] ?? "simple",
		deferrable: { value: deferrability(constraint), at },
		validated: { value: !constraint.skip_validation, at },
	};
	table.constraints.push(key);
	target.incoming.add(key);
	return key;
}

/** The columns that a foreign key points to; `undefined`, with a gap, where a table of elsewhere leaves them open. */
function referencedColumns(
	site: Site,
	target: Table,
	nodes: readonly Node[] | undefined,
	count: number,
): Column[] | undefined {
	const { session, table, at } = site;
	const names = textsOf(nodes);
	if (names.length > 0) {
		const columns = names.map((name) => session.column(target, name, at));
		requireUnique(target, columns, at);
		return columns;
	}
	const primary = primaryKeyOf(target);
	const columns = primary?.parts.flatMap(({ column }) => (column ? [column] : []));
	if (columns && columns.length === count) return columns;
	if (columns) {
		throw new Rejection(
			"42830",
			"number of referencing and referenced columns for foreign key disagree",
			[],
			at,
		);
	}
	if (target.schema === "auth" && target.name === "users" && count === 1)
		return [session.column(target, "id", at)];
	if (!target.presupposed && !target.incomplete) {
		throw new Rejection(
			"42830",
			`there is no primary key for referenced table "${target.name}"`,
			[{ at: target.at, note: `${target.name} is created here` }],
			at,
		);
	}
	session.gap({
		under: `table:${table.schema}.${table.name}`,
		kinds: ["foreignKey"],
		why: `a foreign key points to the primary key of ${target.name}, which this source does not create`,
		at,
	});
	return undefined;
}

function requireUnique(target: Table, columns: readonly Column[], at: Origin): void {
	if (target.presupposed || target.incomplete || target.partitionOf) return;
	const fits = target.indexes.some(
		(index) =>
			(index.role === "primary key" || index.role === "unique" || index.role === "unique index") &&
			index.predicate === undefined &&
			index.parts.length === columns.length &&
			index.parts.every(({ column }) => column !== undefined && columns.includes(column)),
	);
	if (fits) return;
	throw new Rejection(
		"42830",
		`there is no unique constraint matching given keys for referenced table "${target.name}"`,
		[{ at: target.at, note: `${target.name} is created here` }],
		at,
	);
}

/** How a constraint may be deferred, in the model's words. */
export function deferrability(constraint: { deferrable?: boolean; initdeferred?: boolean }): string {
	if (constraint.initdeferred) return "initially deferred";
	return constraint.deferrable ? "deferrable" : "not deferrable";
}
