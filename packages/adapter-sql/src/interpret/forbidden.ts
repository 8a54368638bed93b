/** What an expression may not hold by the place where it stands (parse_expr.c: transformSubLink, transformColumnRef). */

import type { Origin } from "@schemalign/core";
import type { Node } from "libpg-query";
import { hasPlaceholder } from "../traced/traced-sql.js";
import { walkTree } from "../tree.js";
import { Rejection } from "./session.js";

type Place =
	| "check constraint"
	| "DEFAULT expression"
	| "column generation expression"
	| "index expression"
	| "index predicate";

/** @throws Rejection if the expression queries tables, or a default names a column */
export function requireAllowed(node: Node | undefined, place: Place, at: Origin): void {
	walkTree(node, (tag, body) => {
		if (tag === "SubLink") refuse("subquery", place, at);
		// A placeholder stands for what is not known; it only looks like a column.
		const isColumn = tag === "ColumnRef" && !hasPlaceholder(JSON.stringify(body));
		if (isColumn && place === "DEFAULT expression") refuse("column reference", place, at);
	});
}

function refuse(what: string, place: Place, at: Origin): never {
	throw new Rejection("0A000", `cannot use ${what} in ${place}`, [], at);
}
