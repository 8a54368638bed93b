/** What stands for a source that could not be read at all. */
import {
	type Capabilities,
	type Diagnostic,
	SNAPSHOT_FORMAT,
	type Snapshot,
	type SourceDescriptor,
} from "@schemalign/core";

/** A snapshot that says nothing, and why: a gap over the whole source, and with `diagnostic` a finding. */
export function emptySnapshot(
	source: SourceDescriptor,
	capabilities: Capabilities,
	why: string,
	diagnostic?: Omit<Diagnostic, "at">,
): Snapshot {
	const at = { file: source.files[0] ?? source.path, line: 1 };
	return {
		formatVersion: SNAPSHOT_FORMAT,
		source: source.id,
		adapter: source.adapter,
		role: source.role,
		path: source.path,
		dialect: "postgres",
		capabilities,
		entities: [],
		gaps: [{ under: "*", kinds: [], why, at }],
		diagnostics: diagnostic ? [{ ...diagnostic, at }] : [],
	};
}
