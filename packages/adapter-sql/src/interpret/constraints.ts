/** Constraints: of columns, of tables, and added later. */
import type { Origin } from "@schemalign/core";
import type { Constraint } from "libpg-query";
import { isConstraint, primaryKeyOf } from "../catalog/catalog.js";
import type { Check, Column, ForeignKey, Index, IndexPart } from "../catalog/objects.js";
import { columnsIn, itemsOf, textsOf } from "../tree.js";
import { deferrability, nameFor, requireFreeName, type Site } from "./constraint-site.js";
import { requireAllowed } from "./forbidden.js";
import { addForeignKey } from "./foreign-keys.js";
import { requireFunctions } from "./immutable.js";
import { chooseIndexName, readParts, requireColumns } from "./indexes.js";
import { Rejection } from "./session.js";

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
