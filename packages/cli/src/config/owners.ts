/** The config's `owners`, with their globs resolved. */
import type { DeclaredOwner } from "@schemalign/core";
import type { FoundSource } from "../discovery/discover.js";
import { tableMatcher } from "../globs.js";
import { mostSimilar } from "../similar.js";
import type { CheckedConfig } from "./schema.js";

/** @param resolve the ids of the sources that a name, id, path or glob fits; `where` is its place in the config */
export function declaredOwners(
	config: CheckedConfig,
	sources: readonly FoundSource[],
	resolve: (sources: readonly FoundSource[], glob: string, where: string) => string[],
): DeclaredOwner[] {
	return Object.entries(config.owners ?? {}).map(([name, owner]) => ({
		name,
		sources: owner.sources.flatMap((glob, at) => resolve(sources, glob, `owners.${name}.sources[${at}]`)),
		ownsTable: tableMatcher(owner.tables),
	}));
}

/** A remark for every glob of tables that no table fits. */
export function idleTableGlobs(config: CheckedConfig, tables: readonly string[]): string[] {
	const plain = tables.map((table) => table.slice(table.indexOf(".") + 1));
	return Object.entries(config.owners ?? {}).flatMap(([name, owner]) =>
		owner.tables.flatMap((glob, at) => {
			if (tables.some(tableMatcher([glob]))) return [];
			const near = mostSimilar(glob, glob.includes(".") ? tables : plain);
			return `owners.${name}.tables[${at}]: no table fits ${JSON.stringify(glob)}${near ? ` (did you mean "${near}"?)` : ""}`;
		}),
	);
}
