/** The single differences that a finding folds. */
import type { Finding, Member, Origin } from "@schemalign/core";
import { isLive, placeText } from "../place.js";
import { hanging, STICKY, widthOfText } from "./layout.js";
import type { View } from "./view.js";

const MOST = 8;

/** The folded members, each with its name and place; the claims above are those of the first. */
export function memberLines(view: View, finding: Finding, labelled: (label: string) => string): string[] {
	const members = finding.members ?? [];
	if (members.length < 2) return [];
	const shown = (view.verbose ? members : members.slice(0, MOST)).map((member) => ({
		name: member.name,
		at: placeOf(finding, member),
	}));
	const files = new Set(shown.map(({ at }) => at?.file ?? ""));
	const [only] = files;
	const isOneFile = files.size === 1 && only !== undefined && only !== "";
	const rest = members.length - shown.length;
	const more = rest > 0 ? [`and ${rest} more (--verbose shows all)`] : [];
	const label = labelled(`all ${members.length}`);
	if (isOneFile) {
		const items = shown.map(({ name, at }) =>
			at === null || isLive(view.report, at.file) ? name : `${name}${STICKY}${view.theme.dim(`:${at.line}`)}`,
		);
		return hanging(label, `${view.theme.dim(only)} ${[...items, ...more].join(", ")}`, view.width);
	}
	const indent = " ".repeat(widthOfText(label));
	const lines = [...shown, ...more].flatMap((item) =>
		typeof item === "string"
			? hanging(indent, item, view.width)
			: memberLine(view, item.name, item.at, indent),
	);
	return lines.map((line, at) => (at === 0 ? label + line.slice(indent.length) : line));
}

/** Name and place on one line, or below each other. */
function memberLine(view: View, name: string, at: Origin | null, indent: string): string[] {
	const place = at === null ? "" : view.theme.dim(placeText(view.report, at));
	const single = `${indent}${name}  ${place}`.trimEnd();
	if (widthOfText(single) <= view.width) return [single];
	return [...hanging(indent, name, view.width), ...hanging(`${indent}  `, place, view.width)];
}

/** Where the deviating source says so, else where any does; of a thing that exists, where it is. */
function placeOf({ verdict, aspect }: Finding, member: Member): Origin | null {
	const stated = member.claims.filter((claim) => claim.at !== null && claim.state === "value");
	const isLack = aspect === "existence" && verdict.truth === "present";
	const deviating = isLack ? undefined : stated.find((claim) => verdict.deviating.includes(claim.source));
	return (deviating ?? stated[0])?.at ?? null;
}
