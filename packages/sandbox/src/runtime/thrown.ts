/** What foreign code throws: it may be anything, also what throws when it is looked at. */

const LONGEST = 300;

/** The message of what was thrown, cut where it is long. Never throws. */
export function thrownText(error: unknown): string {
	try {
		const text = error instanceof Error ? error.message || error.name : String(error);
		return text.slice(0, LONGEST);
	} catch {
		return "it throws a value that cannot be shown";
	}
}
