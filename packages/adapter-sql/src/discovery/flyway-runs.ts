/** How a repository runs Flyway: which folders one run goes through, and in which schema unqualified names are made. */
import { posix } from "node:path";
import { folderOf, type ProjectFiles } from "@schemalign/core";
import { z } from "zod";

/** One set-up of Flyway, in a compose file or a configuration of its own. */
export interface FlywayRun {
	/** Folders of the repository, in the order in which they are named. */
	readonly folders: readonly string[];
	/** The schemas in which names without one are looked up, the default schema first; empty: Postgres' own setting. */
	readonly searchPath: readonly string[];
}

const COMPOSE = /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i;
const SETTINGS = /(?:^|\/)(?:flyway[^/]*\.(?:conf|toml|properties)|application[^/]*\.properties)$/i;
/** What Flyway's image goes through where nothing else is said; other folders are relative to it. */
const HOME = "/flyway";

/** Every set-up that names folders of the repository. Never throws for files that cannot be read. */
export async function flywayRuns(files: ProjectFiles): Promise<FlywayRun[]> {
	const runs: FlywayRun[] = [];
	for (const path of files.paths()) {
		const isCompose = COMPOSE.test(path);
		if (!isCompose && !SETTINGS.test(path)) continue;
		const text = await files.read(path).catch(() => "");
		if (!/flyway/i.test(text)) continue;
		runs.push(...(isCompose ? await composeRuns(path, text) : settingsRuns(path, text)));
	}
	return runs.filter(({ folders }) => folders.length > 0);
}

const textLike = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const pairs = z.union([z.array(textLike), z.record(z.string(), textLike.nullable())]);
const volume = z.union([z.string(), z.object({ source: z.string(), target: z.string() })]);
const service = z.object({
	image: z.string().optional().catch(undefined),
	command: z
		.union([z.string(), z.array(textLike)])
		.nullish()
		.catch(undefined),
	volumes: z.array(z.unknown()).nullish().catch(undefined),
	environment: pairs.nullish().catch(undefined),
});
const compose = z.object({ services: z.record(z.string(), z.unknown()) });

/** The services that run Flyway's image or set its variables: their mounts lead from its folders to the repository's. */
async function composeRuns(path: string, text: string): Promise<FlywayRun[]> {
	const { parse } = await import("yaml");
	let written: unknown;
	try {
		written = parse(text, { merge: true, logLevel: "silent" });
	} catch {
		return [];
	}
	const whole = compose.safeParse(written);
	if (!whole.success) return [];
	return Object.values(whole.data.services).flatMap((each): FlywayRun[] => {
		const parsed = service.safeParse(each);
		if (!parsed.success) return [];
		const { image, command, environment } = parsed.data;
		const settings = settingsOf(environment, command);
		if (!/(?:^|\/)flyway(?:$|[:@])/.test(image ?? "") && settings.size === 0) return [];
		const mounts = (parsed.data.volumes ?? []).flatMap(mountOf);
		const within = (location: string): string[] => {
			const target = posix.resolve(HOME, location);
			const mount = mounts
				.filter((one) => target === one.target || target.startsWith(`${one.target}/`))
				.sort((a, b) => b.target.length - a.target.length)[0];
			return mount ? inRepository(folderOf(path), mount.source + target.slice(mount.target.length)) : [];
		};
		return [
			runOf(settings, (location) => (location.kind === "classpath" ? [] : within(location.path)), "sql"),
		];
	});
}

function mountOf(written: unknown): { source: string; target: string }[] {
	const parsed = volume.safeParse(written);
	if (!parsed.success) return [];
	if (typeof parsed.data !== "string") return [parsed.data];
	const [source, target] = parsed.data.split(":");
	return source && target ? [{ source, target: target.replace(/\/+$/, "") }] : [];
}

/** A path as seen from a folder, if it lies in the repository. */
function inRepository(folder: string, path: string): string[] {
	if (posix.isAbsolute(path) || /[$~]/.test(path)) return [];
	const found = posix.join(folder, path).replace(/\/+$/, "");
	return found.startsWith("..") ? [] : [found === "." ? "" : found];
}

