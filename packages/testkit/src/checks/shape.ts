import { type ProjectFiles, parseAddress, type Snapshot, snapshotSchema, tableOf } from "@schemalign/core";
import { expectThat, type FixtureProject } from "../fixture.js";

/** The fixture's tables, all of them and no others. */
export async function checkTables({ fixture, readAll }: FixtureProject): Promise<void> {
	const found = (await readAll()).flatMap((snapshot) =>
		snapshot.entities.filter((entity) => entity.kind === "table").map((entity) => tableOf(entity.address)),
	);
	const expected = [...new Set(fixture.tables)].sort().join(", ");
	const actual = [...new Set(found)].sort().join(", ");
	expectThat(actual === expected, `expected the tables ${expected}; it states ${actual || "none"}`);
}

/** Snapshots validate, and every address is of the entity's kind. */
export async function checkShape({ adapter, readAll }: FixtureProject): Promise<void> {
	for (const snapshot of await readAll()) {
		const parsed = snapshotSchema.safeParse(JSON.parse(JSON.stringify(snapshot)));
		expectThat(parsed.success, `the snapshot is not valid: ${parsed.error?.message}`);
		expectThat(snapshot.adapter === adapter.name, `the snapshot names the adapter ${snapshot.adapter}`);
		for (const entity of snapshot.entities) {
			const { kind } = parseAddress(entity.address);
			expectThat(kind === entity.kind, `${entity.address} is the address of a ${entity.kind}`);
		}
	}
}

/** The same snapshots whatever order the files are listed in. */
export async function checkOrder({ files, readAll }: FixtureProject): Promise<void> {
	const reversed: ProjectFiles = { ...files, paths: () => [...files.paths()].reverse() };
	const [straight, turned] = [await readAll(), await readAll(reversed)].map(sorted);
	expectThat(straight === turned, "listing the files in reverse order gives other snapshots");
}

function sorted(snapshots: readonly Snapshot[]): string {
	const bySource = [...snapshots].sort((a, b) => (a.source < b.source ? -1 : 1));
	return JSON.stringify(bySource);
}
