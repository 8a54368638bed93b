/** Makes a baseline of what is found, from the one that is there. */
import type { AnalyzeOptions } from "../analyze.js";
import { conclude } from "../conclude.js";
import type { Severity, Snapshot } from "../model/snapshot.js";
import { judge } from "../pipeline.js";
import type { Item } from "../report/item.js";
import { compareSeverity } from "../rules/context.js";
import { type Accepted, accept, knownItem, type NewEntry } from "./baseline.js";
import { isMoved, Recognizer } from "./recognize.js";
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
	/** Entries that hold for a source under its new id. */
	readonly moved: number;
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
	const items = reportedItems(snapshots, rest);
	const present = new Set(snapshots.map(({ source }) => source));
	const known = recognized(items, baseline, present);
	const isOver = ({ expires }: Accepted): boolean => expires !== undefined && expires < today;
	const accepted: Accepted[] = [];
	let added = 0;
	let expired = 0;
	for (const item of items) {
		const entry = known.entries.get(item);
		if (entry && renewal.mode === "prune") {
			if (isOver(entry)) expired++;
			else accepted.push(known.moved.has(item) ? accept(item, entry) : entry);
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
	return { accepted, added, fixed: baseline.length - known.entries.size, moved: known.moved.size, expired };
}

interface Recognized {
	readonly entries: ReadonlyMap<Item, Accepted>;
	/** Those whose entry names an earlier id of a source. */
	readonly moved: ReadonlySet<Item>;
}

/** The entry of every item that has one: its own, or that of the same difference before its source has moved. */
function recognized(
	items: readonly Item[],
	baseline: readonly Accepted[],
	present: ReadonlySet<string>,
): Recognized {
	const own = new Recognizer(baseline.map(knownItem));
	const entries = new Map<Item, Accepted>();
	for (const item of items) {
		const entry = own.take(item)?.accepted;
		if (entry) entries.set(item, entry);
	}
	const left = own.left();
	const moved = new Set<Item>();
	for (const item of items) {
		if (entries.has(item)) continue;
		const at = left.findIndex((one) => isMoved(one, item, present));
		const [entry] = at === -1 ? [] : left.splice(at, 1);
		if (!entry) continue;
		entries.set(item, entry.accepted);
		moved.add(item);
	}
	return { entries, moved };
}

/** What would be reported if there were no baseline. */
function reportedItems(snapshots: readonly Snapshot[], options: AnalyzeOptions): readonly Item[] {
	const screening = new Screening(options);
	conclude(judge(snapshots, options), options, screening);
	return screening.reported;
}
