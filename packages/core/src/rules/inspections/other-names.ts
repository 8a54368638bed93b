/** What the rules on things with several names share: who calls it what, and which name is right. */
import type { SourceView } from "../../matching/view.js";
import type { Origin } from "../../model/snapshot.js";
import { sentence, tableLabel } from "../../report/describe.js";
import type { DatabaseContext } from "../context.js";
import { claimAt, type Located, verdictFor } from "../located.js";

/** A source's other name for a thing; both qualified. */
interface OtherName {
	readonly source: string;
	readonly name: string;
	readonly written: string;
}

/** The renames, those of one name to one other together: what several sources call otherwise is one difference. */
export function byNames<R extends OtherName>(renames: readonly R[]): (readonly [R, ...R[]])[] {
	const groups = new Map<string, [R, ...R[]]>();
	for (const rename of renames) {
		const key = `${rename.name} ${rename.written}`;
		const group = groups.get(key);
		if (group) group.push(rename);
		else groups.set(key, [rename]);
	}
	return [...groups.values()];
}

export interface Naming extends Pick<Located, "claims" | "verdict"> {
	/** The sources that call it so. */
	readonly sources: readonly string[];
	/** Those that have it by its name. */
	readonly holders: readonly SourceView[];
}

/**
 * Who has the thing by which name.
 * @param renames those of one name to one other
 * @param all every rename of the kind
 * @param at where a view has the thing, under its common name
 */
export function namingOf(
	database: DatabaseContext,
	renames: readonly [OtherName, ...OtherName[]],
	all: readonly OtherName[],
	at: (view: SourceView) => Origin | undefined,
): Naming {
	const [{ name, written }] = renames;
	const sources = renames.map((one) => one.source);
	const renamed = all.filter((one) => one.name === name).map((one) => one.source);
	const holders = database.views.filter((view) => at(view) !== undefined && !renamed.includes(view.id));
	const [holder] = holders;
	const votes = {
		pro: database.votesOf(holders.map((view) => view.id)),
		contra: database.votesOf(sources),
	};
	const truth = holder && { source: holder.id, text: tableLabel(name) };
	const verdict = verdictFor(database, truth, sources, votes);
	const theirs = holders.map((view) => claimAt(view.id, tableLabel(name), at(view)));
	const ours = database.views
		.filter((view) => sources.includes(view.id))
		.map((view) => claimAt(view.id, tableLabel(written), at(view)));
	const claims = verdict.truth === null ? [...ours, ...theirs] : [...theirs, ...ours];
	return { sources, holders, verdict, claims };
}

/** What the other name means for each source, once each, as sentences. */
export function effectsText(texts: readonly string[]): string {
	return [...new Set(texts)].map(sentence).join(" ");
}
