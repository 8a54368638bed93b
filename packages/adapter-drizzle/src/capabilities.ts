import type { Binding, Capabilities } from "@schemalign/core";

/** What silence of a Drizzle schema means. Row security and policies are often set up elsewhere. */
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
		enum: "partial",
		view: "partial",
		sequence: "partial",
		policy: "partial",
	},
	aspects: {
		"schema.comment": "none",
		"table.comment": "none",
		"table.persistence": "none",
		"table.partitionKey": "none",
		"table.partitionOf": "none",
		"table.partitionBound": "none",
		"table.inherits": "none",
		"table.rowSecurity": "partial",
		"table.rowSecurityForced": "none",
		"column.collation": "none",
		"column.comment": "none",
		"unique.deferrable": "none",
		"unique.include": "none",
		"unique.comment": "none",
		"foreignKey.match": "none",
		"foreignKey.deferrable": "none",
		"foreignKey.validated": "none",
		"foreignKey.comment": "none",
		"index.include": "none",
		"index.comment": "none",
		"check.validated": "none",
		"check.noInherit": "none",
		"check.comment": "none",
		"enum.comment": "none",
		"view.comment": "none",
		"sequence.comment": "none",
		"policy.comment": "none",
	},
};

/** Drizzle's drivers leave the types of parameters, enums among them, to Postgres. */
export const BINDING: Binding = { values: "inferred", enums: "inferred" };
