/** One SQL file, read and replayed. */
import { sqlAdapter } from "@schemalign/adapter-sql";
import type { Runnable, Snapshot } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { replay } from "../src/embedded/replay.js";

export interface Replayed {
	/** What the static reading says. */
	readonly read: Snapshot;
	readonly replayed: Snapshot;
}

/** @param patience milliseconds that one statement may take */
export async function replayText(text: string, patience?: number): Promise<Replayed> {
	const project = await temporaryProject({ "schema.sql": text });
	try {
		const { files } = project;
		const explicit = { path: "schema.sql", options: {} };
		const [source] = (await sqlAdapter.discover({ files, matched: ["schema.sql"], explicit })).sources;
		if (!source) throw new Error("the file is no source");
		const read = await sqlAdapter.read(source, { files });
		const runnable: Runnable = (await sqlAdapter.runnable?.(source, { files })) ?? {
			scripts: [],
			unread: [],
		};
		const replayed = await replay({ read, runnable, ...(patience === undefined ? {} : { patience }) });
		return { read, replayed };
	} finally {
		await project.remove();
	}
}

/** `code line message` of each diagnostic. */
export function told({ diagnostics }: Snapshot): string[] {
	return diagnostics.map(({ code, at, message }) => `${code} ${at.line} ${message}`);
}

/** The addresses of a kind, sorted, with the lines that they are given. */
export function places({ entities }: Snapshot, kind: string): string[] {
	return entities
		.filter((entity) => entity.kind === kind)
		.map(({ address, at }) => `${address} ${at.line}`)
		.sort();
}
