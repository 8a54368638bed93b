/**
 * Tables that share a name and hardly anything else. Comparing them column by column would give forty findings
 * where there is one: they are two tables.
 */

import { snakeCase } from "./names.js";
import { isPartlyRead, type SourceView } from "./view.js";

/** `source`'s table of this name is another table than `reference`'s. */
export interface DifferentTable {
	readonly table: string;
	readonly source: string;
	readonly reference: string;
	readonly shared: readonly string[];
	/** How many columns the two have together. */
	readonly together: number;
}

/** Below this share of common columns (of the smaller table) two tables are held to be different ones. */
const LEAST_SHARE = 0.25;
const LEAST_COLUMNS = 3;

/** @param views in order of standing: the first that has a table is the reference. */
export function findDifferentTables(views: readonly SourceView[]): DifferentTable[] {
	const found: DifferentTable[] = [];
	views.forEach((view, at) => {
		for (const table of view.tables.keys()) {
			const ours = namesOf(view, table);
			// Columns that were not read may be the common ones.
			const reference = views
				.slice(0, at)
				.find((other) => namesOf(other, table).size >= LEAST_COLUMNS && !isPartlyRead(other, table));
			if (!reference || ours.size < LEAST_COLUMNS || isPartlyRead(view, table)) continue;
			const theirs = namesOf(reference, table);
			const shared = [...ours].filter((name) => theirs.has(name));
			if (shared.length / Math.min(ours.size, theirs.size) >= LEAST_SHARE) continue;
			found.push({
				table,
				source: view.id,
				reference: reference.id,
				shared: shared.sort(),
				together: ours.size + theirs.size - shared.length,
			});
		}
	});
	return found;
}

/** Names every table has (`id`, time stamps) do not make two tables one. */
const COMMONPLACE = new Set(["id", "created_at", "updated_at", "deleted_at"]);

function namesOf(view: SourceView, table: string): ReadonlySet<string> {
	const names = [...(view.columns.get(table)?.keys() ?? [])].map(snakeCase);
	return new Set(names.filter((name) => !COMMONPLACE.has(name)));
}
