/** Reads the engine's DDL with the SQL adapter. */
import { type Declared, readDeclared } from "@schemalign/adapter-sql";
import { capabilities } from "../capabilities.js";

const FILE = "prisma.sql";

/** What the engine's script declares. */
export function readScript(script: string): Promise<Declared> {
	return readDeclared({
		head: { source: FILE, adapter: "prisma", role: "definition", path: FILE, capabilities },
		statements: cutStatements(script),
	});
}

/** The statements of the script: the engine writes a heading above each. */
function cutStatements(script: string): string[] {
	return script.split(/\n\n(?=-- (?:Create|Add|Alter)[A-Z][A-Za-z]*\n)/);
}
