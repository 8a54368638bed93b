/** The adapter for Alembic revisions. */
import { ADAPTER_CONTRACT, type Adapter } from "@schemalign/core";
import { CAPABILITIES } from "./capabilities.js";

/** Reads Alembic revisions statically, as the database that `alembic upgrade heads` makes: Python is never executed. */
export const alembicAdapter: Adapter = {
	name: "alembic",
	contract: ADAPTER_CONTRACT,
	capabilities: CAPABILITIES,
	interests: [{ path: /\.py$/, markers: ["down_revision"] }],
	discover: async (input) => (await import("./discover.js")).discover(input),
	read: async (source, context) => (await import("./read.js")).read(source, context),
};
