/** What silence of Alembic revisions means. */
import { ALL_KINDS, type Capabilities } from "@schemalign/core";

/** Revisions create the database: what none of them creates is not there, save what is a gap. */
export const CAPABILITIES: Capabilities = {
	kinds: Object.fromEntries(ALL_KINDS.map((kind) => [kind, "complete"])),
	aspects: {
		"column.clientDefault": "none",
		"extension.version": "partial",
		"extension.schema": "partial",
		"function.body": "partial",
		// A naming convention of the program may name what the revisions leave unnamed.
		"primaryKey.name": "partial",
		"unique.name": "partial",
		"foreignKey.name": "partial",
		"index.name": "partial",
		"check.name": "partial",
		"exclusion.name": "partial",
	},
};
