/** The catalog as a snapshot's entities. */

import { type Gap, type SnapshotBuilder, stated } from "@schemalign/core";
import type { Catalog } from "../catalog/catalog.js";
import { commentFact } from "./facts.js";
import { emitRoutine, emitType } from "./others.js";
import { emitSequence, emitView } from "./relations.js";
import { relationsOf } from "./renderer.js";
import { TableEmitter } from "./table.js";

/** States everything that the catalog holds. */
export function emitCatalog(builder: SnapshotBuilder, catalog: Catalog, gaps: readonly Gap[]): void {
	const securityOpen = gaps.some(
		(gap) => gap.under === "*" && (gap.kinds.length === 0 || gap.kinds.includes("policy")),
	);
	for (const schema of catalog.schemas.values()) {
		if (schema.name === "public") continue;
		builder.entity("schema", [schema.name], schema.at, commentFact(schema.comment));
	}
	for (const extension of catalog.extensions.values()) {
		builder.entity("extension", [extension.name], extension.at, {
			version: extension.version === undefined ? undefined : stated(extension.version),
			schema: extension.schema === undefined ? undefined : stated(extension.schema),
		});
	}
	for (const relation of catalog.relations()) {
		if (relation.kind === "table") {
			new TableEmitter(builder, relation, securityOpen, relationsOf(catalog)).emit();
		}
		if (relation.kind === "view") emitView(builder, relation);
		else if (relation.kind === "sequence") emitSequence(builder, relation);
	}
	for (const type of catalog.types()) emitType(builder, type);
	for (const routine of catalog.allRoutines()) emitRoutine(builder, routine);
}
