/** `table-without-key`: a table without a primary key. */
import { count, tableLabel } from "../../../report/describe.js";
import type { DatabaseContext } from "../../context.js";
import { memberNames } from "../../fold-names.js";
import type { Located } from "../../located.js";
import { judgedView, ownDefect, ownTables, saysAll, sqlTable, within } from "./subject.js";

export function inspectPrimaryKeys(database: DatabaseContext): Located[] {
	const view = judgedView(database);
	if (!view) return [];
	const bare = ownTables(view).filter(
		([table]) =>
			saysAll(view, ["primaryKey", "column"], table) &&
			within(view, table, "column").length > 0 &&
			within(view, table, "primaryKey").length === 0 &&
			!isPrismaRelation(within(view, table, "column").map(({ address }) => address)),
	);
	return bare.map(([table, entity]) => {
		const name = tableLabel(table);
		const isUnique = within(view, table, "unique").length > 0;
		return {
			code: "table-without-key",
			severity: "info",
			message: `${name} has no primary key`,
			why: "One of two equal rows cannot be updated or deleted alone, and logical replication refuses UPDATE and DELETE on it.",
			help: isUnique
				? `Make its unique index the primary key: ALTER TABLE ${sqlTable(table)} ADD PRIMARY KEY …`
				: `Add one: ALTER TABLE ${sqlTable(table)} ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, or over the columns that tell its rows apart.`,
			...ownDefect(database, view, table, [
				isUnique ? "unique, but no primary key" : "no primary key",
				entity.at,
			]),
			aspect: "primary key",
			subject: `table:${table} primary key`,
			fold: {
				key: view.id,
				name,
				words: (members) => ({
					message: `${count(members.length, "table")} have no primary key: ${memberNames(members, 6)}`,
					help: "Give each one over the columns that tell its rows apart, or an identity column.",
				}),
			},
		};
	});
}

/** The table of an implicit many-to-many relation of Prisma, which before version 6 had a unique index instead: columns A and B. */
function isPrismaRelation(columns: readonly string[]): boolean {
	return columns.length === 2 && columns.every((address) => /\.(_\w+|"_[^"]+")\.[AB]$/.test(address));
}
