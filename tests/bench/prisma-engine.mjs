// Prisma's own engine, as raw as it gets: the DDL of a schema, from nothing, with no database.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const connection = {
	provider: "postgres",
	adapterName: "none",
	queryRaw: async () => ({
		columnTypes: [5, 7, 0],
		columnNames: ["exists", "version", "numeric_version"],
		rows: [[true, "PostgreSQL 17.0", 170000]],
	}),
	executeRaw: async () => 0,
	executeScript: async () => {},
	dispose: async () => {},
	getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
};

/** The DDL that creates everything in `text`. `from(owner, name)` imports a package as one of ours sees it. */
export async function emptySchemaDdl(path, text, from) {
	const owner = createRequire(new URL("../../packages/adapter-prisma/package.json", import.meta.url));
	const runtime = await from("adapter-prisma", "@prisma/schema-engine-wasm/schema_engine_bg");
	const { bindMigrationAwareSqlAdapterFactory } = await from(
		"adapter-prisma",
		"@prisma/driver-adapter-utils",
	);
	const folder = dirname(owner.resolve("@prisma/schema-engine-wasm"));
	const module = await WebAssembly.compile(await readFile(join(folder, "schema_engine_bg.wasm")));
	const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": { ...runtime } });
	runtime.__wbg_set_wasm(instance.exports);
	instance.exports.__wbindgen_start();
	const connect = async () => connection;
	const factory = bindMigrationAwareSqlAdapterFactory({
		provider: "postgres",
		adapterName: "none",
		connect,
		connectToShadowDb: connect,
	});
	const content = text.replace(/url\s*=.*$/gm, (line) => " ".repeat(line.length));
	const engine = await runtime.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory);
	const { stdout } = await engine.diff({
		from: { tag: "empty" },
		to: { tag: "schemaDatamodel", files: [{ path, content }] },
		script: true,
		exitCode: null,
		filters: { externalTables: [], externalEnums: [] },
	});
	return stdout;
}
