/** Which files psql would run in the place of an include. */
import type { ProjectFiles } from "@schemalign/core";
import { includedFile } from "../script/includes.js";
import type { SqlContent } from "./content.js";

/** A file with a look at its text. */
export interface LookedAt {
	readonly path: string;
	/** Absent: it cannot be read. */
	readonly content: SqlContent | undefined;
}

/** The files that `file` includes, and those that they include, each once, without `file` itself. */
export async function included(
	files: ProjectFiles,
	file: LookedAt,
	look: (path: string) => Promise<LookedAt>,
): Promise<LookedAt[]> {
	const found = new Map<string, LookedAt>();
	const visit = async ({ path, content }: LookedAt): Promise<void> => {
		for (const command of content?.includes ?? []) {
			const target = includedFile(files, path, command);
			if (target === undefined || target === file.path || found.has(target)) continue;
			const looked = await look(target);
			found.set(target, looked);
			await visit(looked);
		}
	};
	await visit(file);
	return [...found.values()];
}

/** What a file and those that it includes hold together. */
export function together(file: SqlContent, others: readonly LookedAt[]): SqlContent {
	const contents = others.flatMap(({ content }) => content ?? []);
	return {
		...file,
		creates: new Set([file, ...contents].flatMap(({ creates }) => [...creates])),
		alters: file.alters || contents.some(({ alters }) => alters),
		defines: file.defines || contents.some(({ defines }) => defines),
	};
}
