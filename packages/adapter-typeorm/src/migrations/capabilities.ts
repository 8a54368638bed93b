/** What silence of TypeORM's migrations means. */
import { ALL_KINDS, type Capabilities } from "@schemalign/core";

/** Migrations create the database: what none of them creates is not there, save what is a gap. */
export const CAPABILITIES: Capabilities = {
	kinds: Object.fromEntries(ALL_KINDS.map((kind) => [kind, "complete"])),
	aspects: {
		"column.clientDefault": "none",
		"extension.version": "partial",
		"extension.schema": "partial",
		"function.body": "partial",
	},
};
