/** Sets differences aside before they are folded to findings: what the config ignores, comments silence, the baseline accepts. */
import type { AnalyzeOptions } from "../analyze.js";
import { deviatingIn, type Item } from "../report/item.js";
import type { SetAside, SetAsideBy, Stale } from "../report/report.js";
import { Suppressions } from "../suppressions/apply.js";
import { type Accepted, knownItem } from "./baseline.js";
import { isMoved, type KnownItem, Recognizer } from "./recognize.js";

type Reason = Pick<SetAside, "by" | "reason" | "at" | "expires">;

/** One pass over the differences of a report; it remembers what it has set aside. */
export class Screening {
	readonly suppressions: Suppressions;
	/** Everything that was shown to it, in order. */
	readonly items: Item[] = [];
	/** What it has let through. */
	readonly reported: Item[] = [];
	readonly setAside: SetAside[] = [];
	/** How many differences the earlier state had as well. */
	unchanged = 0;
	readonly #options: AnalyzeOptions;
	readonly #baseline: Recognizer<ReturnType<typeof knownItem>>;
	readonly #expired: Accepted[] = [];
	readonly #before: Recognizer<KnownItem>;

	/** @param before what an earlier state had: it is set aside without a word */
	constructor(options: AnalyzeOptions, before: readonly KnownItem[] = []) {
		this.#options = options;
		this.suppressions = new Suppressions(options.suppressions ?? []);
		this.#baseline = new Recognizer((options.baseline ?? []).map(knownItem));
		this.#before = new Recognizer(before);
	}

	/** Whether the difference is to be reported. */
	keeps(item: Item): boolean {
		this.items.push(item);
		const reason = this.#reason(item);
		if (reason) {
			const { code, severity, database, schema, table, column, message, fingerprint } = item;
			this.setAside.push({
				deviating: deviatingIn(item),
				...reason,
				code,
				severity,
				database,
				schema,
				table,
				column,
				message,
				fingerprint,
			});
			return false;
		}
		if (this.#before.take(item) !== undefined) {
			this.unchanged++;
			return false;
		}
		this.reported.push(item);
		return true;
	}

	#reason(item: Item): Reason | undefined {
		const ignored = this.#options.ignoreItem?.(item);
		const comment = this.suppressions.take(item);
		const accepted = this.#baseline.take(item)?.accepted;
		if (ignored) return { by: "config", reason: ignored.reason, at: null };
		if (comment)
			return { by: "comment", reason: comment.reason, at: { file: comment.file, line: comment.line } };
		if (!accepted) return undefined;
		const { reason = null, expires } = accepted;
		if (this.#isOver(accepted)) {
			this.#expired.push(accepted);
			return undefined;
		}
		return { by: "baseline", reason, at: null, ...(expires === undefined ? {} : { expires }) };
	}

	#isOver({ expires }: Accepted): boolean {
		const { today } = this.#options;
		return expires !== undefined && today !== undefined && expires < today;
	}

	/**
	 * The entries of the baseline that accept nothing: their difference is gone, their source has moved, or their date is over.
	 * @param present the ids of the sources that are there
	 */
	stale(present: ReadonlySet<string>): Stale[] {
		if (this.#options.isPart) return [];
		const unclaimed = new Set(this.reported);
		const left = this.#baseline.left().map((known) => {
			const item = [...unclaimed].find((one) => isMoved(known, one, present));
			if (item) unclaimed.delete(item);
			return staleOf(item ? "moved" : "fixed", known.accepted);
		});
		return [...left, ...this.#expired.map((accepted) => staleOf("expired", accepted))];
	}

	counts(): Record<SetAsideBy, number> {
		const counts = { baseline: 0, comment: 0, config: 0 };
		for (const { by } of this.setAside) counts[by]++;
		return counts;
	}
}

function staleOf(why: Stale["why"], { code, what, expires, fingerprint }: Accepted): Stale {
	return { why, code, what, ...(expires === undefined ? {} : { expires }), fingerprint };
}
