// Prisma's own engine, as raw as it gets: the DDL of a schema, from nothing, with no database.
const inert = {
	provider: "postgres",
	adapterName: "none",
	connect: async () => inert,
	connectToShadowDb: async () => inert,
	executeScript: async () => {},
	queryRaw: async () => ({ columnNames: [], columnTypes: [], rows: [] }),
	executeRaw: async () => 0,
	getConnectionInfo: () => ({ schemaName: "public" }),
	dispose: async () => {},
};

/** The DDL that creates everything in `text`. `from(owner, name)` imports a package as one of ours sees it. */
export async function emptySchemaDdl(path, text, from) {
	const utils = await from("adapter-prisma", "@prisma/driver-adapter-utils");
	const wasm = await from("adapter-prisma", "@prisma/schema-engine-wasm");
	const factory = utils.bindMigrationAwareSqlAdapterFactory(inert);
	const blank = text.replace(/url\s*=.*$/gm, (line) => " ".repeat(line.length));
	const engine = await wasm.SchemaEngine.new({ datamodels: [[path, blank]] }, () => {}, factory);
	const result = await engine.diff({
		from: { tag: "empty" },
		to: { tag: "schemaDatamodel", files: [{ path, content: blank }] },
		script: true,
		shadowDatabaseUrl: null,
		exitCode: null,
		filters: { externalTables: [], externalEnums: [] },
	});
	return result.stdout;
}
