/** Reads TypeORM's DDL with the SQL adapter. */
import { readScripts } from "@schemalign/adapter-sql";
import type { Entity, Gap } from "@schemalign/core";
import { CAPABILITIES } from "../capabilities.js";

/** A gap in the DDL, with the table of the statement that it is in. */
export interface ScriptGap {
	readonly gap: Gap;
	readonly table?: readonly [schema: string, table: string];
}

export interface Script {
	readonly entities: readonly Entity[];
	readonly gaps: readonly ScriptGap[];
}

const FILE = "typeorm.sql";
const NAME = '"((?:[^"]|"")+)"';
const TABLE = new RegExp(
	`^(?:CREATE TABLE|ALTER TABLE|CREATE (?:MATERIALIZED )?VIEW|CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?${NAME} ON|COMMENT ON (?:TABLE|COLUMN)) (?:${NAME}\\.)?${NAME}`,
);

/** Each statement is read apart, so that a text of the user's that is no SQL does not take the others along. */
export async function readStatements(
	statements: readonly string[],
	schemas: readonly string[],
): Promise<Script> {
	// TypeORM takes schemas as given.
	const before = schemas
		.map((name) => `CREATE SCHEMA IF NOT EXISTS "${name.replaceAll('"', '""')}"`)
		.join(";\n");
	const snapshot = await readScripts({
		head: { source: FILE, adapter: "typeorm", role: "definition", path: FILE, capabilities: CAPABILITIES },
		scripts: [before, ...statements].map((text, index) => ({
			file: `${index - 1}`,
			text,
			literal: true,
		})),
	});
	const gaps = snapshot.gaps.map((gap): ScriptGap => {
		const match = TABLE.exec(statements[Number(gap.at?.file)] ?? "");
		return match ? { gap, table: [unquote(match[2] ?? "public"), unquote(match[3] ?? "")] } : { gap };
	});
	return { entities: snapshot.entities.filter(({ kind }) => kind !== "schema"), gaps };
}

function unquote(identifier: string): string {
	return identifier.replaceAll('""', '"');
}
