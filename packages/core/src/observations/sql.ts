/** Names as they are written in SQL, for statements that a help proposes. */
import { identifier, identifiers } from "../expression/identifier.js";
import { tableParts } from "./inquiry.js";

/** `users`, `billing."Invoice"`: `public` is left out. */
export function sqlTable(table: string): string {
	const [schema, name] = tableParts(table);
	return schema === "public" ? identifier(name) : identifiers([schema, name]);
}

/** `ALTER TABLE users ALTER COLUMN name …`. */
export function alterColumn(table: string, column: string, action: string): string {
	return `ALTER TABLE ${sqlTable(table)} ALTER COLUMN ${identifier(column)} ${action}`;
}

/** `a, b`. */
export function sqlColumns(columns: readonly string[]): string {
	return columns.map(identifier).join(", ");
}
