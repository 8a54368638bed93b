import { isDeepStrictEqual } from "node:util";
import {
	isKind,
	parseAddress,
	roleSchema,
	type Snapshot,
	type SourceDescriptor,
	snapshotSchema,
	tableOf,
} from "@schemalign/core";
import { expectThat, type FixtureProject, type Reading } from "../fixture.js";

/** The fixture's tables, all of them and no others. */
export async function checkTables({ fixture, read }: FixtureProject): Promise<void> {
	const { snapshots } = await read();
	const expected = [...new Set(fixture.tables)].sort().join(", ");
	const actual = tablesOf(snapshots).join(", ");
	expectThat(actual === expected, `expected the tables ${expected}; it states ${actual || "none"}`);
}

/** The qualified tables that the snapshots state, each once, sorted. */
export function tablesOf(snapshots: readonly Snapshot[]): string[] {
	const tables = snapshots.flatMap(({ entities }) => entities.filter((entity) => entity.kind === "table"));
	return [...new Set(tables.map((entity) => tableOf(entity.address)))].sort();
}

/** Sources and snapshots are as the contract describes them. */
export async function checkShape({ adapter, files, read }: FixtureProject): Promise<void> {
	const reading = await read();
	for (const source of reading.sources) {
		checkSource(source, adapter.name, files.paths());
		for (const file of source.files) {
			expectThat(files.has(file), `${source.id} is to be read from ${file}, which does not exist`);
		}
	}
	checkSnapshots(reading, adapter.name);
	checkHashes(reading.snapshots);
}

function checkSource(source: SourceDescriptor, adapter: string, paths: readonly string[]): void {
	const { id, path } = source;
	expectThat(id !== "" && source.label !== "", `a source has no id or label: ${JSON.stringify(source)}`);
	expectThat(source.adapter === adapter, `${id} names the adapter ${source.adapter}`);
	expectThat(roleSchema.safeParse(source.role).success, `${id} has the role ${source.role}`);
	const there = path === "." || paths.some((one) => one === path || one.startsWith(`${path}/`));
	expectThat(there, `${id} is said to be at ${path}, which is no file or folder of the project`);
	const copy: unknown = JSON.parse(JSON.stringify(source.options));
	expectThat(isDeepStrictEqual(copy, source.options), `${id} has options that are no plain data`);
}

/** Snapshots validate as data, each belongs to its source, and every address is of its entity's kind. */
export function checkSnapshots({ sources, snapshots }: Reading, adapter: string): void {
	const ids = sources.map((source) => source.id);
	expectThat(new Set(ids).size === ids.length, `two sources have one id: ${ids.join(", ")}`);
	for (const [position, snapshot] of snapshots.entries()) {
		const parsed = snapshotSchema.safeParse(JSON.parse(JSON.stringify(snapshot)));
		expectThat(parsed.success, `the snapshot is not valid: ${parsed.error?.message}`);
		expectThat(snapshot.adapter === adapter, `the snapshot names the adapter ${snapshot.adapter}`);
		const source = sources[position];
		expectThat(snapshot.source === source?.id, `the snapshot of ${source?.id} names ${snapshot.source}`);
		expectThat(
			snapshot.role === source.role,
			`${source.id} is ${source.role}, its snapshot ${snapshot.role}`,
		);
		for (const { address, kind } of snapshot.entities) checkAddress(address, kind);
	}
}

function checkAddress(address: string, expected: string): void {
	const { kind } = parseAddress(address);
	expectThat(isKind(expected) && kind === expected, `${address} is the address of a ${expected}`);
}

/** Equal hashes mean copies of one source: then they state the same. */
function checkHashes(snapshots: readonly Snapshot[]): void {
	const byHash = new Map<string, Snapshot>();
	for (const snapshot of snapshots) {
		if (snapshot.contentHash === undefined) continue;
		const first = byHash.get(snapshot.contentHash);
		byHash.set(snapshot.contentHash, first ?? snapshot);
		if (!first) continue;
		const alike = addressesOf(first) === addressesOf(snapshot);
		expectThat(alike, `${first.source} and ${snapshot.source} have one content hash and state other things`);
	}
}

function addressesOf(snapshot: Snapshot): string {
	return snapshot.entities.map((entity) => entity.address).join("\n");
}
