/** A session with an embedded Postgres, through the same driver as with a live one. */
import { Duplex } from "node:stream";
import { EngineFailure } from "@schemalign/sandbox/thread";
import type { Client } from "pg";
import { type Rows, rowsOf } from "../connection/connection.js";
import { codeOf } from "../connection/errors.js";
import { DatabaseProblem } from "../connection/problem.js";
import { RowStream, type Taker } from "../connection/stream.js";
import { EmbeddedServer } from "./server.js";

/** What Postgres says of a statement that it rejects. */
export interface Rejection {
	readonly code: string;
	readonly message: string;
}

export class EmbeddedSession {
	readonly #client: Client;
	readonly #server: EmbeddedServer;

	private constructor(client: Client, server: EmbeddedServer) {
		this.#client = client;
		this.#server = server;
	}

	/**
	 * Starts an empty database.
	 * @param patience milliseconds that one statement may take
	 * @throws EngineFailure if it does not start
	 */
	static async open(extensions: readonly string[], patience: number): Promise<EmbeddedSession> {
		const { default: pg } = await import("pg");
		const server = new EmbeddedServer(extensions, patience);
		const client = new pg.Client({
			stream: () => new MessageStream(server),
			user: "postgres",
			database: "postgres",
			ssl: false,
		});
		// An error between two queries reaches the next query too; without a listener it would end the process.
		client.on("error", () => undefined);
		try {
			await client.connect();
		} catch (error) {
			server.end("it did not start");
			throw error;
		}
		return new EmbeddedSession(client, server);
	}

	/** The rows of each statement in the text. @throws the driver's error, or EngineFailure */
	async run(sql: string): Promise<Rows[]> {
		const result: unknown = await this.#client.query(sql);
		return (Array.isArray(result) ? result : [result]).map(rowsOf);
	}

	/** Gives the rows of the n-th statement in the text to the n-th taker as they arrive. @throws the driver's error, or EngineFailure */
	async stream(sql: string, takers: readonly (Taker | undefined)[]): Promise<void> {
		await this.#client.query(new RowStream(sql, takers)).done;
	}

	/** Runs one statement; gives what Postgres says where it rejects it. @throws EngineFailure if the server is gone */
	async attempt(sql: string): Promise<Rejection | undefined> {
		try {
			await this.run(sql);
			return undefined;
		} catch (error) {
			const code = codeOf(error);
			if (error instanceof EngineFailure || code === undefined || !/^[0-9A-Z]{5}$/.test(code)) throw error;
			return { code, message: error instanceof Error ? error.message : String(error) };
		}
	}

	problem(error: unknown): DatabaseProblem {
		if (error instanceof DatabaseProblem) return error;
		const why = error instanceof Error ? error.message : String(error);
		return new DatabaseProblem(`the embedded Postgres could not be read: ${why}`, "", "Leave out --exact.");
	}

	close(): void {
		this.#server.end("the session is over");
	}
}

const TERMINATE = "X".charCodeAt(0);
const LENGTH = 4;

/** A socket, as the driver takes it for one: each whole message that is written goes to the server, its answer comes back. */
class MessageStream extends Duplex {
	#left = Buffer.alloc(0);
	#started = false;

	constructor(readonly server: EmbeddedServer) {
		super();
	}

	connect(): this {
		process.nextTick(() => this.emit("connect"));
		return this;
	}

	setNoDelay(): this {
		return this;
	}

	setKeepAlive(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}

	override _read(): void {
		// Answers are pushed as they come.
	}

	override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
		this.#left = Buffer.concat([this.#left, chunk]);
		this.#forward().then(
			() => done(),
			(error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
		);
	}

	/** The first message of a session has no type before its length (manual, "Message Formats"). */
	async #forward(): Promise<void> {
		for (;;) {
			const head = this.#started ? 1 : 0;
			if (this.#left.length < head + LENGTH) return;
			const length = head + this.#left.readInt32BE(head);
			if (this.#left.length < length) return;
			const message = this.#left.subarray(0, length);
			this.#left = this.#left.subarray(length);
			if (this.#started && message[0] === TERMINATE) {
				this.push(null);
				return;
			}
			this.#started = true;
			this.push(Buffer.from(await this.server.ask(Uint8Array.from(message))));
		}
	}
}
