/** What a change of the repository does to its findings: which it introduces, and which it fixes. */
import type { AnalyzeOptions } from "../analyze.js";
import type { KnownItem } from "../baseline/recognize.js";
import { Screening } from "../baseline/screening.js";
import { conclude } from "../conclude.js";
import type { Snapshot } from "../model/snapshot.js";
import { judge } from "../pipeline.js";
import { deviatingIn, type Item } from "../report/item.js";
import type { Report } from "../report/report.js";

/** A state of the repository, read. */
export interface RepositoryState {
	readonly snapshots: readonly Snapshot[];
	readonly options: AnalyzeOptions;
}

/** The earlier state: what the user calls it, and the commit that this is. */
export interface EarlierState extends RepositoryState {
	readonly since: string;
	readonly commit: string;
}

/**
 * Compares two states. The report is that of the later one, with those findings only that the earlier one does not have;
 * `change` holds what is fixed. A finding of which one member is new holds that member alone.
 */
export function compareStates(before: EarlierState, after: RepositoryState): Report {
	const earlier = judge(before.snapshots, before.options);
	const later = judge(after.snapshots, after.options);
	const screening = new Screening(after.options, known(all(earlier, before.options)));
	const report = conclude(later, after.options, screening);
	// What is set aside now is still there: it is not fixed.
	const ignoreItem = isChanged(screening.reported);
	const screen = new Screening({ ignoreItem }, known(screening.items));
	const fixed = conclude(earlier, withoutScreens(before.options), screen);
	return {
		...report,
		change: {
			since: before.since,
			commit: before.commit,
			unchanged: screening.unchanged,
			fixed: fixed.findings,
		},
	};
}

/** Tells a difference that is another one now: the same kind at the same place in the same program is not fixed. */
function isChanged(introduced: readonly Item[]): (item: Item) => { reason: string } | undefined {
	const key = ({ code, kind, database, schema, name }: Item): string =>
		JSON.stringify([code, kind, database, schema, name]);
	const now = new Map<string, Set<string>>();
	for (const item of introduced)
		now.set(key(item), new Set([...(now.get(key(item)) ?? []), ...deviatingIn(item)]));
	return (item) =>
		deviatingIn(item).some((source) => now.get(key(item))?.has(source))
			? { reason: "it is another difference now" }
			: undefined;
}

/** Every difference of a state, also what is ignored, silenced or accepted. */
function all(judgement: ReturnType<typeof judge>, options: AnalyzeOptions): readonly Item[] {
	const screening = new Screening({});
	conclude(judgement, withoutScreens(options), screening);
	return screening.items;
}

function known(items: readonly Item[]): KnownItem[] {
	return items.map(({ fingerprint, sides }) => ({ fingerprint, sides: sides.map(({ sources }) => sources) }));
}

function withoutScreens({ severities, skipped }: AnalyzeOptions): AnalyzeOptions {
	return { isPart: true, ...(severities ? { severities } : {}), ...(skipped ? { skipped } : {}) };
}
