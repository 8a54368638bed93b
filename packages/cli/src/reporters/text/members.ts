/** The single differences that a finding folds. */
import type { Finding, Member } from "@schemalign/core";
import { hanging } from "./layout.js";
import type { View } from "./view.js";

const MOST = 8;

/** The folded members, each with its name and place; the claims above are those of the first. */
export function memberLines(view: View, finding: Finding, labelled: (label: string) => string): string[] {
	const members = finding.members ?? [];
	if (members.length < 2) return [];
	const shown = view.verbose ? members : members.slice(0, MOST);
	const items = shown.map((member) => itemOf(view, finding, member));
	const rest = members.length - shown.length;
	if (rest > 0) items.push(`and ${rest} more (--verbose shows all)`);
	return hanging(labelled(`all ${members.length}`), items.join(", "), view.width);
}

function itemOf(view: View, finding: Finding, member: Member): string {
	const name = nameOf(member);
	const deviating = member.claims.find(
		(claim) =>
			claim.at !== null && claim.state === "value" && finding.verdict.deviating.includes(claim.source),
	);
	const { at } = deviating ??
		member.claims.find((claim) => claim.at !== null && claim.state === "value") ?? { at: null };
	// Non-breaking, so that a place is not torn from its name.
	return at === null ? name : `${name}\u00A0${view.theme.dim(`${at.file}:${at.line}`)}`;
}

function nameOf(member: Member): string {
	if (member.table === null) return member.message;
	return member.column === null ? member.table : `${member.table}.${member.column}`;
}
