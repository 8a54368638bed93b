/** The adapter for Postgres DDL in files. */
import { createHash } from "node:crypto";
import {
	ADAPTER_CONTRACT,
	type Adapter,
	ALL_KINDS,
	baseOf,
	type Capabilities,
	type Diagnostic,
	FileProblem,
	folderOf,
	type Gap,
	type ReadContext,
	type Runnable,
	type Snapshot,
	type SourceDescriptor,
} from "@schemalign/core";
import { discover } from "./discovery/discover.js";
import { DUMP_LABEL } from "./discovery/loose.js";
import { versionOf } from "./discovery/paths.js";
import { PGROLL_FILE } from "./discovery/pgroll.js";
import { externalTables } from "./discovery/prisma-external.js";
import { logsInDump } from "./dump-log.js";
import { readScripts, type Script } from "./read-scripts.js";
import { statementsOf } from "./runnable.js";
import { withIncludes } from "./script/includes.js";
import { upSection } from "./script/sections.js";

/** What DDL can state: everything that is modelled; what it does not create is not there. */
const capabilities: Capabilities = {
	kinds: Object.fromEntries(ALL_KINDS.map((kind) => [kind, "complete"])),
	aspects: {
		"column.clientDefault": "none",
		"extension.version": "partial",
		"extension.schema": "partial",
		"function.body": "partial",
	},
};

/** Whatever follows the verb, on its line or the next: how much white space stands between two words is free. */
const VERBS = ["create", "alter", "drop", "comment"].flatMap((verb) =>
	[verb, verb.toUpperCase(), verb[0]?.toUpperCase() + verb.slice(1)].flatMap((spelling) =>
		[" ", "\t", "\n", "\r"].map((space) => spelling + space),
	),
);
const BLOCKS = ["do $", "DO $", "Do $", "DO\n", "DO\r", "do\n", "do\r", "DO LANGUAGE", "do language"];
const INCLUDES = ["\\i ", "\\ir ", "\\include"];
const markers = [...VERBS, ...BLOCKS, ...INCLUDES];

/** Larger texts are not read: what writes them is data, not a schema. */
const SIZE_LIMIT = 50_000_000;

export const sqlAdapter: Adapter = {
	name: "sql",
	contract: ADAPTER_CONTRACT,
	capabilities,
	interests: [
		{ path: /\.(?:sql|psql|pgsql|ddl)$/i, markers },
		{ path: PGROLL_FILE, markers: ['"operations"'] },
	],
	discover,
	read,
	runnable,
};

async function read(source: SourceDescriptor, context: ReadContext): Promise<Snapshot> {
	const { scripts, gaps, contentHash } = await readFiles(source, context);
	const { id, adapter, role, path } = source;
	const head = { source: id, adapter, role, path, capabilities, contentHash };
	const elsewhere =
		source.label === "Prisma migrations" ? await externalTables(path, context.files) : undefined;
	const snapshot = await readScripts({ head, scripts, ...(elsewhere ? { elsewhere } : {}) });
	const migrations = source.label === DUMP_LABEL ? scripts.flatMap(({ text }) => logsInDump(text)) : [];
	return {
		...snapshot,
		...(migrations.length > 0 ? { migrations } : {}),
		gaps: [...gaps, ...snapshot.gaps],
		diagnostics: [...neverRun(source), ...duplicateNumbers(source), ...snapshot.diagnostics],
		...revisionsOf(source),
	};
}

/** Files that the tool's table on a database does not call by their names: each follows the one before it. */
function revisionsOf({ files, options }: SourceDescriptor): Pick<Snapshot, "revisions"> {
	const { marks } = options;
	if (marks === null || typeof marks !== "object" || Array.isArray(marks)) return {};
	const marked = new Map(Object.entries(marks));
	const revisions = files.flatMap((file) => {
		const name = marked.get(file);
		return typeof name === "string" ? [{ file, name }] : [];
	});
	return {
		revisions: revisions.map((one, at) => ({
			...one,
			follows: revisions.slice(Math.max(0, at - 1), at).map(({ name }) => name),
		})),
	};
}

async function runnable(source: SourceDescriptor, context: ReadContext): Promise<Runnable> {
	const { scripts, gaps } = await readFiles(source, context);
	const { scripts: runnableScripts, unread } = await statementsOf(scripts);
	return { scripts: runnableScripts, unread: [...gaps, ...unread] };
}

interface SourceFiles {
	readonly scripts: readonly Script[];
	/** Files that could not be read. */
	readonly gaps: readonly Gap[];
	readonly contentHash: string;
}

