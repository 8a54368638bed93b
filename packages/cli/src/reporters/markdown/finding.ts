/** One finding as Markdown: what, who says what, what breaks, which side is right, what to do. */
import type { Finding, Member, ReportClaim } from "@schemalign/core";
import { placeText as placeOf } from "../place.js";
import type { View } from "../text/view.js";
import { code, details, prose, table, text } from "./format.js";

const MOST_MEMBERS = 8;

/** The finding under a heading that begins with `label` (`C1`). */
export function findingLines(view: View, finding: Finding, label: string): string[] {
	return [
		`### ${label} · ${prose(finding.message)}`,
		"",
		...claimTable(view, finding, finding.claims),
		...memberLines(view, finding),
		...statements(view, finding),
		...sqlLines(view, finding),
		"",
		`<sub>${finding.code}</sub>`,
	];
}

function claimTable(view: View, finding: Finding, claims: readonly ReportClaim[]): string[] {
	const said = claims.filter(
		({ state }) => view.verbose || (state !== "inexpressible" && state !== "unknown"),
	);
	const silent = claims.filter(({ state }) => state === "unknown").length;
	if (said.length === 0) return [];
	return [
		...table(
			["", "source", "says", "where"],
			said.map((claim) => [
				markOf(finding, claim),
				code(view.names.get(claim.source) ?? claim.source),
				saysText(claim),
				placeText(view, claim),
			]),
		),
		...(silent > 0 && !view.verbose ? ["", `${silent} more ${silent === 1 ? "does" : "do"} not say.`] : []),
	];
}

function markOf({ verdict, members }: Finding, { source, state, value }: ReportClaim): string {
	if (state === "unknown" || state === "inexpressible") return "?";
	const said = state === "absent" ? "absent" : (value ?? "present");
	const isRight = members !== undefined && said === verdict.truth;
	if (verdict.deviating.includes(source) && !isRight) return "❌";
	return verdict.truth === null ? "•" : "✅";
}

function saysText({ state, value }: ReportClaim): string {
	switch (state) {
		case "value":
			return value === null || value === "present" ? "present" : code(value);
		case "absent":
			return "absent";
		case "unknown":
			return text(`unknown: ${value ?? "not stated"}`);
		case "inexpressible":
			return "cannot say";
	}
}

/** A database has no lines: its name tells it. */
function placeText({ report }: View, { at, source }: ReportClaim): string {
	const isLive = report.sources.some(({ id, adapter }) => id === source && adapter === "postgres");
	return at === null || isLive ? "" : code(`${at.file}:${at.line}`);
}

function memberLines(view: View, finding: Finding): string[] {
	const members = finding.members ?? [];
	if (members.length < 2) return [];
	const items = members.map((member) => `- ${code(member.name)}${memberPlace(view, finding, member)}`);
	return [
		"",
		...(items.length > MOST_MEMBERS && !view.verbose
			? details(`All ${items.length}`, items)
			: [`All ${items.length}:`, "", ...items]),
	];
}

function memberPlace({ report }: View, { verdict, aspect }: Finding, { claims }: Member): string {
	const stated = claims.filter((claim) => claim.at !== null && claim.state === "value");
	const isLack = aspect === "existence" && verdict.truth === "present";
	const deviating = isLack ? undefined : stated.find((claim) => verdict.deviating.includes(claim.source));
	const at = (deviating ?? stated[0])?.at;
	return at ? ` ${code(placeOf(report, at))}` : "";
}

function statements(view: View, finding: Finding): string[] {
	const { verdict, why, help, consequences } = finding;
	const breaks = [...new Set(consequences.map((consequence) => consequence.text))];
	const isSaid = breaks.some((one) => one.toLowerCase().includes(why.toLowerCase().replace(/\.$/, "")));
	const basis = [...view.names].reduce((said, [id, name]) => said.replaceAll(id, name), verdict.basis);
	const truth =
		verdict.truth === null
			? basis.startsWith("undecided")
				? [`- **Verdict:** ${prose(basis)}`]
				: []
			: [`- **Truth:** ${truthText(finding, verdict.truth)}: ${prose(basis)}`];
	const lines = [
		...(why === "" || isSaid ? [] : [`- **Why:** ${prose(why)}`]),
		...breaks.map((one) => `- **Breaks:** ${prose(one)}`),
		...observedLines(view, finding),
		...truth,
		...(help === "" ? [] : [`- **Fix:** ${prose(help)}`]),
	];
	return lines.length === 0 ? [] : ["", ...lines];
}

const MOST_OBSERVED = 8;

/** What live databases say of their rows. */
function observedLines(view: View, { observed = [] }: Finding): string[] {
	const shown = view.verbose ? observed : observed.slice(0, MOST_OBSERVED);
	const lines = shown.map(
		({ source, text: said }) => `- **Data:** ${code(view.names.get(source) ?? source)}: ${prose(said)}`,
	);
	const rest = observed.length - shown.length;
	return rest > 0 ? [...lines, `- **Data:** and ${rest} more`] : lines;
}

function sqlLines(view: View, { fixes = [] }: Finding): string[] {
	return fixes.flatMap(({ source, sql }) => [
		"",
		"```sql",
		...(fixes.length > 1 ? [`-- ${view.names.get(source) ?? source}`] : []),
		...sql,
		"```",
	]);
}

function truthText({ aspect, members }: Finding, truth: string): string {
	if (aspect !== "existence") return code(truth);
	const it = (members?.length ?? 1) > 1 ? "they" : "it";
	const does = it === "they" ? "do" : "does";
	return truth === "absent" ? `${it} ${does} not exist` : `${it} exist${it === "it" ? "s" : ""}`;
}
