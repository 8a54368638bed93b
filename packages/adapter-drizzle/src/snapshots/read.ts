/** Reads the last snapshot of a folder: the schema as drizzle-kit knew it when it last wrote a migration. */
import { createHash } from "node:crypto";
import { loadExpressions } from "@schemalign/adapter-sql";
import {
	baseOf,
	type Origin,
	type ProjectFiles,
	type ReadContext,
	type Snapshot,
	SnapshotBuilder,
	type SourceDescriptor,
	snapshotHead,
} from "@schemalign/core";
import { z } from "zod";
import { CAPABILITIES } from "../capabilities.js";
import type { Report } from "../protocol.js";
import { stateObjects } from "../snapshot/objects.js";
import { type Places, Scene } from "../snapshot/scene.js";
import { statePolicy, stateTable } from "../snapshot/tables.js";
import { type Link, linkOf, stateBroken, stateChain } from "./chain.js";
import { entitiesFormatSchema, readEntitiesFormat } from "./entities-format.js";
import { errorLine, JsonLines } from "./json-lines.js";
import type { Misfit } from "./report.js";
import { readTablesFormat, tablesFormatSchema } from "./tables-format.js";

const optionsSchema = z.object({ last: z.string(), journal: z.string().nullable() });
const versionSchema = z.object({ version: z.coerce.string() });
const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string() })) });

/** Reads a source. Never throws: what cannot be read is a gap. */
export async function readRecord(source: SourceDescriptor, context: ReadContext): Promise<Snapshot> {
	const hash = createHash("sha256");
	const texts = new Texts(context.files, hash);
	const options = optionsSchema.safeParse(source.options);
	const last = options.success ? options.data.last : (source.files[0] ?? source.path);
	const links: Link[] = [];
	for (const file of source.files) {
		const text = await texts.read(file, file === last || file === options.data?.journal);
		if (text !== undefined && file !== options.data?.journal) links.push(linkOf(file, text));
	}
	const builder = new SnapshotBuilder({
		...snapshotHead(source, CAPABILITIES),
		record: { of: "drizzle", tool: "drizzle-kit", renew: "drizzle-kit generate" },
		contentHash: hash.digest("hex"),
	});
	const text = texts.kept.get(last);
	if (text === undefined) lost(builder, last, 1, texts.problems.get(last) ?? `${last} cannot be read`);
	else await stateSnapshot(builder, last, text);
	stateChain(
		builder,
		links.filter((link) => !(link.file === last && link.broken !== undefined)),
	);
	if (options.data?.journal) {
		stateJournal(builder, options.data.journal, texts.kept.get(options.data.journal), last);
	}
	return builder.build();
}

/** Reads files one by one: a long chain is a hundred megabytes, of which only the end is kept. */
class Texts {
	readonly kept = new Map<string, string>();
	readonly problems = new Map<string, string>();
	readonly #files: ProjectFiles;
	readonly #hash: ReturnType<typeof createHash>;

	constructor(files: ProjectFiles, hash: ReturnType<typeof createHash>) {
		this.#files = files;
		this.#hash = hash;
	}

	async read(path: string, keep: boolean): Promise<string | undefined> {
		try {
			const text = await this.#files.read(path);
			this.#hash.update(text);
			if (keep) this.kept.set(path, text);
			return text;
		} catch (error) {
			this.problems.set(path, error instanceof Error ? error.message : `${path} cannot be read`);
			return undefined;
		}
	}
}

function lost(builder: SnapshotBuilder, file: string, line: number, why: string): void {
	builder.gap({ under: "*", kinds: [], why, at: { file, line } });
}

async function stateSnapshot(builder: SnapshotBuilder, file: string, text: string): Promise<void> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		const line = errorLine(text, error);
		lost(builder, file, line, `${file} is not valid JSON`);
		stateBroken(builder, file, line);
		return;
	}
	const lines = new JsonLines(text);
	const found = reportOf(value, lines);
	if ("why" in found) {
		lost(builder, file, lines.of(["version"]), `${file}: ${found.why}`);
		return;
	}
	const scene = new Scene(builder, await loadExpressions(), placesIn(file));
	for (const { why, line, table } of found.misfits) scene.gap({ kinds: [], why, place: [0, line, 1] }, table);
	stateObjects(scene, found.report);
	for (const table of found.report.tables) stateTable(scene, table);
	for (const policy of found.report.policies) statePolicy(scene, policy);
}

function reportOf(value: unknown, lines: JsonLines): { report: Report; misfits: Misfit[] } | { why: string } {
	const tables = tablesFormatSchema.safeParse(value);
	if (tables.success) return readTablesFormat(tables.data, lines);
	const entities = entitiesFormatSchema.safeParse(value);
	if (entities.success) return readEntitiesFormat(entities.data, lines);
	const version = versionSchema.safeParse(value);
	const known = version.success && /^[4-9]$/.test(version.data.version);
	return {
		why:
			version.success && !known
				? `version ${version.data.version} of drizzle-kit's snapshots is not known`
				: "it is not of the form that drizzle-kit writes",
	};
}

/** All places are lines of one file, which tell exactly. */
function placesIn(file: string): Places {
	return {
		entries: [0],
		path: () => file,
		origin: (place): Origin => ({ file, line: place?.[1] ?? 1 }),
		near: (origin) => origin,
	};
}

/** Migrations that were added to the journal by hand have no snapshot: what they change is not in the last one. */
function stateJournal(builder: SnapshotBuilder, file: string, text: string | undefined, last: string): void {
	if (text === undefined) return;
	try {
		const journal = journalSchema.safeParse(JSON.parse(text));
		const lines = new JsonLines(text);
		const entries = journal.success ? journal.data.entries : [];
		const prefix = baseOf(last).replace(/_?snapshot\.json$/, "");
		const at = entries.findLastIndex(({ tag }) => tag.split("_")[0] === prefix);
		const behind = at === -1 ? [] : entries.slice(at + 1);
		const [first] = behind;
		if (!first) return;
		builder.diagnostic({
			code: "snapshot-behind",
			severity: "info",
			message: `${behind.length === 1 ? `${first.tag} has` : `${first.tag} and ${behind.length - 1} more migrations after it have`} no snapshot: drizzle-kit compares the schema with ${baseOf(last)}`,
			why: "A migration that is added by hand does not tell drizzle-kit what it changes: the next `drizzle-kit generate` repeats it",
			help: "Write migrations of your own with `drizzle-kit generate --custom`, which adds their snapshot.",
			at: { file, line: lines.of(["entries", at + 1, "tag"]) },
		});
	} catch (error) {
		const line = errorLine(text, error);
		lost(builder, file, line, `${file} is not valid JSON`);
		stateBroken(builder, file, line);
	}
}
