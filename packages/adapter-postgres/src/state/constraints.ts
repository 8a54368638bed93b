/** Foreign keys and checks. */
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
	return parent !== 0 && catalog.constraint(parent)?.relation === relation;
}

function stateForeignKey(
	{ builder, at, catalog, facts }: Statement,
	table: RelationRow,
	row: ConstraintRow,
): void {
	const target = catalog.relations.get(row.target);
	builder.foreignKey({ schema: table.schema, table: table.name }, at, {
		columns: catalog.columnNames(row.relation, row.columns),
		references: {
			schema: target?.schema ?? "",
			table: target?.name ?? "",
			columns: catalog.columnNames(row.target, row.targetColumns),
		},
		onDelete: facts.word(ACTIONS[row.onDelete] ?? "no action"),
		onUpdate: facts.word(ACTIONS[row.onUpdate] ?? "no action"),
		match: facts.word(row.match === "f" ? "full" : "simple"),
		deferrable: facts.word(deferrability(row)),
		validated: facts.flag(row.validated),
		name: facts.own(row.name),
		comment: facts.maybe(catalog.comment(CLASS.constraint, row.oid)),
	});
}

function stateCheck(
	{ builder, at, catalog, expressions, facts }: Statement,
	table: RelationRow,
	row: ConstraintRow,
): void {
	builder.check({ schema: table.schema, table: table.name }, at, {
		expression: facts.expression(expressions.on(row.relation, row.expression ?? "")),
		validated: facts.flag(row.validated),
		noInherit: facts.flag(row.noInherit),
		name: facts.own(row.name),
		comment: facts.maybe(catalog.comment(CLASS.constraint, row.oid)),
	});
}
