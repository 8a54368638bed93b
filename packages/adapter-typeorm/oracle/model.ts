/** Snapshots made comparable: what two models of one schema must have in common. */
import { type Json, type Snapshot, tableOf } from "@schemalign/core";
import { factsOf } from "../../adapter-sql/oracle/models.js";
import { typeormAdapter } from "../src/index.js";

const KINDS = new Set(Object.keys(typeormAdapter.capabilities.kinds));
/** What exists inside the program only, and the text of views, which Postgres rewrites. */
const ASIDE: Readonly<Record<string, readonly string[]>> = {
	view: ["definition"],
	column: ["clientDefault"],
};

export type Model = Record<string, Record<string, Json>>;

/** @param like only the facts that this model has too */
export function comparable(snapshot: Snapshot, like?: Model): Model {
	const model: Model = {};
	for (const entity of snapshot.entities) {
		if (!KINDS.has(entity.kind) || entity.kind === "schema") continue;
		// TypeORM's own notes on views and generated columns are nothing of the entities'.
		if (entity.kind !== "enum" && tableOf(entity.address).endsWith(".typeorm_metadata")) continue;
		const { name } = entity.facts;
		const key = name && "value" in name ? `${entity.address} ${String(name.value)}` : entity.address;
		model[key] = factsOf(entity, ASIDE, like ? (like[key] ?? {}) : undefined);
	}
	return model;
}
