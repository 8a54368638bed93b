/** The engine's thread: answers each request with a script, a rejection, or the news that the engine broke. */
import { parentPort } from "node:worker_threads";
import { createScript } from "./engine.js";
import { messageSchema } from "./protocol.js";

const port = parentPort;
port?.on("message", async (message: unknown) => {
	const { id, request } = messageSchema.parse(message);
	try {
		port.postMessage({ id, answer: await createScript(request.files, request.filters) });
	} catch (error) {
		port.postMessage({ id, broken: error instanceof Error ? error.message : String(error) });
	}
});
