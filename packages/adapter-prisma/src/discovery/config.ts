/** Where package.json and prisma.config.* say that the schema is. Both are read as text: nothing of theirs runs. */
import { posix } from "node:path";
import type { ProjectFiles } from "@schemalign/core";
import { z } from "zod";
import { environmentVariable } from "./datasource.js";

/** What a configuration says of a schema. */
export interface ConfiguredSchema {
	/** The schema's file or folder, relative to the project root. */
	readonly path: string;
	/** The configuration itself. */
	readonly by: string;
	/** Whether it names the path; else that is where Prisma looks by default. */
	readonly isNamed: boolean;
	/** The environment variable of the database's URL (Prisma 7 keeps it there). */
	readonly urlVariable?: string;
	readonly external?: External;
}

/** The tables and enums that Prisma maps but something else creates and changes (`tables.external`, `enums.external`). */
export interface External {
	/** As the configuration names them: with their schema. */
	readonly tables: readonly string[];
	readonly enums: readonly string[];
	/** The configuration. */
	readonly file: string;
}

export const CONFIG_FILE = /(?:^|\/)(?:prisma\.config\.[cm]?[jt]s|\.config\/prisma\.[cm]?[jt]s)$/;
export const PACKAGE_FILE = /(?:^|\/)package\.json$/;

const packageSchema = z.object({
	prisma: z.object({ schema: z.string() }).optional().catch(undefined),
	scripts: z.record(z.string(), z.string()).optional().catch(undefined),
});
/** Where Prisma looks when nothing names the schema (its documentation, "Schema location"). */
const DEFAULT_PLACES = ["schema.prisma", "prisma/schema.prisma", "prisma/schema", "prisma"];

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
		configured.push(...(PACKAGE_FILE.test(path) ? fromPackage(path, text) : fromConfig(path, text)));
	}
	return configured;
}

/** The `prisma.schema` property, and what a script names on Prisma's command line. */
function fromPackage(path: string, text: string): ConfiguredSchema[] {
	const folder = posix.dirname(path);
	const named = (schema: string): ConfiguredSchema => ({
		path: within(folder, schema),
		by: path,
		isNamed: true,
	});
	try {
		const { prisma, scripts } = packageSchema.parse(JSON.parse(text));
		const called = Object.values(scripts ?? {}).flatMap((script) =>
			script.includes("prisma") ? [...script.matchAll(SCHEMA_ARGUMENT)].map(([, schema = ""]) => schema) : [],
		);
		return [...(prisma ? [prisma.schema] : []), ...called].map(named);
	} catch {
		return [];
	}
}

const SCHEMA_ARGUMENT = /--schema(?:=|\s+)["']?([^\s"'$&|;]+)/g;

const SCHEMA_PROPERTY =
	/\bschema\s*:\s*(?:["'`](?<literal>[^"'`$]+)["'`]|(?:\w+\s*\.\s*)?(?:join|resolve)\s*\((?<parts>[^()]*(?:\([^()]*\)[^()]*)*)\))/;

function fromConfig(path: string, text: string): ConfiguredSchema[] {
	const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "$1");
	const groups = SCHEMA_PROPERTY.exec(code)?.groups;
	const schema = groups?.literal ?? joined(groups?.parts);
	const url = /\burl\s*:\s*([^\n]*)/.exec(code)?.[1];
	const urlVariable = url === undefined ? undefined : environmentVariable(url);
	const external = { tables: externals(code, "tables"), enums: externals(code, "enums"), file: path };
	const said = {
		by: path,
		isNamed: schema !== undefined,
		...(urlVariable ? { urlVariable } : {}),
		...(external.tables.length + external.enums.length > 0 ? { external } : {}),
	};
	const folder = posix.dirname(path).replace(/(?:^|\/)\.config$/, "") || ".";
	const places = schema === undefined ? DEFAULT_PLACES : [schema];
	return places.map((place) => ({ path: within(folder, place), ...said }));
}

/** The literal names in `tables: { external: ["auth.users"] }`. */
function externals(code: string, property: "tables" | "enums"): string[] {
	const list =
		new RegExp(`\\b${property}\\s*:\\s*\\{[^{}]*\\bexternal\\s*:\\s*\\[([^\\]]*)\\]`).exec(code)?.[1] ?? "";
	return [...list.matchAll(/["'`]([^"'`$]+)["'`]/g)].map(([, name = ""]) => name);
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
