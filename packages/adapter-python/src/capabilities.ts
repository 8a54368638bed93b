/** What silence of a SQLAlchemy model means. */
import type { Capabilities } from "@schemalign/core";

/** A service maps the tables that it uses; of those tables it states columns and constraints whole. */
export const CAPABILITIES: Capabilities = {
	kinds: {
		table: "partial",
		column: "complete",
		primaryKey: "complete",
		unique: "complete",
		foreignKey: "complete",
		index: "complete",
		check: "partial",
		exclusion: "partial",
		enum: "partial",
		sequence: "partial",
	},
	aspects: {
		"table.partitionOf": "none",
		"table.partitionBound": "none",
		"table.inherits": "none",
		"table.rowSecurity": "none",
		"table.rowSecurityForced": "none",
		"table.comment": "partial",
		"table.partitionKey": "partial",
		"column.position": "none",
		"column.comment": "partial",
		"column.collation": "partial",
		"primaryKey.name": "partial",
		"unique.comment": "none",
		"unique.name": "partial",
		"foreignKey.comment": "none",
		"foreignKey.name": "partial",
		"foreignKey.validated": "none",
		"index.comment": "none",
		"check.comment": "none",
		"check.name": "partial",
		"check.validated": "none",
		"check.noInherit": "none",
		"enum.comment": "none",
	},
};
