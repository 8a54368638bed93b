/** What a database is called where nobody names it. */
import type { SourceNote } from "../analyze.js";
import type { Snapshot } from "../model/snapshot.js";
import { databaseWord, isGeneric } from "./places.js";

/** After the variable that it is reached through, or the folder that its sources lie in. `only`: there is no other. */
export function nameOf(
	snapshots: readonly Snapshot[],
	notes: Readonly<Record<string, SourceNote>>,
	only: boolean,
): string {
	if (only) return "main";
	const words = new Set(
		snapshots.flatMap((snapshot) => {
			const hint = notes[snapshot.source]?.databaseHint;
			return hint === undefined ? [] : [databaseWord(hint)];
		}),
	);
	const [word] = words;
	if (word !== undefined && word !== "" && words.size === 1) return word;
	const common = commonFolders(snapshots.map((snapshot) => snapshot.path));
	const telling = common.filter((part) => !isGeneric(part) && !part.includes("."));
	return telling.at(-1) ?? (common.at(-1)?.replace(/\.[a-z]+$/i, "") || "main");
}

function commonFolders(paths: readonly string[]): string[] {
	const [first = [], ...others] = paths.map((path) => path.split("/"));
	const end = first.findIndex((part, at) => others.some((other) => other[at] !== part));
	return end === -1 ? first : first.slice(0, end);
}

/** The name, with a number where it is taken. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
	if (!taken.has(name)) return name;
	for (let number = 2; ; number++) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}
