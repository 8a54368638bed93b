/** Why a database could not be read, for people: what happened, why, what to do. Never holds a password. */

/** `message` says what; `why` and `help` are sentences. */
export class DatabaseProblem extends Error {
	override readonly name = "DatabaseProblem";
	constructor(
		message: string,
		readonly why: string,
		readonly help: string,
		/** The SQLSTATE, or the code of the operating system or of the TLS library. */
		readonly code?: string,
	) {
		super(message);
	}
}