async function readFiles(source: SourceDescriptor, context: ReadContext): Promise<SourceFiles> {
	const scripts: Script[] = [];
	const gaps: Gap[] = [];
	const hash = createHash("sha256");
	const text = async (file: string): Promise<string | undefined> => {
		try {
			const whole = await context.files.read(file);
			hash.update(whole);
			if (whole.length <= SIZE_LIMIT) return upSection(whole);
			gaps.push(wholeGap(file, `it is larger than ${SIZE_LIMIT / 1_000_000} MB and was not read`));
		} catch (error) {
			const why = error instanceof FileProblem ? error.message : `${file} cannot be read`;
			gaps.push(wholeGap(file, why));
		}
		return undefined;
	};
	const included = new Set<string>();
	for (const file of source.files) {
		if (included.has(file)) continue;
		const own = await text(file);
		included.add(file);
		if (own !== undefined)
			scripts.push(await withIncludes({ file, text: own }, context.files, included, text));
	}
	const set = setting(source, scripts);
	if (source.files.length === 0) gaps.push({ under: "*", kinds: [], why: "none of its files ever runs" });
	return { scripts: set, gaps, contentHash: hash.digest("hex") };
}

/** Each script as its tool runs it: in a session that looks up names in a schema of its own, which the tool has made. */
function setting({ options }: SourceDescriptor, scripts: readonly Script[]): readonly Script[] {
	const path = (Array.isArray(options.searchPath) ? options.searchPath : []).filter(
		(schema) => typeof schema === "string",
	);
	const [own] = path;
	if (own === undefined) return scripts;
	const made = scripts.some(({ text }) => creates(text, own)) ? [] : [own];
	return scripts.map((script, at) => {
		const before = [
			...(at === 0 ? made : []).map((schema) => `CREATE SCHEMA IF NOT EXISTS ${quoted(schema)};`),
			`SET search_path TO ${path.map(quoted).join(", ")};`,
		];
		// On the script's own first line: the lines of its statements stay.
		return { ...script, text: `${before.join(" ")} ${script.text}` };
	});
}

function creates(text: string, schema: string): boolean {
	const name = schema.replace(/[^\w]/g, "\\$&");
	return new RegExp(`create\\s+schema\\s+(?:if\\s+not\\s+exists\\s+)?"?${name}\\b`, "i").test(text);
}

function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

function wholeGap(file: string, why: string): Gap {
	return { under: "*", kinds: [], why: why.includes(file) ? why : `${file}: ${why}` };
}

/** Files in a tool's folder that the tool does not run. */
function neverRun(source: SourceDescriptor): Diagnostic[] {
	const { neverRun: listed } = source.options;
	const paths = (Array.isArray(listed) ? listed : []).filter((path) => typeof path === "string");
	const [first, ...others] = paths;
	if (first === undefined) return [];
	const prisma = source.label.startsWith("Prisma");
	const one = others.length === 0;
	return [
		{
			code: "migration-never-runs",
			severity: "high",
			message: one
				? `${first} lies among the ${source.label} and never runs`
				: `${paths.length} files lie among the ${source.label} and never run: ${paths.map(baseOf).join(", ")}`,
			why: prisma
				? "`prisma migrate deploy` runs only `<folder>/migration.sql`: what a file beside the folders changes reaches no database that it makes."
				: "The tool runs only the files that it knows: what another one changes reaches no database that it makes.",
			help: prisma
				? "Move each into a migration folder of its own."
				: one
					? "Generate a migration for it, or delete it."
					: "Generate migrations for them, or delete them.",
			at: { file: first, line: 1 },
			...(one
				? {}
				: { related: others.map((file) => ({ at: { file, line: 1 }, note: "never runs either" })) }),
		},
	];
}

/** Tools that take a migration's whole name for its identity and order by it: a number that two share is no problem. */
const BY_NAME = /^(?:Prisma|Drizzle|Atlas|Sqitch|Liquibase)\b|\bschema files\b|a folder per version/;

/** Two migrations with one number: which runs first is left to the tool or the file system. */
function duplicateNumbers(source: SourceDescriptor): Diagnostic[] {
	if (source.files.length < 2 || BY_NAME.test(source.label)) return [];
	const nested = source.files.every((file) => /^(?:migration|up)\.sql$/.test(baseOf(file)));
	const nameOf = (file: string): string => (nested ? baseOf(folderOf(file)) : baseOf(file));
	const byNumber = new Map<string, string[]>();
	for (const file of source.files) {
		const number = versionOf(nameOf(file));
		if (number !== undefined) byNumber.set(number, [...(byNumber.get(number) ?? []), file]);
	}
	return [...byNumber].flatMap(([number, files]): Diagnostic[] => {
		const [first, ...others] = files;
		if (!first || others.length === 0) return [];
		return [
			{
				code: "duplicate-migration-number",
				severity: "low",
				message: `${files.length} migrations have the number ${number}: ${files.map(nameOf).join(", ")}`,
				why: "Their order is left to the rest of their names.",
				help: "Give each a number of its own.",
				at: { file: first, line: 1 },
				related: others.map((file) => ({ at: { file, line: 1 }, note: "the same number" })),
			},
		];
	});
}
