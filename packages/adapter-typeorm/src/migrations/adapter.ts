/** The adapter for TypeORM's migrations. */
import { ADAPTER_CONTRACT, type Adapter } from "@schemalign/core";
import { CAPABILITIES } from "./capabilities.js";
import { MARKERS, MIGRATION_FILE } from "./scan.js";

/** Reads TypeORM's migrations as the database that `runMigrations()` makes: their programs are followed, never executed. */
export const typeormMigrationsAdapter: Adapter = {
	name: "typeorm-migrations",
	contract: ADAPTER_CONTRACT,
	capabilities: CAPABILITIES,
	interests: [{ path: MIGRATION_FILE, markers: MARKERS }],
	discover: async (input) => (await import("./discover.js")).discover(input),
	read: async (source, context) => (await import("./read.js")).read(source, context),
};
