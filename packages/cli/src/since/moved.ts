/** Sources that a change has moved: they are the same sources under another path. */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { AnalyzeOptions } from "@schemalign/core";
import { fields, git } from "../project/git.js";
import type { State } from "../state.js";

/** Where the files of `commit` are now, for those that were moved. Never throws: what git cannot say has not moved. */
export async function movedFiles(root: string, commit: string): Promise<Map<string, string>> {
	const args = [
		"diff",
		"--relative",
		"--name-status",
		"-z",
		"-M",
		"--no-ext-diff",
		"--no-textconv",
		commit,
		"--",
	];
	const output = await withNewFiles(root, (environment) => git(root, args, environment)).catch(() => "");
	const parts = fields(output);
	const moved = new Map<string, string>();
	for (let at = 0; at < parts.length; ) {
		const isMove = parts[at]?.startsWith("R") ?? false;
		if (isMove) moved.set(parts[at + 1] ?? "", parts[at + 2] ?? "");
		at += isMove ? 3 : 2;
	}
	return moved;
}

/**
 * Lets git see files that were not added yet: a file moved without `git mv` is one that is gone and one that git does not know.
 * They stand in a copy of the index; the index itself is not touched.
 */
async function withNewFiles(
	root: string,
	use: (environment: Record<string, string>) => Promise<string>,
): Promise<string> {
	const untracked = await git(root, ["ls-files", "--others", "--exclude-standard", "--directory", "-z"]);
	if (untracked === "") return use({});
	const folder = mkdtempSync(join(tmpdir(), "schemalign-index-"));
	try {
		const index = join(folder, "index");
		copyFileSync(resolve(root, (await git(root, ["rev-parse", "--git-path", "index"])).trim()), index);
		const environment = { GIT_INDEX_FILE: index };
		await git(root, ["add", "--intent-to-add", "--", "."], environment);
		return await use(environment);
	} catch {
		return await use({});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The earlier state with the ids and paths that moved sources have now. */
export function atNewPlaces(before: State, after: State, moved: ReadonlyMap<string, string>): State {
	if (moved.size === 0) return before;
	const places = newPlaces(before, after, moved);
	if (places.size === 0) return before;
	const idNow = (id: string): string => places.get(id)?.id ?? id;
	return {
		...before,
		snapshots: before.snapshots.map((snapshot) => {
			const place = places.get(snapshot.source);
			return place ? { ...snapshot, source: place.id, path: place.path } : snapshot;
		}),
		options: withIds(before.options, idNow),
	};
}

interface Place {
	readonly id: string;
	readonly path: string;
}

/** By the old id. A source has moved if a file of it now belongs to a source of the same adapter that was not there. */
function newPlaces(before: State, after: State, moved: ReadonlyMap<string, string>): Map<string, Place> {
	const then = before.sources.map(({ descriptor }) => descriptor);
	const now = after.sources.map(({ descriptor }) => descriptor);
	const gone = then.filter(({ id }) => !now.some((one) => one.id === id));
	const come = now.filter(({ id }) => !then.some((one) => one.id === id));
	const places = new Map<string, Place>();
	for (const source of gone) {
		const files = new Set(source.files.flatMap((file) => moved.get(file) ?? []));
		const at = come.findIndex(
			(one) => one.adapter === source.adapter && one.files.some((file) => files.has(file)),
		);
		const [place] = at === -1 ? [] : come.splice(at, 1);
		if (place) places.set(source.id, { id: place.id, path: place.path });
	}
	return places;
}

function withIds(options: AnalyzeOptions, idNow: (id: string) => string): AnalyzeOptions {
	const { evidence, notes, databases } = options;
	return {
		...options,
		...(evidence ? { evidence: evidence.map((one) => ({ ...one, source: idNow(one.source) })) } : {}),
		...(notes
			? { notes: Object.fromEntries(Object.entries(notes).map(([id, note]) => [idNow(id), note])) }
			: {}),
		...(databases
			? {
					databases: databases.map((one) => ({
						...one,
						sources: one.sources.map(idNow),
						...(one.authority === undefined ? {} : { authority: idNow(one.authority) }),
					})),
				}
			: {}),
	};
}
