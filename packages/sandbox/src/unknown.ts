/** What inert stubs leave in texts. */
import { UNKNOWN_CLOSE, UNKNOWN_OPEN } from "./constants.js";

const MARK = new RegExp(`${UNKNOWN_OPEN}([^${UNKNOWN_CLOSE}]*)${UNKNOWN_CLOSE}`);

/** Why a text is not known: what it is made of that is not part of the project; else `undefined`. */
export function unknownPart(text: string): string | undefined {
	const mark = MARK.exec(text);
	return mark ? `it depends on ${mark[1] ?? "what"}, which is known only at run time` : undefined;
}
