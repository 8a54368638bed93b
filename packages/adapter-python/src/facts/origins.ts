/** Facts that a library's mixin decides have the line of the class that takes them in. */
import { type Entity, type Fact, type Origin, type Snapshot, tableOf } from "@schemalign/core";
import { isLibraryPath } from "../libraries/libraries.js";

/** The snapshot without origins in libraries, which are no files of the project. */
export function placeInProject(snapshot: Snapshot): Snapshot {
	const tables = new Map<string, Origin>();
	for (const { kind, address, at } of snapshot.entities) {
		if (kind === "table" && !isLibraryPath(at.file)) tables.set(tableOf(address), at);
	}
	const [first = { file: snapshot.path, line: 1 }] = tables.values();
	const place = (at: Origin, address: string): Origin =>
		isLibraryPath(at.file) ? (tables.get(tableOf(address)) ?? first) : at;
	return {
		...snapshot,
		entities: snapshot.entities.map((entity) => placeEntity(entity, place)),
		gaps: snapshot.gaps.map((gap) => (gap.at ? { ...gap, at: place(gap.at, gap.under) } : gap)),
		diagnostics: snapshot.diagnostics.map((each) => ({ ...each, at: place(each.at, each.address ?? "") })),
	};
}

function placeEntity(entity: Entity, place: (at: Origin, address: string) => Origin): Entity {
	const { address } = entity;
	const inLibrary =
		isLibraryPath(entity.at.file) || Object.values(entity.facts).some(({ at }) => isLibraryPath(at.file));
	if (!inLibrary) return entity;
	const facts: Record<string, Fact> = {};
	for (const [aspect, fact] of Object.entries(entity.facts)) {
		facts[aspect] = { ...fact, at: place(fact.at, address) };
	}
	return { ...entity, at: place(entity.at, address), facts };
}
