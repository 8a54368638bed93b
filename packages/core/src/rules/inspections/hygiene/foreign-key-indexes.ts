/** `foreign-key-unindexed`: nothing finds the rows that reference another one but a scan of the whole table. */
import { isTexts, referenceIn, statedValue } from "../../../matching/facts.js";
import type { SourceView } from "../../../matching/view.js";
import { qualifiedName } from "../../../model/address.js";
import type { Entity } from "../../../model/snapshot.js";
import { count, tableLabel } from "../../../report/describe.js";
import type { DatabaseContext } from "../../context.js";
import { memberNames } from "../../fold-names.js";
import type { Located } from "../../located.js";
import { type Structure, structuresOf } from "./structures.js";
import { columnsLabel, judgedView, ownDefect, ownTables, saysAll, sqlColumns, within } from "./subject.js";

export function inspectForeignKeyIndexes(database: DatabaseContext): Located[] {
	const view = judgedView(database);
	if (!view) return [];
	const tables = ownTables(view).filter(([table]) =>
		saysAll(view, ["primaryKey", "unique", "index", "column"], table),
	);
	const all = tables.reduce((sum, [table]) => sum + within(view, table, "foreignKey").length, 0);
	const bare = tables.flatMap(([table]) => {
		const structures = structuresOf(view, table);
		return within(view, table, "foreignKey")
			.filter((key) => !hasUnknown(view, table) && !isServed(key, structures))
			.map((key) => unindexed(database, view, table, key, all));
	});
	// Those that a DELETE of the referenced row must follow come first.
	return bare.sort((a, b) => Number(b.follows) - Number(a.follows)).map(({ draft }) => draft);
}

/** Whether something about the table's indexes could not be read: it may be the one that is missed. */
function hasUnknown(view: SourceView, table: string): boolean {
	return [...within(view, table, "index"), ...within(view, table, "unique")].some((entity) =>
		["elements", "predicate"].some((aspect) => {
			const fact = entity.facts[aspect];
			return fact !== undefined && "unknown" in fact;
		}),
	);
}

/**
 * Whether some index begins with a column of the key, for all rows or all that have the key: what Postgres asks for names
 * all columns of the key (RI_FKey_* in ri_triggers.c), so that any of them in front finds the rows.
 */
function isServed(key: Entity, structures: readonly Structure[]): boolean {
	const columns = statedValue(key, "columns");
	if (!isTexts(columns)) return true;
	return structures.some(
		({ elements: [first], predicate }) =>
			first !== undefined &&
			columns.includes(first.canonical) &&
			(predicate === "" || isNotNullOf(predicate, columns)),
	);
}

/** Rows without the key need not be found. */
function isNotNullOf(predicate: string, columns: readonly string[]): boolean {
	return columns.some((column) =>
		new RegExp(`^\\W*${escaped(column)}\\W* is not null\\W*$`, "i").test(predicate),
	);
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function unindexed(
	database: DatabaseContext,
	view: SourceView,
	table: string,
	key: Entity,
	all: number,
): { follows: boolean; draft: Located } {
	const stated = statedValue(key, "columns");
	const columns = isTexts(stated) ? stated : [];
	const target = referenceIn(statedValue(key, "references"));
	const action = statedValue(key, "onDelete");
	const follows = action === "cascade" || action === "set null" || action === "set default";
	const referenced = target ? tableLabel(qualifiedName(target.schema, target.table)) : "another table";
	const name = columnsLabel(table, columns);
	const sql = sqlColumns(table, columns);
	const draft: Located = {
		code: "foreign-key-unindexed",
		severity: "info",
		message: `${name} references ${referenced}, and no index begins with ${columns.length === 1 ? "it" : "one of these columns"}`,
		why: `A DELETE or a change of key in ${referenced} reads all of ${tableLabel(table)}, once for each row; so do joins from there.`,
		help: `CREATE INDEX ON ${sql}; not needed where ${tableLabel(table)} stays small, or rows of ${referenced} are never deleted.`,
		...ownDefect(database, view, table, [
			`references ${referenced}${follows ? `, on delete ${String(action)}` : ""}, no index`,
			key.at,
		]),
		kind: "foreignKey",
		aspect: "index",
		subject: `${key.address} index`,
		fold: {
			key: view.id,
			name,
			words: (members) => ({
				message: `${members.length} of ${count(all, "foreign key")} have no index: ${memberNames(members, 5)}`,
				why: "A DELETE of a referenced row reads the whole table that references it, once for each row; so do joins from there. Those with an action ON DELETE are listed first.",
				help: `Index those whose referenced rows are deleted or joined from: CREATE INDEX ON ${sql}; and so on.`,
			}),
		},
	};
	return { follows, draft };
}
