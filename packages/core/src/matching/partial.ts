/**
 * Definitions that state only a part of the schema: a script that creates one table says nothing of the others. One that
 * nothing runs and that has less than half of the tables of a fuller definition is taken for a part; so is one that alters
 * tables which something else must have created, and has less than half of the tables of any source.
 */
import { isKind, kindDefinition } from "../model/kinds.js";
import type { Coverage, Snapshot } from "../model/snapshot.js";
import type { Authority } from "../verdict/authority.js";

/** The snapshots, the partial definitions among them with "partial" coverage of all that does not lie within a table. */
export function findPartial(
	snapshots: readonly Snapshot[],
	authority: Authority,
	isRun: (source: string) => boolean,
	isComplete: (source: string) => boolean,
): Snapshot[] {
	const stores = snapshots.filter(
		(snapshot) => snapshot.role === "definition" || snapshot.role === "database",
	);
	const most = Math.max(0, ...stores.map(tableCount));
	const mostOfAll = Math.max(0, ...snapshots.map(tableCount));
	return snapshots.map((snapshot) => {
		const small = snapshot.role === "definition" && !isComplete(snapshot.source);
		const unused = snapshot.source !== authority.source && !isRun(snapshot.source);
		const fragment =
			small &&
			((unused && tableCount(snapshot) < most / 2) ||
				(presupposes(snapshot) && tableCount(snapshot) < mostOfAll / 2));
		// Settings and extensions alone, whoever runs them, say nothing of tables that something else creates.
		if (small && tableCount(snapshot) === 0 && most > 0) return asAddition(snapshot);
		return fragment ? asPartial(snapshot) : snapshot;
	});
}

/** Whether the definition says itself that it stands on tables which something else creates. */
function presupposes(snapshot: Snapshot): boolean {
	return snapshot.diagnostics.some((diagnostic) => diagnostic.code === "altered-but-never-created");
}

function tableCount(snapshot: Snapshot): number {
	return snapshot.entities.filter((entity) => entity.kind === "table").length;
}

/** Functions and triggers over the tables of another definition add to it: nobody else need have them. */
function asAddition(snapshot: Snapshot): Snapshot {
	return { ...asPartial(snapshot), entities: [] };
}

function asPartial(snapshot: Snapshot): Snapshot {
	const kinds: Record<string, Coverage> = {};
	for (const [kind, coverage] of Object.entries(snapshot.capabilities.kinds)) {
		const within = isKind(kind) && kindDefinition(kind).within === "table";
		kinds[kind] = !within && coverage === "complete" ? "partial" : coverage;
	}
	return { ...snapshot, capabilities: { ...snapshot.capabilities, kinds } };
}
