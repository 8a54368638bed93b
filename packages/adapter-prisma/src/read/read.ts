/** Reads one Prisma schema: the engine's DDL is what it says, its text is where it says so. */
import { createHash } from "node:crypto";
import { loadParser } from "@schemalign/adapter-sql";
import {
	FileProblem,
	type Gap,
	type Origin,
	type ReadContext,
	type Snapshot,
	SnapshotBuilder,
	type SourceDescriptor,
	snapshotHead,
} from "@schemalign/core";
import { BINDING, capabilitiesOf } from "../capabilities.js";
import { type Accepted, accept, type Removed } from "../engine/accept.js";
import { prepare } from "../engine/prepare.js";
import { type Scan, scan } from "../text/scan.js";
import { readSchema, type Schema } from "../text/schema.js";
import { externalOf } from "./external.js";
import { gapsOf } from "./gaps.js";
import { joinKeysOf } from "./join-key.js";
import { Restater } from "./restate.js";
import { readScript } from "./script.js";

/** Complaints beyond these are only counted. */
const SHOWN_REJECTIONS = 20;

/** Reads one source whole. Does not throw for bad input. */
export async function read(source: SourceDescriptor, { files, onWaiting }: ReadContext): Promise<Snapshot> {
	const texts: string[] = [];
	const scans: Scan[] = [];
	const gaps: Gap[] = [];
	const hash = createHash("sha256");
	for (const path of source.files) {
		try {
			const text = await files.read(path);
			hash.update(text);
			texts.push(text);
			scans.push(scan(path, text));
		} catch (error) {
			const why = error instanceof FileProblem ? error.message : `${path} cannot be read`;
			gaps.push({ under: "*", kinds: [], why, at: { file: path, line: 1 } });
		}
	}
	const schema = readSchema(scans);
	const builder = new SnapshotBuilder({
		...snapshotHead(source, capabilitiesOf(schema)),
		binding: BINDING,
		contentHash: hash.digest("hex"),
	});
	const external = externalOf(source);
	for (const gap of [...gaps, ...external.gaps]) builder.gap(gap);
	if (scans.length === 0) return builder.build();
	const accepting = accept(prepare(texts, scans), scans, external.filters);
	onWaiting?.();
	// The SQL parser loads while the engine, in its thread, is at work.
	const [accepted] = await Promise.all([accepting, loadParser()]);
	report(builder, accepted, startOf(schema, scans));
	for (const gap of gapsOf(accepted.removed, schema)) builder.gap(gap);
	addViews(builder, without(schema, accepted.removed));
	if (accepted.script !== undefined) {
		const joinKeys = await joinKeysOf(schema, source.files[0] ?? source.path, files);
		const restater = new Restater(without(schema, accepted.removed), builder, {
			joinKeys,
			removed: accepted.removed,
			start: startOf(schema, scans),
		});
		const script = await readScript(accepted.script);
		for (const entity of script.entities) restater.add(entity);
		for (const { gap, table } of script.gaps) {
			// That the script refers to tables which it does not create is as it should be here.
			if (gap.under === "*" && external.filters.externalTables.length > 0) continue;
			builder.gap({ ...gap, at: table ? restater.tablePlace(...table) : startOf(schema, scans) });
		}
	}
	return builder.build();
}

function startOf(schema: Schema, scans: readonly Scan[]): Origin {
	const block = schema.datasources[0];
	return block ? { file: block.file, line: block.line } : { file: scans[0]?.file ?? "", line: 1 };
}

function report(builder: SnapshotBuilder, { rejections, failure }: Accepted, start: Origin): void {
	const more = rejections.length - SHOWN_REJECTIONS;
	for (const [index, { message, at }] of rejections.slice(0, SHOWN_REJECTIONS).entries()) {
		const rest = more > 0 && index === SHOWN_REJECTIONS - 1 ? ` It has ${more} more complaints.` : "";
		builder.diagnostic({
			code: "model-rejected",
			severity: "critical",
			message: `Prisma rejects the schema: ${message}`,
			why: `Neither \`prisma generate\` nor \`prisma migrate\` runs on it.${rest} What else it says was read without this.`,
			help: "Correct the line; `prisma validate` shows the same message.",
			at,
		});
	}
	if (failure !== undefined)
		builder.gap({ under: "*", kinds: [], why: failure, at: rejections[0]?.at ?? start });
}

/** The schema without the blocks that are gone. */
function without(schema: Schema, removed: readonly Removed[]): Schema {
	const gone = new Set(removed.filter(({ line }) => !line).map(({ block }) => block));
	return {
		...schema,
		models: schema.models.filter(({ block }) => !gone.has(block)),
		enums: schema.enums.filter(({ block }) => !gone.has(block)),
	};
}

/** A view block claims that there is a view; the engine does not create it, and what it selects is not said. */
function addViews(builder: SnapshotBuilder, { models }: Schema): void {
	for (const view of models) {
		if (!view.isView) continue;
		builder.entity("view", [view.schema, view.table], view.at, {}, view.name);
	}
}
