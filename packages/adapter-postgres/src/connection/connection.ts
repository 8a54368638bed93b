/** A session with one database: connected within bounded time, one read-only transaction, simple queries only. */
import type { Client, ClientConfig } from "pg";
import { codeOf, problemOf, textOf } from "./errors.js";
import { passwordFor } from "./password-file.js";
import type { DatabaseProblem } from "./problem.js";
import { RowStream, type Taker } from "./stream.js";
import { type Host, isSocket, type Target } from "./target.js";
import { type Encryption, encryptionsOf } from "./tls.js";

export interface Limits {
	/** Milliseconds until a connection must stand. */
	readonly connect: number;
	/** Milliseconds that one statement may run. */
	readonly statement: number;
	/** Milliseconds that one statement may wait for a lock. */
	readonly lock: number;
}

export const LIMITS: Limits = { connect: 10_000, statement: 30_000, lock: 2_000 };

/** What the catalog is read through. */
export type Session = Pick<Connection, "run" | "stream" | "problem">;

export type Rows = readonly Readonly<Record<string, unknown>>[];

/**
 * Sends simple queries only, and sets what it sets for the transaction only: both hold behind pgbouncer in transaction
 * mode, where neither prepared statements nor session settings survive.
 */
export class Connection {
	readonly #client: Client;
	#ready = true;
	/** What the server said when it ended the session between two statements. */
	#lost: unknown;

	private constructor(
		client: Client,
		readonly target: Target,
		readonly host: Host,
		/** Milliseconds without a word of the server: should the network die in mid-read, its own limits do not reach us. */
		readonly patience: number,
	) {
		this.#client = client;
		client.on("error", (error) => {
			this.#lost ??= error;
		});
	}

	/**
	 * Connects to the first host that answers. As in libpq, one that turns role or database down has answered.
	 * @throws DatabaseProblem of that host, or of the last one if none answers.
	 */
	static async open(target: Target, limits: Limits = LIMITS): Promise<Connection> {
		let problem: DatabaseProblem | undefined;
		for (const host of target.hosts) {
			try {
				const client = await connect(target, host, limits);
				return new Connection(client, target, host, limits.statement + GRACE);
			} catch (error) {
				problem = problemOf(error, target, host, false);
				if (TURNED_DOWN.test(problem.code ?? "")) throw problem;
			}
		}
		throw problem ?? problemOf(new Error("no host"), target, undefined, false);
	}

	/**
	 * The rows of each statement in the text.
	 * @throws the driver's error, for the caller to look at its code; {@link problem} makes it readable.
	 */
	async run(sql: string): Promise<Rows[]> {
		const result: unknown = await within(this.patience, this.#client.query(sql));
		return (Array.isArray(result) ? result : [result]).map(rowsOf);
	}

	/**
	 * Gives the rows of the n-th statement in the text to the n-th taker as they arrive.
	 * @throws the driver's error, or what a taker has thrown
	 */
	async stream(sql: string, takers: readonly (Taker | undefined)[]): Promise<void> {
		await this.#client.query(new RowStream(sql, takers, this.patience)).done;
	}

	/** The problem that an error of {@link run} tells of. */
	problem(error: unknown): DatabaseProblem {
		const reason = codeOf(error) === undefined ? (this.#lost ?? error) : error;
		return problemOf(reason, this.target, this.host, this.#ready);
	}

	/** Ends the session; never throws, never waits long. */
	async close(): Promise<void> {
		this.#ready = false;
		await end(this.#client);
	}
}

/** Invalid authorization, no such database: the other hosts are held to have the same. */
const TURNED_DOWN = /^(?:28|3D)/;

/** Milliseconds that the server has to tell of its own limits. */
const GRACE = 5_000;

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error("timeout: nothing arrives")), milliseconds);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** The rows of one of the driver's results. */
export function rowsOf(result: unknown): Rows {
	if (typeof result !== "object" || result === null || !("rows" in result)) return [];
	return Array.isArray(result.rows) ? result.rows : [];
}

async function connect(target: Target, host: Host, limits: Limits): Promise<Client> {
	const ways = await encryptionsOf(target, host);
	for (const [at, encryption] of ways.entries()) {
		try {
			return await connectOnce(target, host, encryption, limits);
		} catch (error) {
			if (target.options !== undefined && UNSUPPORTED_OPTIONS.test(textOf(error)))
				return connect(withoutOptions(target), host, limits);
			if (at === ways.length - 1 || !mayTryOtherWay(error, encryption)) throw error;
		}
	}
	throw new Error("no way to connect");
}

/** What PgBouncer says unless it is told to pass them by. What we set, we set for the transaction: the catalog reads the same. */
const UNSUPPORTED_OPTIONS = /unsupported startup parameter.*options/i;

function withoutOptions({ options: _, ...target }: Target): Target {
	return target;
}

async function connectOnce(
	target: Target,
	host: Host,
	encryption: Encryption,
	limits: Limits,
): Promise<Client> {
	const { default: pg } = await import("pg");
	const client = new pg.Client(configOf(target, host, encryption, limits));
	// An error between two queries reaches the next query too; without a listener it would end the process.
	client.on("error", () => undefined);
	try {
		await client.connect();
		return client;
	} catch (error) {
		await end(client);
		throw error;
	}
}

function configOf(target: Target, host: Host, ssl: Encryption, limits: Limits): ClientConfig {
	const { user, password, database, options, connectTimeout } = target;
	return {
		host: host.host,
		port: host.port,
		ssl,
		application_name: "schemalign",
		connectionTimeoutMillis: connectTimeout === undefined ? limits.connect : connectTimeout * 1000,
		keepAlive: !isSocket(host.host),
		...(user === undefined ? {} : { user }),
		password: password ?? (() => passwordFor(target, host)),
		...(database === undefined ? {} : { database }),
		...(options === undefined ? {} : { options }),
	};
}

/** `allow` and `prefer` go on with the other way where the server turns this one down, not where a password is wrong. */
function mayTryOtherWay(error: unknown, encryption: Encryption): boolean {
	const code = codeOf(error);
	if (encryption === false) return code === "28000";
	const message = textOf(error);
	return (
		code === "28000" ||
		code === "EPROTO" ||
		code === "ECONNRESET" ||
		(code?.startsWith("ERR_SSL") ?? false) ||
		/does not support SSL|terminated unexpectedly|disconnected before secure TLS/i.test(message)
	);
}

const END_WITHIN = 1_000;

async function end(client: Client): Promise<void> {
	await within(END_WITHIN, client.end()).catch(() => undefined);
}
