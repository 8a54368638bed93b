/** Decides one delta: which class of claims is the truth, who deviates, and why we think so. */

import { EXISTENCE } from "../compare/claims.js";
import type { Delta } from "../compare/compare.js";
import type { Role } from "../model/snapshot.js";
import type { Authority } from "./authority.js";
import type { Witnesses } from "./witnesses.js";

export interface Decision {
	/** The sources whose claim is held to be true; empty when undecided. */
	readonly truth: readonly string[];
	readonly deviating: readonly string[];
	readonly basis: string;
}

/**
 * The verdict on `delta` (see design.md, "Truth"): authority, then role, then the majority of independent sources.
 * @param whole the delta with the claims that were taken back, those of programs that leave something out: they decide a tie
 */
export function decide(delta: Delta, witnesses: Witnesses, whole: Delta = delta): Decision {
	if (delta.grade !== "different") {
		return { truth: delta.classes.flat(), deviating: [], basis: "both say the same in other words" };
	}
	const { authority } = witnesses;
	if (authority.source !== null) {
		const own = classOf(delta, authority.source);
		if (own) return settled(delta, own, byAuthority(authority), witnesses);
	}
	return (
		doubted(delta, witnesses) ??
		decideByRole(delta, witnesses) ??
		decideByLeavingOut(delta, whole, witnesses) ??
		decideByMajority(delta, witnesses)
	);
}

/** Of a tie: the class that more of the programs agree with which leave the thing out. */
function decideByLeavingOut(delta: Delta, whole: Delta, witnesses: Witnesses): Decision | undefined {
	const spoken = new Set(delta.classes.flat());
	const counted = delta.classes
		.map((members) => {
			const all = whole.classes.find((one) => members.every((source) => one.includes(source))) ?? members;
			const silent = all.filter((source) => !spoken.has(source));
			return { members, votes: votesOf(members, witnesses), silent: votesOf(silent, witnesses) };
		})
		.sort((a, b) => b.votes - a.votes || b.silent - a.silent);
	const [first, second] = counted;
	if (!first || !second || first.votes !== second.votes || first.silent === second.silent) return undefined;
	const programs =
		first.silent === 1
			? "a program that leaves it out decides"
			: `${first.silent} programs that leave it out decide`;
	return settled(
		delta,
		first.members,
		`${first.votes} against ${second.votes} independent sources, and ${programs}`,
	);
}

/**
 * Nobody knows where no program agrees with the definitions that speak, and another definition was not read so far that it could
 * say: it may be the one that creates what they lack. That it changes or drops what they have is likely only where one alone
 * has it. What a database has is known all the same.
 */
function doubted(delta: Delta, witnesses: Witnesses): Decision | undefined {
	const { roleOf, unreadOf } = witnesses;
	const isOf = (role: Role) => (source: string) => roleOf(source) === role;
	const made = delta.classes.filter((members) => members.some(isOf("definition")));
	const programs = delta.classes.filter((members) => !made.includes(members));
	const isOpposed = programs.length > 0 && made.flat().every(isOf("definition"));
	if (!isOpposed || made.length !== 1 || programs.flat().some(isOf("database"))) return undefined;
	const verb = verbFor(delta, made.flat());
	if (verb !== "create" && votesOf(made.flat(), witnesses) > 1) return undefined;
	const unread = unreadOf(delta);
	if (unread === undefined) return undefined;
	return {
		truth: [],
		deviating: [],
		basis: `undecided: ${unread} may ${verb} it, in what could not be read of it; an \`authority\` in the config decides it`,
	};
}

/** What another definition would do to make the programs right. */
function verbFor({ aspect, claims }: Delta, made: readonly string[]): "create" | "change" | "drop" {
	if (aspect !== EXISTENCE) return "change";
	const isLacked = claims.some(({ source, state }) => state === "absent" && made.includes(source));
	return isLacked ? "create" : "drop";
}

/** The class of the highest role that is of one mind; undefined if the highest role disagrees within itself. */
function decideByRole(delta: Delta, witnesses: Witnesses): Decision | undefined {
	for (const role of ["database", "definition"] as const) {
		const classes = delta.classes.filter((members) =>
			members.some((source) => witnesses.roleOf(source) === role),
		);
		const [only] = classes;
		if (only && classes.length === 1) {
			return settled(delta, only, byRole(role), witnesses);
		}
		if (classes.length > 1) return undefined;
	}
	return undefined;
}

/** Why the authority is right. */
export function byAuthority({ source, basis }: Authority): string {
	return `${source} is the authority: ${basis}`;
}

/** Why a source of this role is right. */
export function byRole(role: Role): string {
	return `${role === "database" ? "a database" : "what creates the database"} stands over what describes it`;
}

/**
 * What is to be said where the truth stands on one source against several that agree with each other: it is held to be right
 * by its standing, and may be the one that is wrong all the same.
 */
export function aloneText(pro: number, contra: number): string {
	return pro === 1 && contra > 1
		? `; it stands alone: ${contra} independent sources agree on the other, and if they are right it is the one to change`
		: "";
}

function decideByMajority(delta: Delta, witnesses: Witnesses): Decision {
	const counted = delta.classes
		.map((members) => ({ members, votes: votesOf(members, witnesses) }))
		.sort((a, b) => b.votes - a.votes);
	const [first, second] = counted;
	const all = counted.reduce((sum, one) => sum + one.votes, 0);
	const copies = witnesses.copiesText(delta.classes.flat());
	if (first && (!second || first.votes > second.votes)) {
		return settled(delta, first.members, byMajority(first.votes, all) + copies);
	}
	const roles = new Set(counted.map(({ members }) => members.map(witnesses.roleOf)).map(highest));
	return {
		truth: [],
		deviating: [],
		basis: `${tieText(counted.map((one) => one.votes))}${copies}: ${tieBreaker([...roles])}`,
	};
}

/** Why the sources that are more are right. */
export function byMajority(pro: number, all: number): string {
	return `${pro} of ${all} independent sources say so`;
}

/** That nobody is held to be right. */
export function tieText(votes: readonly number[]): string {
	return `undecided, ${votes.join(" against ")} independent sources`;
}

/** What would decide a tie between sources of these roles. */
export function tieBreaker(roles: readonly (Role | undefined)[]): string {
	if (roles.length > 0 && roles.every((role) => role === "definition")) {
		return "a trace of which of them deployment runs, or an `authority` in the config, decides it";
	}
	if (roles.every((role) => role !== "definition" && role !== "database")) {
		return "what creates the database, a dump of it, or an `authority` in the config decides it";
	}
	return "an `authority` in the config decides it";
}

const highest = (roles: readonly Role[]): Role | undefined =>
	(["database", "definition", "model", "usage"] as const).find((role) => roles.includes(role));

function votesOf(members: readonly string[], { voteOf }: Witnesses): number {
	return new Set(members.map(voteOf)).size;
}

function settled(delta: Delta, truth: readonly string[], basis: string, witnesses?: Witnesses): Decision {
	const others = delta.classes.filter((members) => members !== truth);
	const [only] = others;
	const alone =
		witnesses && only && others.length === 1
			? aloneText(votesOf(truth, witnesses), votesOf(only, witnesses))
			: "";
	return { truth, deviating: others.flat(), basis: basis + alone };
}

function classOf(delta: Delta, source: string): readonly string[] | undefined {
	return delta.classes.find((members) => members.includes(source));
}
