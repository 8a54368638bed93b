/** The contract between the tool and whatever reads one kind of source. Third-party adapters implement the same. */
import type { Capabilities, Gap, Json, Origin, Role, Snapshot } from "../model/snapshot.js";

/** The version of this contract; an adapter states the one it was written for. */
export const ADAPTER_CONTRACT = 1;

/** Read access to the project's files. Paths are relative to `root`, with forward slashes. */
export interface ProjectFiles {
	/** Absolute path of the project root. */
	readonly root: string;
	/** Every file that is not ignored, sorted. */
	paths(): readonly string[];
	/** Whether the file exists, ignored or not. */
	has(path: string): boolean;
	/**
	 * The file's text (UTF-8, a byte-order mark removed; lines end as in the file).
	 * @throws FileProblem if it cannot be read as text: missing, no permission, binary, too large.
	 */
	read(path: string): Promise<string>;
}

/** Why a file could not be read as text. `message` is written for the user and names no absolute path. */
export class FileProblem extends Error {
	override readonly name = "FileProblem";
	constructor(
		readonly path: string,
		readonly reason: "missing" | "permission" | "binary" | "too-large" | "encoding" | "other",
		message: string,
	) {
		super(message);
	}
}

/** Which files an adapter wants to look at. */
export interface Interest {
	/** Tested against the relative path. */
	readonly path: RegExp;
	/** The file counts only if its text contains one of these; omitted: always. */
	readonly markers?: readonly string[];
}

/** One place where a schema is written down, before it is read. Plain data. */
export interface SourceDescriptor {
	/** Unique in the project, short and stable: by convention `<adapter>:<path>`. */
	readonly id: string;
	readonly adapter: string;
	readonly role: Role;
	/** The file or folder that the user would name; relative to the root. */
	readonly path: string;
	/** The files to read, in the order that matters. */
	readonly files: readonly string[];
	/** What kind of place it is, for people: "Prisma schema", "Flyway migrations", "pg_dump output". */
	readonly label: string;
	/** Which database it belongs to, where the source itself says (a datasource or config name). */
	readonly databaseHint?: string;
	/** Only for the adapter that made it. */
	readonly options: { readonly [key: string]: Json };
}

/** A file or folder that looked like a source and is not read, and why. */
export interface Skipped {
	readonly path: string;
	readonly why: string;
}

export interface DiscoveryInput {
	readonly files: ProjectFiles;
	/** The files that match the adapter's interests, sorted. */
	readonly matched: readonly string[];
	/**
	 * Set when the user named this file or folder (in the config or on the command line): then it is a source, whatever
	 * heuristics say; `matched` holds only what lies at or below `path`.
	 */
	readonly explicit?: { readonly path: string; readonly options: { readonly [key: string]: Json } };
}

export interface DiscoveryResult {
	readonly sources: readonly SourceDescriptor[];
	readonly skipped: readonly Skipped[];
}

export interface ReadContext {
	readonly files: ProjectFiles;
	/** To be called by an adapter that `waits` once its other thread or process is at work: then the others are begun. */
	readonly onWaiting?: () => void;
}

/** What a definition runs on an empty database. */
export interface Runnable {
	/** In the order in which they run. */
	readonly scripts: readonly RunnableScript[];
	/** What would run too and is not known as text: placeholders, files that psql includes. */
	readonly unread: readonly Gap[];
}

export interface RunnableScript {
	readonly file: string;
	readonly statements: readonly RunnableStatement[];
}

export interface RunnableStatement {
	readonly sql: string;
	readonly at: Origin;
}

/** Reads one kind of source. Neither method throws for bad input: that is a gap or a diagnostic in the snapshot. */
export interface Adapter {
	/** Lower-case, unique: "prisma". */
	readonly name: string;
	readonly contract: typeof ADAPTER_CONTRACT;
	readonly capabilities: Capabilities;
	readonly interests: readonly Interest[];
	/** Whether reading mostly waits for another thread or process: such sources are begun before the others, see `onWaiting`. */
	readonly waits?: boolean;
	/** Finds the sources among the matched files. May read files; must be fast: heavy engines are loaded in `read`. */
	discover(input: DiscoveryInput): Promise<DiscoveryResult>;
	/** Reads one source whole. */
	read(source: SourceDescriptor, context: ReadContext): Promise<Snapshot>;
	/** The statements of a definition, for a replay in a real Postgres; without it there is none. Never throws. */
	runnable?(source: SourceDescriptor, context: ReadContext): Promise<Runnable>;
}
