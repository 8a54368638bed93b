/** The engine's thread: answers each request with a script, a rejection, or the news that the engine broke. */
import { parentPort } from "node:worker_threads";
import { messageOf } from "@schemalign/core";
import { createScript } from "./engine.js";
import type { EngineMessage } from "./protocol.js";

const port = parentPort;
// Only thread.ts asks, which checks the answers: here a validator would take longer to load than a small schema to read.
port?.on("message", async ({ id, request }: EngineMessage) => {
	try {
		port.postMessage({ id, answer: await createScript(request.files, request.filters) });
	} catch (error) {
		port.postMessage({ id, broken: messageOf(error) });
	}
});
