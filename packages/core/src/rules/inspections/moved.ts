/** `column-moved`: a column that some sources have in one table and the others in a table beside it. */
import type { MovedColumn } from "../../matching/moved.js";
import type { SourceView } from "../../matching/view.js";
import { quoteIdentifier } from "../../model/address.js";
import type { Severity } from "../../model/snapshot.js";
import { sentence, tableLabel } from "../../report/describe.js";
import type { Decision } from "../../verdict/decide.js";
import { type DatabaseContext, isStore, pathsText, runText } from "../context.js";
import { memberNames } from "../fold-names.js";
import { atTable, claimAt, type Located } from "../located.js";
import { ormName } from "../programs.js";

/** What the verdict on the column's existence says of the place that it has. */
export function movedDraft(database: DatabaseContext, moved: MovedColumn, decision: Decision): Located {
	const { delta, column, from, to } = moved;
	const holders = sourcesIn(moved, "value");
	const others = sourcesIn(moved, "absent");
	const stays = decision.truth.some((source) => holders.includes(source));
	const decided = decision.truth.length > 0;
	const [here, there] = [nameIn(from, column), nameIn(to, column)];
	const [right, wrong] = stays || !decided ? [here, there] : [there, here];
	const deviating = stays || !decided ? others : holders;
	const effects = effectsOf(database, moved, decision);
	const places = `in ${tableLabel(from)} in ${pathsText(database, holders)}, but in ${tableLabel(to)} in ${pathsText(database, others)}`;
	return {
		code: "column-moved",
		severity: severityOf(database, moved, effects.length),
		message: `column ${quoteIdentifier(column)} is ${places}`,
		why: `${sentence(effects[0]?.effect ?? storesText(database, moved))} They are held to be one column: it has the same name and type, and a foreign key leads from one table to the other.`,
		help: decided
			? `Use ${right} in ${pathsText(database, deviating)}; a database that has ${wrong} needs a migration that carries the values over.`
			: "Decide which table the column belongs to; the migration must carry the values over.",
		consequences: effects.map(({ source, effect }) => ({
			source,
			text: `${ormName(database.adapterOf(source))} in ${database.pathOf(source)}: ${effect}`,
		})),
		...atTable(from),
		kind: "column",
		column,
		aspect: "table",
		claims: [
			...claims(database, holders, from, column, here),
			...claims(database, others, to, column, there),
		],
		verdict: { truth: decided ? right : null, deviating: [...decision.deviating], basis: decision.basis },
		subject: `${delta.address} table`,
		fold: {
			key: `${from} ${to} ${holders.join()} ${others.join()}`,
			name: here,
			words: (members) => ({
				message: `${members.length} columns (${memberNames(members, 5)}) are ${places}`,
			}),
		},
	};
}

function nameIn(table: string, column: string): string {
	return `${tableLabel(table)}.${quoteIdentifier(column)}`;
}

function sourcesIn({ delta }: MovedColumn, state: "value" | "absent"): string[] {
	return delta.claims.filter((claim) => claim.state === state).map((claim) => claim.source);
}

function claims(
	database: DatabaseContext,
	sources: readonly string[],
	table: string,
	column: string,
	value: string,
): Located["claims"] {
	const at = (view: SourceView) => view.columns.get(table)?.get(column)?.at;
	return database.views
		.filter((view) => sources.includes(view.id))
		.map((view) => claimAt(view.id, value, at(view)));
}

/** What each program meets that has the column in another table than the store that is held to be right, or any store. */
function effectsOf(
	database: DatabaseContext,
	moved: MovedColumn,
	decision: Decision,
): { source: string; effect: string }[] {
	const [holders, others] = [sourcesIn(moved, "value"), sourcesIn(moved, "absent")];
	const stores = [...holders, ...others].filter((source) => isStore(database, source));
	const right = decision.truth.filter((source) => stores.includes(source));
	return [...holders, ...others]
		.filter((source) => !isStore(database, source))
		.flatMap((source) => {
			const isHolder = holders.includes(source);
			const against = (right.length > 0 ? right : stores).filter(
				(store) => holders.includes(store) !== isHolder,
			);
			const [store] = against;
			if (store === undefined) return [];
			const name = nameIn(isHolder ? moved.from : moved.to, moved.column);
			return [
				{
					source,
					effect: `every query that names ${name} fails on ${runText(database, [store])} (42703: column does not exist, or 42P01)`,
				},
			];
		});
}

function severityOf(database: DatabaseContext, { delta }: MovedColumn, effects: number): Severity {
	if (effects > 0) return "critical";
	return delta.claims.some((claim) => isStore(database, claim.source)) ? "high" : "medium";
}

function storesText(database: DatabaseContext, moved: MovedColumn): string {
	const stores = [...sourcesIn(moved, "value"), ...sourcesIn(moved, "absent")].filter((source) =>
		isStore(database, source),
	);
	return stores.length > 0
		? "what is written for the one fails where the other was created (42703: column does not exist), and values stay behind in the other table"
		: "nothing in the repository says where the database has it: the programs that look in the other table fail (42703: column does not exist)";
}
