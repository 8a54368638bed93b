/** Reads snapshots that `schemalign snapshot` has written: a source like the others, once it is named. */
import {
	ADAPTER_CONTRACT,
	type Adapter,
	type DiscoveryResult,
	type Origin,
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
		return { ...placed(parsed, source.path), source: source.id, path: source.path };
	},
};

/**
 * A live database has no lines, its picture has: what it says stands in the snapshot's own file. Other sources name files of the
 * project.
 */
function placed({ snapshot, text }: Loaded, file: string): Snapshot {
	if (snapshot.adapter !== "postgres") return snapshot;
	const lines = linesOf(text);
	const placeOf = (address: string | undefined): Origin => ({ file, line: lines.get(address ?? "") ?? 1 });
	return {
		...snapshot,
		entities: snapshot.entities.map((entity) => {
			const at = placeOf(entity.address);
			const facts = Object.entries(entity.facts).map(([aspect, fact]) => [aspect, { ...fact, at }] as const);
			return { ...entity, at, facts: Object.fromEntries(facts) };
		}),
		gaps: snapshot.gaps.map((gap) => ({ ...gap, at: placeOf(gap.under) })),
		diagnostics: snapshot.diagnostics.map((one) => ({ ...one, at: placeOf(one.address) })),
	};
}

const ADDRESS = /^\s*"address":\s*("(?:[^"\\]|\\.)*")/;

/** The lines on which entities begin to be told, by address. */
function linesOf(text: string): Map<string, number> {
	const lines = new Map<string, number>();
	for (const [index, line] of text.split("\n").entries()) {
		const written = ADDRESS.exec(line)?.[1];
		const address: unknown = written === undefined ? undefined : JSON.parse(written);
		// Diagnostics, which come later, name addresses too.
		if (typeof address === "string" && !lines.has(address)) lines.set(address, index + 1);
	}
	return lines;
}

interface Loaded {
	readonly snapshot: Snapshot;
	/** The file's text. */
	readonly text: string;
}

async function load(files: ProjectFiles, path: string): Promise<Loaded | { why: string }> {
	try {
		const text = await files.read(path);
		const value: unknown = JSON.parse(text);
		const parsed = snapshotSchema.safeParse(value);
		if (parsed.success) return { snapshot: parsed.data, text };
		const [first] = describeIssues(parsed.error);
		return { why: `not a schemalign snapshot of format ${SNAPSHOT_FORMAT}: ${first ?? "unknown form"}` };
	} catch (error) {
		return { why: `not a schemalign snapshot: ${messageOf(error)}` };
	}
}