type Settings = ReadonlyMap<string, string>;

/** Flyway's settings by their names in small letters without separators: `FLYWAY_DEFAULT_SCHEMA` is `defaultschema`. */
function settingsOf(
	environment: z.infer<typeof pairs> | null | undefined,
	command: string | readonly string[] | null | undefined,
): Settings {
	const settings = new Map<string, string>();
	const entries = Array.isArray(environment)
		? environment.map((each) => [each.split("=")[0] ?? "", each.slice(each.indexOf("=") + 1)])
		: Object.entries(environment ?? {});
	for (const [name, value] of entries) {
		const setting = /^FLYWAY_(.+)$/.exec(name ?? "")?.[1];
		if (setting) settings.set(plain(setting), value ?? "");
	}
	const words = typeof command === "string" ? command.split(/\s+/) : (command ?? []);
	for (const word of words) {
		const option = /^-(locations|defaultSchema|schemas|url)=(.*)$/.exec(word);
		if (option) settings.set(plain(option[1] ?? ""), (option[2] ?? "").replace(/^(["'])(.*)\1$/, "$2"));
	}
	return settings;
}

function plain(name: string): string {
	return name.toLowerCase().replace(/[^a-z]/g, "");
}

/** `flyway.locations=…`, `spring.flyway.default-schema=…`, and TOML's `locations = ["filesystem:sql"]`. */
function settingsRuns(path: string, text: string): FlywayRun[] {
	const settings = new Map<string, string>();
	const own = /\.toml$/i.test(path) ? String.raw`(?:flyway\.)?` : String.raw`(?:\w+\.)*flyway\.`;
	const line = new RegExp(`^\\s*${own}(locations|default-?schema|schemas|url)\\s*[=:]\\s*(.*)$`, "gim");
	for (const [, name = "", value = ""] of text.matchAll(line)) {
		settings.set(
			plain(name),
			value
				.trim()
				.replace(/^\[(.*)\]$/, "$1")
				.replace(/["']/g, ""),
		);
	}
	if (settings.size === 0) return [];
	const folder = folderOf(path);
	// Flyway in a program looks into its resources: `classpath:db/migration` lies beside the file, or below it.
	const found = (location: Location): string[] => inRepository(folder, location.path);
	return [runOf(settings, found, /application[^/]*$/i.test(path) ? "classpath:db/migration" : "sql")];
}

interface Location {
	readonly kind: string;
	readonly path: string;
}

function runOf(settings: Settings, find: (location: Location) => string[], usual: string): FlywayRun {
	const locations = listOf(settings.get("locations") || usual).map((written): Location => {
		const match = /^(filesystem|classpath):\/*(?=[^/])(.*)$/.exec(written);
		if (match?.[1] === "filesystem") return { kind: "filesystem", path: written.slice("filesystem:".length) };
		return match ? { kind: "classpath", path: match[2] ?? "" } : { kind: "filesystem", path: written };
	});
	return { folders: [...new Set(locations.flatMap(find))], searchPath: searchPathOf(settings) };
}

/**
 * Flyway puts the default schema, else the first of `schemas`, in front of the connection's search path
 * (https://documentation.red-gate.com/fd: "Flyway Default Schema Setting").
 */
function searchPathOf(settings: Settings): string[] {
	const url = settings.get("url") ?? "";
	const current = listOf(/[?&]currentSchema=([^&]*)/.exec(url)?.[1] ?? "");
	const own = settings.get("defaultschema") || listOf(settings.get("schemas") ?? "")[0];
	if (own === undefined && current.length === 0) return [];
	const path = [...(own === undefined ? [] : [own]), ...(current.length > 0 ? current : ["public"])];
	const isUsual = path[0] === "public" || path.some((schema) => /[${}]/.test(schema));
	return isUsual ? [] : [...new Set(path)];
}

function listOf(text: string): string[] {
	return text
		.split(",")
		.map((part) => part.trim())
		.filter(Boolean);
}
