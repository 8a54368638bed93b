/** Foreign keys, and what Postgres demands of the columns that they refer to. */
import type { Origin } from "@schemalign/core";
import type { Constraint, Node } from "libpg-query";
import { primaryKeyOf } from "../catalog/catalog.js";
import { nameAddition } from "../catalog/names.js";
import type { Column, ForeignKey, Table } from "../catalog/objects.js";
import { relationName, textsOf } from "../tree.js";
import { requireComparable } from "./comparable.js";
import { deferrability, nameFor, type Site } from "./constraint-site.js";
import { Rejection } from "./session.js";

const ACTIONS: Readonly<Record<string, string>> = {
	a: "no action",
	r: "restrict",
	c: "cascade",
	n: "set null",
	d: "set default",
};
const MATCHES: Readonly<Record<string, string>> = { s: "simple", f: "full", p: "partial" };

/**
 * Adds a foreign key; `undefined`, with a gap, where a table of elsewhere leaves open what it refers to.
 * @throws Rejection where Postgres refuses it
 */
export function addForeignKey(site: Site, constraint: Constraint): ForeignKey | undefined {
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
