/** Reads TypeORM's DDL with the SQL adapter. */
import { type Declared, readDeclared } from "@schemalign/adapter-sql";
import { CAPABILITIES } from "../capabilities.js";

const FILE = "typeorm.sql";

/** @param schemas those of the entities: TypeORM takes schemas as given */
export async function readStatements(
	statements: readonly string[],
	schemas: readonly string[],
): Promise<Declared> {
	const before = schemas
		.map((name) => `CREATE SCHEMA IF NOT EXISTS "${name.replaceAll('"', '""')}"`)
		.join(";\n");
	const { entities, gaps } = await readDeclared({
		head: { source: FILE, adapter: "typeorm", role: "definition", path: FILE, capabilities: CAPABILITIES },
		statements: [before, ...statements],
	});
	return { entities: entities.filter(({ kind }) => kind !== "schema"), gaps };
}
