/**
 * `required-column-added` and `enum-labels-removed`: what migrations do that fails on a database with rows. An adapter
 * states each as it interprets the scripts; here they are told once for each source, and only of the one that counts.
 */
import { count, tableLabel } from "../../../report/describe.js";
import type { DatabaseContext, Draft } from "../../context.js";
import { memberNames } from "../../fold-names.js";
import type { Located } from "../../located.js";
import { isMigrations } from "./subject.js";

interface Words {
	readonly one: string;
	readonly many: string;
	readonly why: string;
	readonly help: string;
}

const WORDS: Readonly<Record<string, Words>> = {
	"required-column-added": {
		one: "column was",
		many: "columns were",
		why: "Such a migration fails (23502) on a database where the table has rows; these have run wherever the folder is deployed.",
		help: "Nothing needs to be done for what has run everywhere. Next time: add the column with a default, or nullable, fill it, then SET NOT NULL.",
	},
	"enum-labels-removed": {
		one: "enum was",
		many: "enums were",
		why: "Such a migration fails (22P02) on a database where a row holds one of the labels; these have run wherever the folder is deployed.",
		help: "Nothing needs to be done for what has run everywhere. Next time: UPDATE the rows that hold the labels first.",
	},
};

/** The finding as it is to be told; of another source than the authority, and of one that is no history, it is not: what that does to rows is no one's concern. */
export function history(database: DatabaseContext, found: Located<string>): Located<string>[] {
	const words = WORDS[found.code];
	if (!words) return [found];
	const [source] = found.verdict.deviating;
	const { authority } = database;
	if (source === undefined || !isMigrations(database, source)) return [];
	if (authority.source !== null && authority.source !== source) return [];
	const name = tableLabel([found.schema, found.table, found.column].filter(Boolean).join("."));
	// What has run long ago is one line; what is about to run is told one by one.
	const past = found.severity === "info";
	return [
		{
			...found,
			fold: {
				key: past ? source : `${source} ${name}`,
				name,
				words: (members: readonly Draft<string>[]) => ({
					message: `${count(members.length, words.one, words.many)} ${
						found.code === "enum-labels-removed"
							? "rebuilt with fewer labels"
							: "added NOT NULL without a default to tables that may have had rows"
					}: ${memberNames(members, 5)}`,
					why: words.why,
					help: words.help,
				}),
			},
		},
	];
}
