/** Definitions as far as a live database has run them: their files, read once more without those that are still to run. */
import { migrationStates, type Reached, type Snapshot, type SourceNote } from "@schemalign/core";
import type { FoundSource } from "./discover.js";

/**
 * The definitions of which a database has run a part only. `notes`: by source id. `read` reads sources, in their order.
 */
export async function readReached(
	snapshots: readonly Snapshot[],
	sources: readonly FoundSource[],
	notes: Readonly<Record<string, SourceNote>>,
	read: (sources: readonly FoundSource[]) => Promise<readonly Snapshot[]>,
): Promise<Reached[]> {
	const reached: Reached[] = [];
	for (const { database, definition, files, pending } of migrationStates(snapshots, notes)) {
		const source = sources.find(({ descriptor }) => descriptor.id === definition);
		const head = snapshots.find((snapshot) => snapshot.source === definition);
		if (!source || !head || pending.length === 0) continue;
		const run = files.filter((file) => !pending.includes(file));
		if (run.length === 0) {
			reached.push({ database, definition, snapshot: { ...head, entities: [], gaps: [] }, pending });
			continue;
		}
		const [snapshot] = await read([{ ...source, descriptor: { ...source.descriptor, files: run } }]);
		if (snapshot) reached.push({ database, definition, snapshot, pending });
	}
	return reached;
}
