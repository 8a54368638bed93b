/** `table-outside-owner`: a model maps a table that the config gives to somebody else. */
import type { DeclaredOwner } from "../analyze.js";
import type { SourceView } from "../matching/view.js";
import { compareText } from "../model/address.js";
import { listOf, tableLabel } from "../report/describe.js";
import type { Draft } from "../rules/context.js";
import { atTable, claimAt, type Located } from "../rules/located.js";

/** The owners of a table, as the config has it. */
export function ownersOf(table: string, owners: readonly DeclaredOwner[]): DeclaredOwner[] {
	return owners.filter((owner) => owner.ownsTable(table));
}

/** The tables that models map and that belong to owners of which the model is none. Nobody's tables are everybody's. */
export function inspectOwners(
	views: readonly SourceView[],
	owners: readonly DeclaredOwner[],
	pathOf: (source: string) => string,
): Located[] {
	if (owners.length === 0) return [];
	return views
		.filter((view) => view.snapshot.role === "model" || view.snapshot.role === "usage")
		.flatMap((view) =>
			[...view.tables.keys()].sort(compareText).flatMap((table) => {
				const own = ownersOf(table, owners);
				const isOwn = own.length === 0 || own.some(({ sources }) => sources.includes(view.id));
				return isOwn ? [] : [outside(view, table, own, owners, pathOf(view.id))];
			}),
		);
}

function outside(
	view: SourceView,
	table: string,
	own: readonly DeclaredOwner[],
	owners: readonly DeclaredOwner[],
	path: string,
): Located {
	const name = tableLabel(table);
	const owner = listOf(own.map((one) => one.name));
	const home = owners.filter(({ sources }) => sources.includes(view.id)).map((one) => one.name);
	const who = home.length === 0 ? "to no owner" : `to ${listOf(home)}`;
	return {
		code: "table-outside-owner",
		severity: "low",
		message: `${path} maps ${name}, which belongs to ${owner}`,
		why: `The config gives the source ${who}: whatever ${owner} does to the table, this program meets unasked.`,
		help: `Let ${owner} give what is needed of the table (an API, a view), or add the source to its \`sources\` in the config.`,
		consequences: [],
		...atTable(table),
		aspect: "owner",
		claims: [claimAt(view.id, `maps a table of ${owner}`, view.tables.get(table)?.at)],
		verdict: { truth: null, deviating: [view.id], basis: "the config says whose the table is" },
		subject: `table:${table} owner`,
		values: [owner],
		classes: [[view.id]],
		fold: {
			key: `${view.id} ${owner}`,
			name,
			words: (members: readonly Draft<string>[]) => ({
				message: `${path} maps ${members.length} tables that belong to ${owner}: ${listOf(
					members.map((member) => member.fold?.name ?? ""),
					6,
				)}`,
			}),
		},
	};
}
