/** The config's types, for people who write one. */
import type { Adapter, Json, Role, Severity } from "@schemalign/core";

/** One place where a schema is written down, named by hand. */
export interface SourceConfig {
	/** The file or folder, relative to the project root. It may be ignored by git. */
	path: string;
	/**
	 * The adapter that reads it: `sql`, `prisma`, `drizzle`, `python`, `snapshot`, or that of a third party.
	 * Omitted: the one that recognises the files.
	 */
	adapter?: string | undefined;
	/**
	 * What the source is to the database: `database` (its picture, such as a production dump), `definition` (what
	 * creates it), `model` (an ORM's view), `usage`. Omitted: what the adapter says.
	 */
	role?: Role | undefined;
	/** What reports call the source, and how the rest of the config refers to it. Omitted: `<adapter>:<path>`. */
	name?: string | undefined;
	/** The source maps every table of its database: a table that it lacks is then a finding. */
	complete?: boolean | undefined;
	/** Replay the definition in an embedded Postgres, or not; omitted: as `exact` of the config and `--exact` say. */
	exact?: boolean | undefined;
	/** Passed to the adapter; see the adapter's documentation. */
	options?: Record<string, Json> | undefined;
}

/** The value of an environment variable when the tool runs. In JSON and YAML: `{ "env": "PROD_DATABASE_URL" }`. */
export interface EnvironmentReference {
	env: string;
}

/** Refers to an environment variable, so that no password stands in the config: `env("PROD_DATABASE_URL")`. */
export function env(name: string): EnvironmentReference {
	return { env: name };
}

/** How much of a live database's time and rows questions may take. */
export interface ProbeConfig {
	/** About how many rows of a large table are read for a question. Default: 10000. */
	sample?: number | undefined;
	/** A table of up to so many megabytes is read whole. Default: 32. */
	whole?: number | undefined;
	/** Seconds for one question. Default: 5. */
	timeout?: number | undefined;
	/** Seconds for all questions. Default: 60. */
	budget?: number | undefined;
}

/** A database: a live one, which is a source of the entry's name, or one that several sources describe, or both. */
export interface DatabaseConfig {
	/** A live database to read: its connection string, or the variable that holds it. */
	url?: string | EnvironmentReference | undefined;
	/**
	 * Ask the live database about its rows where sources disagree: NULLs, duplicates, values that fit another type. Counts only,
	 * read-only and bounded. Default: `false`; `--probe` and `--no-probe` go before it.
	 */
	probe?: boolean | ProbeConfig | undefined;
	/** The sources that belong to it: names, ids, paths or globs over them. With `url`, the live one is one of them. */
	sources?: string[] | undefined;
	/** The source that holds the truth: its name, id or path. */
	authority?: string | undefined;
}

/** Findings that are not reported: those that fit every key that is there. At least one of them but `reason` must be. */
export interface IgnoreConfig {
	/** A finding's code, or a glob over codes: `index-missing`, `*-equivalent`. */
	code?: string | undefined;
	/** A glob of tables: `legacy_*`, `audit.*`. Without a dot, a name in any schema. */
	table?: string | undefined;
	/** A glob of columns. */
	column?: string | undefined;
	/** A source that deviates: its name, id, path, or a glob over ids and paths. */
	source?: string | undefined;
	/** Why; reports show it. */
	reason?: string | undefined;
}

/** Who owns tables: models of others that map one of them are findings. */
export interface OwnerConfig {
	/** The owner's own sources: names, ids, paths or globs over them. */
	sources: string[];
	/** Globs of its tables. Without a dot, a name in any schema. */
	tables: string[];
}

/** What `schemalign.config.*` holds. Every key is optional. */
export interface SchemalignConfig {
	/** For editors: the address of the JSON Schema. */
	$schema?: string | undefined;
	/** Sources that discovery does not find, or about which it should know more. They add to what is found. */
	sources?: (string | SourceConfig)[] | undefined;
	/** Replay every definition in an embedded Postgres (`--exact`): slower, and sees what only execution shows. */
	exact?: boolean | undefined;
	/** `false`: only the listed sources count; nothing is searched for. Default: `true`. */
	discover?: boolean | undefined;
	/** Globs of paths that discovery leaves out: `["legacy/**", "docs"]`. */
	exclude?: string[] | undefined;
	/** Live databases to read; and which sources describe which database, where that is not to be worked out from their tables. */
	databases?: Record<string, DatabaseConfig> | undefined;
	/**
	 * What is left out: globs of tables that are not compared, and rules for findings that are not reported:
	 * `["audit.*", { code: "index-missing", table: "legacy_*", reason: "read by hand only" }]`.
	 */
	ignore?: (string | IgnoreConfig)[] | undefined;
	/** The file with the accepted findings, from the project's root. Default: `schemalign.baseline.json` if it is there. */
	baseline?: string | undefined;
	/** By owner (a team or a service): its sources and its tables. */
	owners?: Record<string, OwnerConfig> | undefined;
	/** Another severity for a finding code, or `"off"`: `{ "index-missing": "off" }`. */
	severities?: Record<string, Severity | "off"> | undefined;
	/** The mildest severity that makes `check` fail. Default: `"high"`. */
	failOn?: Severity | "never" | undefined;
	/** Third-party adapters: package names, paths from the project root, or (in a code config) the adapters themselves. */
	adapters?: (string | Adapter)[] | undefined;
}

/**
 * Gives a config its type: `export default defineConfig({ … })`. Returns its argument.
 *
 * @example
 * ```ts
 * import { defineConfig } from "schemalign";
 *
 * export default defineConfig({
 *   databases: { shop: { sources: ["db/migrations", "prisma:*"], authority: "db/migrations" } },
 *   ignore: ["_prisma_migrations"],
 * });
 * ```
 */
export function defineConfig(config: SchemalignConfig): SchemalignConfig {
	return config;
}
