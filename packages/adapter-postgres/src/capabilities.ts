import { ALL_KINDS, type Capabilities } from "@schemalign/core";

/** A catalog holds all that the database is: what it does not list is not there. */
export const CAPABILITIES: Capabilities = {
	kinds: Object.fromEntries(ALL_KINDS.map((kind) => [kind, "complete"])),
	aspects: {
		"column.clientDefault": "none",
		"function.body": "partial",
	},
};
