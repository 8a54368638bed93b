/** Undoing a statement of several steps that fails at a later one. */
import type { Column, Table } from "../catalog/objects.js";
import { readersOf, removeOwnedSequence } from "./drop-relation.js";
import type { Session } from "./session.js";

/** Remembers the state of a table and of those below it; the function returned puts it back. */
export function saveTable(session: Session, table: Table): () => void {
	const restores = [...withDescendants(table)].map((each) => saveOne(session, each));
	return () => {
		for (const restore of restores) restore();
	};
}

function withDescendants(table: Table, found: Set<Table> = new Set()): Set<Table> {
	if (found.has(table)) return found;
	found.add(table);
	for (const child of table.children) withDescendants(child, found);
	return found;
}

function saveOne(session: Session, table: Table): () => void {
	const own = { ...table, parents: [...table.parents] };
	const links = { children: [...table.children], incoming: [...table.incoming] };
	const columns = [...table.columns].map(([name, column]) => ({ name, column, saved: { ...column } }));
	const constraints = table.constraints.map((constraint) => ({
		object: constraint,
		saved: { ...constraint },
	}));
	const views = readersOf(session, table);
	const indexes = table.indexes.map((index) => ({ object: index, saved: { ...index } }));
	return () => {
		const kept = new Set<Column>(columns.map(({ column }) => column));
		for (const column of table.columns.values()) {
			if (!kept.has(column)) removeOwnedSequence(session, table, column);
		}
		for (const index of table.indexes) session.catalog.removeRelation(index);
		for (const constraint of table.constraints) {
			if (constraint.kind === "foreignKey") constraint.target.incoming.delete(constraint);
		}
		session.catalog.moveRelation(table, () => {
			assign(table, own);
			table.columns = new Map(columns.map(({ name, column, saved }) => [name, assign(column, saved)]));
			table.constraints = constraints.map(({ object, saved }) => assign(object, saved));
			table.indexes = indexes.map(({ object, saved }) => assign(object, saved));
		});
		replace(table.children, links.children);
		replace(table.incoming, links.incoming);
		for (const constraint of table.constraints) {
			if (constraint.kind === "foreignKey") constraint.target.incoming.add(constraint);
		}
		for (const relation of [...table.indexes, ...views]) session.catalog.addRelation(relation);
		for (const { column } of columns) {
			const value = column.default?.value;
			if (value?.is === "sequence" && value.sequence?.ownedBy?.column === column) {
				session.catalog.addRelation(value.sequence);
			}
		}
	};
}

/** Makes `target` what `saved` is, fields that came since included. */
function assign<T extends object>(target: T, saved: T): T {
	for (const field of Object.keys(target)) if (!(field in saved)) Reflect.deleteProperty(target, field);
	return Object.assign(target, saved);
}

function replace<T>(set: Set<T>, items: readonly T[]): void {
	set.clear();
	for (const item of items) set.add(item);
}
