/** Sorts the project's files by the adapters that are interested in them, each file read once at most. */
import { type Adapter, FileProblem, type Interest, type Skipped } from "@schemalign/core";
import { MarkerSearch } from "../project/text.js";

export interface Matches {
	/** By adapter name, sorted. */
	readonly byAdapter: ReadonlyMap<string, readonly string[]>;
	readonly skipped: readonly Skipped[];
}

interface Wish {
	readonly adapter: string;
	/** The interests whose path fits and that ask for markers. */
	readonly markers: readonly string[];
}

/** Which of `paths` each adapter wants to see. Never throws: a file that cannot be searched is skipped with its reason. */
export function matchInterests(
	root: string,
	paths: readonly string[],
	adapters: readonly Adapter[],
): Matches {
	const byAdapter = new Map(adapters.map((adapter) => [adapter.name, [] as string[]]));
	const skipped: Skipped[] = [];
	const search = new MarkerSearch(root);
	const interests = adapters.map((adapter) => ({
		adapter: adapter.name,
		interests: adapter.interests.map(stateless),
	}));
	for (const path of paths) {
		const wishes: Wish[] = [];
		for (const one of interests) {
			const fitting = one.interests.filter((interest) => interest.path.test(path));
			if (fitting.some((interest) => interest.markers === undefined)) byAdapter.get(one.adapter)?.push(path);
			else if (fitting.length > 0) wishes.push({ adapter: one.adapter, markers: fitting.flatMap(markersOf) });
		}
		if (wishes.length > 0) {
			for (const adapter of fulfilled(search, path, wishes, skipped)) byAdapter.get(adapter)?.push(path);
		}
	}
	return { byAdapter, skipped };
}

/** A global or sticky expression remembers where it stopped; here every test starts anew. */
function stateless(interest: Interest): Interest {
	return { ...interest, path: new RegExp(interest.path.source, interest.path.flags.replace(/[gy]/g, "")) };
}

function markersOf(interest: Interest): readonly string[] {
	return interest.markers ?? [];
}

function fulfilled(
	search: MarkerSearch,
	path: string,
	wishes: readonly Wish[],
	skipped: Skipped[],
): readonly string[] {
	try {
		const contains = search.open(path);
		return wishes.filter((wish) => wish.markers.some(contains)).map((wish) => wish.adapter);
	} catch (error) {
		if (!(error instanceof FileProblem)) throw error;
		skipped.push({ path, why: error.message });
		return [];
	}
}
