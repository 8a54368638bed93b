/** How TypeORM is bundled for the sandbox: with Postgres's driver alone, and without files. */
import { join } from "node:path";
import type { BundleOptions } from "@schemalign/sandbox";

const inside = (path: string): RegExp =>
	new RegExp(`typeorm[\\\\/]browser[\\\\/](?:${path.replaceAll("/", "[\\\\/]")})\\.js$`);

/** The parts of TypeORM that are replaced, by files of the folder `runtime`. */
export function typeormReplacements(runtime: string): NonNullable<BundleOptions["replace"]> {
	return [
		{ module: inside("platform/PlatformTools"), by: join(runtime, "platform.ts") },
		{ module: inside("driver/DriverFactory"), by: join(runtime, "driver-factory.ts") },
		{
			module: inside(
				"connection/ConnectionOptionsReader|logger/FileLogger|entity-manager/MongoEntityManager|" +
					"repository/MongoRepository|driver/mongodb/.*|driver/cockroachdb/.*|util/DirectoryExportedClassesLoader",
			),
			by: join(runtime, "nothing.ts"),
		},
	];
}
