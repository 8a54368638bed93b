/** The single differences that a finding folds. */
import type { Finding, Member, Origin } from "@schemalign/core";
import { hanging, STICKY } from "./layout.js";
import type { View } from "./view.js";

const MOST = 8;

/** The folded members, each with its name and place; the claims above are those of the first. */
export function memberLines(view: View, finding: Finding, labelled: (label: string) => string): string[] {
	const members = finding.members ?? [];
	if (members.length < 2) return [];
	const shown = (view.verbose ? members : members.slice(0, MOST)).map((member) => ({
		name: nameOf(member),
		at: placeOf(finding, member),
	}));
	const files = new Set(shown.map(({ at }) => at?.file ?? ""));
	const [only] = files;
	const isOneFile = files.size === 1 && only !== undefined && only !== "";
	const items = shown.map(({ name, at }) => {
		if (at === null) return name;
		return `${name}${STICKY}${view.theme.dim(isOneFile ? `:${at.line}` : `${at.file}:${at.line}`)}`;
	});
	const rest = members.length - shown.length;
	if (rest > 0) items.push(`and ${rest} more (--verbose shows all)`);
	const where = isOneFile ? view.theme.dim(`${only} `) : "";
	return hanging(labelled(`all ${members.length}`), where + items.join(", "), view.width);
}

/** Where the deviating source says so, else where any does. */
function placeOf(finding: Finding, member: Member): Origin | null {
	const stated = member.claims.filter((claim) => claim.at !== null && claim.state === "value");
	const deviating = stated.find((claim) => finding.verdict.deviating.includes(claim.source));
	return (deviating ?? stated[0])?.at ?? null;
}

function nameOf(member: Member): string {
	if (member.table === null) return member.message;
	return member.column === null ? member.table : `${member.table}.${member.column}`;
}
