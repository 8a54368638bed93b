/** Everything a command needs to know of one project: config, adapters, sources. */
import { realpathSync } from "node:fs";
import { basename } from "node:path";
import {
	type Adapter,
	type AnalyzeOptions,
	count,
	type DeclaredDatabase,
	type Snapshot,
	type SourceDescriptor,
	type SourceNote,
} from "@schemalign/core";
import { timeLimits } from "./commands/options.js";
import { checkNames, loadAdapters } from "./config/adapters.js";
import { ignoredTables } from "./config/ignored.js";
import { type LoadedConfig, loadConfig } from "./config/load.js";
import { declaredOwners } from "./config/owners.js";
import { type Connection, connectionOf, findConnections, findServers } from "./discovery/connections.js";
import { type Discovery, discoverSources, type FoundSource } from "./discovery/discover.js";
import { collectEvidence } from "./discovery/evidence/collect.js";
import { type LiveDatabases, liveDatabases } from "./discovery/live.js";
import { readSources } from "./discovery/read-sources.js";
import { builtInAdapters } from "./discovery/registry.js";
import { databaseNameOf, type FolderSettings, findSettings } from "./discovery/settings.js";
import { sourceMatcher, tableMatcher } from "./globs.js";
import type { Io } from "./io.js";
import { Problem } from "./problem.js";
import { startProgress } from "./progress.js";
import { openProject, type Project } from "./project/project.js";
import { checkCodes } from "./rules/known.js";

export interface Session {
	readonly io: Io;
	/** The live databases that the user names, those of the command line first. */
	readonly live: LiveDatabases;
	readonly root: string;
	readonly loaded: LoadedConfig;
	readonly adapters: readonly Adapter[];
	readonly trusted: ReadonlySet<Adapter>;
	/** Its files, where they are not to be listed. */
	readonly project?: Project;
	/** It is an earlier state of the project: what the config of today names may not be there. */
	readonly isEarlier?: boolean;
}

/**
 * Loads the config of the project at `root` and the adapters.
 * @throws Problem if either cannot be loaded.
 */
export async function openSession(
	io: Io,
	root: string,
	configPath: string | undefined,
	db: readonly string[] = [],
): Promise<Session> {
	return startSession(io, root, await loadConfig(realpathSync(root), io.cwd, configPath), db);
}

/**
 * A session with a config that is already loaded.
 * @throws Problem if an adapter that the config names cannot be loaded.
 */
export async function startSession(
	io: Io,
	root: string,
	loaded: LoadedConfig,
	db: readonly string[] = [],
): Promise<Session> {
	const real = realpathSync(root);
	const builtIn = await builtInAdapters();
	const thirdParty = await loadAdapters(real, loaded.config.adapters);
	const adapters = [...builtIn, ...thirdParty];
	checkNames(adapters);
	// Adapters of others have codes of their own.
	if (thirdParty.length === 0)
		checkCodes(Object.keys(loaded.config.severities ?? {}), `${loaded.path ?? "config"}: severities`);
	// A snapshot file comes from outside, whoever reads it.
	const trusted = new Set(builtIn.filter((adapter) => adapter.name !== "snapshot"));
	const live = await liveDatabases(loaded.config.databases ?? {}, db, io);
	return { io, live, root: real, loaded, adapters, trusted };
}

/** The project's files and sources. */
export interface Found extends Discovery {
	readonly project: Project;
}

/**
 * Finds the sources of the session's project.
 * @throws Problem if the config names a source that is none.
 */
export async function findSources(session: Session): Promise<Found> {
	const { config } = session.loaded;
	const project = session.project ?? (await openProject(session.root));
	const discovery = await discoverSources(project, session.adapters, {
		sources: config.sources,
		discover: config.discover,
		exclude: config.exclude,
		timeLimit: timeLimits(session.io).discover,
	});
	const taken = session.live.sources.find(({ descriptor }) =>
		discovery.sources.some((one) => one.descriptor.id === descriptor.id),
	);
	if (taken) throw new Problem(`a source and a live database are both called "${taken.descriptor.id}"`);
	return {
		sources: [...discovery.sources, ...session.live.sources],
		skipped: [...discovery.skipped, ...session.live.skipped],
		warnings: [
			...discovery.warnings,
			...session.live.skipped.map(({ path, why }) => `${path} was not read: ${why}`),
		],
		project,
	};
}

export interface ReadingOptions {
	readonly quiet?: boolean | undefined;
	/** Replay every definition in an embedded Postgres, whatever the config says. */
	readonly exact?: boolean | undefined;
}

/** Reads the sources, showing progress where that is wanted. */
export async function readAll(
	session: Session,
	project: Project,
	sources: readonly FoundSource[],
	{ quiet = false, exact = false }: ReadingOptions,
): Promise<Snapshot[]> {
	const { config } = session.loaded;
	const progress = startProgress(session.io, !quiet);
	progress.say(`Reading ${count(sources.length, "source")}…`);
	try {
		return await readSources(sources, {
			files: project.files,
			timeLimit: timeLimits(session.io).read,
			trusted: session.trusted,
			exact: (source) => exact || (source.config?.exact ?? config.exact ?? false),
			onRead: (done, total) => progress.say(`Reading sources… ${done} of ${total}`),
		});
	} finally {
		progress.end();
	}
}

