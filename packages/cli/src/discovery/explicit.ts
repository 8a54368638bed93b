/** Sources that the user names: in the config, or as an argument. */
import { statSync } from "node:fs";
import { join, posix } from "node:path";
import type { Adapter, DiscoveryResult, Json, SourceDescriptor } from "@schemalign/core";
import type { SourceConfig } from "../config/define.js";
import { Problem } from "../problem.js";
import type { Project } from "../project/project.js";
import { mostSimilar } from "../similar.js";
import { matchInterests } from "./match.js";

export interface NamedSource {
	readonly descriptor: SourceDescriptor;
	readonly adapter: Adapter;
	readonly config: SourceConfig;
	readonly explicit: { readonly path: string; readonly options: { readonly [key: string]: Json } };
}

type Ask = (
	adapter: Adapter,
	matched: readonly string[],
	explicit: NamedSource["explicit"],
) => Promise<DiscoveryResult>;

/**
 * Makes a source of every entry.
 * @throws Problem if a path does not exist, no adapter reads it, several do, or a name is used twice.
 */
export async function nameSources(
	project: Project,
	adapters: readonly Adapter[],
	entries: readonly (string | SourceConfig)[],
	ask: Ask,
): Promise<NamedSource[]> {
	const named: NamedSource[] = [];
	for (const [at, entry] of entries.entries()) {
		const config = typeof entry === "string" ? { path: entry } : entry;
		named.push(...(await nameSource(project, adapters, config, `sources[${at}]`, ask)));
	}
	const names = named.flatMap((source) => source.config.name ?? []);
	const twice = names.find((name, at) => names.indexOf(name) !== at);
	if (twice !== undefined) throw new Problem(`two sources in the config are called "${twice}"`);
	return named;
}

/** The sources at one path: one, unless the adapter itself sees several there. */
async function nameSource(
	project: Project,
	adapters: readonly Adapter[],
	config: SourceConfig,
	where: string,
	ask: Ask,
): Promise<NamedSource[]> {
	const path = normalized(config.path);
	if (path === "") throw new Problem(`${where}: ${config.path} is the whole project, not a source`);
	const info = statSync(join(project.files.root, path), { throwIfNoEntry: false });
	if (!info) throw new Problem(`${where}: ${config.path} does not exist`);
	const explicit = { path, options: config.options ?? {} };
	const below = project.below(path);
	const found: NamedSource[] = [];
	const reasons: string[] = [];
	for (const { adapter, matched } of candidates(project, adapters, config, where, below, info.isFile())) {
		const result = await ask(adapter, matched, explicit);
		reasons.push(...result.skipped.filter((one) => one.path === path).map((one) => one.why));
		for (const descriptor of result.sources) {
			found.push({ descriptor: adjusted(descriptor, config), adapter, config, explicit });
		}
	}
	checkFound(found, reasons, config, where, adapters);
	return found;
}

/** The adapters to ask, with the files that they want to see. */
function candidates(
	project: Project,
	adapters: readonly Adapter[],
	config: SourceConfig,
	where: string,
	below: readonly string[],
	isFile: boolean,
): { adapter: Adapter; matched: readonly string[] }[] {
	const asked = config.adapter === undefined ? adapters : [adapterNamed(adapters, config.adapter, where)];
	const { byAdapter } = matchInterests(project.files.root, below, asked);
	const matching = asked.map((adapter) => ({ adapter, matched: byAdapter.get(adapter.name) ?? [] }));
	// A file that the user gives to an adapter by name is its business, whatever the file is called.
	if (config.adapter !== undefined && isFile) return asked.map((adapter) => ({ adapter, matched: below }));
	return matching.filter((one) => one.matched.length > 0);
}

function adapterNamed(adapters: readonly Adapter[], name: string, where: string): Adapter {
	const adapter = adapters.find((one) => one.name === name);
	if (adapter) return adapter;
	const names = adapters.map((one) => one.name);
	const near = mostSimilar(name, names);
	throw new Problem(
		`${where}: there is no adapter \`${name}\``,
		near ? `Did you mean \`${near}\`?` : `There are: ${names.join(", ")}.`,
	);
}

function checkFound(
	found: readonly NamedSource[],
	reasons: readonly string[],
	config: SourceConfig,
	where: string,
	adapters: readonly Adapter[],
): void {
	if (found.length === 0) {
		const reason = reasons.length > 0 ? `: ${[...new Set(reasons)].join("; ")}` : "";
		const names = adapters.map((adapter) => adapter.name).join(", ");
		throw new Problem(
			`${where}: no adapter finds a schema in ${config.path}${reason}`,
			config.adapter === undefined ? `Name the adapter that should read it: ${names}.` : undefined,
		);
	}
	const adaptersFound = new Set(found.map((one) => one.adapter.name));
	if (adaptersFound.size > 1 || (config.name !== undefined && found.length > 1)) {
		throw new Problem(
			`${where}: ${config.path} holds several sources: ${found.map((one) => one.descriptor.id).join(", ")}`,
			"Name one of their paths, or the adapter.",
		);
	}
}

function adjusted(descriptor: SourceDescriptor, config: SourceConfig): SourceDescriptor {
	return {
		...descriptor,
		...(config.name === undefined ? {} : { id: config.name }),
		...(config.role === undefined ? {} : { role: config.role }),
	};
}

/** Forward slashes, no leading `./`, no trailing slash; the root itself is the empty path. */
function normalized(path: string): string {
	const plain = posix.normalize(path.replaceAll("\\", "/")).replace(/\/$/, "");
	return plain === "." ? "" : plain;
}
