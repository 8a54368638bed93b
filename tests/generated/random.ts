/** Random choices that depend on a seed only. */

/** A number in [0, 1). */
export type Random = () => number;

/** Numbers in [0, 1) that depend on the seed only (mulberry32's recurrence). */
export function randomFrom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** A whole number in [0, limit). */
export function below(random: Random, limit: number): number {
	return Math.floor(random() * limit);
}

export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
	return items[below(random, items.length)] ?? items[0];
}

/** One of the items; `undefined` if there are none. */
export function pickAny<T>(random: Random, items: readonly T[]): T | undefined {
	return items[below(random, items.length)];
}
