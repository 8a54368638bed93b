/** Finds the TypeORM entities of a project. */
import { dirname, posix } from "node:path";
import type {
	DiscoveryInput,
	DiscoveryResult,
	Json,
	ProjectFiles,
	Skipped,
	SourceDescriptor,
} from "@schemalign/core";
import { candidates, commonPath, globExpression, packageFolder, setAside } from "@schemalign/sandbox";
import { otherDialect } from "../dialects.js";
import { distanceOf, type Group, groupByPackage } from "./group.js";
import type { DataSourceOptions } from "./options.js";
import { OTHER_TYPES, otherDatabase, type PackageInfo, packagesOf } from "./packages.js";
import { CODE_FILE, type ScannedFile, scanFile } from "./scan.js";

/** Finds sources: one for each database that a package connects to. */
export async function discover(input: DiscoveryInput): Promise<DiscoveryResult> {
	const search = new Search(input);
	await search.run();
	return { sources: search.sources, skipped: search.skipped };
}

/** Why the entities of a file are none of the project's Postgres database, if they are not. */
function asideFor(path: string): string | undefined {
	const dialect = otherDialect(path)?.dialect;
	return setAside(path) ?? (dialect && `its folder says that it is for ${dialect}; only Postgres is read`);
}

class Search {
	readonly sources: SourceDescriptor[] = [];
	readonly skipped: Skipped[] = [];
	readonly #files: ProjectFiles;
	readonly #input: DiscoveryInput;
	#packages: ReadonlyMap<string, PackageInfo> = new Map();
	#manifests: ReadonlySet<string> = new Set();
	#connections: readonly DataSourceOptions[] = [];

	constructor(input: DiscoveryInput) {
		this.#input = input;
		this.#files = input.files;
	}

