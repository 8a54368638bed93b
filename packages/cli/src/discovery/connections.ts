/**
 * Which database each program connects to, as compose files tell: a service that is built from a folder and is given
 * a Postgres URL. Only host and database name are kept; user and password are never read out.
 */
import { dirname, posix } from "node:path";
import type { ProjectFiles } from "@schemalign/core";
import { z } from "zod";

const COMPOSE_FILE = /(^|\/)(docker-)?compose[^/]*\.ya?ml$/;

const composeSchema = z.object({
	services: z.record(
		z.string(),
		z
			.object({
				build: z.union([
					z.string(),
					z.object({ context: z.string().optional(), dockerfile: z.string().optional() }),
				]),
				environment: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]),
				volumes: z.array(
					z.union([z.string(), z.object({ source: z.string(), target: z.string() }).partial()]),
				),
			})
			.partial(),
	),
});

type Compose = z.infer<typeof composeSchema>;

/** A folder whose program connects to a database: `db/app`. */
export interface Connection {
	readonly folder: string;
	readonly database: string;
}

/** The connections that the project's compose files state. A folder that is given two databases says nothing. */
export function findConnections(files: ProjectFiles): Promise<Connection[]> {
	return collect(files, connectionsIn);
}

/** The compose service that runs a folder's or a file's scripts when its database is made. What two services run says nothing. */
export function findServers(files: ProjectFiles): Promise<Connection[]> {
	return collect(files, serversIn);
}

async function collect(
	files: ProjectFiles,
	read: (compose: Compose, path: string) => readonly Connection[],
): Promise<Connection[]> {
	const found = new Map<string, Set<string>>();
	for (const path of files.paths().filter((one) => COMPOSE_FILE.test(one))) {
		const compose = await readCompose(files, path);
		for (const { folder, database } of compose ? read(compose, path) : []) {
			found.set(folder, (found.get(folder) ?? new Set<string>()).add(database));
		}
	}
	return [...found].flatMap(([folder, databases]) => {
		const [database] = databases;
		return database !== undefined && databases.size === 1 ? [{ folder, database }] : [];
	});
}

/** The database that the program in whose folder `path` lies connects to. The innermost folder decides. */
export function connectionOf(path: string, connections: readonly Connection[]): string | undefined {
	return connections
		.filter(({ folder }) => path === folder || path.startsWith(`${folder}/`))
		.sort((a, b) => b.folder.length - a.folder.length)[0]?.database;
}

function connectionsIn(compose: Compose, path: string): Connection[] {
	return Object.values(compose.services).flatMap(({ build, environment }) => {
		const folder = folderOf(path, build);
		const databases = new Set(
			Object.values(variables(environment)).flatMap((value) => databaseIn(value) ?? []),
		);
		const [database] = databases;
		return folder !== undefined && database !== undefined && databases.size === 1
			? [{ folder, database }]
			: [];
	});
}

const STARTUP_SCRIPTS = /^\/docker-entrypoint-initdb\.d(?:\/|$)/;

function serversIn(compose: Compose, path: string): Connection[] {
	return Object.entries(compose.services).flatMap(([service, { volumes = [] }]) =>
		volumes.flatMap((volume): Connection[] => {
			const [source = "", target = ""] =
				typeof volume === "string" ? volume.split(":") : [volume.source, volume.target];
			if (!STARTUP_SCRIPTS.test(target) || source.includes("$")) return [];
			const folder = posix.normalize(posix.join(dirname(path), source)).replace(/\/$/, "");
			return folder === "." || folder.startsWith("..") ? [] : [{ folder, database: service }];
		}),
	);
}

async function readCompose(files: ProjectFiles, path: string): Promise<Compose | undefined> {
	try {
		const { parse } = await import("yaml");
		// Aliases are bounded by the library; a document that is no compose file says nothing.
		// `!reset` and `!override` are compose's own: what follows them is read as it stands.
		return composeSchema.safeParse(parse(await files.read(path), { merge: true, logLevel: "error" })).data;
	} catch {
		return undefined;
	}
}

type Build = z.infer<typeof composeSchema>["services"][string]["build"];

/** The folder that the image is built from: where its Dockerfile lies, if that is deeper than the context. */
function folderOf(composePath: string, build: Build): string | undefined {
	if (build === undefined) return undefined;
	const context = typeof build === "string" ? build : (build.context ?? ".");
	const dockerfile = typeof build === "string" ? undefined : build.dockerfile;
	const base = posix.join(dirname(composePath), context);
	const folder = posix.normalize(dockerfile === undefined ? base : posix.join(base, dirname(dockerfile)));
	const clean = folder.replace(/\/$/, "");
	return clean === "." || clean.startsWith("..") ? undefined : clean;
}

function variables(
	environment: z.infer<typeof composeSchema>["services"][string]["environment"],
): Record<string, string> {
	if (environment === undefined) return {};
	const pairs = Array.isArray(environment)
		? environment.map(
				(line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const,
			)
		: Object.entries(environment);
	return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

const POSTGRES_URL =
	/\bpostgres(?:ql)?(?:\+\w+)?:\/\/(?:[^\s/]*@)?(?<host>[\w.-]+)(?::[^/\s]*)?\/(?<name>[\w-]+)/;

/** `db/app` of a Postgres URL, also where it is the default of a variable: `${DATABASE_URL:-postgres://…}`. */
function databaseIn(value: string): string | undefined {
	const groups = POSTGRES_URL.exec(value)?.groups;
	return groups?.host === undefined || groups.name === undefined
		? undefined
		: `${groups.host}/${groups.name}`;
}
