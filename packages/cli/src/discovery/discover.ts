/** Finds the sources of a project: what the adapters recognise, and what the user names. */
import type { Adapter, DiscoveryResult, Skipped, SourceDescriptor } from "@schemalign/core";
import { roleSchema } from "@schemalign/core";
import { z } from "zod";
import type { SourceConfig } from "../config/define.js";
import { describeIssues } from "../config/problems.js";
import { pathMatcher } from "../globs.js";
import { messageOf } from "../problem.js";
import type { Project } from "../project/project.js";
import { type NamedSource, nameSources } from "./explicit.js";
import { matchInterests } from "./match.js";
import { withTimeLimit } from "./time-limit.js";

/** A source with the adapter that reads it and what the config says of it. */
export interface FoundSource {
	readonly descriptor: SourceDescriptor;
	readonly adapter: Adapter;
	readonly config?: SourceConfig;
}

export interface Discovery {
	readonly sources: readonly FoundSource[];
	readonly skipped: readonly Skipped[];
	/** Adapters that failed to look for sources: shown to the user at once. */
	readonly warnings: readonly string[];
}

export interface DiscoverOptions {
	readonly sources?: readonly (string | SourceConfig)[] | undefined;
	readonly discover?: boolean | undefined;
	readonly exclude?: readonly string[] | undefined;
	/** Seconds that one adapter may take to look for sources. */
	readonly timeLimit: number;
}

const descriptorSchema = z.object({
	id: z.string().min(1),
	role: roleSchema,
	path: z.string(),
	files: z.array(z.string()),
	label: z.string(),
});

/**
 * Finds all sources. What the config names comes first and replaces what discovery finds in the same files.
 * @throws Problem if a source that the config names cannot be one.
 */
export async function discoverSources(
	project: Project,
	adapters: readonly Adapter[],
	options: DiscoverOptions,
): Promise<Discovery> {
	const warnings: string[] = [];
	const named = await nameSources(project, adapters, options.sources ?? [], (adapter, matched, explicit) =>
		ask(adapter, options.timeLimit, project, matched, warnings, explicit),
	);
	const found = options.discover === false ? NOTHING : await search(project, adapters, options, warnings);
	const others = found.sources.filter((source) => !named.some((one) => covers(one, source)));
	return {
		sources: withUniqueIds([...named.map(asFound), ...others]),
		skipped: [...project.skipped, ...found.skipped].filter(notNamed(named)).sort(byPath),
		warnings,
	};
}

const NOTHING = { sources: [] as FoundSource[], skipped: [] as Skipped[] };

async function search(
	project: Project,
	adapters: readonly Adapter[],
	options: DiscoverOptions,
	warnings: string[],
): Promise<typeof NOTHING> {
	const excluded = pathMatcher(options.exclude ?? []);
	const paths = project.files.paths().filter((path) => !excluded(path));
	const matches = matchInterests(project.files.root, paths, adapters);
	const results = await Promise.all(
		adapters.map(async (adapter) => {
			const matched = matches.byAdapter.get(adapter.name) ?? [];
			if (matched.length === 0) return { adapter, sources: [], skipped: [] };
			return { adapter, ...(await ask(adapter, options.timeLimit, project, matched, warnings)) };
		}),
	);
	const sources = results.flatMap(({ adapter, sources }) =>
		sources.map((descriptor) => ({ descriptor, adapter })),
	);
	return { sources, skipped: [...matches.skipped, ...results.flatMap((result) => result.skipped)] };
}

/** One adapter's discovery; its failure is a warning, and the others go on. */
async function ask(
	adapter: Adapter,
	timeLimit: number,
	project: Project,
	matched: readonly string[],
	warnings: string[],
	explicit?: NamedSource["explicit"],
): Promise<DiscoveryResult> {
	try {
		const input = { files: project.files, matched, ...(explicit ? { explicit } : {}) };
		const result = await withTimeLimit(timeLimit, () => adapter.discover(input));
		const sources = result.sources.filter((descriptor) => isSound(adapter, descriptor, warnings));
		return { sources: sources.map((one) => ({ ...one, adapter: adapter.name })), skipped: result.skipped };
	} catch (error) {
		const why = `the adapter \`${adapter.name}\` failed to look for sources: ${messageOf(error)}`;
		warnings.push(why);
		// The report outlives the warning: who reads it later must not take the lack for agreement.
		return { sources: [], skipped: [{ path: explicit?.path ?? ".", why }] };
	}
}

function isSound(adapter: Adapter, descriptor: unknown, warnings: string[]): boolean {
	const checked = descriptorSchema.safeParse(descriptor);
	if (checked.success) return true;
	const [first] = describeIssues(checked.error);
	warnings.push(`the adapter \`${adapter.name}\` describes a source wrongly: ${first ?? "unknown form"}`);
	return false;
}

function asFound(named: NamedSource): FoundSource {
	return { descriptor: named.descriptor, adapter: named.adapter, config: named.config };
}

/** Whether what discovery found is (part of) what the user named. */
function covers(named: NamedSource, found: FoundSource): boolean {
	if (named.adapter.name !== found.adapter.name) return false;
	if (named.descriptor.path === found.descriptor.path) return true;
	const files = new Set(named.descriptor.files);
	return found.descriptor.files.length > 0 && found.descriptor.files.every((file) => files.has(file));
}

function notNamed(named: readonly NamedSource[]): (skipped: Skipped) => boolean {
	const files = new Set(named.flatMap((one) => [one.descriptor.path, ...one.descriptor.files]));
	return (skipped) => !files.has(skipped.path);
}

function withUniqueIds(sources: readonly FoundSource[]): FoundSource[] {
	const taken = new Set<string>();
	return sources.map((source) => {
		const { id } = source.descriptor;
		let unique = id;
		for (let number = 2; taken.has(unique); number++) unique = `${id}#${number}`;
		taken.add(unique);
		return unique === id ? source : { ...source, descriptor: { ...source.descriptor, id: unique } };
	});
}

function byPath(a: Skipped, b: Skipped): number {
	return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
