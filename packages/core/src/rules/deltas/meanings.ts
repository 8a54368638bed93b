/** What a difference in one aspect does, for the aspects that have no rule of their own. */
import type { Kind } from "../../model/kinds.js";

/** Sentence parts: what a program meets on a database that differs from its model, and what it means between databases. */
export interface Meaning {
	readonly ofProgram: string;
	readonly between: string;
	/** `between`, of several such things at once. */
	readonly many?: string;
}

const REFUSED: Meaning = {
	ofProgram: "the database refuses other values than its model rules out (23514)",
	between: "one database refuses values (23514) that the other accepts",
};
const SLOWER: Meaning = {
	ofProgram: "queries that its model's index would serve may be slower",
	between: "queries that the one index serves are slower on the other database",
};
const OVERLAPS: Meaning = {
	ofProgram: "the database refuses other rows than its model rules out (23P01)",
	between: "one database refuses rows (23P01) that the other accepts",
};
const DUPLICATES: Meaning = {
	ofProgram: "the database takes other rows for duplicates (23505) than its model",
	between: "one database refuses rows as duplicates (23505) that the other accepts",
};
const ROWS_SHOWN: Meaning = {
	ofProgram: "the database shows or protects other rows than its model says",
	between: "one database shows or protects rows that the other does not",
};
const PARTITIONS: Meaning = {
	ofProgram: "the database keeps the rows in other partitions than its model says",
	between: "rows are kept in other partitions, and one that fits none is refused (23514)",
};
const CALLS: Meaning = {
	ofProgram: "a call does something else than its model says",
	between: "a call does one thing on one database and another on the other",
	many: "calls do one thing on one database and another on the other",
};
const FIRES: Meaning = {
	ofProgram: "what the trigger does happens at other times than its model says",
	between:
		"what the trigger does happens at other times, or for other rows, on one database than on the other",
};
const COUNTS: Meaning = {
	ofProgram: "new numbers start, step or end otherwise than its model says",
	between: "new numbers start, step or end otherwise on one database than on the other",
};
const VALUES: Meaning = {
	ofProgram: "the database holds other values of the type than its model says",
	between: "a value of the type on one database is none on the other",
};
const READERS: Meaning = {
	ofProgram: "its reads get other rows or columns than its model says",
	between: "whoever reads it gets other rows or columns on one database than on the other",
};
const VALIDATED: Meaning = {
	ofProgram: "rows from before the constraint may violate it",
	between: "where it is NOT VALID, rows from before the constraint may violate it",
	many: "where they are NOT VALID, rows from before the constraints may violate them",
};
const DEFERRED: Meaning = {
	ofProgram:
		"a transaction that violates the constraint for a while is refused, or not, against what its model says",
	between: "where it is not deferred, a transaction that violates it for a while is refused at once",
};

const OF_KIND: Readonly<Partial<Record<Kind, Meaning>>> = {
	index: SLOWER,
	check: REFUSED,
	domain: REFUSED,
	exclusion: OVERLAPS,
	unique: DUPLICATES,
	policy: ROWS_SHOWN,
	function: CALLS,
	trigger: FIRES,
	sequence: COUNTS,
	view: READERS,
	composite: VALUES,
	range: VALUES,
};

const OF_ASPECT: Readonly<Record<string, Meaning>> = {
	"table.rowSecurity": {
		ofProgram:
			"the database lets every role with rights on the table see all rows, or none without a policy, against its model",
		between:
			"where it is off, every role with rights on the table sees all of its rows, whatever the policies",
	},
	"table.rowSecurityForced": {
		ofProgram: "the database treats the table's owner otherwise than its model says",
		between: "where it is not forced, the table's owner sees all rows, whatever the policies",
	},
	"table.persistence": {
		ofProgram: "the database keeps the rows otherwise than its model says",
		between: "where the table is unlogged, a crash empties it",
	},
	"table.partitionKey": PARTITIONS,
	"table.partitionOf": PARTITIONS,
	"table.partitionBound": PARTITIONS,
	"column.generated": {
		ofProgram: "the database computes another value than its model says, or refuses what it writes (428C9)",
		between:
			"the column holds another value on one database than on the other, or refuses what is written (428C9)",
	},
	"column.collation": {
		ofProgram: "the database sorts and compares the texts otherwise than its model says",
		between: "the texts sort and compare otherwise on one database than on the other",
	},
	"domain.type": VALUES,
	"view.materialized": {
		ofProgram: "what it reads is as old as the last refresh, or is not, against its model",
		between: "where it is materialised, it shows what there was at the last refresh",
	},
	"unique.deferrable": DEFERRED,
	"foreignKey.deferrable": DEFERRED,
	"exclusion.deferrable": DEFERRED,
};

/** What a difference in `aspect` of a `kind` means; a plain sentence where nothing more is known. */
export function meaningOf(kind: Kind, aspect: string, label: string): Meaning {
	if (aspect === "validated") return VALIDATED;
	return (
		OF_ASPECT[`${kind}.${aspect}`] ??
		OF_KIND[kind] ?? {
			ofProgram: `the database has another ${label} than its model says`,
			between: `the ${label} on one database is not that on the other`,
		}
	);
}
