/** The adapters that come with the tool. Their engines are loaded only when a source is read. */
import type { Adapter } from "@schemalign/core";
import { snapshotAdapter } from "./snapshot-adapter.js";

/** Our own adapters, in the order in which sources are listed. */
export async function builtInAdapters(): Promise<Adapter[]> {
	const [sql, prisma, drizzle, typeorm, python, postgres] = await Promise.all([
		import("@schemalign/adapter-sql"),
		import("@schemalign/adapter-prisma"),
		import("@schemalign/adapter-drizzle"),
		import("@schemalign/adapter-typeorm"),
		import("@schemalign/adapter-python"),
		import("@schemalign/adapter-postgres"),
	]);
	return [
		sql.sqlAdapter,
		prisma.prismaAdapter,
		drizzle.drizzleAdapter,
		drizzle.drizzleSnapshotAdapter,
		typeorm.typeormAdapter,
		typeorm.typeormMigrationsAdapter,
		python.pythonAdapter,
		python.alembicAdapter,
		postgres.postgresAdapter,
		snapshotAdapter,
	];
}
