/** The one way out: everything printed passes here, without secrets and without an error when the reader has gone. */
import { writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Io } from "./io.js";
import { messageOf, Problem } from "./problem.js";
import { redact } from "./redact.js";

export class Output {
	readonly #io: Io;
	readonly #quiet: boolean;

	constructor(io: Io, quiet = false) {
		this.#io = io;
		this.#quiet = quiet;
	}

	/** The result: to stdout, or to the file that the user named (relative to the working directory). */
	result(text: string, file?: string): void {
		this.data(redact(text), file);
	}

	/** Data whose values must not change: a snapshot. */
	data(text: string, file?: string): void {
		const whole = text.endsWith("\n") ? text : `${text}\n`;
		if (file === undefined) {
			this.#io.stdout.write(whole);
			return;
		}
		try {
			writeFileSync(isAbsolute(file) ? file : join(this.#io.cwd, file), whole);
		} catch (error) {
			throw new Problem(`${file} could not be written: ${reasonOf(error)}`);
		}
		this.note(`Written to ${file}.`);
	}

	/** A remark beside the result, to stderr; silent with --quiet. */
	note(text: string): void {
		if (!this.#quiet) this.#io.stderr.write(`${redact(text)}\n`);
	}

	/** What went wrong, to stderr, always. */
	error(text: string): void {
		this.#io.stderr.write(`${redact(text)}\n`);
	}
}

function reasonOf(error: unknown): string {
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	if (code === "ENOENT") return "its folder does not exist";
	if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "no permission";
	if (code === "EISDIR") return "it is a folder";
	return messageOf(error);
}
