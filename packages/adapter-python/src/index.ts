import { ADAPTER_CONTRACT, type Adapter } from "@schemalign/core";
import { CAPABILITIES } from "./capabilities.js";

export { alembicAdapter } from "./alembic/adapter.js";

/** Reads SQLAlchemy, SQLModel and Flask-SQLAlchemy models statically: Python is never executed. */
export const pythonAdapter: Adapter = {
	name: "python",
	contract: ADAPTER_CONTRACT,
	capabilities: CAPABILITIES,
	interests: [
		{
			path: /\.py$/,
			markers: ["sqlalchemy", "sqlmodel", "SQLModel", "db.Model", "db.Table", "__tablename__"],
		},
	],
	discover: async (input) => (await import("./discover/discover.js")).discover(input),
	read: async (source, context) => (await import("./read.js")).read(source, context),
};
