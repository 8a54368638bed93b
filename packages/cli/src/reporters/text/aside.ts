/** What is not reported as a finding: accepted, silenced, ignored; what a change fixes; entries of the baseline that can go. */
import {
	count,
	type Report,
	type SetAside,
	type SetAsideBy,
	type Summary,
	severitySchema,
} from "@schemalign/core";
import { placeText } from "../place.js";
import { hanging, padEnd } from "./layout.js";
import type { View } from "./view.js";

const WORDS: Readonly<Record<SetAsideBy, string>> = {
	baseline: "accepted",
	comment: "silenced by a comment",
	config: "ignored by the config",
};

const ORDER: readonly SetAsideBy[] = ["baseline", "comment", "config"];

/** `11 accepted, 2 silenced by comments`; empty if nothing was set aside. */
export function asideText({ setAside }: Summary): string {
	if (!setAside) return "";
	const parts = ORDER.filter((by) => setAside[by] > 0).map((by) => `${setAside[by]} ${WORDS[by]}`);
	return parts.join(", ");
}

/** With --verbose everything that was set aside, and why. */
export function asideLines(view: View): string[] {
	const all = view.report.setAside ?? [];
	if (all.length === 0 || !view.verbose) return [];
	return ORDER.flatMap((by) => {
		const own = all.filter((one) => one.by === by).sort((a, b) => rank(a) - rank(b));
		if (own.length === 0) return [];
		const title = `${count(own.length, "difference")} ${WORDS[by]}`;
		return ["", view.theme.bold(title), ...own.flatMap((one) => asideLine(view, one))];
	});
}

function rank({ severity }: SetAside): number {
	return severitySchema.options.indexOf(severity);
}

function asideLine(view: View, one: SetAside): string[] {
	const { theme } = view;
	const place = one.at === null ? "" : placeText(view.report, one.at);
	const notes = [
		one.reason ?? (one.by === "baseline" ? "no reason given" : ""),
		one.expires === undefined ? "" : `until ${one.expires}`,
		place,
	].filter((note) => note !== "");
	const text = `${one.message} ${theme.dim(`[${one.code}]`)}${notes.length > 0 ? ` ${theme.dim(`— ${notes.join(", ")}`)}` : ""}`;
	return hanging(`  ${padEnd(theme.severity[one.severity](one.severity), 9)}`, text, view.width);
}

/** Entries of the baseline that accept nothing: how many, and with --verbose which. */
export function staleLines(view: View): string[] {
	const all = view.report.stale ?? [];
	if (all.length === 0 || !view.verbose) return [];
	return [
		"",
		view.theme.bold(
			`${count(all.length, "entry", "entries")} of the baseline hold${all.length === 1 ? "s" : ""} no longer`,
		),
		...all.flatMap(({ why, what, code, expires }) =>
			hanging(
				`  ${padEnd(why, 9)}`,
				`${what} ${view.theme.dim(`[${code}]${why === "expired" ? ` until ${expires}` : ""}`)}`,
				view.width,
			),
		),
	];
}

const STALE = ["fixed", "moved", "expired"] as const;

/** `3 entries of the baseline are stale: 2 fixed, 1 expired`; `undefined` if none is. */
export function staleHint({ stale = [] }: Report): string | undefined {
	if (stale.length === 0) return undefined;
	const parts = STALE.flatMap((why) => {
		const number = stale.filter((one) => one.why === why).length;
		return number > 0 ? [`${number} ${why === "moved" ? "of a source that has moved" : why}`] : [];
	});
	const are = count(stale.length, "entry of the baseline is", "entries of the baseline are");
	const them = stale.length === 1 ? "it" : "them";
	const remedies = [
		`\`schemalign baseline --prune\` ${stale.some(({ why }) => why === "moved") ? "brings the file up to date" : `removes ${them}`}`,
		...(stale.some(({ why }) => why === "expired") ? ["`--update --expires <date>` gives a new date"] : []),
	];
	return `${are} stale (${parts.join(", ")}): ${remedies.join(", ")}.`;
}

/** What the change fixes, one line each. */
export function fixedLines(view: View): string[] {
	const all = view.report.change?.fixed ?? [];
	const fixed = view.verbose ? all : all.filter((one) => one.severity !== "info");
	if (fixed.length === 0) return [];
	const { theme } = view;
	return [
		"",
		theme.bold(`Fixed since then: ${count(fixed.length, "finding")}`),
		...fixed.flatMap((one) =>
			hanging(
				`  ${theme.good("✓")} ${padEnd(theme.severity[one.severity](one.severity), 9)}`,
				`${one.message} ${theme.dim(`[${one.code}]`)}`,
				view.width,
			),
		),
	];
}

/** What the report is measured against: ` · since main (1a2b3c4)`. */
export function sinceText({ change }: Report): string {
	if (!change) return "";
	const short = change.commit.slice(0, 9);
	return ` · since ${change.since}${change.commit.startsWith(change.since) ? "" : ` (${short})`}`;
}
