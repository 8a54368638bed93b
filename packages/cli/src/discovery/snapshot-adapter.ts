/** Reads snapshots that `schemalign snapshot` has written: a source like the others, once it is named. */
import {
	ADAPTER_CONTRACT,
	type Adapter,
	type DiscoveryResult,
	type ProjectFiles,
	SNAPSHOT_FORMAT,
	type Snapshot,
	type SourceDescriptor,
	snapshotSchema,
} from "@schemalign/core";
import { describeIssues } from "../config/problems.js";
import { messageOf } from "../problem.js";
import { emptySnapshot } from "./empty-snapshot.js";

const NONE: DiscoveryResult = { sources: [], skipped: [] };

/** Never finds sources by itself: a snapshot lying around says nothing of the schema of today. */
export const snapshotAdapter: Adapter = {
	name: "snapshot",
	contract: ADAPTER_CONTRACT,
	// Every snapshot brings the capabilities of the adapter that made it.
	capabilities: { kinds: {}, aspects: {} },
	interests: [{ path: /\.json$/i, markers: ['"formatVersion"'] }],

	async discover({ files, explicit }) {
		if (!explicit || !/\.json$/i.test(explicit.path)) return NONE;
		const parsed = await load(files, explicit.path);
		if ("why" in parsed) return { sources: [], skipped: [{ path: explicit.path, why: parsed.why }] };
		const { path } = explicit;
		const descriptor: SourceDescriptor = {
			id: `snapshot:${path}`,
			adapter: "snapshot",
			role: parsed.snapshot.role,
			path,
			files: [path],
			label: `snapshot of ${parsed.snapshot.source}`,
			options: {},
		};
		return { sources: [descriptor], skipped: [] };
	},

	async read(source, { files }) {
		const parsed = await load(files, source.path);
		if ("why" in parsed) return emptySnapshot(source, { kinds: {}, aspects: {} }, parsed.why);
		return { ...parsed.snapshot, source: source.id, path: source.path };
	},
};

async function load(files: ProjectFiles, path: string): Promise<{ snapshot: Snapshot } | { why: string }> {
	try {
		const value: unknown = JSON.parse(await files.read(path));
		const parsed = snapshotSchema.safeParse(value);
		if (parsed.success) return { snapshot: parsed.data };
		const [first] = describeIssues(parsed.error);
		return { why: `not a schemalign snapshot of format ${SNAPSHOT_FORMAT}: ${first ?? "unknown form"}` };
	} catch (error) {
		return { why: `not a schemalign snapshot: ${messageOf(error)}` };
	}
}
