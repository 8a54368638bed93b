/** Names as a statement must write them. */
import { parseAddress } from "../model/address.js";

/** Reserved words of PostgreSQL 18 (manual, appendix C), which name nothing without quotes. */
const RESERVED = new Set(
	"all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column concurrently constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning right select session_user similar some symmetric system_user table tablesample then to trailing true union unique user using variadic verbose when where window with".split(
		" ",
	),
);

/** The identifier, quoted where it would else be folded or read as a keyword. */
export function sqlName(identifier: string): string {
	return /^[a-z_][a-z0-9_]*$/.test(identifier) && !RESERVED.has(identifier)
		? identifier
		: `"${identifier.replaceAll('"', '""')}"`;
}

/** `users`, `billing.invoices`: `public` is on everybody's path. */
export function sqlTable(schema: string, table: string): string {
	return schema === "public" ? sqlName(table) : `${sqlName(schema)}.${sqlName(table)}`;
}

/** The same for a qualified name as views and deltas have it. */
export function sqlTableOf(qualified: string): string {
	const { parts } = parseAddress(`table:${qualified}`);
	return sqlTable(parts[0] ?? "", parts[1] ?? "");
}
