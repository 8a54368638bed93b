/** Partitioned tables: what a partition gets from its parent, as Postgres clones it. */
import type { Origin } from "@schemalign/core";
import type { Node, PartitionBoundSpec, PartitionSpec } from "libpg-query";
import type { ForeignKey, Index, PartitionKey, Table } from "../catalog/objects.js";
import { nameOf, scalarOf, stripLocations, textOf } from "../tree.js";
import { indexOn, nameAfterRole } from "./inherit.js";
import type { Session } from "./session.js";

/** Makes `child` a partition: its columns must be there; keys, indexes, foreign keys and triggers are cloned. */
export function attachPartition(
	session: Session,
	parent: Table,
	child: Table,
	bound: string,
	at: Origin,
): void {
	child.partitionOf = { value: parent, at };
	child.partitionBound = { value: bound, at };
	parent.children.add(child);
	if (!child.parents.includes(parent)) child.parents.push(parent);
	for (const index of parent.indexes) cloneIndex(session, child, index, at);
	for (const constraint of parent.constraints) {
		if (constraint.kind === "foreignKey") cloneForeignKey(child, constraint, at);
	}
	for (const trigger of parent.triggers.values()) {
		if (trigger.level === "row" && !child.triggers.has(trigger.name)) {
			child.triggers.set(trigger.name, { ...trigger });
		}
	}
	for (const [name, column] of parent.columns) {
		const own = child.columns.get(name);
		if (!own) continue;
		if (column.notNull?.value && !own.notNull?.value) own.notNull = { value: true, at };
		const value = column.default?.value;
		if (value?.is === "sequence" && value.how.startsWith("identity")) own.default = { value, at };
	}
}

/** DETACH PARTITION: what the partition has, it keeps. */
export function detachPartition(parent: Table, child: Table): void {
	delete child.partitionOf;
	delete child.partitionBound;
	parent.children.delete(child);
	child.parents = child.parents.filter((other) => other !== parent);
	for (const index of child.indexes) delete index.parent;
	for (const column of child.columns.values()) {
		column.inherited = Math.max(0, column.inherited - 1);
		column.local = true;
	}
}

/** An index or key made on a partitioned table is made on its partitions. */
export function cloneIndexToPartitions(session: Session, table: Table, index: Index): void {
	if (!table.partitionKey) return;
	for (const child of table.children)
		if (child.partitionOf?.value === table) cloneIndex(session, child, index, index.at);
}

function cloneIndex(session: Session, child: Table, index: Index, at: Origin): void {
	const shape = indexShape(index);
	const own = child.indexes.find(
		(candidate) =>
			!candidate.parent &&
			indexShape(candidate) === shape &&
			(isKey(index) ? candidate.role === index.role : true),
	);
	if (own) {
		own.parent = index;
		return;
	}
	const copy = indexOn(child, index, at);
	nameAfterRole(session, copy, at);
	copy.parent = index;
	child.indexes.push(copy);
	session.catalog.addRelation(copy);
	if (copy.role === "primary key") {
		for (const { column } of copy.parts)
			if (column && !column.notNull?.value) column.notNull = { value: true, at };
	}
	cloneIndexToPartitions(session, child, copy);
}

function isKey(index: Index): boolean {
	return index.role === "primary key" || index.role === "unique" || index.role === "exclusion";
}

function indexShape(index: Index): string {
	return JSON.stringify([
		index.role !== "index",
		index.method,
		index.parts.map((part) => [
			part.column?.name,
			stripLocations(part.node),
			part.order,
			part.nulls,
			part.opclass,
		]),
		stripLocations(index.predicate),
	]);
}

/** A foreign key of a partitioned table holds for its partitions. */
export function cloneForeignKeyToPartitions(table: Table, key: ForeignKey): void {
	if (!table.partitionKey) return;
	for (const child of table.children)
		if (child.partitionOf?.value === table) cloneForeignKey(child, key, key.at);
}

function cloneForeignKey(child: Table, key: ForeignKey, at: Origin): void {
	const columns = key.columns.map((column) => child.columns.get(column.name) ?? column);
	const same = child.constraints.some(
		(other) =>
			other.kind === "foreignKey" &&
			other.target === key.target &&
			other.columns.length === columns.length &&
			other.columns.every((column, position) => column === columns[position]) &&
			other.onDelete === key.onDelete &&
			other.onUpdate === key.onUpdate,
	);
	if (same) return;
	const copy: ForeignKey = { ...key, name: { ...key.name }, at, table: child, columns, parent: key };
	delete copy.comment;
	child.constraints.push(copy);
	key.target.incoming.add(copy);
	cloneForeignKeyToPartitions(child, copy);
}

const STRATEGIES: Readonly<Record<string, string>> = {
	PARTITION_STRATEGY_LIST: "LIST",
	PARTITION_STRATEGY_RANGE: "RANGE",
	PARTITION_STRATEGY_HASH: "HASH",
};

/** What a table is partitioned by. */
export function partitionKeyOf(spec: PartitionSpec): PartitionKey {
	const elements = (spec.partParams ?? []).flatMap((node) => {
		if (!("PartitionElem" in node)) return [];
		const { name, expr, opclass } = node.PartitionElem;
		const operators = nameOf(opclass).name;
		return [
			{
				...(name === undefined ? {} : { column: name }),
				...(expr ? { node: expr } : {}),
				...(operators ? { opclass: operators } : {}),
			},
		];
	});
	return { strategy: STRATEGIES[spec.strategy ?? ""] ?? "RANGE", elements };
}

/** The bound as `pg_get_expr(relpartbound)` prints it. */
export function partitionBoundText(bound: PartitionBoundSpec): string {
	if (bound.is_default) return "DEFAULT";
	if (bound.strategy === "h") {
		return `FOR VALUES WITH (modulus ${bound.modulus ?? 0}, remainder ${bound.remainder ?? 0})`;
	}
	if (bound.strategy === "l") return `FOR VALUES IN (${datums(bound.listdatums)})`;
	return `FOR VALUES FROM (${datums(bound.lowerdatums)}) TO (${datums(bound.upperdatums)})`;
}

function datums(nodes: readonly Node[] | undefined): string {
	return (nodes ?? []).map(datum).join(", ");
}

function datum(node: Node): string {
	if ("ColumnRef" in node) return (textOf(node.ColumnRef.fields?.at(-1)) ?? "").toUpperCase();
	if ("TypeCast" in node && node.TypeCast.arg) return datum(node.TypeCast.arg);
	if ("A_Const" in node && node.A_Const.isnull) return "NULL";
	const value = scalarOf(node);
	if (typeof value === "string" && "A_Const" in node && node.A_Const.sval)
		return `'${value.replaceAll("'", "''")}'`;
	return value === undefined ? stripLocations(node) : String(value);
}
