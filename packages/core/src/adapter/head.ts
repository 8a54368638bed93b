import type { SnapshotHead } from "../model/builder.js";
import type { Capabilities } from "../model/snapshot.js";
import type { SourceDescriptor } from "./contract.js";

/** The head of the snapshot of `source`, as far as its descriptor tells. */
export function snapshotHead(source: SourceDescriptor, capabilities: Capabilities): SnapshotHead {
	const { id, adapter, role, path } = source;
	return { source: id, adapter, role, path, capabilities };
}
