/** What a file is, by its text alone: fast, and wrong at most about files that declare nothing. */
import { FileProblem, type ProjectFiles } from "@schemalign/core";

export const CONFIG_FILE = /(?:^|\/)drizzle[\w.-]*config[\w.-]*\.(?:[cm]?[jt]s|json)$/;
/** Configurations of other names, as `--config` takes them; what they are shows in their text. */
export const OTHER_CONFIG_FILE = /(?:^|\/)[\w.-]*config[\w.-]*\.[cm]?[jt]s$/;
export const CODE_FILE = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Other databases that Drizzle has schemas for. */
const DIALECTS = [
	["drizzle-orm/mysql-core", "MySQL"],
	["drizzle-orm/sqlite-core", "SQLite"],
	["drizzle-orm/singlestore-core", "SingleStore"],
	["drizzle-orm/gel-core", "Gel"],
	["drizzle-orm/mssql-core", "SQL Server"],
	["drizzle-orm/cockroach-core", "CockroachDB"],
] as const;

// `createTable` is what people call their creator; `queryInterface.createTable` is another tool's.
const TABLE_CALL = /(?:\b(?:pgTable|pgTableCreator|pgSchema)|(?<![.\w])createTable)\s*(?:<[^()]*>)?\(/;
const OTHER_CALL = /\b(?:pgEnum|pgView|pgMaterializedView|pgSequence|pgPolicy)\s*\(/;
/** A table factory of another name, called with a name and columns. */
const ANY_FACTORY = /^\s*export\s+const\s+\w+\s*=\s*[\w.]+\s*\(\s*["'`][^"'`\n]+["'`]\s*,\s*(?:\{|\()/m;
const CASING = /\bcasing\s*:\s*["'](snake_case|camelCase)["']/;
const TABLE_NAME = /(?:\bpgTable|(?<![.\w])createTable)\s*(?:<[^()]*>)?\(\s*["'`]([^"'`\n]+)["'`]/g;

export interface ScannedFile {
	readonly path: string;
	readonly text: string;
	/** It declares tables of a Postgres schema. */
	readonly declares: boolean;
	/** It may hold parts of one: enums, views, tables made by a factory of another name. */
	readonly contributes: boolean;
	/** The other database that it is a schema for. */
	readonly dialect?: string;
	readonly casing?: "snake_case" | "camelCase";
}

/** Reads and classifies a file; one that cannot be read tells why. */
export async function scanFile(
	files: ProjectFiles,
	path: string,
): Promise<ScannedFile | { readonly path: string; readonly why: string }> {
	try {
		return classify(path, await files.read(path));
	} catch (error) {
		return { path, why: error instanceof FileProblem ? error.message : "it cannot be read" };
	}
}

function classify(path: string, text: string): ScannedFile {
	const pg = text.includes("drizzle-orm/pg-core");
	// drizzle-kit takes what is exported: a script with tables of its own declares nothing.
	const exports = /\bexport\b|\bexports\b/.test(text);
	const dialect = pg ? undefined : DIALECTS.find(([marker]) => text.includes(marker))?.[1];
	const drizzle = pg || (!dialect && /from\s+["'][./@~#]/.test(text));
	const casing = casingIn(text);
	return {
		path,
		text,
		declares:
			exports &&
			drizzle &&
			TABLE_CALL.test(text) &&
			(pg || /\bpgTable\b|(?<![.\w])createTable\s*\(\s*["'`]/.test(text)),
		contributes: exports && pg && (TABLE_CALL.test(text) || OTHER_CALL.test(text) || ANY_FACTORY.test(text)),
		...(dialect ? { dialect } : {}),
		...(casing ? { casing } : {}),
	};
}

function casingIn(text: string): "snake_case" | "camelCase" | undefined {
	const found = CASING.exec(text)?.[1];
	return found === "snake_case" || found === "camelCase" ? found : undefined;
}

/** Whether the file is a configuration of drizzle-kit: by its name, or as one of another name that takes its type. */
export async function isConfig(files: ProjectFiles, path: string): Promise<boolean> {
	if (CONFIG_FILE.test(path)) return true;
	if (!OTHER_CONFIG_FILE.test(path)) return false;
	const text = await files.read(path).catch(() => "");
	return /(?:\bfrom|\brequire\()\s*["']drizzle-kit["']/.test(text) && /\bschema\b/.test(text);
}

/** The literal names of the tables that a text declares. */
export function tableNames(text: string): string[] {
	return [...text.matchAll(TABLE_NAME)].map((match) => match[1] ?? "");
}
