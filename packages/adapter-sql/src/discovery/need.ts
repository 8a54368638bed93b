/** Orders files without numbers by what they need of each other. */
import type { SqlContent } from "./content.js";

interface Known {
	readonly path: string;
	readonly content: SqlContent;
}

/**
 * The files in an order in which each comes after what it needs, ties by name.
 * @param always also where no file needs another
 * @returns `undefined` if they do not belong together: nothing is needed, or two create one table
 */
export function orderByNeed(files: readonly Known[], always: boolean): string[] | undefined {
	const creator = new Map<string, string>();
	for (const { path, content } of files) {
		for (const table of content.creates) {
			if (creator.has(table) && !always) return undefined;
			if (!creator.has(table)) creator.set(table, path);
		}
	}
	const needs = new Map(
		files.map(({ path, content }) => [
			path,
			new Set(
				[...content.needs].flatMap((table) => creator.get(table) ?? []).filter((other) => other !== path),
			),
		]),
	);
	if (!always && [...needs.values()].every((needed) => needed.size === 0)) return undefined;
	const ordered: string[] = [];
	const state = new Map<string, "open" | "done">();
	const visit = (path: string): void => {
		if (state.has(path)) return;
		state.set(path, "open");
		for (const other of [...(needs.get(path) ?? [])].sort()) visit(other);
		state.set(path, "done");
		ordered.push(path);
	};
	for (const path of [...needs.keys()].sort()) visit(path);
	return ordered;
}
