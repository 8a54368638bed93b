/** The embedded Postgres behind a thread: a statement that never ends is ended with its thread, and nothing else. */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { responseSchema } from "./protocol.js";

/** The embedded Postgres broke or took too long. `message` is written for the user. */
export class EmbeddedFailure extends Error {
	override readonly name = "EmbeddedFailure";
}

/** Milliseconds for making a database: three seconds on a machine that has nothing else to do. */
const START = 60_000;

interface Waiting {
	resolve(bytes: Uint8Array): void;
	reject(failure: EmbeddedFailure): void;
}

export class Thread {
	readonly #worker: Worker;
	readonly #waiting = new Map<number, Waiting>();
	#next = 0;
	#over: EmbeddedFailure | undefined;

	/**
	 * @param extensions what the server has on board
	 * @param patience milliseconds after which a message's answer is given up
	 */
	constructor(
		extensions: readonly string[],
		readonly patience: number,
	) {
		this.#worker = startWorker({ extensions });
		this.#worker.on("message", (message: unknown) => this.#settle(message));
		this.#worker.on("error", (error) => this.end(`the embedded Postgres broke: ${messageOf(error)}`));
		this.#worker.on("exit", () => this.end("the embedded Postgres ended without an answer"));
	}

	/** The server's answer to one message; to the first, it has to start. @throws EmbeddedFailure */
	async ask(bytes: Uint8Array): Promise<Uint8Array> {
		if (this.#over) throw this.#over;
		const id = this.#next++;
		const limit = id === 0 ? START : this.patience;
		const what = id === 0 ? "the embedded Postgres did not start" : "a statement did not end";
		const late = setTimeout(() => this.end(`${what} within ${limit / 1000} s`), limit);
		try {
			return await new Promise<Uint8Array>((resolve, reject) => {
				this.#waiting.set(id, { resolve, reject });
				this.#worker.postMessage({ id, bytes });
			});
		} finally {
			clearTimeout(late);
		}
	}

	/** Ends the thread; what waits for an answer is told why. */
	end(why: string): void {
		this.#over ??= new EmbeddedFailure(why);
		for (const { reject } of this.#waiting.values()) reject(this.#over);
		this.#waiting.clear();
		void this.#worker.terminate();
	}

	#settle(message: unknown): void {
		const answer = responseSchema.parse(message);
		if ("broken" in answer) {
			this.end(`the embedded Postgres broke: ${answer.broken}`);
			return;
		}
		this.#waiting.get(answer.id)?.resolve(answer.bytes);
		this.#waiting.delete(answer.id);
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** The built worker, or in the workspace its source through tsx: a thread's entry must be JavaScript. */
function startWorker(workerData: object): Worker {
	if (!import.meta.url.endsWith(".ts"))
		return new Worker(new URL("./worker.js", import.meta.url), { workerData });
	const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm/api")).href;
	const source = new URL("./worker.ts", import.meta.url).href;
	const code = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}); })`;
	return new Worker(code, { eval: true, workerData });
}
