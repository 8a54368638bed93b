/** The extensions that the embedded Postgres can have: its own contrib modules, pgvector and PostGIS. */
import { createRequire } from "node:module";
import type { Extensions } from "@electric-sql/pglite";
import { z } from "zod";

/** Those that are part of every server. */
const BUILT_IN = new Set(["plpgsql"]);
/** Those that have a package of their own. */
const PACKAGES: Readonly<Record<string, string>> = {
	vector: "@electric-sql/pglite-pgvector",
	postgis: "@electric-sql/pglite-postgis",
};
const PLAIN_NAME = /^[a-z][a-z0-9_]*$/;

const require = createRequire(import.meta.url);

function moduleOf(extension: string): string | undefined {
	const own = PACKAGES[extension];
	if (own !== undefined) return own;
	const name = extension.replaceAll("-", "_");
	return PLAIN_NAME.test(name) ? `@electric-sql/pglite/contrib/${name}` : undefined;
}

/** Whether a server that is started with the extension has it. */
export function isAvailable(extension: string): boolean {
	if (BUILT_IN.has(extension)) return true;
	const module = moduleOf(extension);
	if (module === undefined) return false;
	try {
		require.resolve(module);
		return true;
	} catch {
		return false;
	}
}

const extensionSchema = z.custom<Extensions[string]>(
	(value) => typeof value === "object" && value !== null && "setup" in value,
);

/** The modules of the named extensions, as PGlite takes them; those that are not there are left out. */
export async function loadExtensions(names: readonly string[]): Promise<Extensions> {
	const loaded: Extensions = {};
	for (const name of names) {
		const module = moduleOf(name);
		if (module === undefined || !isAvailable(name) || BUILT_IN.has(name)) continue;
		const exported: unknown = await import(module);
		const found = Object.values(z.record(z.string(), z.unknown()).parse({ ...asRecord(exported) })).find(
			(value) => extensionSchema.safeParse(value).success,
		);
		if (found !== undefined) loaded[name.replaceAll("-", "_")] = extensionSchema.parse(found);
	}
	return loaded;
}

function asRecord(value: unknown): object {
	return typeof value === "object" && value !== null ? value : {};
}
