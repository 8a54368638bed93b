/** Makes a baseline of what is found, from the one that is there. */
import type { AnalyzeOptions } from "../analyze.js";
import { conclude } from "../conclude.js";
import type { Severity, Snapshot } from "../model/snapshot.js";
import { judge } from "../pipeline.js";
import type { Item } from "../report/item.js";
import { compareSeverity } from "../rules/context.js";
import { type Accepted, accept, knownItem, type NewEntry } from "./baseline.js";
import { Recognizer } from "./recognize.js";
import { Screening } from "./screening.js";

export interface Renewal {
	/** `update`: what is not accepted yet is. `prune`: only what is stale goes. */
	readonly mode: "update" | "prune";
	/** What new entries are given; with a date, those whose own is over as well. */
	readonly entry: NewEntry;
	/** What is milder than this is not accepted: it is not reported as a rule either. */
	readonly least: Severity;
}

export interface RenewedBaseline {
	readonly accepted: readonly Accepted[];
	readonly added: number;
	readonly fixed: number;
	/** Entries whose date is over and whose difference is still there: `prune` drops them, `update` keeps them as they are. */
	readonly expired: number;
}

/** The entries of `options.baseline` that still hold, and with `update` new ones for all that is reported without them. */
export function renewBaseline(
	snapshots: readonly Snapshot[],
	options: AnalyzeOptions,
	renewal: Renewal,
): RenewedBaseline {
	const { baseline = [], today = "", ...rest } = options;
	const old = new Recognizer(baseline.map(knownItem));
	const isOver = ({ expires }: Accepted): boolean => expires !== undefined && expires < today;
	const accepted: Accepted[] = [];
	let added = 0;
	let expired = 0;
	for (const item of reportedItems(snapshots, rest)) {
		const entry = old.take(item)?.accepted;
		if (entry && renewal.mode === "prune") {
			if (isOver(entry)) expired++;
			else accepted.push(entry);
		} else if (entry) {
			const renewed = isOver(entry) && renewal.entry.expires !== undefined;
			if (isOver(entry) && !renewed) expired++;
			const { reason, expires } = entry;
			accepted.push(
				accept(item, {
					reason: reason ?? renewal.entry.reason,
					expires: renewed ? renewal.entry.expires : expires,
				}),
			);
		} else if (renewal.mode === "update" && compareSeverity(item.severity, renewal.least) <= 0) {
			added++;
			accepted.push(accept(item, renewal.entry));
		}
	}
	return { accepted, added, fixed: old.left().length, expired };
}

/** What would be reported if there were no baseline. */
function reportedItems(snapshots: readonly Snapshot[], options: AnalyzeOptions): readonly Item[] {
	const screening = new Screening(options);
	conclude(judge(snapshots, options), options, screening);
	return screening.reported;
}
