/** Names that stand in SQL for what is not known. */

const PLACEHOLDER = "schemalign_unknown_";
export const PLACEHOLDERS = /schemalign_unknown_(\d+)/;

/** The placeholder with a number. */
export function placeholderName(index: number): string {
	return `${PLACEHOLDER}${index}`;
}
