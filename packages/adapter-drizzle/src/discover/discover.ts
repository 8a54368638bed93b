/** Finds the Drizzle schemas of a project. */
import { dirname, posix } from "node:path";
import type {
	DiscoveryInput,
	DiscoveryResult,
	Json,
	ProjectFiles,
	Skipped,
	SourceDescriptor,
} from "@schemalign/core";
import { candidates, commonPath, globExpression, isGlob, packageFolder, setAside } from "@schemalign/sandbox";
import { type DrizzleConfig, readConfigs } from "./config.js";
import { groupFiles } from "./group.js";
import { reach } from "./reach.js";
import { CODE_FILE, CONFIG_FILE, isConfig, type ScannedFile, scanFile } from "./scan.js";

const OTHER_DIALECTS: Readonly<Record<string, string>> = {
	mysql: "MySQL",
	sqlite: "SQLite",
	turso: "SQLite",
	singlestore: "SingleStore",
	gel: "Gel",
	mssql: "SQL Server",
	cockroach: "CockroachDB",
};

/** Finds sources: one for each drizzle-kit configuration, and one for each package with a schema but none. */
export async function discover(input: DiscoveryInput): Promise<DiscoveryResult> {
	const search = new Search(input);
	await search.run();
	return { sources: search.sources, skipped: search.skipped };
}

class Search {
	readonly sources: SourceDescriptor[] = [];
	readonly skipped: Skipped[] = [];
	readonly #files: ProjectFiles;
	readonly #input: DiscoveryInput;
	readonly #manifests: ReadonlySet<string>;
	readonly #covered = new Set<string>();
	#scanned: readonly ScannedFile[] = [];

	constructor(input: DiscoveryInput) {
		this.#input = input;
		this.#files = input.files;
		this.#manifests = new Set(input.files.paths().filter((path) => /(?:^|\/)package\.json$/.test(path)));
	}

