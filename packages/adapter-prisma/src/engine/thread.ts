/**
 * The engine behind a thread: a schema that sends it into a loop or makes it trap (it does so in a microtask of its
 * own, where nobody can catch it) ends that thread and nothing else.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { type EngineAnswer, type Filters, NO_FILTERS, responseSchema, type SchemaFile } from "./protocol.js";

/** The engine could not answer: it broke or took too long. `message` is written for the user. */
export class EngineFailure extends Error {
	override readonly name = "EngineFailure";
}

/** Measured: 54,000 lines take 0.7 s; on a machine at its limit, thirty times that. Only a schema of thousands of errors takes long. */
export const PATIENCE = 60_000;

interface Waiting {
	resolve(answer: EngineAnswer): void;
	reject(failure: EngineFailure): void;
}

let current: Thread | undefined;

/**
 * The DDL that Prisma would run on an empty database for these files, or its message why it rejects them.
 * @param patience milliseconds after which the engine is given up
 * @param filters what the script leaves out
 * @throws EngineFailure
 */
export async function askEngine(
	files: readonly SchemaFile[],
	patience = PATIENCE,
	filters: Filters = NO_FILTERS,
): Promise<EngineAnswer> {
	current ??= new Thread(() => {
		current = undefined;
	});
	return current.ask(files, patience, filters);
}

class Thread {
	readonly #worker = startWorker();
	readonly #waiting = new Map<number, Waiting>();
	readonly #gone: () => void;
	#next = 0;

	constructor(gone: () => void) {
		this.#gone = gone;
		this.#worker.on("message", (message: unknown) => this.#settle(message));
		this.#worker.on("error", (error) =>
			this.#end(`Prisma's engine broke: ${error instanceof Error ? error.message : String(error)}`),
		);
		this.#worker.on("exit", () => this.#end("Prisma's engine ended without an answer"));
		this.#worker.unref();
	}

	async ask(files: readonly SchemaFile[], patience: number, filters: Filters): Promise<EngineAnswer> {
		const id = this.#next++;
		const late = setTimeout(
			() => this.#end(`Prisma's engine did not finish in ${patience / 1000} s`),
			patience,
		);
		try {
			return await new Promise<EngineAnswer>((resolve, reject) => {
				this.#waiting.set(id, { resolve, reject });
				this.#worker.postMessage({ id, files, filters });
			});
		} finally {
			clearTimeout(late);
		}
	}

	#settle(message: unknown): void {
		const { id, answer } = responseSchema.parse(message);
		if ("broken" in answer) {
			this.#end(`Prisma's engine broke: ${answer.broken}`);
			return;
		}
		this.#waiting.get(id)?.resolve(answer);
		this.#waiting.delete(id);
	}

	/** After a trap the engine's memory is not to be trusted: the next request gets a new thread. */
	#end(why: string): void {
		this.#gone();
		for (const { reject } of this.#waiting.values()) reject(new EngineFailure(why));
		this.#waiting.clear();
		void this.#worker.terminate();
	}
}

/** The built worker, or in the workspace its source through tsx: a thread's entry must be JavaScript. */
function startWorker(): Worker {
	if (!import.meta.url.endsWith(".ts")) return new Worker(new URL("./worker.js", import.meta.url));
	const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm/api")).href;
	const source = new URL("./worker.ts", import.meta.url).href;
	const code = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}); })`;
	return new Worker(code, { eval: true });
}
