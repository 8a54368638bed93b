#!/usr/bin/env node
/** The executable: joins the program to the process. */
import { EXIT } from "./problem.js";
import { run } from "./run.js";

/** A reader that has gone (`schemalign | head`) is no error. */
for (const stream of [process.stdout, process.stderr]) {
	stream.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code === "EPIPE") return;
		if (stream === process.stdout)
			process.stderr.write(`error: the output could not be written: ${error.message}\n`);
		process.exit(EXIT.failure);
	});
}
process.once("SIGINT", () => {
	if (process.stderr.isTTY) process.stderr.write("\r\u001B[2K");
	process.exit(EXIT.interrupted);
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
