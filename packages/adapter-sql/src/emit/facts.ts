/** What the catalog's cells and names state. */

import { type Stated, stated } from "@schemalign/core";
import type { Cell, Check, ForeignKey, Index } from "../catalog/objects.js";

/** A cell as a stated fact. */
export function fact<T extends null | boolean | string | readonly string[]>(
	cell: Cell<T> | undefined,
): Stated<T> {
	return cell ? { value: cell.value, at: cell.at } : undefined;
}

/** The comment; without one, that there is none. */
export function commentFact(cell: Cell<string | null> | undefined): { comment: Stated<string | null> } {
	return { comment: cell?.value ? fact(cell) : stated(null) };
}

export function nameFact(object: Index | Check | ForeignKey): Stated<string> {
	const { text, stated: written, at } = object.name;
	return written ? { value: text, at } : { value: text, at, implied: "Postgres makes up the name" };
}
