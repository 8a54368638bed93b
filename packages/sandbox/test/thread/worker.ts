/** An engine that repeats what it is told, breaks, or goes on for ever. */
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";

const messageSchema = z.object({ id: z.number(), request: z.string() });

parentPort?.on("message", (message: unknown) => {
	const { id, request } = messageSchema.parse(message);
	if (request === "break") parentPort?.postMessage({ id, broken: "no more" });
	else if (request === "trap") setImmediate(() => process.exit());
	else if (request === "loop") for (;;);
	else parentPort?.postMessage({ id, answer: `${request} ${JSON.stringify(workerData)}` });
});
