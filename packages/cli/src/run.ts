/** The whole program as a function: arguments and streams in, exit code out. */
import type { Io } from "./io.js";
import { Output } from "./output.js";
import { EXIT, messageOf, Problem } from "./problem.js";
import { makeProgram, outcomeOf } from "./program.js";
import { redactArguments } from "./redact.js";

/**
 * Runs the command line.
 *
 * @param argv The arguments, without the interpreter and the script.
 * @returns The exit code: 0 in sync, 1 findings at or above the threshold, 2 the tool could not do its job. Never throws.
 */
export async function run(argv: readonly string[], outer: Io): Promise<number> {
	const io = { ...outer, stderr: withoutPasswords(outer.stderr, argv) };
	const output = new Output(io);
	let code: number = EXIT.inSync;
	const program = makeProgram(io, (result) => {
		code = result;
	});
	try {
		await program.parseAsync([...argv], { from: "user" });
		return code;
	} catch (error) {
		return outcomeOf(error) ?? explain(error, output, argv.includes("--debug"));
	}
}

/** What is said of arguments may repeat them. */
function withoutPasswords(stream: Io["stderr"], argv: readonly string[]): Io["stderr"] {
	return { write: (text) => stream.write(redactArguments(text, argv)) };
}

function explain(error: unknown, output: Output, debug: boolean): number {
	if (error instanceof Problem) {
		output.error(`error: ${error.message}`);
		if (error.hint !== undefined) output.error(error.hint);
	} else {
		output.error(`error: schemalign met an internal error: ${messageOf(error)}`);
		output.error(
			"This is a bug in schemalign: please report it, with what `--debug` prints for the same command.",
		);
	}
	if (debug && error instanceof Error && error.stack !== undefined) output.error(error.stack);
	return EXIT.failure;
}
