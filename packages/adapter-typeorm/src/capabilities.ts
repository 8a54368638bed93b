import type { Binding, Capabilities } from "@schemalign/core";

/**
 * What silence of TypeORM's entities means: its schema builder drops columns, keys, indexes, checks, exclusions and
 * comments that they do not have. It has no words for policies, triggers and functions, nor for expression indexes,
 * INCLUDE, NULLS NOT DISTINCT and MATCH; and it creates extensions when a program connects, whatever made the tables.
 */
export const CAPABILITIES: Capabilities = {
	kinds: {
		schema: "partial",
		table: "partial",
		column: "complete",
		primaryKey: "complete",
		unique: "complete",
		foreignKey: "complete",
		index: "complete",
		check: "complete",
		exclusion: "complete",
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
		"column.position": "none",
		"unique.expression": "none",
		"unique.include": "none",
		"unique.nullsNotDistinct": "none",
		"unique.comment": "none",
		"foreignKey.match": "none",
		"foreignKey.validated": "none",
		"foreignKey.comment": "none",
		"index.expression": "none",
		"index.order": "none",
		"index.nulls": "none",
		"index.include": "none",
		"index.comment": "none",
		"check.validated": "none",
		"check.noInherit": "none",
		"check.comment": "none",
		"exclusion.comment": "none",
		"enum.comment": "none",
		"view.options": "none",
		"view.comment": "none",
	},
};

/** `pg` leaves the types of parameters, enums among them, to Postgres. */
export const BINDING: Binding = { values: "inferred", enums: "inferred" };
