/** Chooses one name for what several sources call otherwise. */
import type { SourceView } from "./view.js";

/** Two names of one thing; qualified. */
export interface NamePair {
	readonly written: string;
	readonly name: string;
}

/** What else it is called: the name that is chosen, and the pair that made the two one. */
export interface Chosen<P extends NamePair> {
	readonly name: string;
	readonly pair: P;
}

/**
 * For each name that is not chosen the one that is. The authority's name is; else the only one of the highest role; else that
 * of most sources; else that of the first.
 * @param views in order of standing
 * @param has whether a source has something of this name
 */
export function chooseNames<P extends NamePair>(
	pairs: readonly P[],
	views: readonly SourceView[],
	has: (view: SourceView, name: string) => boolean,
	authority: string | null,
): ReadonlyMap<string, Chosen<P>> {
	const chosen = new Map<string, Chosen<P>>();
	for (const cluster of clustersOf(pairs)) {
		const names = [...new Set(cluster.flatMap(({ written, name }) => [written, name]))];
		// Where one source has two of the names, they are two things to it.
		if (views.some((view) => names.filter((name) => has(view, name)).length > 1)) continue;
		const best = choose(names, views, has, authority);
		for (const name of names) {
			const pair = cluster.find((one) => one.written === name || one.name === name);
			if (pair && name !== best) chosen.set(name, { name: best, pair });
		}
	}
	return chosen;
}

/** Pairs that have a name in common. */
function clustersOf<P extends NamePair>(pairs: readonly P[]): P[][] {
	let clusters: P[][] = [];
	for (const pair of pairs) {
		const touches = (one: P): boolean =>
			[one.written, one.name].some((name) => name === pair.written || name === pair.name);
		const joined = clusters.filter((cluster) => cluster.some(touches));
		clusters = [...clusters.filter((cluster) => !joined.includes(cluster)), [...joined.flat(), pair]];
	}
	return clusters;
}

function choose(
	names: readonly string[],
	views: readonly SourceView[],
	has: (view: SourceView, name: string) => boolean,
	authority: string | null,
): string {
	const holders = views.filter((view) => names.some((name) => has(view, name)));
	const nameIn = (view: SourceView): string => names.find((name) => has(view, name)) ?? "";
	const votes = (name: string): number => holders.filter((view) => nameIn(view) === name).length;
	const [first] = holders;
	if (!first) return names[0] ?? "";
	const holder = holders.find((view) => view.id === authority);
	if (holder) return nameIn(holder);
	const peers = holders.filter((view) => view.snapshot.role === first.snapshot.role).map(nameIn);
	return peers.reduce((best, name) => (votes(name) > votes(best) ? name : best), nameIn(first));
}