	async run(): Promise<void> {
		const { explicit, matched } = this.#input;
		const wanted = matched.filter((path) => explicit || !this.#aside(path));
		const isOne = await Promise.all(wanted.map((path) => isConfig(this.#files, path)));
		const configs = wanted.filter((_, at) => isOne[at]);
		this.#scanned = await this.#scan(wanted.filter((path, at) => CODE_FILE.test(path) && !isOne[at]));
		if (explicit && !configs.includes(explicit.path)) {
			await this.#explicitSource(explicit.path, explicit.options);
			return;
		}
		const read = await readConfigs(this.#files, configs);
		for (const { path, why } of read.failed) this.skipped.push({ path, why });
		const configured = new Map<string, string>();
		for (const config of read.configs) await this.#configSource(config, configured);
		if (!explicit) this.#unconfigured(configured);
	}

	#aside(path: string): boolean {
		const why = setAside(path);
		if (why && !path.includes("node_modules/")) this.#asideReasons.push({ path, why });
		return why !== undefined;
	}
	readonly #asideReasons: Skipped[] = [];

	async #scan(paths: readonly string[]): Promise<ScannedFile[]> {
		for (const { path, why } of this.#asideReasons) {
			if (!CODE_FILE.test(path) || CONFIG_FILE.test(path)) continue;
			const file = await scanFile(this.#files, path);
			if ("text" in file && file.declares) this.skipped.push({ path, why });
		}
		const scanned: ScannedFile[] = [];
		for (const file of await Promise.all(paths.map((path) => scanFile(this.#files, path)))) {
			if ("why" in file) this.skipped.push({ path: file.path, why: file.why });
			else if (file.dialect && !this.#input.explicit) {
				this.skipped.push({
					path: file.path,
					why: `it is a Drizzle schema for ${file.dialect}; only Postgres is read`,
				});
			} else scanned.push(file);
		}
		return scanned;
	}

	async #explicitSource(path: string, options: Readonly<Record<string, Json>>): Promise<void> {
		const parts = this.#scanned.filter((file) => file.declares || file.contributes);
		const named = this.#scanned.filter((file) => file.path === path);
		const files = (parts.length > 0 ? parts : named).map((file) => file.path);
		const paths = files.length > 0 ? files : CODE_FILE.test(path) ? [path] : [];
		if (paths.length === 0) {
			this.skipped.push({ path, why: "no Drizzle tables are declared there" });
			return;
		}
		const casing = options.casing ?? (await this.#casingAround(paths));
		this.#add(path, paths, { casing: casing ?? null }, "Drizzle schema");
	}

	/** The casing of a schema that the user names: what says it may lie outside of the path. */
	async #casingAround(paths: readonly string[]): Promise<"snake_case" | "camelCase" | undefined> {
		const outside = this.#files.paths().filter((path) => !setAside(path));
		const isOne = await Promise.all(outside.map((path) => isConfig(this.#files, path)));
		const read = await readConfigs(
			this.#files,
			outside.filter((_, at) => isOne[at]),
		);
		const config = read.configs.find((one) => this.#schemaFiles(one).some((file) => paths.includes(file)));
		if (config?.casing) return config.casing;
		const folders = new Set(paths.map((path) => packageFolder(path, this.#manifests)));
		for (const path of outside) {
			const code = CODE_FILE.test(path) && !CONFIG_FILE.test(path);
			if (!code || !folders.has(packageFolder(path, this.#manifests))) continue;
			const file = await scanFile(this.#files, path);
			if ("text" in file && file.casing) return file.casing;
		}
		return undefined;
	}

	async #configSource(config: DrizzleConfig, configured: Map<string, string>): Promise<void> {
		const other = config.dialect === undefined ? undefined : OTHER_DIALECTS[config.dialect];
		if (other) {
			this.skipped.push({
				path: config.path,
				why: `it configures Drizzle for ${other}; only Postgres is read`,
			});
			return;
		}
		const files = this.#schemaFiles(config);
		if (files.length === 0) {
			this.skipped.push({ path: config.path, why: emptyReason(config) });
			return;
		}
		if (!(await this.#isPostgres(files, config))) return;
		const declaring = new Set(this.#scanned.map((file) => file.path));
		const reached = await reach(this.#files, files, declaring);
		for (const path of reached) this.#covered.add(path);
		configured.set(packageFolder(config.path, this.#manifests), config.path);
		// A package whose schema is part of a configured one has no other.
		for (const path of reached) {
			const folder = packageFolder(path, this.#manifests);
			if (declaring.has(path) && !configured.has(folder)) configured.set(folder, config.path);
		}
		this.#introspected(config, reached);
		if (this.sources.some((source) => source.files.join("\n") === [...files].sort().join("\n"))) return;
		this.#add(commonPath(files), files, this.#optionsOf(config, files), "Drizzle schema", config.urlVariable);
	}

	#optionsOf(config: DrizzleConfig, files: readonly string[]): Record<string, Json> {
		return {
			config: config.path,
			casing: config.casing ?? this.#casingNear(files) ?? null,
			schemaFilter: config.schemaFilter,
			tablesFilter: config.tablesFilter,
		};
	}

	/** A configuration without a dialect may be for any. */
	async #isPostgres(files: readonly string[], config: DrizzleConfig): Promise<boolean> {
		if (config.dialect !== undefined) return true;
		for (const path of files) {
			const file = await scanFile(this.#files, path);
			if (!("text" in file) || !file.dialect) continue;
			this.skipped.push({
				path: config.path,
				why: `its schema is for ${file.dialect}; only Postgres is read`,
			});
			return false;
		}
		return true;
	}

	/** drizzle-kit takes paths from where it is run: the config's folder, its package's, or the root. */
	#schemaFiles(config: DrizzleConfig): string[] {
		const bases = [dirname(config.path), packageFolder(config.path, this.#manifests), "."];
		for (const base of new Set(bases)) {
			const files = config.schema.flatMap((pattern) => this.#expand(base, pattern));
			if (files.length > 0) return [...new Set(files)];
		}
		return [];
	}

	#expand(base: string, pattern: string): string[] {
		const path = pattern.startsWith("/") ? pattern.slice(1) : posix.join(base, pattern);
		const usable = (file: string): boolean => CODE_FILE.test(file) && !/\.d\.[cm]?ts$/.test(file);
		if (isGlob(path)) {
			const expression = globExpression(path);
			return this.#files.paths().filter((file) => expression.test(file) && usable(file));
		}
		const folder = path.replace(/\/$/, "");
		const direct = this.#files.paths().filter((file) => dirname(file) === folder && usable(file));
		if (direct.length > 0) return direct;
		const file = candidates(path).find((candidate) => usable(candidate) && this.#files.has(candidate));
		return file ? [file] : [];
	}

	/** What `drizzle-kit pull` wrote beside the schema is a picture of the database of its own. */
	#introspected(config: DrizzleConfig, reached: ReadonlySet<string>): void {
		if (config.out === undefined) return;
		const folder = config.out.startsWith("/")
			? config.out.slice(1)
			: posix.join(dirname(config.path), config.out);
		const pulled = this.#scanned.find((file) => file.path === `${folder}/schema.ts` && file.declares);
		if (!pulled || reached.has(pulled.path) || this.#covered.has(pulled.path)) return;
		this.#covered.add(pulled.path);
		const copy = this.#scanned.find((file) => reached.has(file.path) && file.text === pulled.text);
		if (copy) this.skipped.push({ path: pulled.path, why: `it is a copy of ${copy.path}` });
		else
			this.#add(pulled.path, [pulled.path], { config: config.path, casing: null }, "Drizzle schema (pulled)");
	}

	#unconfigured(configured: ReadonlyMap<string, string>): void {
		const left = this.#scanned.filter((file) => !this.#covered.has(file.path));
		const free: ScannedFile[] = [];
		for (const file of left) {
			const config = configured.get(packageFolder(file.path, this.#manifests));
			if (!config) free.push(file);
			else if (file.declares) {
				this.skipped.push({ path: file.path, why: `it is not part of the schema that ${config} names` });
			}
		}
		for (const group of groupFiles(
			free.filter((file) => file.declares || file.contributes),
			this.#manifests,
		)) {
			if (!group.some((file) => file.declares)) continue;
			const paths = group.map((file) => file.path);
			this.#add(commonPath(paths), paths, { casing: this.#casingNear(paths) ?? null }, "Drizzle schema");
		}
	}

	/** The casing that the program gives to `drizzle()`, in the same package. */
	#casingNear(paths: readonly string[]): "snake_case" | "camelCase" | undefined {
		const folders = new Set(paths.map((path) => packageFolder(path, this.#manifests)));
		return this.#scanned.find((file) => file.casing && folders.has(packageFolder(file.path, this.#manifests)))
			?.casing;
	}

	#add(
		path: string,
		files: readonly string[],
		options: Record<string, Json>,
		label: string,
		hint?: string,
	): void {
		let id = `drizzle:${path}`;
		for (let again = 2; this.sources.some((source) => source.id === id); again++)
			id = `drizzle:${path}#${again}`;
		this.sources.push({
			id,
			adapter: "drizzle",
			role: "model",
			path,
			files: [...files].sort(),
			label,
			options,
			...(hint === undefined ? {} : { databaseHint: hint }),
		});
	}
}

function emptyReason(config: DrizzleConfig): string {
	return config.schema.length === 0
		? "it names no schema file"
		: `no file matches its schema setting (${config.schema.join(", ")})`;
}
