/** What ends a run with exit code 2, and what the user is told. */

/** The run's result as the shell sees it. */
export const EXIT = {
	/** No finding at or above the threshold. */
	inSync: 0,
	/** At least one finding at or above the threshold. */
	findings: 1,
	/** The tool could not do its job. */
	failure: 2,
	/** Ended by Ctrl-C. */
	interrupted: 130,
} as const;

/** A problem that the user can solve: `message` says what, `hint` how. Printed without a stack; the exit code is 2. */
export class Problem extends Error {
	override readonly name = "Problem";
	constructor(
		message: string,
		readonly hint?: string,
	) {
		super(message);
	}
}

/** The message of anything that was thrown. Core has the same, which is not loaded when the tool starts. */
export function messageOf(error: unknown): string {
	if (error instanceof Error) return error.message || error.name;
	return String(error);
}
