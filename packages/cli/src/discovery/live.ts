/** Live databases: those that the config names, and those of `--db`. */
import {
	DatabaseProblem,
	databaseSource,
	isConnectionString,
	parseTarget,
	placeOf,
	postgresAdapter,
} from "@schemalign/adapter-postgres";
import type { Skipped } from "@schemalign/core";
import type { CheckedConfig } from "../config/schema.js";
import type { Io } from "../io.js";
import { Problem } from "../problem.js";
import type { FoundSource } from "./discover.js";

export interface LiveDatabases {
	readonly sources: readonly FoundSource[];
	/** Those whose connection string this machine does not have. */
	readonly skipped: readonly Skipped[];
}

type Entries = NonNullable<CheckedConfig["databases"]>;

/**
 * The live databases of the config and of the command line; one of the same name replaces the config's.
 * @throws Problem if one of the command line cannot be one.
 */
export async function liveDatabases(
	entries: Entries,
	options: readonly string[],
	io: Io,
): Promise<LiveDatabases> {
	const urls = new Map<string, string>();
	const skipped: Skipped[] = [];
	for (const [name, { url }] of Object.entries(entries)) {
		if (url === undefined) continue;
		const value = typeof url === "string" ? url : io.env[url.env];
		if (value) urls.set(name, value);
		else if (typeof url !== "string") {
			skipped.push({ path: name, why: `the environment variable ${url.env} is not set` });
		}
	}
	for (const option of options) {
		const { name, url } = readOption(option, urls, io);
		urls.set(name, url);
	}
	return {
		sources: [...urls].map(([name, url]) => liveSource(name, url)),
		skipped: skipped.filter(({ path }) => !urls.has(path)),
	};
}

/**
 * The database that an operand names by its URL or its name.
 * @throws Problem if the config has it and this machine does not have its connection string.
 */
export function liveOperand(live: LiveDatabases, operand: string): FoundSource | undefined {
	if (isConnectionString(operand)) return liveSource(nameOf(operand), operand);
	const missing = live.skipped.find(({ path }) => path === operand);
	if (missing) throw new Problem(`${operand} cannot be read: ${missing.why}`);
	return live.sources.find(({ descriptor }) => descriptor.id === operand);
}

function liveSource(name: string, url: string): FoundSource {
	return { descriptor: databaseSource(name, url), adapter: postgresAdapter };
}

/** `name=url`, a URL, or a name whose URL the config or an environment variable has. */
function readOption(
	option: string,
	known: ReadonlyMap<string, string>,
	io: Io,
): { name: string; url: string } {
	if (isConnectionString(option)) return { name: nameOf(option), url: option };
	const equals = option.indexOf("=");
	if (equals > 0) {
		const url = option.slice(equals + 1);
		nameOf(url);
		return { name: option.slice(0, equals), url };
	}
	const variables = variablesOf(option);
	const url = known.get(option) ?? variables.map((variable) => io.env[variable]).find((value) => value);
	if (url) return { name: option, url };
	if (!/^[\w.-]+$/.test(option))
		throw new Problem("--db takes name=url, a URL, or a name", "A URL begins with postgresql://.");
	throw new Problem(
		`--db ${option}: there is no connection string for it`,
		`Give it as --db ${option}=postgresql://…, or set ${variables.join(" or ")}.`,
	);
}

/** `prod`: PROD_DATABASE_URL, DATABASE_URL_PROD; or the variable itself. */
function variablesOf(name: string): string[] {
	const upper = name.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
	return [`${upper}_DATABASE_URL`, `DATABASE_URL_${upper}`, name];
}

/**
 * What messages call a database that is given by its URL alone: host and name.
 * @throws Problem if it is no connection string; the message does not repeat it.
 */
function nameOf(url: string): string {
	try {
		return placeOf(parseTarget(url));
	} catch (error) {
		if (!(error instanceof DatabaseProblem)) throw error;
		throw new Problem(`${error.message}: ${error.why}`, error.help);
	}
}
