/** The engine's thread: answers each request with a script, a rejection, or the news that the engine broke. */
import { parentPort } from "node:worker_threads";
import { createScript } from "./engine.js";
import { requestSchema } from "./protocol.js";

const port = parentPort;
port?.on("message", async (message: unknown) => {
	const { id, files, filters } = requestSchema.parse(message);
	try {
		port.postMessage({ id, answer: await createScript(files, filters) });
	} catch (error) {
		port.postMessage({ id, answer: { broken: error instanceof Error ? error.message : String(error) } });
	}
});
