/** Puts records into the database of the migrations that they were written beside; they found none and join none. */
import type { SourceNote } from "../analyze.js";
import { compareText, tableOf } from "../model/address.js";
import type { Snapshot } from "../model/snapshot.js";
import { type DatabaseGroup, groupDatabases } from "./group.js";

/**
 * The groups with the records that are not declared to belong to one.
 * @param originals copies to the source that they are a copy of
 */
export function withRecords(
	groups: readonly DatabaseGroup[],
	snapshots: readonly Snapshot[],
	originals: ReadonlyMap<string, string>,
	notes: Readonly<Record<string, SourceNote>> = {},
): DatabaseGroup[] {
	const taken = new Set(groups.flatMap((group) => group.sources));
	const free = snapshots.filter((one) => one.role === "record" && !taken.has(one.source));
	const homeless: Snapshot[] = [];
	const guests = new Map<DatabaseGroup, string[]>();
	for (const record of free) {
		const host = besideOf(record, snapshots, originals) ?? likest(record, snapshots);
		const home = groups.find((group) => host !== undefined && group.sources.includes(host));
		if (home) guests.set(home, [...(guests.get(home) ?? []), record.source]);
		else homeless.push(record);
	}
	const joined = groups.map((group) => ({
		...group,
		sources: [...group.sources, ...(guests.get(group) ?? [])].sort(compareText),
	}));
	return [...joined, ...alone(homeless, groups, notes)];
}

/** The definition in whose folder the record lies. */
function besideOf(
	record: Snapshot,
	snapshots: readonly Snapshot[],
	originals: ReadonlyMap<string, string>,
): string | undefined {
	const [nearest] = snapshots
		.filter((one) => one.role === "definition" && record.path.startsWith(`${one.path}/`))
		.sort((a, b) => b.path.length - a.path.length);
	return nearest && (originals.get(nearest.source) ?? nearest.source);
}

/** The source that shares most tables with the record. */
function likest(record: Snapshot, snapshots: readonly Snapshot[]): string | undefined {
	const own = tablesOf(record);
	const [best] = snapshots
		.filter((one) => one.role !== "record")
		.map((one) => ({ one, shared: [...tablesOf(one)].filter((table) => own.has(table)).length }))
		.filter(({ shared }) => shared > own.size / 2)
		.sort((a, b) => b.shared - a.shared || compareText(a.one.path, b.one.path));
	return best?.one.source;
}

/** Qualified names of the tables that a source states. */
export function tablesOf(snapshot: Snapshot): Set<string> {
	return new Set(
		snapshot.entities.flatMap((entity) => (entity.kind === "table" ? [tableOf(entity.address)] : [])),
	);
}

/** Each of these is all that is known of its database. */
function alone(
	records: readonly Snapshot[],
	groups: readonly DatabaseGroup[],
	notes: Readonly<Record<string, SourceNote>>,
): DatabaseGroup[] {
	const names = new Set(groups.map((group) => group.name));
	return groupDatabases(records, [], notes).map((group) => {
		let { name } = group;
		for (let number = 2; names.has(name); number++) name = `${group.name}-${number}`;
		names.add(name);
		return { ...group, name };
	});
}
