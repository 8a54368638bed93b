/** Copies of one source: they are one witness, and a hazard once they begin to differ. */

import { stableText } from "../compare/equivalence.js";
import { compareText } from "../model/address.js";
import type { Entity, Snapshot } from "../model/snapshot.js";

export interface Copies {
	/** Source id to the id of the source that it is an identical copy of (the first by path). */
	readonly identical: ReadonlyMap<string, string>;
	/** Groups of sources that were one and have begun to differ, each with how alike they are (0 to 1). */
	readonly drifted: readonly { readonly sources: readonly string[]; readonly likeness: number }[];
}

/** From this share of common facts on, two sources of one adapter and role are copies that drifted. */
const NEAR = 0.85;
const LEAST_ENTITIES = 10;

/** Finds identical copies (same content, or the same facts) and near copies among snapshots. */
export function findCopies(snapshots: readonly Snapshot[]): Copies {
	const identical = new Map<string, string>();
	const originals: { snapshot: Snapshot; facts: ReadonlySet<string> }[] = [];
	const drifted: { sources: string[]; likeness: number }[] = [];
	for (const snapshot of [...snapshots].sort((a, b) => compareText(a.path, b.path))) {
		const facts = new Set(snapshot.entities.map(statement));
		const peers = originals.filter((one) => comparable(one.snapshot, snapshot));
		const twin = peers.find((one) => sameContent(one, { snapshot, facts }));
		if (twin) {
			identical.set(snapshot.source, twin.snapshot.source);
			continue;
		}
		const near = peers
			.map((one) => ({ one, likeness: share(one.facts, facts) }))
			.sort((a, b) => b.likeness - a.likeness)[0];
		if (near && near.likeness >= NEAR && facts.size >= LEAST_ENTITIES) {
			drifted.push({ sources: [near.one.snapshot.source, snapshot.source], likeness: near.likeness });
		}
		originals.push({ snapshot, facts });
	}
	return { identical, drifted };
}

/** Copies are made within one language, from file to file of the same name; migrations and a dump of them are no copies. */
function comparable(a: Snapshot, b: Snapshot): boolean {
	if (a.adapter !== b.adapter || a.role !== b.role || a.role === "database") return false;
	return baseName(a.path) === baseName(b.path);
}

function baseName(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

function sameContent(
	a: { snapshot: Snapshot; facts: ReadonlySet<string> },
	b: { snapshot: Snapshot; facts: ReadonlySet<string> },
): boolean {
	const hash = a.snapshot.contentHash;
	if (hash !== undefined && hash === b.snapshot.contentHash) return true;
	if (a.facts.size === 0 || a.facts.size !== b.facts.size) return false;
	return share(a.facts, b.facts) === 1;
}

/** An entity without its places, as text. */
function statement(entity: Entity): string {
	const facts = Object.entries(entity.facts).map(([aspect, fact]) =>
		"value" in fact ? [aspect, fact.value] : [aspect, "?", fact.unknown],
	);
	return `${entity.address} ${stableText(facts.sort((a, b) => compareText(String(a[0]), String(b[0]))))}`;
}

function share(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	const common = [...a].filter((item) => b.has(item)).length;
	const all = a.size + b.size - common;
	return all === 0 ? 0 : common / all;
}
