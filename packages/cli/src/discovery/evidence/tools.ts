/** Migration tools: how their command lines look, and which source each of them runs. */
import { posix } from "node:path";
import { folderOf, type SourceDescriptor } from "@schemalign/core";
import type { EvidenceWeight } from "./block.js";
import { nearestSource, type Places, sourcesAt } from "./places.js";
import type { Command } from "./shell.js";

interface Tool {
	/** Words that follow each other somewhere in the command: wrappers such as `npx` or `poetry run` may stand before. */
	readonly words: readonly RegExp[];
	/** Options whose value is the folder or file that it runs. */
	readonly pathOptions: readonly string[];
	/** Whether the source is of the form that the tool runs. */
	readonly fits: (source: SourceDescriptor, places: Places) => boolean;
	/** What the tool is made for, where that is beyond doubt. */
	readonly weight?: EvidenceWeight;
}

const definition = (source: SourceDescriptor): boolean => source.role === "definition";

const prismaMigrations: Tool["fits"] = (source) =>
	definition(source) && source.files.some((file) => file.endsWith("/migration.sql"));

const drizzleMigrations: Tool["fits"] = (source, { files }) =>
	definition(source) && files.has(`${source.path}/meta/_journal.json`);

const alembicRevisions: Tool["fits"] = (source, { files }) =>
	definition(source) &&
	(/alembic/i.test(source.label) ||
		[source.path, folderOf(source.path)].some((folder) => files.has(`${folder}/env.py`)));

const flywayMigrations: Tool["fits"] = (source) =>
	definition(source) && source.files.some((file) => /(?:^|\/)[VRB][\d._]*__[^/]*\.sql$/.test(file));

const folderNamed =
	(...ends: readonly string[]): Tool["fits"] =>
	(source) =>
		definition(source) && ends.some((end) => source.path === end || source.path.endsWith(`/${end}`));

const TOOLS: readonly Tool[] = [
	{
		words: [/^prisma$/, /^migrate$/, /^deploy$/],
		pathOptions: ["--schema"],
		fits: prismaMigrations,
		weight: "deployment",
	},
	{ words: [/^prisma$/, /^migrate$/, /^(?:dev|reset)$/], pathOptions: ["--schema"], fits: prismaMigrations },
	{
		words: [/^prisma$/, /^db$/, /^push$/],
		pathOptions: ["--schema"],
		fits: (source) => source.adapter === "prisma",
	},
	{ words: [/^drizzle-kit$/, /^(?:migrate|up)$/], pathOptions: ["--out"], fits: drizzleMigrations },
	{
		words: [/^drizzle-kit$/, /^push(?::pg)?$/],
		pathOptions: ["--schema"],
		fits: (source) => source.adapter === "drizzle",
	},
	{ words: [/^alembic$/, /^upgrade$/], pathOptions: [], fits: alembicRevisions },
	{ words: [/^flask$/, /^db$/, /^upgrade$/], pathOptions: ["-d", "--directory"], fits: alembicRevisions },
	{ words: [/^flyway$/, /^migrate$/], pathOptions: ["-locations"], fits: flywayMigrations },
	{
		words: [/^node-pg-migrate$/, /^up$/],
		pathOptions: ["-m", "--migrations-dir"],
		fits: folderNamed("migrations"),
	},
	{
		words: [/^knex$/, /^migrate:(?:latest|up)$/],
		pathOptions: ["--migrations-directory"],
		fits: folderNamed("migrations"),
	},
	{
		words: [/^dbmate$/, /^(?:up|migrate)$/],
		pathOptions: ["-d", "--migrations-dir"],
		fits: folderNamed("db/migrations"),
	},
	{ words: [/^goose$/, /^up$/], pathOptions: ["-dir"], fits: () => false },
	{
		words: [/^migrate$/, /^up$/],
		pathOptions: ["-path", "--path", "-source", "--source"],
		fits: () => false,
	},
	{
		words: [/^supabase$/, /^db$/, /^push$/],
		pathOptions: ["--workdir"],
		fits: folderNamed("supabase/migrations"),
		weight: "deployment",
	},
	{
		words: [/^supabase$/, /^(?:db|migration)$/, /^(?:reset|up|start)$/],
		pathOptions: [],
		fits: folderNamed("supabase/migrations"),
	},
	{ words: [/^sqlx$/, /^migrate$/, /^run$/], pathOptions: ["--source"], fits: folderNamed("migrations") },
	{
		words: [/^diesel$/, /^migration$/, /^run$/],
		pathOptions: ["--migration-dir"],
		fits: folderNamed("migrations"),
	},
	{ words: [/^atlas$/, /^migrate$/, /^apply$/], pathOptions: ["--dir"], fits: folderNamed("migrations") },
	{ words: [/^tern$/, /^migrate$/], pathOptions: ["-m", "--migrations"], fits: () => false },
	{
		words: [/^graphile-migrate$/, /^migrate$/],
		pathOptions: [],
		fits: folderNamed("migrations", "migrations/committed"),
	},
];

export interface ToolUse {
	readonly sources: readonly SourceDescriptor[];
	readonly weight?: EvidenceWeight;
}

/** The sources that the command runs through a migration tool, or `undefined` if it runs none. */
export function toolUse(places: Places, command: Command, dirs: readonly string[]): ToolUse | undefined {
	const tool = TOOLS.find((one) => uses(one, command.words));
	if (!tool) return undefined;
	const stated = tool.pathOptions.flatMap((option) => optionValues(command.words, option));
	const fits = (source: SourceDescriptor) => tool.fits(source, places);
	const sources =
		stated.length > 0
			? statedSources(places, stated, dirs, fits)
			: nearestSource(places, dirs[0] ?? "", fits);
	return tool.weight ? { sources, weight: tool.weight } : { sources };
}

/** The words in their order; between them only options may stand, and behind a `migrate` of two words anything. */
function uses(tool: Tool, words: readonly string[]): boolean {
	const names = words.map((word) => posix.basename(word).replace(/@[\d.a-z-]+$/, ""));
	const first = tool.words[0];
	return names.some((name, at) => first?.test(name) && followsFrom(tool.words.slice(1), words.slice(at + 1)));
}

function followsFrom(patterns: readonly RegExp[], words: readonly string[]): boolean {
	let at = 0;
	for (const pattern of patterns) {
		while (at < words.length && !pattern.test(words[at] ?? "")) at++;
		if (at++ === words.length) return false;
	}
	return true;
}

function optionValues(words: readonly string[], option: string): string[] {
	return words.flatMap((word, at) => {
		if (word === option) return words[at + 1] ?? [];
		return word.startsWith(`${option}=`) ? word.slice(option.length + 1).split(",") : [];
	});
}

/** `--schema prisma/schema.prisma` names the schema; the migrations lie beside it. */
function statedSources(
	places: Places,
	stated: readonly string[],
	dirs: readonly string[],
	fits: (source: SourceDescriptor) => boolean,
): SourceDescriptor[] {
	return stated.flatMap((path) => {
		const direct = sourcesAt(places, path, dirs);
		if (direct.some(fits)) return direct.filter(fits);
		const beside = direct.flatMap((source) =>
			places.sources.filter((one) => fits(one) && isBeside(one, source)),
		);
		return beside.length > 0 ? beside : direct.filter(definition);
	});
}

function isBeside(one: SourceDescriptor, other: SourceDescriptor): boolean {
	const folders = [folderOf(other.path), other.path];
	return folders.includes(folderOf(one.path));
}
