/** Names and texts in SQL. Both come from files and catalogs, and may hold any character. */
import { parseAddress } from "@schemalign/core";

export function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/** Read alike whatever `standard_conforming_strings` is. */
export function literal(text: string): string {
	const doubled = text.replaceAll("'", "''");
	return text.includes("\\") ? `E'${doubled.replaceAll("\\", "\\\\")}'` : `'${doubled}'`;
}

/** The schema and name of a qualified table, as addresses write it. */
export function tableParts(table: string): readonly [schema: string, name: string] {
	const [schema = "", name = ""] = parseAddress(`table:${table}`).parts;
	return [schema, name];
}

/** The table in SQL. */
export function tableSql(table: string): string {
	return tableParts(table).map(quoted).join(".");
}
