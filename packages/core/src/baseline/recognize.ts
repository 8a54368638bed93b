/** Whether a difference is one that is known already: from a baseline, or from an earlier state of the repository. */
import type { Item } from "../report/item.js";

/** What is kept of an item to know it again. */
export interface KnownItem {
	readonly fingerprint: string;
	/** The sources that said the same, together. */
	readonly sides: readonly (readonly string[])[];
}

/**
 * Known items, each of which recognises one item: where two differences of one kind were known, a third is new.
 *
 * The fingerprint says what the difference is about and which values meet. Who says so may change as far as nobody comes to
 * stand on the wrong side: a source that now agrees with what is right, or is gone, does not make a difference a new one;
 * another that deviates does, and so does one that has changed sides.
 */
export class Recognizer<T extends KnownItem> {
	readonly #known = new Map<string, T[]>();

	constructor(known: Iterable<T>) {
		for (const one of known)
			this.#known.set(one.fingerprint, [...(this.#known.get(one.fingerprint) ?? []), one]);
	}

	/** The known item that this one is, which is then used up. */
	take(item: Item): T | undefined {
		const candidates = this.#known.get(item.fingerprint) ?? [];
		const at = candidates.findIndex((one) => isSame(one, item));
		return at === -1 ? undefined : candidates.splice(at, 1)[0];
	}

	/** What no item was recognised as. */
	left(): T[] {
		return [...this.#known.values()].flat();
	}
}

/**
 * Whether the item is the known one, said by sources that go by another id since: on every side those that are no longer
 * `present` are replaced by as many new ones of the same adapter.
 */
export function isMoved(
	{ fingerprint, sides }: KnownItem,
	item: Item,
	present: ReadonlySet<string>,
): boolean {
	if (fingerprint !== item.fingerprint) return false;
	const before = new Set(sides.flat());
	if ([...before].every((source) => present.has(source))) return false;
	const then = sidesText(sides, present);
	const now = sidesText(
		item.sides.map(({ sources }) => sources),
		before,
	);
	return then === now;
}

/** The sides with the adapter in place of the sources that are not `kept`. */
function sidesText(sides: readonly (readonly string[])[], kept: ReadonlySet<string>): string {
	const adapterOf = (source: string): string => source.slice(0, source.indexOf(":") + 1);
	const texts = sides.map((sources) =>
		sources.map((source) => (kept.has(source) ? source : adapterOf(source))).sort(),
	);
	return JSON.stringify(texts.map((text) => JSON.stringify(text)).sort());
}

function isSame({ sides }: KnownItem, item: Item): boolean {
	const before = new Set(sides.flat());
	const now = new Set(item.sides.flatMap(({ sources }) => sources));
	const unmatched = sides.map((sources) => sources.filter((source) => now.has(source)));
	return item.sides.every(({ sources }) => {
		const known = sources.filter((source) => before.has(source));
		const at = known.length === 0 ? -1 : unmatched.findIndex((side) => areEqual(side, known));
		if (at === -1) return false;
		unmatched.splice(at, 1);
		// Those who were not asked before may agree with what is right, or where nothing is.
		return known.length === sources.length || item.right.length === 0 || item.right.includes(known[0] ?? "");
	});
}

function areEqual(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((one) => b.includes(one));
}
