/** An index that not all sources have: does anything use it where it is? */
import { EXISTENCE } from "../compare/claims.js";
import type { Delta } from "../compare/compare.js";
import { statedValue } from "../matching/facts.js";
import { count } from "../report/describe.js";
import type { DatabaseContext } from "../rules/context.js";
import { grouped, type Observed, observationsOf, ownNames } from "./inquiry.js";
import type { Observations } from "./schema.js";
import { daysCounted, LEAST_DAYS } from "./unused-indexes.js";

const USES = new WeakMap<Observations, ReadonlyMap<string, Observations["indexes"][number]>>();

function usesOf(observations: Observations): ReadonlyMap<string, Observations["indexes"][number]> {
	const known =
		USES.get(observations) ??
		new Map(observations.indexes.map((use) => [`${use.table} ${use.name}`, use] as const));
	USES.set(observations, known);
	return known;
}

/** How often the databases that have the index have used it. */
export function indexUses(delta: Delta, database: DatabaseContext): Observed[] {
	const { table, kind, aspect } = delta;
	if (kind !== "index" || aspect !== EXISTENCE || table === undefined) return [];
	return [...delta.entities].flatMap(([source, entity]) => {
		const observations = observationsOf(database, source);
		const period = daysCounted(observations);
		if (!observations || !period || period.days < LEAST_DAYS) return [];
		const name = statedValue(entity, "name");
		const own = ownNames(database, source).table(table);
		const use = typeof name === "string" ? usesOf(observations).get(`${own} ${name}`) : undefined;
		if (!use) return [];
		const since = `since ${period.since} (${count(period.days, "day")})`;
		const text =
			use.scans === 0
				? `no query has used the index ${use.name} ${since}`
				: `the index ${use.name} has been used about ${grouped(use.scans)} times ${since}`;
		return [{ source, text }];
	});
}
