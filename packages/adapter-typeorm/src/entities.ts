/** The adapter for TypeORM's entities. */
import { ADAPTER_CONTRACT, type Adapter } from "@schemalign/core";
import { CAPABILITIES } from "./capabilities.js";
import { CODE_FILE, MARKERS } from "./discover/scan.js";

/** Reads TypeORM entities: the user's modules are evaluated in a locked-down process, and TypeORM is asked for its DDL. */
export const typeormAdapter: Adapter = {
	name: "typeorm",
	contract: ADAPTER_CONTRACT,
	capabilities: CAPABILITIES,
	interests: [{ path: CODE_FILE, markers: MARKERS }],
	waits: true,
	discover: async (input) => (await import("./discover/discover.js")).discover(input),
	read: async (source, context) => (await import("./read.js")).readSource(source, context),
};
