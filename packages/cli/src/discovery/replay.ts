/** Definitions as an embedded Postgres makes them, where that is asked for. */
import type { ProjectFiles, Snapshot } from "@schemalign/core";
import { Limiter } from "../project/limit.js";
import type { FoundSource } from "./discover.js";

/** One server at a time: each takes most of a gigabyte. */
const servers = new Limiter(1);

/** Whether a replay of the source is possible at all. */
export function isReplayable({ adapter, descriptor }: FoundSource): boolean {
	return adapter.runnable !== undefined && descriptor.role !== "model";
}

/** The source's snapshot after a replay; `read` is what the static reading says. */
export async function replayed(
	{ adapter, descriptor }: FoundSource,
	read: Snapshot,
	files: ProjectFiles,
): Promise<Snapshot> {
	const runnable = await adapter.runnable?.(descriptor, { files });
	if (!runnable) return read;
	return servers.run(async () => {
		const { replay } = await import("@schemalign/adapter-postgres");
		return replay({ read, runnable });
	});
}
