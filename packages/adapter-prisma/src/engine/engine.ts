/** Prisma's schema engine in WebAssembly, asked what it would create. Runs in a thread of its own (worker.ts). */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
	bindMigrationAwareSqlAdapterFactory,
	type SqlDriverAdapter,
	type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import * as runtime from "@prisma/schema-engine-wasm/schema_engine_bg";
import { type EngineAnswer, type Filters, NO_FILTERS, type SchemaFile } from "./protocol.js";

/** Node's own, which its typings declare without values. */
declare const WebAssembly: {
	compile(bytes: Uint8Array): Promise<object>;
	instantiate(
		module: object,
		imports: Readonly<Record<string, object>>,
	): Promise<{ readonly exports: Readonly<Record<string, unknown>> }>;
};

/**
 * The DDL that Prisma would run on an empty database, or Prisma's own message why it takes no such schema.
 * @throws whatever the engine throws when it breaks, rather than rejects the schema
 */
export async function createScript(
	files: readonly SchemaFile[],
	filters: Filters = NO_FILTERS,
): Promise<EngineAnswer> {
	loading ??= load();
	await loading;
	const engine = await runtime.SchemaEngine.new({ datamodels: undefined }, () => undefined, connections());
	try {
		const { stdout } = await engine.diff({
			from: { tag: "empty" },
			to: { tag: "schemaDatamodel", files: files.map((file) => ({ ...file })) },
			script: true,
			exitCode: null,
			filters: { externalTables: [...filters.externalTables], externalEnums: [...filters.externalEnums] },
		});
		return { script: stdout ?? "" };
	} catch (error) {
		if (error instanceof Error && error.name === "SchemaConnectorError") return { rejected: error.message };
		throw error;
	} finally {
		engine.free();
	}
}

let loading: Promise<void> | undefined;

/** The package has no entry for Node that loads its own module: this is what Prisma's CLI does. */
async function load(): Promise<void> {
	const folder = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
	const module = await WebAssembly.compile(await readFile(join(folder, "schema_engine_bg.wasm")));
	const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": { ...runtime } });
	runtime.__wbg_set_wasm(instance.exports);
	const start = instance.exports.__wbindgen_start;
	if (typeof start === "function") start();
}

/** The engine asks its connection once, for the server's version; then it only compares in memory. */
function connections(): object {
	const connect = async (): Promise<SqlDriverAdapter> => ({
		provider: "postgres",
		adapterName: "schemalign",
		queryRaw: async () => SERVER,
		executeRaw: async () => 0,
		executeScript: async () => undefined,
		startTransaction: () => Promise.reject(new Error("there is no database behind this connection")),
		dispose: async () => undefined,
		getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
	});
	return bindMigrationAwareSqlAdapterFactory({
		provider: "postgres",
		adapterName: "schemalign",
		connect,
		connectToShadowDb: connect,
	});
}

/** Answers `SELECT EXISTS(… pg_namespace …), version(), …server_version_num`: a boolean, a text and an integer. */
const SERVER: SqlResultSet = {
	columnTypes: [5, 7, 0],
	columnNames: ["exists", "version", "numeric_version"],
	rows: [[true, "PostgreSQL 17.0", 170000]],
};
