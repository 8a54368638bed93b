/** `mapped-by-none`: tables that are created and that none of several models maps. Of a single model `table-unmapped` tells it. */
import { count, tableLabel } from "../../../report/describe.js";
import { type DatabaseContext, isStore } from "../../context.js";
import { memberNames } from "../../fold-names.js";
import type { Located } from "../../located.js";
import { judgedView, ownDefect, ownTables } from "./subject.js";

export function inspectMappedByNone(database: DatabaseContext): Located[] {
	const view = judgedView(database);
	const programs = database.views.filter((one) => !isStore(database, one.id) && one.tables.size > 0);
	if (!view || !isStore(database, view.id) || programs.length < 2) return [];
	const own = ownTables(view);
	return own
		.filter(([table]) => programs.every((program) => !program.tables.has(table)))
		.map(([table, entity]) => {
			const name = tableLabel(table);
			return {
				code: "mapped-by-none",
				severity: "info",
				message: `${name} is mapped by none of the ${programs.length} models`,
				why: "It is left over from something, or used by SQL that no model knows of: such statements are checked by nobody.",
				help: "Drop the table if nothing uses it; else map it where it is used.",
				...ownDefect(database, view, table, ["creates it", entity.at]),
				aspect: "coverage",
				subject: `table:${table} mapped by none`,
				fold: {
					key: view.id,
					name,
					words: (members) => ({
						message: `${members.length} of ${count(own.length, "table")} are mapped by none of the ${programs.length} models: ${memberNames(members, 6)}`,
						help: "Drop those that nothing uses; map the others where they are used.",
					}),
				},
			};
		});
}
