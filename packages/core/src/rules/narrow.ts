/**
 * Takes back claims that are none, seen from the whole delta: a program that leaves out a column does not say that it does
 * not exist, and a program that fills a column itself does not say that the database has no default.
 */
import { type Claim, EXISTENCE } from "../compare/claims.js";
import type { Delta } from "../compare/compare.js";
import { statedValue } from "../matching/facts.js";

/** The delta without such claims; `undefined` if what is left agrees. */
export function narrow(delta: Delta, isStore: (source: string) => boolean): Delta | undefined {
	const takenBack = new Map(
		delta.claims.flatMap((claim) => {
			const why = isStore(claim.source) ? undefined : whyNoClaim(delta, claim, isStore);
			return why === undefined ? [] : [[claim.source, why] as const];
		}),
	);
	if (takenBack.size === 0) return delta;
	const classes = delta.classes
		.map((members) => members.filter((source) => !takenBack.has(source)))
		.filter((members) => members.length > 0);
	if (delta.grade === "different" && classes.length < 2) return undefined;
	const claims = delta.claims.map((claim): Claim => {
		const why = takenBack.get(claim.source);
		return why === undefined
			? claim
			: { source: claim.source, ...(claim.at ? { at: claim.at } : {}), state: "unknown", why };
	});
	return { ...delta, classes, claims };
}

function whyNoClaim(delta: Delta, claim: Claim, isStore: (source: string) => boolean): string | undefined {
	if (delta.kind !== "column") return undefined;
	if (delta.aspect === EXISTENCE && claim.state === "absent") {
		// Where every store has the column, the program's lack of it is the subject: can it insert?
		const storesLack = delta.claims.some((other) => isStore(other.source) && other.state === "absent");
		return storesLack ? "it does not map the column" : undefined;
	}
	if (delta.aspect !== "default" || claim.state !== "value" || claim.value !== null) return undefined;
	const column = delta.entities.get(claim.source);
	const fills = column && statedValue(column, "clientDefault");
	return fills ? `it fills the column itself: ${String(fills)}` : undefined;
}
