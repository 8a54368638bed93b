/**
 * An engine behind a thread: what sends it into a loop or makes it trap (WebAssembly does so in a microtask of its own,
 * where nobody can catch it) ends that thread and nothing else.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { messageOf } from "@schemalign/core";
import { z } from "zod";

/** The engine could not answer: it broke or took too long. `message` is written for the user. */
export class EngineFailure extends Error {
	override readonly name = "EngineFailure";
}

export interface EngineThreadOptions<Answer> {
	/** The URL of the adapter's module: beside it lies the thread's program, `worker.js`, or from sources `worker.ts`. */
	readonly base: string;
	/** What messages call it. */
	readonly name: string;
	/**
	 * The form of its answers. Its program gets `{ id, request }` and posts `{ id, answer }`, or `{ id, broken }` with the
	 * reason why there is none.
	 */
	readonly answer: z.ZodType<Answer>;
	/** What its program finds as `workerData`. */
	readonly data?: object;
	/** Milliseconds without a request after which it ends, to give its memory back; omitted: never. */
	readonly idle?: number;
}

interface Waiting<Answer> {
	resolve(answer: Answer): void;
	reject(failure: EngineFailure): void;
}

const responseSchema = z.union([
	z.object({ id: z.number(), broken: z.string() }),
	z.object({ id: z.number(), answer: z.unknown() }),
]);

export class EngineThread<Answer> {
	readonly #worker: Worker;
	readonly #options: EngineThreadOptions<Answer>;
	readonly #waiting = new Map<number, Waiting<Answer>>();
	#next = 0;
	#ending: NodeJS.Timeout | undefined;
	#over: EngineFailure | undefined;

	constructor(options: EngineThreadOptions<Answer>) {
		const { base, name, data } = options;
		this.#options = options;
		this.#worker = startWorker(base, data);
		this.#worker.on("message", (message: unknown) => this.#settle(message));
		this.#worker.on("error", (error) => this.end(`${name} broke: ${messageOf(error)}`));
		this.#worker.on("exit", () => this.end(`${name} ended without an answer`));
	}

	/** Whether it has ended: after a trap an engine's memory is not to be trusted, so whoever goes on starts another. */
	get isOver(): boolean {
		return this.#over !== undefined;
	}

	/** The process may end while the thread waits for requests. */
	unref(): void {
		this.#worker.unref();
	}

	/**
	 * @param patience milliseconds after which the engine is given up
	 * @param late what it did not do by then
	 * @throws EngineFailure
	 */
	async ask(request: unknown, patience: number, late: string): Promise<Answer> {
		if (this.#over) throw this.#over;
		clearTimeout(this.#ending);
		const id = this.#next++;
		const timer = setTimeout(() => this.end(`${late} within ${patience / 1000} s`), patience);
		try {
			return await new Promise<Answer>((resolve, reject) => {
				this.#waiting.set(id, { resolve, reject });
				this.#worker.postMessage({ id, request });
			});
		} finally {
			clearTimeout(timer);
		}
	}

	/** Ends the thread; what waits for an answer is told why. */
	end(why: string): void {
		this.#over ??= new EngineFailure(why);
		for (const { reject } of this.#waiting.values()) reject(this.#over);
		this.#waiting.clear();
		void this.#worker.terminate();
	}

	#settle(message: unknown): void {
		const response = responseSchema.parse(message);
		if ("broken" in response) {
			this.end(`${this.#options.name} broke: ${response.broken}`);
			return;
		}
		const answer = this.#options.answer.parse(response.answer);
		this.#waiting.get(response.id)?.resolve(answer);
		this.#waiting.delete(response.id);
		if (this.#waiting.size === 0) this.#rest();
	}

	#rest(): void {
		const { idle, name } = this.#options;
		if (idle === undefined) return;
		this.#ending = setTimeout(() => this.end(`${name} was not needed any more`), idle);
		this.#ending.unref();
	}
}

/** The built program, or in the workspace its source through tsx: a thread's entry must be JavaScript. */
function startWorker(base: string, workerData: object | undefined): Worker {
	if (!base.endsWith(".ts")) return new Worker(new URL("./worker.js", base), { workerData });
	const tsx = pathToFileURL(createRequire(base).resolve("tsx/esm/api")).href;
	const source = new URL("./worker.ts", base).href;
	const code = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}); })`;
	return new Worker(code, { eval: true, workerData });
}
