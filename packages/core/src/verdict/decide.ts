/** Decides one delta: which class of claims is the truth, who deviates, and why we think so. */

import type { Delta } from "../compare/compare.js";
import type { Role } from "../model/snapshot.js";
import type { Authority } from "./authority.js";

export interface Decision {
	/** The sources whose claim is held to be true; empty when undecided. */
	readonly truth: readonly string[];
	readonly deviating: readonly string[];
	readonly basis: string;
}

export interface Witnesses {
	readonly authority: Authority;
	roleOf(source: string): Role;
	/** Sources that are near copies of one another give one vote: the same text for each of them. */
	voteOf(source: string): string;
}

/** The verdict on `delta` (see design.md, "Truth"): authority, then role, then the majority of independent sources. */
export function decide(delta: Delta, witnesses: Witnesses): Decision {
	if (delta.grade !== "different") {
		return { truth: delta.classes.flat(), deviating: [], basis: "both say the same in other words" };
	}
	const { authority } = witnesses;
	if (authority.source !== null) {
		const own = classOf(delta, authority.source);
		if (own) return settled(delta, own, `${authority.source} is the authority: ${authority.basis}`);
	}
	return decideByRole(delta, witnesses) ?? decideByMajority(delta, witnesses);
}

/** The class of the highest role that is of one mind; undefined if the highest role disagrees within itself. */
function decideByRole(delta: Delta, witnesses: Witnesses): Decision | undefined {
	for (const role of ["database", "definition"] as const) {
		const classes = delta.classes.filter((members) =>
			members.some((source) => witnesses.roleOf(source) === role),
		);
		const [only] = classes;
		if (only && classes.length === 1) {
			return settled(delta, only, byRole(role));
		}
		if (classes.length > 1) return undefined;
	}
	return undefined;
}

/** Why a source of this role is right. */
export function byRole(role: Role): string {
	return `${role === "database" ? "a database" : "what creates the database"} stands over what describes it`;
}

function decideByMajority(delta: Delta, witnesses: Witnesses): Decision {
	const counted = delta.classes
		.map((members) => ({ members, votes: new Set(members.map(witnesses.voteOf)).size }))
		.sort((a, b) => b.votes - a.votes);
	const [first, second] = counted;
	if (first && (!second || first.votes > second.votes)) {
		const all = counted.reduce((sum, one) => sum + one.votes, 0);
		return settled(delta, first.members, `${first.votes} of ${all} independent sources say so`);
	}
	return {
		truth: [],
		deviating: [],
		basis: `undecided, ${counted.map((one) => one.votes).join(" against ")} independent sources: an \`authority\` in the config decides it`,
	};
}

function settled(delta: Delta, truth: readonly string[], basis: string): Decision {
	return {
		truth,
		deviating: delta.classes.filter((members) => members !== truth).flat(),
		basis,
	};
}

function classOf(delta: Delta, source: string): readonly string[] | undefined {
	return delta.classes.find((members) => members.includes(source));
}
