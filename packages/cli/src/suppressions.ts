/** Reads the comments in the sources' files that silence findings. */
import {
	type Entity,
	FileProblem,
	findSuppressions,
	kindDefinition,
	type Origin,
	type Snapshot,
	type Suppression,
	tableOf,
} from "@schemalign/core";
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
	return widened(found.flat(), snapshots);
}

/** A comment at a table is about all that stands in it, in that file; unless a column shares its line: then it is about that. */
function widened(suppressions: Suppression[], snapshots: readonly Snapshot[]): Suppression[] {
	if (suppressions.length === 0) return suppressions;
	const tables = snapshots.flatMap(tableLines);
	return suppressions.map((one) => {
		const { file, lines } = one;
		const own = tables.filter((table) => table.file === file && lines?.includes(table.line));
		if (lines === undefined || own.length === 0) return one;
		return { ...one, lines: [...new Set([...lines, ...own.flatMap((table) => table.within)])] };
	});
}

interface TableLines {
	readonly file: string;
	readonly line: number;
	/** The lines of what is in it. */
	readonly within: readonly number[];
}

function tableLines({ entities }: Snapshot): TableLines[] {
	const members = new Map<string, Entity[]>();
	for (const entity of entities) {
		if (kindDefinition(entity.kind).within !== "table") continue;
		const table = tableOf(entity.address);
		members.set(table, [...(members.get(table) ?? []), entity]);
	}
	return entities.flatMap(({ kind, address, at }): TableLines[] => {
		const own = members.get(tableOf(address)) ?? [];
		const isShared = own.some((one) => one.kind === "column" && isAt(one.at, at));
		if (kind !== "table" || isShared) return [];
		const places = own.flatMap((one) => [one.at, ...Object.values(one.facts).map((fact) => fact.at)]);
		return [{ ...at, within: places.filter(({ file }) => file === at.file).map(({ line }) => line) }];
	});
}

function isAt(a: Origin, b: Origin): boolean {
	return a.file === b.file && a.line === b.line;
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
