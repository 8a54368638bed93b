/** What must make no difference: the order of the listing, the folder, the line ends, and having read before. */
import type { Snapshot } from "@schemalign/core";
import { diskFiles } from "../files.js";
import {
	expectThat,
	type FixtureProject,
	matchedBy,
	type Reading,
	withChanged,
	withProject,
} from "../fixture.js";
import { tablesOf } from "./shape.js";

/** The same snapshots whatever order the files are listed in, and each time. */
export async function checkOrder({ files, read }: FixtureProject): Promise<void> {
	const straight = textOf(await read());
	const again = textOf(await read());
	expectThat(straight === again, `reading twice gives other snapshots${difference(straight, again)}`);
	const turned = textOf(await read({ ...files, paths: () => [...files.paths()].reverse() }));
	const message = "listing the files in reverse order gives other snapshots";
	expectThat(straight === turned, `${message}${difference(straight, turned)}`);
}

/** The same snapshots in any folder, and no word of that folder in them. */
export async function checkPlace({ adapter, fixture, files, read }: FixtureProject): Promise<void> {
	const here = textOf(await read());
	expectThat(
		!here.includes(JSON.stringify(files.root).slice(1, -1)),
		"a snapshot names the project's folder",
	);
	const elsewhere = await withProject(adapter, fixture, async (copy) => textOf(await copy.read()));
	expectThat(here === elsewhere, `a copy of the project gives other snapshots${difference(here, elsewhere)}`);
}

/** The same facts on the same lines with Windows line ends; only texts that span lines keep theirs. */
export async function checkLineEnds(project: FixtureProject): Promise<void> {
	const unix = lineEndFree(await project.read());
	const windows = await withChanged(
		project,
		(text) => text.replace(/\r?\n/g, "\r\n"),
		async (changed) => lineEndFree(await changed.read()),
	);
	expectThat(unix === windows, `Windows line ends give other snapshots${difference(unix, windows)}`);
}

/** A source that the user names by its path is found, with the same tables. */
export async function checkNamed({ adapter, files, read }: FixtureProject): Promise<void> {
	const { sources, snapshots } = await read();
	const matched = await matchedBy(adapter, files);
	for (const source of sources) {
		const { path } = source;
		// The whole project is not a path that a user names.
		if (path === ".") continue;
		const below = matched.filter((file) => file === path || file.startsWith(`${path}/`));
		const named = await adapter.discover({ files, matched: below, explicit: { path, options: {} } });
		expectThat(named.sources.length > 0, `${path} is a source, and not when the user names it`);
		const again: Snapshot[] = [];
		for (const one of named.sources) again.push(await adapter.read(one, { files }));
		const before = snapshots.filter((snapshot) => snapshot.path === path);
		const [expected, actual] = [before, again].map((all) => facts(all));
		expectThat(
			tablesOf(before).join() === tablesOf(again).join(),
			`${path} states the tables ${tablesOf(before).join(", ")}; named by the user, ${tablesOf(again).join(", ")}`,
		);
		const message = `${path} states other facts when the user names it`;
		expectThat(expected === actual, `${message}${difference(expected ?? "", actual ?? "")}`);
	}
}

/** Reading leaves every file as it is and makes none. */
export async function checkUntouched({ fixture, files, read }: FixtureProject): Promise<void> {
	await read();
	const after = await diskFiles(files.root);
	const expected = Object.keys(fixture.files).sort().join(", ");
	const actual = after.paths().join(", ");
	expectThat(actual === expected, `there were the files ${expected}; after reading there are ${actual}`);
	for (const [path, text] of Object.entries(fixture.files)) {
		expectThat((await after.read(path)) === text.replace(/^\uFEFF/, ""), `it changes ${path}`);
	}
}

function textOf({ snapshots }: Reading): string {
	return JSON.stringify(bySource(snapshots), undefined, 1);
}

function facts(snapshots: readonly Snapshot[]): string {
	const entities = bySource(snapshots).flatMap((snapshot) => snapshot.entities);
	return JSON.stringify(entities, undefined, 1);
}

function lineEndFree({ snapshots }: Reading): string {
	const plain = bySource(snapshots).map(({ contentHash: _hash, ...snapshot }) => snapshot);
	return JSON.stringify(plain, undefined, 1).replaceAll("\\r\\n", "\\n");
}

function bySource(snapshots: readonly Snapshot[]): Snapshot[] {
	return [...snapshots].sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** The first line that differs. */
function difference(expected: string, actual: string): string {
	const [before, after] = [expected.split("\n"), actual.split("\n")];
	const at = before.findIndex((line, index) => line !== after[index]);
	const line = (lines: readonly string[]): string => lines[at < 0 ? before.length : at]?.trim() ?? "nothing";
	return `: ${line(before)} against ${line(after)}`;
}
