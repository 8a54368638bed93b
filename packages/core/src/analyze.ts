/** The whole pure pipeline: snapshots in, report out. */
import type { Skipped } from "./adapter/contract.js";
import type { Accepted } from "./baseline/baseline.js";
import type { Reached } from "./migrations/catch-up.js";
import type { Origin, Severity, Snapshot } from "./model/snapshot.js";
import type { Item } from "./report/item.js";
import type { Report } from "./report/report.js";
import type { Suppression } from "./suppressions/parse.js";

/** A trace, outside the source itself, that deployment (or a developer's set-up) runs it. */
export interface Evidence {
	/** The source's id. */
	readonly source: string;
	/** How much it says: what production runs, what CI runs, what only a local set-up (compose, a dev script) runs. */
	readonly weight: "deployment" | "ci" | "local";
	/** The program that the models belong to creates their tables itself when it starts: it does not presuppose them. */
	readonly createsTables?: boolean;
	/** A sentence part: "the npm script `deploy` runs `prisma migrate deploy`". */
	readonly what: string;
	readonly at: Origin;
}

/** What the user states about a database in the config. Sources are named by id or by a glob over ids and paths, resolved by the caller. */
export interface DeclaredDatabase {
	readonly name: string;
	/** Ids of the sources that belong to it. */
	readonly sources: readonly string[];
	/** The id of the source that holds the truth. */
	readonly authority?: string;
	/** Who states it; by default the config. */
	readonly because?: string;
}

/** Things about a source that its snapshot does not hold. */
export interface SourceNote {
	readonly label: string;
	/** The files that it is read from, in the order in which they run. */
	readonly files?: readonly string[];
	readonly databaseHint?: string;
	/** Which database the program connects to, where the deployment says so: "db/app" (host and name, no credentials). */
	readonly connection?: string;
	/** The database server whose start-up scripts it is among: the name of the compose service. */
	readonly server?: string;
	/** What the settings beside the source (`.env.example`) call its database: a name, no credentials. */
	readonly databaseName?: string;
	/** The user declares that the source maps every table of its database. */
	readonly complete?: boolean;
}

/** Who owns which tables, as the config has it. */
export interface DeclaredOwner {
	readonly name: string;
	/** Ids of the owner's sources. */
	readonly sources: readonly string[];
	/** Whether the qualified table is the owner's. */
	readonly ownsTable: (table: string) => boolean;
}

export interface AnalyzeOptions {
	readonly evidence?: readonly Evidence[];
	readonly databases?: readonly DeclaredDatabase[];
	/** By source id. */
	readonly notes?: Readonly<Record<string, SourceNote>>;
	readonly skipped?: readonly Skipped[];
	/** The definitions as far as live databases have run them, where they have not run everything: see migrations/log.ts. */
	readonly reached?: readonly Reached[];
	/** Per finding code: another severity, or `off`. */
	readonly severities?: Readonly<Record<string, Severity | "off">>;
	/** Whether the qualified table name (`public.users`) is to be left out of the comparison. */
	readonly ignoreTable?: (table: string) => boolean;
	/** Models of others that map an owner's table are findings. */
	readonly owners?: readonly DeclaredOwner[];
	/** Why a difference is to be left out of the findings; `undefined`: it is not. */
	readonly ignoreItem?: (item: Item) => { readonly reason: string | null } | undefined;
	/** The comments in the sources' files that silence findings. */
	readonly suppressions?: readonly Suppression[];
	/** The accepted differences. */
	readonly baseline?: readonly Accepted[];
	/** The day on which the baseline's dates are over or not: `2026-11-21`. */
	readonly today?: string;
	/** Only a part of the sources is compared: that a comment or an entry of the baseline does nothing says nothing then. */
	readonly isPart?: boolean;
}

export type Analyze = (snapshots: readonly Snapshot[], options?: AnalyzeOptions) => Report;
