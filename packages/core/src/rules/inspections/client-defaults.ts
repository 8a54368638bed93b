/** `client-default-hazard`: a value that one program fills in itself, and that every other writer must bring along. */
import { statedValue } from "../../matching/facts.js";
import { isInPrimaryKey, type SourceView } from "../../matching/view.js";
import { parseAddress, quoteIdentifier } from "../../model/address.js";
import { count, tableLabel } from "../../report/describe.js";
import { type DatabaseContext, isStore, pathsText } from "../context.js";
import { memberNames } from "../fold-names.js";
import { atTable, claimAt, type Located, verdictFor } from "../located.js";
import { ormName } from "../programs.js";

/** Columns that the store demands (NOT NULL, no default), that one program fills and another maps without filling. */
export function inspectClientDefaults(database: DatabaseContext): Located[] {
	const programs = database.views.filter((view) => !isStore(database, view.id));
	const store = database.views.find((view) => isStore(database, view.id));
	if (!store || programs.length < 2) return [];
	return [...store.columns].flatMap(([table, columns]) =>
		[...columns].flatMap(([name, column]) => {
			if (statedValue(column, "nullable") !== false || statedValue(column, "default") !== null) return [];
			const mapping = programs.filter((view) => view.columns.get(table)?.has(name));
			const filling = mapping.filter((view) => {
				const own = view.columns.get(table)?.get(name);
				return own !== undefined && Boolean(statedValue(own, "clientDefault"));
			});
			const bare = mapping.filter((view) => !filling.includes(view));
			if (filling.length === 0 || bare.length === 0) return [];
			return [
				hazard(
					database,
					table,
					name,
					store,
					filling.map((view) => view.id),
					bare.map((view) => view.id),
				),
			];
		}),
	);
}

function hazard(
	database: DatabaseContext,
	table: string,
	name: string,
	store: SourceView,
	filling: readonly string[],
	bare: readonly string[],
): Located {
	const place = (id: string) =>
		database.views
			.find((view) => view.id === id)
			?.columns.get(table)
			?.get(name);
	const written = (id: string): string => {
		const column = place(id);
		return column ? String(statedValue(column, "clientDefault") ?? "no client-side default") : "";
	};
	const isKey = isInPrimaryKey(store, table, name);
	const column = quoteIdentifier(
		parseAddress(`column:${table}.${quoteIdentifier(name)}`).parts.at(-1) ?? name,
	);
	return {
		code: "client-default-hazard",
		severity: isKey ? "medium" : "low",
		message: `${tableLabel(table)}.${column} is filled by ${pathsText(database, filling)} itself; the database has no default for other writers`,
		why: isKey
			? `Rows that ${pathsText(database, bare, "or")} inserts have no id: they are refused (23502) unless the code brings one.`
			: `An INSERT by ${pathsText(database, bare, "or")} fails (23502) unless it brings the value.`,
		help: `Give ${column} a default in the database, or fill it in every program.`,
		consequences: bare.map((source) => ({
			source,
			text: `${ormName(database.adapterOf(source))} in ${database.pathOf(source)}: an INSERT that leaves ${column} out fails (23502)`,
		})),
		...atTable(table),
		kind: "column",
		column: name,
		aspect: "clientDefault",
		claims: [
			claimAt(store.id, "not null, no default", place(store.id)?.at),
			...[...filling, ...bare].map((id) => claimAt(id, written(id), place(id)?.at)),
		],
		verdict: verdictFor(database, undefined, []),
		subject: `column:${table}.${name} clientDefault`,
		fold: {
			key: `${filling.join()}|${bare.join()}`,
			name: `${tableLabel(table)}.${column}`,
			words: (members) => ({
				message: `${count(members.length, "column")} (${memberNames(members, 4)}) are filled by ${pathsText(database, filling)} itself; the database has no default for other writers`,
				help: "Give them defaults in the database, or fill them in every program.",
				consequences: bare.map((source) => ({
					source,
					text: `${ormName(database.adapterOf(source))} in ${database.pathOf(source)}: an INSERT that leaves one of them out fails (23502)`,
				})),
			}),
		},
	};
}
