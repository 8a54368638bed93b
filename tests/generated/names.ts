/** Names as each language wants them. */
import type { GeneratedSchema, TableName } from "./model.js";

/** `order_items` gives `OrderItems`; two of one name in two schemas are kept apart. */
export function className({ schema, name }: TableName): string {
	const own = name.replaceAll(/(?:^|_)([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
	return schema === "public" ? own : `${own}In${schema.charAt(0).toUpperCase()}${schema.slice(1)}`;
}

/** `created_at` gives `createdAt`. */
export function camelName(name: string): string {
	return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `createdAt` gives `created_at`. */
export function snakeName(name: string): string {
	return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const RESERVED = new Set(["order", "user", "group", "check", "end"]);

/** The identifier as SQL writes it: quoted where it must be. */
export function sqlName(name: string): string {
	return /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name) ? name : `"${name}"`;
}

/** With its schema, unless that is public. */
export function qualified({ schema, name }: TableName): string {
	return schema === "public" ? sqlName(name) : `${sqlName(schema)}.${sqlName(name)}`;
}

export function sameTable(a: TableName, b: TableName): boolean {
	return a.schema === b.schema && a.name === b.name;
}

/** All schemas that hold something, public among them. */
export function allSchemas(schema: GeneratedSchema): string[] {
	return ["public", ...schema.schemas];
}
