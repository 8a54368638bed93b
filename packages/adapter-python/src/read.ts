/** Reads one source: its tables as facts, what could not be read as gaps, what SQLAlchemy refuses as diagnostics. */
import { createHash } from "node:crypto";
import { breathing, loadExpressions } from "@schemalign/adapter-sql";
import {
	FileProblem,
	type Gap,
	type ProjectFiles,
	type ReadContext,
	type Snapshot,
	SnapshotBuilder,
	type SourceDescriptor,
	snapshotHead,
} from "@schemalign/core";
import { CAPABILITIES } from "./capabilities.js";
import { knownAnalysis } from "./discover/discover.js";
import { findBindings } from "./discover/drivers.js";
import { consultedFiles, type Group, groupTables } from "./discover/group.js";
import { type Analysis, analyse } from "./discover/project.js";
import { stateDefects } from "./facts/defects.js";
import { stateEnums, stateSequences } from "./facts/enums.js";
import { mergeTables } from "./facts/merge.js";
import { placeInProject } from "./facts/origins.js";
import { TableScene } from "./facts/scene.js";
import { stateTable } from "./facts/tables.js";
import { knownValue, type TableModel } from "./sqlalchemy/model.js";

/** Never throws for bad input. */
export async function read(source: SourceDescriptor, context: ReadContext): Promise<Snapshot> {
	const { files } = context;
	const [expressions, { analysis, group }, contentHash, bindings] = await Promise.all([
		loadExpressions(),
		findGroup(source, files),
		hashFiles(source, files),
		findBindings(files),
	]);
	const binding = bindings(source.files[0] ?? source.path);
	const builder = new SnapshotBuilder({
		...snapshotHead(source, CAPABILITIES),
		...(binding ? { binding } : {}),
		contentHash,
	});
	const tables = group?.tables ?? [];
	const merged = mergeTables(tables, builder);
	const breathe = breathing();
	for (const table of merged) {
		await breathe();
		const [schema, name] = [knownValue(table.schema), knownValue(table.name)];
		if (schema === undefined || name === undefined) {
			builder.gap(namelessGap(table));
			continue;
		}
		stateTable(
			new TableScene(builder, analysis.collection.lookup, expressions, table, { schema, table: name }),
		);
	}
	stateEnums(builder, merged);
	stateSequences(builder, merged, analysis.collection);
	const consulted = group ? consultedFiles(group, analysis) : new Set<string>();
	stateDefects(builder, new Set([...source.files, ...consulted]), analysis, merged);
	return placeInProject(builder.build());
}

/** A table whose name or schema is not known has no address: all that can be said is that there is one more. */
function namelessGap(table: TableModel): Gap {
	const unclear = "unknown" in table.name ? table.name : table.schema;
	const missing = "unknown" in table.name ? "table's name" : "schema";
	const [why, at] = "unknown" in unclear ? [unclear.unknown, unclear.at] : ["", table.at];
	const who = table.classes[0] ?? "a table";
	return { under: "*", kinds: ["table"], why: `the ${missing} of ${who} is not known: ${why}`, at };
}

/** The source's tables: from discovery where that just ran on the same files, else by reading the files again. */
async function findGroup(
	source: SourceDescriptor,
	files: ProjectFiles,
): Promise<{ analysis: Analysis; group: Group | undefined }> {
	const known = knownAnalysis(files);
	const matches = (group: Group) => group.key === source.options.key;
	const found = known?.groups.find(matches);
	if (known && found) return { analysis: known.analysis, group: found };
	const analysis = await analyse(files, source.files);
	const groups = groupTables(analysis, files.paths());
	return { analysis, group: groups.find(matches) ?? groups[0] };
}

/** Of two sources in the same files, each is a part: the base's name tells them apart. */
async function hashFiles(source: SourceDescriptor, files: ProjectFiles): Promise<string> {
	const hash = createHash("sha256");
	if (source.options.base) hash.update(JSON.stringify(source.options.base));
	for (const path of source.files) {
		try {
			hash.update(await files.read(path));
		} catch (error) {
			if (!(error instanceof FileProblem)) throw error;
		}
	}
	return hash.digest("hex");
}
