/** Identifiers as Postgres quotes them in printed expressions. */

/** Keywords that cannot stand as a column name without quotes (Postgres manual, appendix "SQL Key Words"). */
const RESERVED = new Set(
	`all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
	column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
	current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze
	from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
	localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
	returning right select session_user similar some symmetric system_user table tablesample then to trailing true union
	unique user using variadic verbose when where window with`.split(/\s+/),
);

/** Keywords that name a function only when quoted, besides the reserved ones; most have a syntax of their own. */
const COLUMN_WORDS = new Set(
	`between bigint bit boolean char character dec decimal exists extract float grouping inout int integer interval json
	json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table
	json_value merge_action national nchar none normalize numeric out overlay position precision real row setof smallint
	substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest
	xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/),
);

const PLAIN = /^[a-z_][a-z0-9_$]*$/;

/** Quoted unless it reads back as itself. */
export function identifier(name: string): string {
	return PLAIN.test(name) && !RESERVED.has(name) && !COLUMN_WORDS.has(name)
		? name
		: `"${name.replaceAll('"', '""')}"`;
}

/** A qualified name; `*` as the last part is the star. */
export function identifiers(path: readonly string[]): string {
	return path.map((part, at) => (part === "*" && at === path.length - 1 ? "*" : identifier(part))).join(".");
}

const SYNTAX = new Set(["coalesce", "nullif", "greatest", "least"]);

/** A function's name; COALESCE and its like stay unquoted, for they are syntax. */
export function functionName(call: { readonly schema?: string; readonly name: string }): string {
	if (call.schema !== undefined) return identifiers([call.schema, call.name]);
	return SYNTAX.has(call.name) ? call.name.toUpperCase() : identifier(call.name);
}
