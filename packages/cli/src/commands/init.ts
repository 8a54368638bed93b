/** `schemalign init`: a config to start from. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { analyze, count, type Report } from "@schemalign/core";
import { z } from "zod";
import { CONFIG_NAMES } from "../config/load.js";
import { type ConfigForm, configText } from "../config/template.js";
import type { Io } from "../io.js";
import { Output } from "../output.js";
import { EXIT, Problem } from "../problem.js";
import { analyzeOptions, type Found, findSources, readAll, type Session, startSession } from "../session.js";
import { folder, type GlobalOptions, withCwd } from "./options.js";

export interface InitOptions extends GlobalOptions {
	readonly force?: boolean;
	readonly output?: string;
}

/**
 * Writes a commented config for the project at `dir` from what is found there: in the language of the project, or in that of
 * the file's name where one is given.
 * @throws Problem if there is a config already.
 */
export async function init(dir: string | undefined, options: InitOptions, outer: Io): Promise<number> {
	const io = withCwd(outer, options);
	const output = new Output(io, options.quiet);
	const root = folder(io, dir ?? ".");
	const file = targetIn(root, io, options);
	const form = formOf(file, root);
	const session = await startSession(io, root, { path: undefined, config: {} });
	const found = await findSources(session);
	const report = found.sources.length === 0 ? undefined : await reportOf(session, found, options);
	const text = configText(report, { form, isInstalled: isInstalled(root) });
	const shown = relative(io.cwd, file);
	output.data(text, shown.startsWith("..") ? file : shown);
	const what = report
		? `${count(report.sources.length, "source")} in ${count(report.databases.length, "database")}`
		: "no source";
	const use = isFoundIn(root, file)
		? "`schemalign` uses it from now on."
		: `\`schemalign --config ${shown}\` uses it.`;
	output.note(`It states what was found: ${what}. ${use}`);
	return EXIT.inSync;
}

/** @throws Problem if a config is there that nothing says to replace */
function targetIn(root: string, io: Io, options: InitOptions): string {
	if (options.output === undefined) return join(root, nameFor(root, options));
	const file = resolve(io.cwd, options.output);
	if (existsSync(file) && !options.force)
		throw new Problem(`${options.output} is there already`, "Use --force to replace it.");
	const other = CONFIG_NAMES.find((name) => existsSync(join(root, name)) && join(root, name) !== file);
	if (other !== undefined && isFoundIn(root, file))
		throw new Problem(`there is a config already: ${other}`, "There can be one only: remove it first.");
	return file;
}

/** Whether a run finds the config by itself. */
function isFoundIn(root: string, file: string): boolean {
	return dirname(file) === root && CONFIG_NAMES.includes(basename(file));
}

/**
 * The name of the new config. One that is there is replaced in its own form, when that is wanted.
 * @throws Problem if there is one, and nothing says to replace it
 */
function nameFor(root: string, { force }: InitOptions): string {
	const there = CONFIG_NAMES.filter((name) => existsSync(join(root, name)));
	const [first] = there;
	if (first === undefined) return usualName(root);
	if (force && there.length === 1) return first;
	throw there.length === 1
		? new Problem(`there is a config already: ${first}`, "Use --force to replace it.")
		: new Problem(
				`there are several configs: ${there.join(", ")}`,
				"There can be one only: remove the others.",
			);
}

const manifestSchema = z.object({
	type: z.string().optional().catch(undefined),
	dependencies: z.record(z.string(), z.unknown()).optional().catch(undefined),
	devDependencies: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/** TypeScript where the project has it, a module where it is JavaScript, YAML where it is neither. */
function usualName(root: string): string {
	const manifest = manifestOf(root);
	const dependencies = { ...manifest?.dependencies, ...manifest?.devDependencies };
	if (Object.hasOwn(dependencies, "typescript") || existsSync(join(root, "tsconfig.json")))
		return "schemalign.config.ts";
	return manifest ? "schemalign.config.mjs" : "schemalign.config.yaml";
}

function manifestOf(root: string): z.infer<typeof manifestSchema> | undefined {
	try {
		return manifestSchema.safeParse(JSON.parse(readFileSync(join(root, "package.json"), "utf8"))).data ?? {};
	} catch {
		return existsSync(join(root, "package.json")) ? {} : undefined;
	}
}

/** @throws Problem for a name that no config can have */
function formOf(file: string, root: string): ConfigForm {
	const extension = extname(file).toLowerCase();
	switch (extension) {
		case ".json":
			return "json";
		case ".yaml":
		case ".yml":
			return "yaml";
		case ".cjs":
			return "commonjs";
		case ".js":
			return manifestOf(root)?.type === "module" ? "module" : "commonjs";
		case ".ts":
		case ".mts":
		case ".mjs":
			return "module";
		default:
			throw new Problem(
				`${basename(file)} cannot be a config`,
				"Its name ends in .ts, .mts, .js, .mjs, .cjs, .json, .yaml or .yml.",
			);
	}
}

/** Whether an import of `schemalign` resolves from the project. */
function isInstalled(root: string): boolean {
	for (let at = root; ; at = dirname(at)) {
		if (existsSync(join(at, "node_modules", "schemalign", "package.json"))) return true;
		if (dirname(at) === at) return false;
	}
}

async function reportOf(session: Session, found: Found, options: InitOptions): Promise<Report> {
	const [snapshots, analysis] = await Promise.all([
		readAll(session, found.project, found.sources, options),
		analyzeOptions(session, found, found.sources),
	]);
	return analyze(snapshots, analysis);
}
