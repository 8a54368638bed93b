/** How much of a schema a failing statement costs. */

/**
 * "18 of 31 tables are never created": what a run that stops at a statement does not come to.
 * @param creations where the tables are created
 * @param isBefore whether that is before the statement at which the run stops
 * @param least fewer lost tables are not worth a word
 * @returns empty where none is lost
 */
export function neverCreated<T>(
	creations: readonly T[],
	isBefore: (creation: T) => boolean,
	least = 1,
): string {
	const lost = creations.filter((creation) => !isBefore(creation)).length;
	if (lost < least) return "";
	const { length } = creations;
	return `${lost} of ${length} ${length === 1 ? "table is" : "tables are"} never created`;
}
