import type { Binding, Capabilities } from "@schemalign/core";
import { readList, readString } from "./text/attributes.js";
import { property, type Schema } from "./text/schema.js";

/**
 * What a Prisma schema can say. Tables and enums are "partial": a program may map only a part of the database. Of what
 * it maps it says all columns, keys and plain indexes; `prisma migrate` would drop the others. It has no words for
 * checks, triggers, policies, functions, sequences, generated columns, collations and comments, nor for expression
 * indexes, INCLUDE, NULLS NOT DISTINCT, DEFERRABLE and MATCH.
 */
export const capabilities: Capabilities = {
	kinds: {
		schema: "partial",
		extension: "partial",
		table: "partial",
		column: "complete",
		primaryKey: "complete",
		unique: "complete",
		foreignKey: "complete",
		index: "complete",
		enum: "partial",
		view: "partial",
	},
	aspects: {
		"schema.comment": "none",
		"table.persistence": "none",
		"table.partitionKey": "none",
		"table.partitionOf": "none",
		"table.partitionBound": "none",
		"table.inherits": "none",
		"table.rowSecurity": "none",
		"table.rowSecurityForced": "none",
		"table.comment": "none",
		"column.generated": "none",
		"column.collation": "none",
		"column.position": "none",
		"column.comment": "none",
		"unique.predicate": "none",
		"unique.expression": "none",
		"unique.include": "none",
		"unique.nullsNotDistinct": "none",
		"unique.deferrable": "none",
		"unique.comment": "none",
		"foreignKey.match": "none",
		"foreignKey.deferrable": "none",
		"foreignKey.validated": "none",
		"foreignKey.comment": "none",
		"index.predicate": "none",
		"index.expression": "none",
		"index.nulls": "none",
		"index.include": "none",
		"index.comment": "none",
		"enum.comment": "none",
		"view.definition": "none",
		"view.materialized": "none",
		"view.options": "none",
		"view.comment": "none",
	},
};

/** Prisma Client leaves the types of parameters to Postgres, but casts the values of native enums (`CAST($1::text AS …)`). */
export const BINDING: Binding = { values: "inferred", enums: "typed" };

/** What this schema can say: it depends on its relation mode and preview features. */
export function capabilitiesOf(schema: Schema): Capabilities {
	const partial = hasFeature(schema, "partialIndexes") ? "complete" : "none";
	return {
		kinds: { ...capabilities.kinds, ...(withoutForeignKeys(schema) ? { foreignKey: "none" as const } : {}) },
		aspects: { ...capabilities.aspects, "unique.predicate": partial, "index.predicate": partial },
	};
}

/** Whether relations live in Prisma Client only: `relationMode = "prisma"`, before 4.4 `referentialIntegrity`. */
function withoutForeignKeys({ datasources }: Schema): boolean {
	return datasources.some((datasource) =>
		["relationMode", "referentialIntegrity"].some(
			(key) => readString(property(datasource, key)?.value ?? "") === "prisma",
		),
	);
}

function hasFeature({ generators }: Schema, feature: string): boolean {
	return generators.some((generator) =>
		readList(property(generator, "previewFeatures")?.value ?? "").some(
			(item) => readString(item) === feature,
		),
	);
}