/** What the config and the project's traces say about the sources, in the form that the analysis takes. */
export async function analyzeOptions(
	session: Session,
	found: Found,
	sources: readonly FoundSource[],
): Promise<AnalyzeOptions> {
	const { config } = session.loaded;
	const evidence = await collectEvidence(
		found.project.files,
		sources.map((source) => source.descriptor),
	);
	const where = session.loaded.path ?? "config";
	const owners = declaredOwners(config, found.sources, (all, glob, at) =>
		session.isEarlier ? fitting(all, glob) : matching(all, glob, `${where}: ${at}`),
	);
	const ignored = ignoredTables(config);
	return {
		evidence,
		databases: declaredDatabases(
			session,
			found.sources,
			new Set(sources.map((source) => source.descriptor.id)),
		),
		notes: notesOf(sources, {
			connections: await findConnections(found.project.files),
			servers: await findServers(found.project.files),
			settings: await findSettings(found.project.files),
		}),
		skipped: found.skipped,
		severities: config.severities ?? {},
		...(ignored.length > 0 ? { ignoreTable: tableMatcher(ignored) } : {}),
		owners,
	};
}

/** What the project's files tell of the databases that its parts use. */
export interface DatabaseTraces {
	readonly connections: readonly Connection[];
	readonly servers: readonly Connection[];
	readonly settings: readonly FolderSettings[];
}

/** What is known of the sources beside their snapshots, by id. */
export function notesOf(
	sources: readonly FoundSource[],
	traces: DatabaseTraces = { connections: [], servers: [], settings: [] },
): Record<string, SourceNote> {
	return Object.fromEntries(
		sources.map(({ descriptor, config }) => [
			descriptor.id,
			{
				label: descriptor.label,
				...(descriptor.files.length > 0 ? { files: descriptor.files } : {}),
				...databaseNotes(descriptor, traces),
				...(descriptor.databaseHint === undefined ? {} : { databaseHint: descriptor.databaseHint }),
				...(config?.complete === undefined ? {} : { complete: config.complete }),
			},
		]),
	);
}

function databaseNotes(
	{ path, databaseHint }: SourceDescriptor,
	traces: DatabaseTraces,
): Omit<SourceNote, "label"> {
	const connection = connectionOf(path, traces.connections);
	const server = connectionOf(path, traces.servers);
	const databaseName = databaseNameOf(path, databaseHint, traces.settings);
	return {
		...(connection === undefined ? {} : { connection }),
		...(server === undefined ? {} : { server }),
		...(databaseName === undefined ? {} : { databaseName }),
	};
}

/** The config's databases with their globs resolved to ids. `chosen`: what `--only` has left. */
function declaredDatabases(
	session: Session,
	sources: readonly FoundSource[],
	chosen: ReadonlySet<string>,
): DeclaredDatabase[] {
	const entries = Object.entries(session.loaded.config.databases ?? {});
	return entries.flatMap(([name, database]) => {
		if (database.sources === undefined) return [];
		const own = session.live.sources.flatMap(({ descriptor }) => (descriptor.id === name ? [name] : []));
		const where = `${session.loaded.path ?? "config"}: databases.${name}`;
		const named = database.sources.flatMap((glob, at) =>
			session.isEarlier ? fitting(sources, glob) : matching(sources, glob, `${where}.sources[${at}]`),
		);
		const ids = [...own, ...named];
		const isThere = (glob: string): boolean => !session.isEarlier || fitting(sources, glob).length === 1;
		if (database.authority === undefined || !isThere(database.authority))
			return [{ name, sources: kept(ids, chosen) }];
		const authority = oneMatching(sources, database.authority, `${where}.authority`);
		return [{ name, sources: kept([...ids, authority], chosen), authority }];
	});
}

function kept(ids: readonly string[], chosen: ReadonlySet<string>): string[] {
	return [...new Set(ids)].filter((id) => chosen.has(id));
}

function oneMatching(sources: readonly FoundSource[], glob: string, where: string): string {
	const [id, ...more] = matching(sources, glob, where);
	if (id !== undefined && more.length === 0) return id;
	throw new Problem(`${where}: ${JSON.stringify(glob)} fits several sources: ${[id, ...more].join(", ")}`);
}

/**
 * The ids of the sources that a name, id, path or glob fits.
 * @throws Problem if there is none.
 */
export function matching(sources: readonly FoundSource[], glob: string, where: string): string[] {
	const ids = fitting(sources, glob);
	if (ids.length > 0) return ids;
	const descriptors = sources.map((source) => source.descriptor);
	const list = descriptors.map((one) => `  ${one.id}`).join("\n");
	const hint = list === "" ? "No source was found." : `The sources are:\n${list}`;
	throw new Problem(`${where}: no source fits ${JSON.stringify(glob)}`, hint);
}

/** The ids of the sources that a name, id, path or glob fits: perhaps none. */
export function fitting(sources: readonly FoundSource[], glob: string): string[] {
	const descriptors = sources.map((source) => source.descriptor);
	const exact = descriptors.filter((one) => one.id === glob);
	return (exact.length > 0 ? exact : descriptors.filter(sourceMatcher(glob))).map((one) => one.id);
}

/**
 * The sources that `--only` leaves: all without it.
 * @throws Problem if a glob fits none.
 */
export function chosenSources(found: Found, only: readonly string[]): readonly FoundSource[] {
	if (only.length === 0) return found.sources;
	const ids = new Set(only.flatMap((glob) => matching(found.sources, glob, "--only")));
	return found.sources.filter((source) => ids.has(source.descriptor.id));
}

/** What to call the project: its folder. */
export function projectName(root: string): string {
	return basename(root) || root;
}
