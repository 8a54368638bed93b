/** The adapters for Drizzle's Postgres schemas, and for what drizzle-kit records of them. */
import { ADAPTER_CONTRACT, type Adapter } from "@schemalign/core";
import { CAPABILITIES } from "./capabilities.js";
import { CODE_FILE, CONFIG_FILE, OTHER_CONFIG_FILE } from "./discover/scan.js";
import { SNAPSHOT_FILE } from "./snapshots/files.js";

/** Reads Drizzle schemas: the user's modules are evaluated in a locked-down process, and Drizzle itself is asked. */
export const drizzleAdapter: Adapter = {
	name: "drizzle",
	contract: ADAPTER_CONTRACT,
	capabilities: CAPABILITIES,
	interests: [
		{ path: CONFIG_FILE },
		{ path: OTHER_CONFIG_FILE, markers: ["drizzle-kit"] },
		{
			path: CODE_FILE,
			markers: [
				"drizzle-orm/pg-core",
				"drizzle-orm/mysql-core",
				"drizzle-orm/sqlite-core",
				"drizzle-orm/singlestore-core",
				"pgTable",
				"createTable(",
				"pgSchema(",
				'casing: "',
				"casing: '",
			],
		},
	],
	waits: true,
	discover: async (input) => (await import("./discover/discover.js")).discover(input),
	read: async (source, context) => (await import("./read.js")).readSource(source, context),
};

/** Reads the snapshots that drizzle-kit writes beside its migrations: what it holds the schema to be. */
export const drizzleSnapshotAdapter: Adapter = {
	name: "drizzle-snapshot",
	contract: ADAPTER_CONTRACT,
	capabilities: CAPABILITIES,
	interests: [{ path: SNAPSHOT_FILE }],
	discover: async (input) => (await import("./snapshots/discover.js")).discoverSnapshots(input),
	read: async (source, context) => (await import("./snapshots/read.js")).readRecord(source, context),
};
