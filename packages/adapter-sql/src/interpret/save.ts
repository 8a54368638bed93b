/** Undoing a statement of several steps that fails at a later one. */
import type { Column, Table } from "../catalog/objects.js";
import type { Session } from "./session.js";

/** Remembers a table's state; the function returned puts it back. */
export function saveTable(session: Session, table: Table): () => void {
	const columns = [...table.columns].map(([name, column]): [string, Column, Column] => [
		name,
		column,
		{ ...column },
	]);
	const constraints = [...table.constraints];
	const indexes = [...table.indexes];
	const { parents, schema, name } = table;
	return () => {
		for (const index of table.indexes) if (!indexes.includes(index)) session.catalog.removeRelation(index);
		for (const constraint of table.constraints) {
			if (constraint.kind === "foreignKey" && !constraints.includes(constraint)) {
				constraint.target.incoming.delete(constraint);
			}
		}
		if (table.name !== name || table.schema !== schema) {
			session.catalog.moveRelation(table, () => Object.assign(table, { schema, name }));
		}
		table.columns = new Map(
			columns.map(([key, column, saved]) => {
				for (const field of Object.keys(column)) if (!(field in saved)) Reflect.deleteProperty(column, field);
				return [key, Object.assign(column, saved)];
			}),
		);
		Object.assign(table, { constraints, indexes, parents });
		for (const constraint of constraints) {
			if (constraint.kind === "foreignKey") constraint.target.incoming.add(constraint);
		}
		for (const index of indexes) session.catalog.addRelation(index);
	};
}
