/** How much two sources look like two pictures of one database. */
import { isTelling } from "../matching/commonplace.js";
import { snakeCase } from "../matching/names.js";
import { columnShare, tableByStem } from "../matching/table-renames.js";
import type { SourceView } from "../matching/view.js";

/** A table that two sources have, perhaps under two conventions. */
export interface SharedTable {
	/** What the smaller source calls it, qualified. */
	readonly table: string;
	/** The share of common columns, of the smaller of the two tables. */
	readonly share: number;
	/** It has columns in common that not every program has. */
	readonly telling: boolean;
	/** It is of some size and nearly the same in both. */
	readonly same: boolean;
}

export interface Likeness {
	/** The sum over shared tables of the share of common columns, over the smaller source's number of tables. */
	readonly ratio: number;
	readonly shared: readonly SharedTable[];
	/** The number of tables of the smaller source. */
	readonly of: number;
}

/** A table of at least so many columns, so large a share of them common, is nearly the same. */
const SAME_COLUMNS = 5;
const SAME_SHARE = 0.75;
/** So many columns that not every program has make a shared table telling, if so large a share of all is common. */
const TELLING_COLUMNS = 2;
const TELLING_SHARE = 0.5;

/** Compares two sources table by table. */
export function likenessOf(a: SourceView, b: SourceView): Likeness {
	const smaller = a.tables.size <= b.tables.size ? a : b;
	const other = smaller === a ? b : a;
	const shared = [...smaller.tables.keys()].flatMap((table) => {
		const counterpart = other.tables.has(table) ? table : tableByStem(other, table);
		return counterpart === undefined ? [] : [compareTable(smaller, table, other, counterpart)];
	});
	const sum = shared.reduce((total, one) => total + one.share, 0);
	return {
		ratio: smaller.tables.size === 0 ? 0 : sum / smaller.tables.size,
		shared,
		of: smaller.tables.size,
	};
}

function compareTable(a: SourceView, table: string, b: SourceView, counterpart: string): SharedTable {
	const [ours, theirs] = [namesOf(a, table), namesOf(b, counterpart)];
	// Where neither knows the columns, the name is all that there is.
	const share = ours.size + theirs.size === 0 ? 1 : columnShare(a, table, b, counterpart);
	const special = [...ours].filter((name) => theirs.has(name) && isTelling(name));
	return {
		table,
		share,
		telling: special.length >= TELLING_COLUMNS && share >= TELLING_SHARE,
		same: share >= SAME_SHARE && Math.min(ours.size, theirs.size) >= SAME_COLUMNS,
	};
}

function namesOf(view: SourceView, table: string): ReadonlySet<string> {
	return new Set([...(view.columns.get(table)?.keys() ?? [])].map(snakeCase));
}
