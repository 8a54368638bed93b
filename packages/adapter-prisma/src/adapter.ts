import { ADAPTER_CONTRACT, type Adapter } from "@schemalign/core";
import { capabilities } from "./capabilities.js";
import { CONFIG_FILE, PACKAGE_FILE } from "./discovery/config.js";
import { discover } from "./discovery/discover.js";
import { read } from "./read/read.js";

/**
 * Reads Prisma schemas for Postgres, of Prisma 4 to 7, in one file or several. What a schema would create is what
 * Prisma's own engine says; nothing of the project runs, and no database is needed.
 */
export const prismaAdapter: Adapter = {
	name: "prisma",
	contract: ADAPTER_CONTRACT,
	capabilities,
	interests: [{ path: /\.prisma$/ }, { path: PACKAGE_FILE, markers: ['"prisma"'] }, { path: CONFIG_FILE }],
	waits: true,
	discover,
	read,
};
