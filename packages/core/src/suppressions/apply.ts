/** Applies the comments that silence findings, and tells which of them do nothing. */
import type { Item } from "../report/item.js";
import type { Suppression } from "./parse.js";

/** The comments of a project; each remembers which of its codes have silenced something. */
export class Suppressions {
	readonly #byFile = new Map<string, Suppression[]>();
	readonly #used = new Map<Suppression, Set<string>>();

	constructor(readonly all: readonly Suppression[]) {
		for (const one of all) {
			if (one.problem === undefined) this.#byFile.set(one.file, [...(this.#byFile.get(one.file) ?? []), one]);
		}
	}

	/** The comment that silences the item: one at any of its claims. */
	take(item: Item): Suppression | undefined {
		if (this.#byFile.size === 0) return undefined;
		for (const { at, state } of item.claims) {
			if (at === null || (state !== "value" && state !== "absent")) continue;
			const found = this.#byFile
				.get(at.file)
				?.find(({ codes, lines }) => codes.includes(item.code) && (lines?.includes(at.line) ?? true));
			if (!found) continue;
			this.#used.set(found, (this.#used.get(found) ?? new Set<string>()).add(item.code));
			return found;
		}
		return undefined;
	}

	/** The codes of a comment that have silenced nothing. */
	unused(suppression: Suppression): string[] {
		const used = this.#used.get(suppression);
		return suppression.codes.filter((code) => !used?.has(code));
	}
}
