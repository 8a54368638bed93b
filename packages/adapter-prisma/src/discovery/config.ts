/** Where package.json and prisma.config.* say that the schema is. Both are read as text: nothing of theirs runs. */
import { posix } from "node:path";
import type { ProjectFiles } from "@schemalign/core";
import { z } from "zod";
import { environmentVariable } from "./datasource.js";

/** The schema's place as a configuration gives it. */
export interface ConfiguredSchema {
	/** A file or folder, relative to the project root. */
	readonly path: string;
	/** The environment variable of the database's URL (Prisma 7 keeps it there). */
	readonly urlVariable?: string;
}

export const CONFIG_FILE = /(?:^|\/)(?:prisma\.config\.[cm]?[jt]s|\.config\/prisma\.[cm]?[jt]s)$/;
export const PACKAGE_FILE = /(?:^|\/)package\.json$/;

const packageSchema = z.object({ prisma: z.object({ schema: z.string() }) });

/** Reads the configurations among `paths`; those that cannot be read or say nothing are left out. */
export async function configuredSchemas(
	files: ProjectFiles,
	paths: readonly string[],
): Promise<ConfiguredSchema[]> {
	const configured: ConfiguredSchema[] = [];
	for (const path of paths) {
		if (!PACKAGE_FILE.test(path) && !CONFIG_FILE.test(path)) continue;
		const text = await files.read(path).catch(() => undefined);
		if (text === undefined) continue;
		const found = PACKAGE_FILE.test(path) ? fromPackage(path, text) : fromConfig(path, text);
		if (found) configured.push(found);
	}
	return configured;
}

function fromPackage(path: string, text: string): ConfiguredSchema | undefined {
	try {
		const { prisma } = packageSchema.parse(JSON.parse(text));
		return { path: within(posix.dirname(path), prisma.schema) };
	} catch {
		return undefined;
	}
}

const SCHEMA_PROPERTY =
	/\bschema\s*:\s*(?:["'`](?<literal>[^"'`$]+)["'`]|(?:\w+\s*\.\s*)?(?:join|resolve)\s*\((?<parts>[^()]*(?:\([^()]*\)[^()]*)*)\))/;

function fromConfig(path: string, text: string): ConfiguredSchema | undefined {
	const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "$1");
	const groups = SCHEMA_PROPERTY.exec(code)?.groups;
	const schema = groups?.literal ?? joined(groups?.parts);
	if (schema === undefined) return undefined;
	const url = /\burl\s*:\s*([^\n]*)/.exec(code)?.[1];
	const urlVariable = url === undefined ? undefined : environmentVariable(url);
	return { path: within(posix.dirname(path), schema), ...(urlVariable ? { urlVariable } : {}) };
}

/** The path that `join(__dirname, "prisma", "schema.prisma")` gives, if all its parts are literal. */
function joined(parts: string | undefined): string | undefined {
	if (parts === undefined) return undefined;
	const list = parts
		.split(",")
		.map((part) => part.trim())
		.filter((part) => part !== "");
	if (/^(?:__dirname|import\.meta\.dirname|process\.cwd\(\))$/.test(list[0] ?? "")) list.shift();
	const literals = list.map((part) => /^["'`]([^"'`$]+)["'`]$/.exec(part)?.[1]);
	const known = literals.filter((literal) => literal !== undefined);
	return known.length === literals.length && known.length > 0 ? posix.join(...known) : undefined;
}

function within(folder: string, path: string): string {
	return posix.join(folder, path).replace(/\/$/, "");
}
