/** What the members of a folded finding are called in its message. */
import { listOf } from "../report/describe.js";
import type { Draft } from "./context.js";

/** Their names in a row; beyond `most`, the number of the others. */
export function memberNames(members: readonly Pick<Draft<string>, "fold">[], most: number): string {
	return listOf(
		members.map((member) => member.fold?.name ?? ""),
		most,
	);
}
