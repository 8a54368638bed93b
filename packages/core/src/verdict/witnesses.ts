/** Who has a vote: copies of one source are one witness, identical or not quite. */
import type { Delta } from "../compare/compare.js";
import type { Copies } from "../grouping/copies.js";
import { gapOver, gapThatMayChange, kindCoverage, type SourceView } from "../matching/view.js";
import type { Role } from "../model/snapshot.js";
import type { Authority } from "./authority.js";

export interface Witnesses {
	readonly authority: Authority;
	roleOf(source: string): Role;
	/** Sources that are near copies of one another give one vote: the same text for each of them. */
	voteOf(source: string): string;
	/** That some of those who speak are copies, and how alike: ` (2 near copies, 92 % alike, count once)`; "" if none are. */
	copiesText(sources: readonly string[]): string;
	/** A definition that says nothing of the delta, and was not read so far that this means anything. */
	unreadOf(delta: Delta): string | undefined;
}

/** The witnesses of one database. */
export function makeWitnesses(
	authority: Authority,
	roleOf: (source: string) => Role,
	copies: Copies,
	views: readonly SourceView[] = [],
): Witnesses {
	const first = new Map<string, string>();
	const voteOf = (source: string): string => {
		const up = first.get(source);
		return up === undefined ? source : voteOf(up);
	};
	// A copy may be a near copy of a near copy.
	for (const { sources } of copies.drifted) {
		const [head, ...others] = [...new Set(sources.map(voteOf))];
		if (head !== undefined) for (const other of others) first.set(other, head);
	}
	const definitions = views.filter(({ id }) => roleOf(id) === "definition");
	return {
		authority,
		roleOf,
		voteOf,
		copiesText: (sources) => copiesText(sources, copies),
		unreadOf: (delta) => {
			const spoken = new Set(delta.classes.flat());
			return definitions.find((view) => !spoken.has(view.id) && mayDecide(view, delta))?.id;
		},
	};
}

/**
 * Whether what could not be read of the source may create, change or drop what the delta is about. Of a table that the source
 * does not have, a gap must tell: that something somewhere could not be read is no sign of it.
 */
function mayDecide(view: SourceView, { kind, address, table, entities }: Delta): boolean {
	if (kindCoverage(view, kind) === "none") return false;
	if (table !== undefined && !view.tables.has(table)) {
		const gap = gapOver(view, "table", `table:${table}`, table);
		return gap !== undefined && gap.under !== "*";
	}
	const gap = entities.has(view.id) ? gapThatMayChange : gapOver;
	return gap(view, kind, address, table) !== undefined;
}

function copiesText(sources: readonly string[], { identical, drifted }: Copies): string {
	const twins = [...identical].filter(([, original]) => sources.includes(original));
	const originals = new Set(twins.map(([, original]) => original));
	const near = drifted.filter((one) => one.sources.every((source) => sources.includes(source)));
	const parts: string[] = [];
	if (twins.length > 0) parts.push(`${twins.length + originals.size} identical copies`);
	if (near.length > 0) {
		const alike = Math.floor(100 * Math.min(...near.map(({ likeness }) => likeness)));
		parts.push(`${new Set(near.flatMap((one) => one.sources)).size} near copies, ${alike} % alike,`);
	}
	return parts.length === 0 ? "" : ` (${parts.join(" and ")} count once)`;
}
