/** drizzle-kit's configuration files, evaluated in the sandbox as the code that they are. */
import { posix } from "node:path";
import type { ProjectFiles } from "@schemalign/core";
import { loadGraph, runSandbox, unknownPart, VIRTUAL_ROOT } from "@schemalign/sandbox";
import { z } from "zod";
import { DRIZZLE_MODULES, drizzleJob } from "../evaluate.js";

const list = z
	.union([z.string(), z.array(z.string())])
	.optional()
	.catch(undefined);
const configSchema = z.object({
	schema: list,
	out: z.string().optional().catch(undefined),
	dialect: z.string().optional().catch(undefined),
	/** Before 0.21 the driver told the dialect. */
	driver: z.string().optional().catch(undefined),
	casing: z.enum(["snake_case", "camelCase"]).optional().catch(undefined),
	schemaFilter: list,
	tablesFilter: list,
});

export interface DrizzleConfig {
	readonly path: string;
	/** Paths and globs as written, without a leading virtual root. */
	readonly schema: readonly string[];
	readonly out?: string;
	/** `undefined`: it does not say. */
	readonly dialect?: string;
	readonly casing?: "snake_case" | "camelCase";
	readonly schemaFilter: readonly string[];
	readonly tablesFilter: readonly string[];
	/** The environment variable that holds the database's URL. */
	readonly urlVariable?: string;
}

/** Reads configuration files; those that give nothing tell why. */
export async function readConfigs(
	files: ProjectFiles,
	paths: readonly string[],
): Promise<{ configs: DrizzleConfig[]; failed: { path: string; why: string }[] }> {
	if (paths.length === 0) return { configs: [], failed: [] };
	const values = await evaluateConfigs(files, paths);
	const configs: DrizzleConfig[] = [];
	const failed: { path: string; why: string }[] = [];
	for (const path of paths) {
		const text = await files.read(path).catch(() => "");
		const parsed = configSchema.safeParse(values.get(path) ?? literalConfig(text));
		if (parsed.success) configs.push(describe(path, parsed.data, text));
		else failed.push({ path, why: "it cannot be evaluated" });
	}
	return { configs, failed };
}

async function evaluateConfigs(
	files: ProjectFiles,
	paths: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
	const graph = await loadGraph(files, paths, DRIZZLE_MODULES);
	const outcome = await runSandbox(drizzleJob(graph, { mode: "config", casing: null }));
	if ("failure" in outcome) return new Map();
	return new Map(
		outcome.answer.found.configs
			.filter(({ value }) => value !== null && value !== undefined)
			.map(({ module, value }) => [graph.path(module), value]),
	);
}

/** What literal settings of a configuration that cannot be evaluated still tell. */
function literalConfig(text: string): unknown {
	const one = (key: string): string | undefined =>
		new RegExp(`\\b${key}\\s*:\\s*["'\`]([^"'\`\\n]+)["'\`]`).exec(text)?.[1];
	const many = /\bschema\s*:\s*\[([^\]]*)\]/.exec(text)?.[1];
	const schema = many ? [...many.matchAll(/["'`]([^"'`]+)["'`]/g)].map((match) => match[1]) : one("schema");
	return schema === undefined
		? undefined
		: { schema, out: one("out"), dialect: one("dialect"), driver: one("driver"), casing: one("casing") };
}

function describe(path: string, config: z.infer<typeof configSchema>, text: string): DrizzleConfig {
	const dialect =
		config.dialect ?? (config.driver === undefined ? undefined : dialectOfDriver(config.driver));
	const urlVariable = variableIn(text);
	return {
		path,
		schema: known(config.schema),
		schemaFilter: known(config.schemaFilter),
		tablesFilter: known(config.tablesFilter),
		...(config.out === undefined || unknownPart(config.out) ? {} : { out: local(config.out) }),
		...(dialect === undefined || unknownPart(dialect) ? {} : { dialect }),
		...(config.casing === undefined ? {} : { casing: config.casing }),
		...(urlVariable === undefined ? {} : { urlVariable }),
	};
}

function dialectOfDriver(driver: string): string | undefined {
	if (/^(?:pg|pglite|aws-data-api|neon)/.test(driver)) return "postgresql";
	if (/mysql/.test(driver)) return "mysql";
	return /sqlite|d1|turso|libsql|expo/.test(driver) ? "sqlite" : undefined;
}

function known(value: string | string[] | undefined): string[] {
	const texts = value === undefined ? [] : [value].flat();
	return texts.filter((text) => !unknownPart(text)).map(local);
}

/** Paths that were made absolute by the config are below the virtual root. */
function local(path: string): string {
	const inside = path.startsWith(`${VIRTUAL_ROOT}/`) ? `/${path.slice(VIRTUAL_ROOT.length + 1)}` : path;
	return inside.startsWith("/") ? inside : posix.normalize(inside);
}

/** The variable's name only: the value is nobody's business. */
function variableIn(text: string): string | undefined {
	const near = /\b(?:url|connectionString)\s*:\s*([^\n]*(?:\n[^\n]*)?)/.exec(text)?.[1] ?? "";
	return /\benv\s*(?:\.|\[["'])\s*([A-Z][A-Z0-9_]+)/.exec(near)?.[1];
}
