/** Foreign keys and checks. */
import { stated } from "@schemalign/core";
import type { ConstraintRow } from "../catalog/constraints.js";
import { CLASS } from "../catalog/namespaces.js";
import type { RelationRow } from "../catalog/relations.js";
import { deferrability, type Statement } from "./statement.js";

const ACTIONS: Readonly<Record<string, string>> = {
	r: "restrict",
	c: "cascade",
	n: "set null",
	d: "set default",
};

export function stateConstraints(statement: Statement): void {
	const { catalog } = statement;
	for (const row of catalog.rows.constraints) {
		const table = catalog.owned(row.relation);
		if (!table) continue;
		if (row.type === "f" && !isInner(statement, row)) stateForeignKey(statement, table, row);
		else if (row.type === "c") stateCheck(statement, table, row);
	}
}

/** A key to a partitioned table has a row for each of its partitions too: they are Postgres's own affair. */
function isInner({ catalog }: Statement, { parent, relation }: ConstraintRow): boolean {
	return parent !== 0 && catalog.constraints.get(parent)?.relation === relation;
}

function stateForeignKey({ builder, at, catalog }: Statement, table: RelationRow, row: ConstraintRow): void {
	const target = catalog.relations.get(row.target);
	builder.foreignKey({ schema: table.schema, table: table.name }, at, {
		columns: catalog.columnNames(row.relation, row.columns),
		references: {
			schema: target?.schema ?? "",
			table: target?.name ?? "",
			columns: catalog.columnNames(row.target, row.targetColumns),
		},
		onDelete: stated(ACTIONS[row.onDelete] ?? "no action"),
		onUpdate: stated(ACTIONS[row.onUpdate] ?? "no action"),
		match: stated(row.match === "f" ? "full" : "simple"),
		deferrable: stated(deferrability(row)),
		validated: stated(row.validated),
		name: stated(row.name),
		comment: stated(catalog.comment(CLASS.constraint, row.oid)),
	});
}

function stateCheck(
	{ builder, at, catalog, expressions }: Statement,
	table: RelationRow,
	row: ConstraintRow,
): void {
	builder.check({ schema: table.schema, table: table.name }, at, {
		expression: stated(expressions.on(row.relation, row.expression ?? "")),
		validated: stated(row.validated),
		noInherit: stated(row.noInherit),
		name: stated(row.name),
		comment: stated(catalog.comment(CLASS.constraint, row.oid)),
	});
}
