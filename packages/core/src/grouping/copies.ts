/** Copies of one source: they are one witness, and a hazard once they begin to differ. */

import { stableText } from "../compare/equivalence.js";
import { compareText } from "../model/address.js";
import { baseOf } from "../model/paths.js";
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
	const originals: Snapshot[] = [];
	const factsOf = memoized((snapshot: Snapshot) => new Set(snapshot.entities.map(statement)));
	const drifted: { sources: string[]; likeness: number }[] = [];
	for (const snapshot of [...snapshots].sort((a, b) => compareText(a.path, b.path))) {
		const peers = originals.filter((one) => comparable(one, snapshot));
		const twin = peers.find((one) => sameContent(one, snapshot, factsOf));
		if (twin) {
			identical.set(snapshot.source, twin.source);
			continue;
		}
		const near = peers
			.map((one) => ({ one, likeness: share(factsOf(one), factsOf(snapshot)) }))
			.sort((a, b) => b.likeness - a.likeness)[0];
		if (near && near.likeness >= NEAR && snapshot.entities.length >= LEAST_ENTITIES) {
			drifted.push({ sources: [near.one.source, snapshot.source], likeness: near.likeness });
		}
		originals.push(snapshot);
	}
	return { identical, drifted };
}

/** Copies are made within one language, from file to file of the same name; migrations and a dump of them are no copies. */
function comparable(a: Snapshot, b: Snapshot): boolean {
	if (a.adapter !== b.adapter || a.role !== b.role || a.role === "database" || a.path === b.path)
		return false;
	return baseOf(a.path) === baseOf(b.path);
}

function sameContent(
	a: Snapshot,
	b: Snapshot,
	factsOf: (snapshot: Snapshot) => ReadonlySet<string>,
): boolean {
	if (a.contentHash !== undefined && a.contentHash === b.contentHash) return true;
	if (a.entities.length === 0 || a.entities.length !== b.entities.length) return false;
	return share(factsOf(a), factsOf(b)) === 1;
}

function memoized<K extends object, V>(compute: (key: K) => V): (key: K) => V {
	const known = new Map<K, V>();
	return (key) => {
		const value = known.get(key) ?? compute(key);
		known.set(key, value);
		return value;
	};
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
