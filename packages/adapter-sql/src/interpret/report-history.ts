/** What of the history is told: the last script is still to be deployed, the others have run wherever the schema is in use. */
import { type Diagnostic, formatAddress, type SnapshotBuilder } from "@schemalign/core";
import type { Column, Table } from "../catalog/objects.js";
import type { Narrowed, Required } from "./history.js";
import type { Session } from "./session.js";

const REQUIRED = "required-column-added";
const REMOVED = "enum-labels-removed";

/** Whether the diagnostic is about rows that may be there, not about what Postgres rejects. */
export function isOfHistory({ code }: Pick<Diagnostic, "code">): boolean {
	return code === REQUIRED || code === REMOVED;
}

export function reportHistory(builder: SnapshotBuilder, session: Session): void {
	const { history } = session;
	history.settle();
	const isLast = ({ script }: Required | Narrowed): boolean => script > 0 && script === history.script;
	const exists = ({ table, column }: { table: Table; column: Column }): boolean =>
		session.catalog.relationIn(table.schema, table.name) === table &&
		table.columns.get(column.name) === column;
	for (const one of history.required.filter(exists)) required(builder, one, isLast(one));
	const types = new Set(history.narrowed.filter(exists).map(({ type }) => type));
	for (const type of types) {
		const own = history.narrowed.filter((one) => one.type === type && exists(one));
		const [first, ...more] = own;
		if (first) narrowed(builder, first, more, own.some(isLast));
	}
}

function required(builder: SnapshotBuilder, { table, column, at, made }: Required, isLast: boolean): void {
	const name = `${label(table)}.${column.name}`;
	builder.diagnostic({
		code: REQUIRED,
		severity: isLast ? "medium" : "info",
		address: formatAddress("column", table.schema, table.name, column.name),
		message: `${name} is added NOT NULL without a default to a table that an earlier migration creates`,
		why: isLast
			? `The migration fails (23502) on every database where ${label(table)} has rows.`
			: `The migration failed (23502), or will, on a database where ${label(table)} had rows by then; on an empty one nothing happens.`,
		help: isLast
			? "Add it with a default, or nullable: fill it, then SET NOT NULL."
			: "Nothing needs to be done where it has run. Next time add such a column with a default, or nullable, fill it, then SET NOT NULL.",
		at,
		related: [{ at: made, note: "the table is created here" }],
	});
}

function narrowed(
	builder: SnapshotBuilder,
	first: Narrowed,
	more: readonly Narrowed[],
	isLast: boolean,
): void {
	const { type, removed, at } = first;
	const name = type.schema === "public" ? first.name : `${type.schema}.${first.name}`;
	const columns = [first, ...more].map(({ table, column }) => `${label(table)}.${column.name}`);
	const one = removed.length === 1;
	const list = removed.map((text) => `'${text}'`).join(", ");
	builder.diagnostic({
		code: REMOVED,
		severity: isLast ? "medium" : "info",
		address: formatAddress("enum", type.schema, first.name),
		message: `the enum ${name} loses ${one ? "the label" : "the labels"} ${list}, which rows of ${columns.join(", ")} may hold`,
		why: `The migration fails (22P02) on every database where a row holds ${one ? "it" : "one of them"}.`,
		help: isLast
			? `UPDATE ${label(first.table)} SET ${first.column.name} = … WHERE ${first.column.name} IN (${list}) before the change, in the same migration.`
			: "Nothing needs to be done where it has run. Next time UPDATE the rows that hold the labels first, in the same migration.",
		at,
		...(more.length > 0
			? {
					related: more.map((other) => ({
						at: other.at,
						note: `${label(other.table)}.${other.column.name}`,
					})),
				}
			: {}),
	});
}

function label({ schema, name }: Table): string {
	return schema === "public" ? name : `${schema}.${name}`;
}
