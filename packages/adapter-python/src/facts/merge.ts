/** Tables that several classes or `Table(…)` calls define: one table, or a refusal. */
import { formatAddress, type SnapshotBuilder } from "@schemalign/core";
import { knownValue, type TableModel } from "../sqlalchemy/model.js";

/** The tables without repetitions. `extend_existing` adds to the earlier definition; anything else SQLAlchemy refuses. */
export function mergeTables(tables: readonly TableModel[], builder: SnapshotBuilder): TableModel[] {
	const first = new Map<string, TableModel>();
	const merged: TableModel[] = [];
	for (const table of tables) {
		const [schema, name] = [knownValue(table.schema), knownValue(table.name)];
		if (schema === undefined || name === undefined) {
			merged.push(table);
			continue;
		}
		const address = formatAddress("table", schema, name);
		const earlier = first.get(address);
		if (!earlier) {
			first.set(address, table);
			merged.push(table);
		} else if (table.extendExisting) extend(earlier, table);
		else refuse(builder, address, name, earlier, table);
	}
	return merged;
}

function extend(earlier: TableModel, table: TableModel): void {
	for (const column of table.columns) {
		const name = knownValue(column.name);
		const at = earlier.columns.findIndex((other) => knownValue(other.name) === name);
		if (at === -1) earlier.columns.push(column);
		else earlier.columns[at] = column;
	}
	earlier.foreignKeys.push(...table.foreignKeys);
	earlier.uniques.push(...table.uniques);
	earlier.indexes.push(...table.indexes);
	earlier.checks.push(...table.checks);
	earlier.gaps.push(...table.gaps);
	earlier.classes.push(...table.classes);
}

function refuse(
	builder: SnapshotBuilder,
	address: string,
	name: string,
	earlier: TableModel,
	table: TableModel,
): void {
	const who = table.classes[0] ?? `Table("${name}")`;
	builder.diagnostic({
		code: "model-rejected",
		severity: "critical",
		address,
		message: `SQLAlchemy refuses ${who}: the table \`${name}\` is already defined in this MetaData`,
		why: 'Importing both definitions raises InvalidRequestError: "Table is already defined for this MetaData instance". This definition is not read.',
		help: "Keep one definition of the table, or give the second class `extend_existing` if it is meant to add to the first.",
		at: table.at,
		related: [{ at: earlier.at, note: "the earlier definition" }],
	});
}
