/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
	if (error instanceof Error) return error.message || error.name;
	return String(error);
}
