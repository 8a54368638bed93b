#!/usr/bin/env node
/** The executable: joins the program to the process. */
import { run } from "./run.js";

const INTERRUPTED = 130;

/** A reader that has gone (`schemalign | head`) is no error. */
for (const stream of [process.stdout, process.stderr]) {
	stream.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code !== "EPIPE") throw error;
	});
}
process.once("SIGINT", () => {
	if (process.stderr.isTTY) process.stderr.write("\r\u001B[2K");
	process.exit(INTERRUPTED);
});

const code = await run(process.argv.slice(2), {
	stdout: process.stdout,
	stderr: process.stderr,
	env: process.env,
	cwd: process.cwd(),
	columns: process.stdout.columns,
	isTTY: process.stdout.isTTY ?? false,
	stderrIsTTY: process.stderr.isTTY ?? false,
});
await Promise.all([process.stdout, process.stderr].map(flushed));
// An adapter that hangs may still hold the event loop.
process.exit(code);

function flushed(stream: NodeJS.WriteStream): Promise<void> {
	return new Promise((resolve) => {
		stream.write("", () => resolve());
	});
}
