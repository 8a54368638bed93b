/** Finds, loads and checks the config. */
import { readFileSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { parseJson } from "../json-text.js";
import { messageOf, Problem } from "../problem.js";
import { describeIssues } from "./problems.js";
import { type CheckedConfig, configSchema } from "./schema.js";

const EXTENSIONS = ["ts", "mts", "js", "mjs", "cjs", "json", "yaml", "yml"] as const;

/** The names under which a config is found. */
export const CONFIG_NAMES: readonly string[] = EXTENSIONS.map(
	(extension) => `schemalign.config.${extension}`,
);

export interface LoadedConfig {
	/** Relative to the root where it lies in it; `undefined`: there is none. */
	readonly path: string | undefined;
	readonly config: CheckedConfig;
}

/**
 * Loads the config that `explicit` names (relative to `cwd`), or the one in `root`, or none.
 * @throws Problem if it cannot be loaded, is not valid, or there are several.
 */
export async function loadConfig(root: string, cwd: string, explicit?: string): Promise<LoadedConfig> {
	const file = explicit === undefined ? findConfig(root) : resolve(cwd, explicit);
	if (file === undefined) return { path: undefined, config: {} };
	const name = displayName(root, file);
	if (!isFile(file)) throw new Problem(`there is no config file ${name}`);
	return { path: name, config: checkConfig(name, await loadValue(root, file, name)) };
}

/**
 * Checks a config's value.
 * @throws Problem that lists every wrong key.
 */
function checkConfig(name: string, value: unknown): CheckedConfig {
	const result = configSchema.safeParse(value ?? {});
	if (result.success) return result.data;
	const lines = describeIssues(result.error).map((line) => `  ${line}`);
	throw new Problem(
		`${name} is not a valid config:\n${lines.join("\n")}`,
		"docs/config.md describes every key.",
	);
}

function findConfig(root: string): string | undefined {
	const found = CONFIG_NAMES.filter((name) => isFile(join(root, name)));
	if (found.length > 1) {
		throw new Problem(
			`there are several configs: ${found.join(", ")}`,
			"Keep one, or choose one with --config.",
		);
	}
	return found[0] === undefined ? undefined : join(root, found[0]);
}

function isFile(path: string): boolean {
	try {
		return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
	} catch {
		return false;
	}
}

function displayName(root: string, file: string): string {
	const path = relative(root, file);
	return path.startsWith("..") || isAbsolute(path) ? file : path;
}

async function loadValue(root: string, file: string, name: string): Promise<unknown> {
	try {
		if (/\.json$/i.test(file)) return parseJson(readText(file));
		if (/\.ya?ml$/i.test(file)) return await parseYaml(readText(file));
		return await loadModule(root, file);
	} catch (error) {
		throw new Problem(
			`${name} could not be loaded: ${messageOf(error)
				.trim()
				.replace(/\n{2,}/g, "\n")}`,
		);
	}
}

function readText(file: string): string {
	return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
}

async function parseYaml(text: string): Promise<unknown> {
	const { parse } = await import("yaml");
	return parse(text, { prettyErrors: true });
}

/** Runs the user's module. It may import `schemalign` although that is not installed in the project. */
async function loadModule(root: string, file: string): Promise<unknown> {
	const [{ createJiti }, own] = await Promise.all([import("jiti"), import("../index.js")]);
	const jiti = createJiti(join(root, "schemalign.js"), {
		virtualModules: { schemalign: own },
		moduleCache: false,
		fsCache: false,
	});
	const exported: unknown = await jiti.import(file, { default: true });
	return typeof exported === "function" ? exported() : exported;
}
