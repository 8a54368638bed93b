/** Which packages of the project use each other, and which drivers of databases they have. */
import type { ProjectFiles } from "@schemalign/core";
import { z } from "zod";

const table = z.record(z.string(), z.string()).optional().catch(undefined);
const manifestSchema = z.object({
	name: z.string().optional().catch(undefined),
	dependencies: table,
	devDependencies: table,
	peerDependencies: table,
});

export interface PackageInfo {
	readonly folder: string;
	readonly name?: string;
	readonly uses: ReadonlySet<string>;
}

/** Drivers that TypeORM uses, by database; Postgres's is `pg`. */
const DRIVERS: Readonly<Record<string, string>> = {
	mysql: "MySQL",
	mysql2: "MySQL",
	sqlite3: "SQLite",
	"better-sqlite3": "SQLite",
	"sql.js": "SQLite",
	"expo-sqlite": "SQLite",
	mongodb: "MongoDB",
	mssql: "SQL Server",
	oracledb: "Oracle",
};
const POSTGRES = ["pg", "pg-native", "@neondatabase/serverless", "typeorm-pglite"];

/** Kinds of databases as data sources name them. */
export const OTHER_TYPES: Readonly<Record<string, string>> = {
	mysql: "MySQL",
	mariadb: "MariaDB",
	"aurora-mysql": "MySQL",
	sqlite: "SQLite",
	"better-sqlite3": "SQLite",
	sqljs: "SQLite",
	expo: "SQLite",
	cordova: "SQLite",
	capacitor: "SQLite",
	"react-native": "SQLite",
	nativescript: "SQLite",
	mongodb: "MongoDB",
	mssql: "SQL Server",
	oracle: "Oracle",
	sap: "SAP HANA",
	spanner: "Spanner",
	cockroachdb: "CockroachDB",
};

/** Every package.json that is not installed, by folder. */
export async function packagesOf(files: ProjectFiles): Promise<ReadonlyMap<string, PackageInfo>> {
	const found = new Map<string, PackageInfo>();
	for (const path of files.paths()) {
		if (!/(?:^|\/)package\.json$/.test(path) || path.includes("node_modules/")) continue;
		const folder = path === "package.json" ? "." : path.slice(0, -"/package.json".length);
		const info = await readManifest(files, path, folder);
		if (info) found.set(folder, info);
	}
	return found;
}

async function readManifest(
	files: ProjectFiles,
	path: string,
	folder: string,
): Promise<PackageInfo | undefined> {
	try {
		const { data } = manifestSchema.safeParse(JSON.parse(await files.read(path)));
		if (!data) return undefined;
		const { name, dependencies, devDependencies, peerDependencies } = data;
		const uses = new Set(Object.keys({ ...peerDependencies, ...devDependencies, ...dependencies }));
		return { folder, uses, ...(name === undefined ? {} : { name }) };
	} catch {
		return undefined;
	}
}

/** The other database that these packages have a driver for, while none has Postgres's. */
export function otherDatabase(packages: readonly PackageInfo[]): string | undefined {
	const uses = packages.flatMap((one) => [...one.uses]);
	if (uses.some((name) => POSTGRES.includes(name))) return undefined;
	const driver = uses.find((name) => Object.hasOwn(DRIVERS, name));
	return driver === undefined ? undefined : DRIVERS[driver];
}