	async run(): Promise<void> {
		const { explicit, matched } = this.#input;
		const code = matched.filter((path) => CODE_FILE.test(path) && !/\.d\.[cm]?ts$/.test(path));
		const scanned = await this.#scan(explicit ? code : code.filter((path) => asideFor(path) === undefined));
		const around = explicit ? await this.#scan(await this.#neighbours(code)) : [];
		const declaring = this.#declaring(scanned, [...scanned, ...around]);
		if (!explicit) await this.#tellAside(code.filter((path) => asideFor(path) !== undefined));
		if (declaring.length === 0) {
			if (explicit) this.skipped.push({ path: explicit.path, why: "no TypeORM entities are declared there" });
			return;
		}
		this.#packages = await packagesOf(this.#files);
		this.#manifests = new Set(
			[...this.#packages.keys()].map((folder) => `${folder === "." ? "" : `${folder}/`}package.json`),
		);
		// The parser is loaded only where there is something to read.
		const { dataSourcesIn } = await import("./options.js");
		const broken = "it does not parse, so what it says of the data source is not known";
		this.#connections = [...scanned, ...around].flatMap((file) => {
			const found = dataSourcesIn(file);
			if (!found && !declaring.includes(file.path)) this.skipped.push({ path: file.path, why: broken });
			return found ?? [];
		});
		if (explicit) await this.#explicitSource(explicit.path, explicit.options, declaring);
		else for (const group of this.#groups(declaring)) await this.#group(group);
	}

	/** Where the user names a path, data sources may lie outside of it. */
	async #neighbours(code: readonly string[]): Promise<string[]> {
		const inside = new Set(code);
		return this.#files
			.paths()
			.filter(
				(path) =>
					CODE_FILE.test(path) &&
					!inside.has(path) &&
					!setAside(path) &&
					/data-?source|orm|database|db\b|config|app\.module/i.test(path),
			);
	}

	async #scan(paths: readonly string[]): Promise<ScannedFile[]> {
		const scanned: ScannedFile[] = [];
		for (const file of await Promise.all(paths.map((path) => scanFile(this.#files, path)))) {
			if ("text" in file) scanned.push(file);
			else this.skipped.push(file);
		}
		return scanned;
	}

	#declaring(scanned: readonly ScannedFile[], known: readonly ScannedFile[]): string[] {
		const wrappers = new Set(known.flatMap((file) => file.wrappers));
		return scanned
			.filter((file) => file.declares || file.others.some((name) => wrappers.has(name)))
			.map((file) => file.path);
	}

	async #tellAside(paths: readonly string[]): Promise<void> {
		for (const path of paths) {
			if (path.includes("node_modules/")) continue;
			const file = await scanFile(this.#files, path);
			if ("text" in file && file.declares) this.skipped.push({ path, why: asideFor(path) ?? "" });
		}
	}

	#groups(files: readonly string[]): Group[] {
		const folderOf = (path: string): string => packageFolder(path, this.#manifests);
		const connected = new Set(this.#connections.filter(isPossible).map(({ path }) => folderOf(path)));
		return groupByPackage(files, this.#packages, connected);
	}

	async #group(group: Group): Promise<void> {
		const connections = this.#connectionsOf(group);
		const possible = connections.filter(isPossible);
		const other = this.#otherOf(connections, possible, group);
		if (other !== undefined) {
			const why = `its TypeORM entities are for ${other}; only Postgres is read`;
			this.skipped.push({ path: commonPath(group.files), why });
			return;
		}
		const own = possible.filter(({ path }) => group.folders.includes(packageFolder(path, this.#manifests)));
		for (const part of this.#parts(group.files, own.length > 0 ? own : possible))
			await this.#add(part.files, part.alone ? part.connections : possible, {});
	}

	/** The data sources of a group's packages, then those of packages that they use or are used by; else all. */
	#connectionsOf({ folders }: Group): readonly DataSourceOptions[] {
		const near = (path: string): number =>
			distanceOf(packageFolder(path, this.#manifests), folders, this.#packages);
		const ranked = this.#connections
			.map((one) => ({ one, rank: near(one.path) }))
			.filter(({ rank }) => rank < 2)
			.sort((a, b) => a.rank - b.rank)
			.map(({ one }) => one);
		return ranked.length > 0 ? ranked : this.#connections;
	}

	#otherOf(
		connections: readonly DataSourceOptions[],
		possible: readonly DataSourceOptions[],
		{ folders }: Group,
	): string | undefined {
		const [first] = connections;
		if (first && possible.length === 0) return OTHER_TYPES[first.type ?? ""];
		if (possible.some(({ type }) => type === "postgres")) return undefined;
		const packages = [...folders, "."].flatMap((folder) => this.#packages.get(folder) ?? []);
		return otherDatabase(packages) === undefined ? undefined : otherDatabase([...this.#packages.values()]);
	}

	/** Data sources of which each names files of its own are databases of their own. */
	#parts(
		files: readonly string[],
		connections: readonly DataSourceOptions[],
	): { files: readonly string[]; connections: readonly DataSourceOptions[]; alone: boolean }[] {
		const whole = [{ files, connections, alone: false }];
		const parts = connections.map((one) => ({
			files: this.#filesOf(one, files),
			connections: [one],
			alone: true,
		}));
		const seen = new Set<string>();
		for (const part of parts) {
			if (part.files.length === 0 || part.files.some((file) => seen.has(file))) return whole;
			for (const file of part.files) seen.add(file);
		}
		return parts.length > 1 && files.every((file) => seen.has(file)) ? parts : whole;
	}

	/** The entity files that a data source names; all, where its text does not tell. */
	#filesOf({ entities, classes }: DataSourceOptions, files: readonly string[]): readonly string[] {
		if (entities === undefined || classes === undefined || classes.length > 0) return files;
		const patterns = entities.map(patternOf);
		return files.filter((file) => {
			const plain = file.replace(/\.[cm]?[jt]s$/, "");
			return patterns.some((pattern) => pattern.test(plain));
		});
	}

	async #explicitSource(
		path: string,
		options: Readonly<Record<string, Json>>,
		files: readonly string[],
	): Promise<void> {
		const near = this.#connections.filter(isPossible);
		const folders = new Set(files.map((file) => packageFolder(file, this.#manifests)));
		const own = near.filter((one) => folders.has(packageFolder(one.path, this.#manifests)));
		await this.#add(files, own.length > 0 ? own : near, options, path);
	}

	async #add(
		files: readonly string[],
		connections: readonly DataSourceOptions[],
		given: Readonly<Record<string, Json>>,
		named?: string,
	): Promise<void> {
		const path = named ?? commonPath(files);
		// A data source that says Postgres knows better than one for several databases.
		const ranked = [...connections].sort(
			(a, b) => Number(b.type === "postgres") - Number(a.type === "postgres"),
		);
		const first = <K extends keyof DataSourceOptions>(key: K): DataSourceOptions[K] | undefined =>
			ranked.find((one) => one[key] !== undefined)?.[key];
		const strategy = ranked.find((one) => one.strategy !== undefined);
		this.sources.push({
			id: `typeorm:${path}`,
			adapter: "typeorm",
			role: "model",
			path,
			files: [...files],
			label: "TypeORM entities",
			options: {
				schema: first("schema") ?? null,
				entityPrefix: first("entityPrefix") ?? null,
				uuidExtension: first("uuidExtension") ?? null,
				...(strategy ? await this.#strategy(strategy) : {}),
				...given,
			},
		});
	}

	async #strategy({ path, strategy }: DataSourceOptions): Promise<Record<string, Json>> {
		if (!strategy || strategy.name === "DefaultNamingStrategy") return {};
		if (strategy.from === ".") return { strategy: strategy.name, strategyFile: path };
		const file = this.#resolve(path, strategy.from);
		return {
			strategy: strategy.name,
			...(file === undefined ? { strategyPackage: strategy.from } : { strategyFile: file }),
		};
	}

	#resolve(from: string, specifier: string): string | undefined {
		const known = (path: string): string | undefined =>
			candidates(path).find((candidate) => CODE_FILE.test(candidate) && this.#files.has(candidate));
		if (specifier.startsWith(".")) return known(posix.join(dirname(from), specifier));
		const tail = specifier.replace(/^(?:@[^/]*|[~#$]\w*|[^/]+)\//, "");
		const folder = packageFolder(from, this.#manifests);
		return known(specifier) ?? known(posix.join(folder, specifier)) ?? known(posix.join(folder, "src", tail));
	}
}

/** It is, or may be, Postgres. */
function isPossible({ type }: DataSourceOptions): boolean {
	return type === undefined || !Object.hasOwn(OTHER_TYPES, type);
}

/** A glob of compiled or source files, matched from wherever its first folder is; without the extension. */
function patternOf(text: string): RegExp {
	const plain = text
		.replaceAll("\\", "/")
		.replace(/(?:\{[^}]*[jt]s[^}]*\}|\.?\*?\.?[cm]?[jt]s)$/, "")
		.replace(/^(?:\.{0,2}\/)+/, "")
		.replace(/\/(?:\.{1,2}\/)+/g, "/")
		.replace(/^(?:dist|build)\//, "")
		.replace(/\/{2,}/g, "/")
		.replace(/\.$/, "");
	return globExpression(plain.startsWith("**/") ? plain : `**/${plain}`);
}
