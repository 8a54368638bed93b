/** Reads the engine's DDL with the SQL adapter. */
import { readScripts } from "@schemalign/adapter-sql";
import type { Entity, Gap, Snapshot } from "@schemalign/core";
import { capabilities } from "../capabilities.js";

/** A gap in the DDL, with the table of the statement that it is in. */
interface ScriptGap {
	readonly gap: Gap;
	readonly table?: readonly [schema: string, table: string];
}

const FILE = "prisma.sql";
const IDENTIFIER = '"((?:[^"]|"")+)"';
const TABLE = new RegExp(
	`^(?:CREATE TABLE|ALTER TABLE|CREATE (?:UNIQUE )?INDEX ${IDENTIFIER} ON) (?:${IDENTIFIER}\\.)?${IDENTIFIER}`,
);

export class Script {
	readonly entities: readonly Entity[];
	readonly gaps: readonly ScriptGap[];

	private constructor(snapshot: Snapshot, pieces: readonly string[]) {
		this.entities = snapshot.entities;
		this.gaps = snapshot.gaps.map((gap) => {
			const table = tableAt(pieces, gap.at);
			return table ? { gap, table } : { gap };
		});
	}

	static async read(script: string): Promise<Script> {
		const pieces = cutStatements(script);
		const snapshot = await readScripts({
			head: { source: FILE, adapter: "prisma", role: "definition", path: FILE, capabilities },
			scripts: pieces.map((text, index) => ({ file: `${index}`, text, literal: true })),
		});
		return new Script(snapshot, pieces);
	}
}

/**
 * The statements of the script: the engine writes a heading above each. They are read one by one, so that a text of the
 * user's that is no SQL (`Unsupported("…")`, `dbgenerated("…")`) does not take the others along.
 */
function cutStatements(script: string): string[] {
	return script.split(/\n\n(?=-- (?:Create|Add|Alter)[A-Z][A-Za-z]*\n)/);
}

function tableAt(pieces: readonly string[], at: Gap["at"]): readonly [string, string] | undefined {
	if (!at) return undefined;
	const lines = (pieces[Number(at.file)] ?? "").split("\n");
	for (let index = Math.min(at.line, lines.length) - 1; index >= 0; index--) {
		const match = TABLE.exec(lines[index] ?? "");
		if (match) return [unquote(match[2] ?? "public"), unquote(match[3] ?? "")];
	}
	// The statement's own line may be below a comment at which it begins.
	const below = lines
		.slice(at.line)
		.map((line) => TABLE.exec(line))
		.find((match) => match !== null);
	return below ? [unquote(below[2] ?? "public"), unquote(below[3] ?? "")] : undefined;
}

function unquote(identifier: string): string {
	return identifier.replaceAll('""', '"');
}
