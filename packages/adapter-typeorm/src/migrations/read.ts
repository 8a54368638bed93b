/** Reads the migrations of one source: what the database holds after all of them ran. */
import { createHash } from "node:crypto";
import { readTraced } from "@schemalign/adapter-sql";
import { type ReadContext, type Snapshot, type SourceDescriptor, snapshotHead } from "@schemalign/core";
import { CAPABILITIES } from "./capabilities.js";
import { followMigrations } from "./follow.js";

/** Never throws for bad input. */
export async function read(source: SourceDescriptor, { files }: ReadContext): Promise<Snapshot> {
	const { script, gaps, texts } = await followMigrations(source.files, files);
	const hash = createHash("sha256");
	for (const path of source.files) hash.update(texts(path));
	const head = { ...snapshotHead(source, CAPABILITIES), contentHash: hash.digest("hex") };
	const snapshot = await readTraced(head, script);
	return { ...snapshot, gaps: [...gaps, ...snapshot.gaps] };
}
