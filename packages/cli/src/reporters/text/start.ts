/** At the end, where a terminal stands when the run is over: the findings to start with, a line each. */
import { count, type Finding, kindDefinition, type Origin } from "@schemalign/core";
import { opening } from "../opening.js";
import { isLive } from "../place.js";
import { padEnd, shortenMiddle, widthOfText } from "./layout.js";
import { shownFindings, type View } from "./view.js";

/** With fewer findings than this all of them are still in sight. */
const FEW = 6;
const MOST = 10;
const SHORTEST_PLACE = 24;
const LONGEST_WHAT = 32;

/** Severity, code, place and size of the findings to start with. */
export function startLines(view: View): string[] {
	const { theme } = view;
	const findings = view.report.databases.flatMap(({ name }) =>
		shownFindings(view, name).filter(({ severity }) => severity !== "info"),
	);
	if (findings.length < FEW) return [];
	const rows = opening(findings, MOST).map((finding) => ({
		finding,
		place: placeText(view, finding),
		what: whatText(finding),
	}));
	const code = Math.max(...rows.map(({ finding }) => finding.code.length));
	const what = Math.min(LONGEST_WHAT, Math.max(...rows.map((row) => widthOfText(row.what))));
	const room = Math.max(SHORTEST_PLACE, view.width - 2 - 9 - 1 - code - 2 - what - 2);
	const place = Math.min(room, Math.max(...rows.map((row) => widthOfText(row.place))));
	const rest = findings.length - rows.length;
	return [
		"",
		theme.bold("Where to start"),
		...rows.map(({ finding, ...row }) => {
			const severity = padEnd(theme.severity[finding.severity](finding.severity), 9);
			const where = padEnd(shortenMiddle(row.place, place), place);
			const size = theme.dim(shortenMiddle(row.what, what));
			return `  ${severity} ${padEnd(finding.code, code)}  ${where}  ${size}`.trimEnd();
		}),
		...(rest > 0 ? [theme.dim(`  and ${count(rest, "more finding")}`)] : []),
	];
}

function placeText(view: View, finding: Finding): string {
	const at = placeToChange(finding);
	if (at !== null && !isLive(view.report, at.file)) return `${at.file}:${at.line}`;
	const [source = finding.claims[0]?.source ?? ""] = finding.verdict.deviating;
	return view.names.get(source) ?? source;
}

/** Where a source deviates, if that is a place; where nothing decides, where any says something. */
function placeToChange({ verdict, claims }: Finding): Origin | null {
	const placed = claims.filter(({ at }) => at !== null);
	if (verdict.deviating.length === 0) return placed[0]?.at ?? null;
	return placed.find(({ source }) => verdict.deviating.includes(source))?.at ?? null;
}

/** `12 columns`, `campaigns.id`, `campaigns`. */
function whatText({ members, kind, schema, table, column }: Finding): string {
	if (members) {
		const [first] = members;
		const isOneKind = first !== undefined && members.every((member) => member.kind === first.kind);
		const noun = isOneKind ? kindDefinition(first.kind).label : "thing";
		return count(members.length, noun, plural(noun));
	}
	if (table === null) return schema === "" || kind !== "schema" ? "" : schema;
	const name = schema === "public" || schema === "" ? table : `${schema}.${table}`;
	return column === undefined ? name : `${name}.${column}`;
}

function plural(noun: string): string {
	if (/(?:x|s)$/.test(noun)) return `${noun}es`;
	return noun.endsWith("cy") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
