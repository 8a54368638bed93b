/** Expressions of the catalog, as the model states them. */

import { stripLocations } from "../interpret/indexes.js";
import type { RenderExpression } from "./emit.js";

export async function loadRenderer(): Promise<RenderExpression> {
	return (node) => ({ sql: stripLocations(node), canonical: stripLocations(node) });
}
