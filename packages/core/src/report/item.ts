/**
 * A single difference as it is recognised again: in a baseline, and at another commit. Findings fold items, and a fold has
 * another content as soon as one joins it; an item stays what it is.
 */
import { compareText } from "../model/address.js";
import type { Kind } from "../model/kinds.js";
import type { Severity } from "../model/snapshot.js";
import type { ReportClaim } from "./report.js";

/** Sources that say the same. */
export interface Side {
	/** What they say, for people. */
	readonly says: string;
	readonly sources: readonly string[];
}

export interface Item {
	readonly code: string;
	readonly severity: Severity;
	readonly database: string;
	readonly kind: Kind;
	readonly schema: string;
	readonly table: string | null;
	readonly column: string | null;
	/** What a list calls it: `users.email`. */
	readonly name: string;
	readonly message: string;
	readonly claims: readonly ReportClaim[];
	/** Over what the difference is about and which values meet in it: not over places, spelling or who agrees with whom. */
	readonly fingerprint: string;
	/** Who stands against whom. */
	readonly sides: readonly Side[];
	/** The sources that are right; empty where nothing decides. */
	readonly right: readonly string[];
}

/** The sources that a difference is about: those that are wrong, or all where nothing decides. */
export function deviatingIn({ sides, right }: Item): string[] {
	return sides.flatMap(({ sources }) => sources).filter((source) => !right.includes(source));
}

/** The sides that claims form: those of one value together, in the order of the values. */
export function sidesOfClaims(claims: readonly ReportClaim[]): Side[] {
	const sides = new Map<string, string[]>();
	for (const claim of claims) {
		if (claim.state !== "value" && claim.state !== "absent") continue;
		const says = claim.state === "absent" ? "absent" : (claim.value ?? "");
		const sources = sides.get(says) ?? [];
		if (!sources.includes(claim.source)) sources.push(claim.source);
		sides.set(says, sources);
	}
	return [...sides]
		.map(([says, sources]) => ({ says, sources: [...sources].sort(compareText) }))
		.sort((a, b) => compareText(a.says, b.says));
}
