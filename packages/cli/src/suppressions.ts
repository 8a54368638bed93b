/** Reads the comments in the sources' files that silence findings. */
import { FileProblem, findSuppressions, type Snapshot, type Suppression } from "@schemalign/core";
import type { FoundSource } from "./discovery/discover.js";
import type { Project } from "./project/project.js";

/** The suppressions in every file that a source was read from, in the order of sources and lines. Each file counts once. */
export async function readSuppressions(
	project: Project,
	sources: readonly FoundSource[],
	snapshots: readonly Snapshot[],
): Promise<Suppression[]> {
	const owners = new Map<string, string>();
	for (const [at, { descriptor }] of sources.entries()) {
		const snapshot = snapshots[at];
		const files = [...descriptor.files, ...(snapshot ? filesOf(snapshot) : [])];
		for (const file of files) if (!owners.has(file)) owners.set(file, descriptor.id);
	}
	const found = await Promise.all(
		[...owners].map(async ([file, source]) => findSuppressions(source, file, await textOf(project, file))),
	);
	return found.flat();
}

/** The files that the snapshot's statements stand in: imports of the files that the source names are among them. */
function filesOf(snapshot: Snapshot): Set<string> {
	const files = new Set<string>();
	for (const { at, facts } of snapshot.entities) {
		files.add(at.file);
		// Most facts have the place of their entity itself.
		for (const aspect in facts) {
			const place = facts[aspect]?.at;
			if (place !== undefined && place !== at) files.add(place.file);
		}
	}
	for (const { at } of snapshot.diagnostics) files.add(at.file);
	return files;
}

async function textOf(project: Project, file: string): Promise<string> {
	try {
		return await project.files.read(file);
	} catch (error) {
		// What cannot be read is told as a gap where it matters; a live database has no files.
		if (error instanceof FileProblem) return "";
		throw error;
	}
}
