/** What could not be read, and what was passed over. */
import { count } from "@schemalign/core";
import { placeText } from "../place.js";
import { hanging } from "./layout.js";
import type { View } from "./view.js";

const MOST = 10;

/** The places where a source says less than it should. Never hidden: only the list is cut. */
export function gapLines(view: View): string[] {
	const gaps = view.report.sources.flatMap((source) =>
		source.gaps.map((gap) => ({
			where: gap.at === null ? (view.names.get(source.id) ?? source.id) : placeText(view.report, gap.at),
			why: gap.why,
		})),
	);
	if (gaps.length === 0) return [];
	const title = `${count(gaps.length, "gap")}: what could not be read, and was not compared`;
	return listed(view, title, view.verbose ? gaps : alike(gaps));
}

interface Item {
	readonly where: string;
	readonly why: string;
}

/** Gaps of one reason are one item, at its first place. */
function alike(gaps: readonly Item[]): Item[] {
	const byWhy = new Map<string, string[]>();
	for (const { where, why } of gaps) byWhy.set(why, [...(byWhy.get(why) ?? []), where]);
	return [...byWhy].map(([why, [first = "", ...more]]) => ({
		where: more.length === 0 ? first : `${first} and ${count(more.length, "more place")}`,
		why,
	}));
}

/** What looked like a source and was not read: with --verbose; else only how many. */
export function skippedLines(view: View): string[] {
	const skipped = view.report.skipped.map(({ path, why }) => ({ where: path, why }));
	if (skipped.length === 0 || !view.verbose) return [];
	return listed(view, `${count(skipped.length, "path")} passed over`, skipped);
}

function listed(view: View, title: string, items: readonly Item[]): string[] {
	const shown = view.verbose ? items : items.slice(0, MOST);
	const rest = items.length - shown.length;
	return [
		"",
		view.theme.bold(title),
		...shown.flatMap(({ where, why }) => hanging("  ", `${where}  ${view.theme.dim(why)}`, view.width)),
		...(rest > 0 ? [view.theme.dim(`  and ${rest} more (--verbose shows all)`)] : []),
	];
}
