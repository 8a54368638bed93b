/** A draft with its place, claims and verdict: all that a finding needs but fold and fingerprint. */
import { EXISTENCE } from "../compare/claims.js";
import type { Delta } from "../compare/compare.js";
import { canonicalText } from "../compare/equivalence.js";
import { fixesOf } from "../fixes/fixes.js";
import { compareText, parseAddress } from "../model/address.js";
import { type Kind, kindDefinition } from "../model/kinds.js";
import { type Origin, roleSchema } from "../model/snapshot.js";
import { distinguish } from "../report/describe.js";
import type { Fix, ReportClaim, Verdict } from "../report/report.js";
import { aloneText, byAuthority, byMajority, byRole, tieBreaker, tieText } from "../verdict/decide.js";
import type { RuleCode } from "./catalogue.js";
import {
	type Case,
	claimText,
	columnOf,
	type DatabaseContext,
	type Draft,
	isStore,
	valueText,
} from "./context.js";

export interface Located<Code extends string = RuleCode> extends Draft<Code> {
	readonly kind: Kind;
	readonly schema: string;
	/** Name without schema; null: the whole source. */
	readonly table: string | null;
	readonly column?: string;
	readonly aspect: string;
	readonly claims: readonly ReportClaim[];
	readonly verdict: Verdict;
	/** What the fingerprint is made of besides the code and the values. */
	readonly subject: string;
	/** The values that meet, in a form that does not depend on how they are written; by default those of the claims. */
	readonly values?: readonly string[];
	/** What makes the sources that deviate say the truth. */
	readonly fixes?: readonly Fix[];
	/** The sources of each value; by default as the claims have it. */
	readonly classes?: readonly (readonly string[])[];
}

/** Gives a rule's draft of a delta its place, claims and verdict. */
export function locate(subject: Case, draft: Draft): Located {
	const { delta, decision } = subject;
	const { parts } = parseAddress(delta.address);
	const column = columnOf(delta);
	const values = writtenValues(delta);
	return {
		...draft,
		kind: delta.kind,
		schema: parts[0] ?? "",
		table: kindDefinition(delta.kind).within === "table" || parts.length > 1 ? (parts[1] ?? null) : null,
		...(column === undefined ? {} : { column }),
		aspect: delta.aspect,
		claims: delta.claims.map((claim, at) => ({
			source: claim.source,
			state: claim.state,
			value: values[at] ?? null,
			at: claim.at ?? null,
		})),
		verdict: {
			truth: decision.truth.length > 0 ? valueText(delta, decision.truth) : null,
			deviating: [...decision.deviating],
			basis: decision.basis,
		},
		subject: `${delta.address} ${delta.aspect}`,
		values: delta.classes.map((sources) => canonicalValue(delta, sources)).sort(compareText),
		classes: delta.classes,
		fixes: fixesOf(subject),
	};
}

/** What the sources of a class say, however they write it. */
function canonicalValue(delta: Delta, sources: readonly string[]): string {
	const texts = delta.claims
		.filter((claim) => sources.includes(claim.source))
		.map((claim) => (claim.state === "value" ? canonicalText(claim.value) : claim.state));
	return texts.sort(compareText)[0] ?? "";
}

/** What each claim of the delta says, short; `undefined` where it says nothing. */
function writtenValues(delta: Delta): (string | undefined)[] {
	const whole = delta.claims.map((claim) => (claim.state === "value" ? claimText(delta, claim) : ""));
	const cut = distinguish(whole);
	return delta.claims.map((claim, at) => {
		if (claim.state === "unknown") return claim.why;
		if (claim.state !== "value") return undefined;
		const instead = delta.aspect === EXISTENCE ? claim.implied : undefined;
		return instead === undefined ? cut[at] : `not needed: ${instead}`;
	});
}

/** A claim that a source says something, for findings that no delta gives. */
export function claimAt(source: string, value: string, at: Origin | undefined): ReportClaim {
	return { source, state: "value", value, at: at ?? null };
}

/** The place of a finding about a table. */
export function atTable(table: string): { kind: "table"; schema: string; table: string | null } {
	const { parts } = parseAddress(`table:${table}`);
	return { kind: "table", schema: parts[0] ?? "", table: parts[1] ?? null };
}

/** The place of a finding about a whole source. */
export const AT_SOURCE = { kind: "schema", schema: "", table: null } as const;

/**
 * For findings that no delta gives: `truth` is right if it is the authority or stands over all that deviate, or if more
 * sources say the same (`votes`: for it and against it); else it is undecided.
 */
export function verdictFor(
	database: DatabaseContext,
	truth: { source: string; text: string } | undefined,
	deviating: readonly string[],
	votes: { readonly pro: number; readonly contra: number } = { pro: 1, contra: 1 },
): Verdict {
	if (!truth) return { truth: null, deviating: [], basis: "no side is right or wrong by itself" };
	const settled = (basis: string): Verdict => ({ truth: truth.text, deviating: [...deviating], basis });
	const alone = aloneText(votes.pro, votes.contra);
	if (truth.source === database.authority.source) return settled(byAuthority(database.authority) + alone);
	const role = database.roleOf(truth.source);
	const standing = (source: string): number => roleSchema.options.indexOf(database.roleOf(source));
	if (isStore(database, truth.source) && deviating.every((one) => standing(one) > standing(truth.source))) {
		return settled(byRole(role) + alone);
	}
	const { pro, contra } = votes;
	if (pro > contra) return settled(byMajority(pro, pro + contra));
	const roles = [truth.source, ...deviating].map((source) => database.roleOf(source));
	return { truth: null, deviating: [], basis: `${tieText([pro, contra])}: ${tieBreaker(roles)}` };
}
