/** The embedded Postgres in its thread: a statement that never ends is ended with it, and nothing else. */
import { EngineThread } from "@schemalign/sandbox/thread";
import { answerSchema } from "./protocol.js";

/** Milliseconds for making a database: three seconds on a machine that has nothing else to do. */
const START = 60_000;

export class EmbeddedServer {
	readonly #thread: EngineThread<Uint8Array>;
	#started = false;

	/**
	 * @param extensions what the server has on board
	 * @param patience milliseconds after which a message's answer is given up
	 */
	constructor(
		extensions: readonly string[],
		readonly patience: number,
	) {
		this.#thread = new EngineThread({
			base: import.meta.url,
			name: "the embedded Postgres",
			answer: answerSchema,
			data: { extensions },
		});
	}

	/** The server's answer to one message; to the first, it has to start. @throws EngineFailure */
	async ask(bytes: Uint8Array): Promise<Uint8Array> {
		if (this.#started) return this.#thread.ask(bytes, this.patience, "a statement did not end");
		this.#started = true;
		return this.#thread.ask(bytes, START, "the embedded Postgres did not start");
	}

	/** Ends it; what waits for an answer is told why. */
	end(why: string): void {
		this.#thread.end(why);
	}
}
