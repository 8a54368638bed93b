/**
 * Operations that plugins of Alembic add to `op`: alembic_utils' replaceable entities (`op.create_entity(PGFunction(…))`)
 * and alembic-postgresql-enum's `op.sync_enum_values`, as the SQL that they run.
 */
import { asString, type CallValue, externalPath, isNone, iterate, type Value } from "../evaluate/values.js";
import { quote } from "../sqlalchemy/sql.js";
import { type DdlScript, quoted, quotedTable } from "./script.js";
import { addSql } from "./sql.js";

type Verb = "create" | "replace" | "drop";

/** What an entity's constructor was given. */
interface EntityParts {
	readonly schema: string;
	readonly signature: string;
	readonly definition: string;
	readonly on: string | undefined;
	readonly constraint: boolean;
	readonly data: boolean;
}

const STATEMENTS: Readonly<Record<string, (parts: EntityParts, verb: Verb) => string | undefined>> = {
	PGFunction: ({ schema, signature, definition }, verb) => {
		const name = `${quoted(schema)}.${functionName(signature)}`;
		if (verb === "drop") return `DROP FUNCTION ${withoutDefaults(name)}`;
		return `CREATE ${verb === "replace" ? "OR REPLACE " : ""}FUNCTION ${name} ${definition}`;
	},
	PGTrigger: ({ signature, definition, on, constraint }, verb) => {
		const drop = on === undefined ? undefined : `DROP TRIGGER IF EXISTS ${quoted(signature)} ON ${on}`;
		if (verb === "drop") return drop?.replace("IF EXISTS ", "");
		const create = `CREATE ${constraint ? "CONSTRAINT " : ""}TRIGGER ${quoted(signature)} ${definition}`;
		return verb === "replace" ? drop && `${drop};\n${create}` : create;
	},
	PGView: ({ schema, signature, definition }, verb) => {
		const name = `${quoted(schema)}.${quoted(signature)}`;
		if (verb === "drop") return `DROP VIEW ${name}`;
		return `${verb === "replace" ? `DROP VIEW IF EXISTS ${name};\n` : ""}CREATE VIEW ${name} AS ${definition}`;
	},
	PGMaterializedView: ({ schema, signature, definition, data }, verb) => {
		const name = `${quoted(schema)}.${quoted(signature)}`;
		if (verb === "drop") return `DROP MATERIALIZED VIEW ${name}`;
		const drop = verb === "replace" ? `DROP MATERIALIZED VIEW IF EXISTS ${name};\n` : "";
		const query = definition.trimEnd().replace(/;$/, "");
		return `${drop}CREATE MATERIALIZED VIEW ${name} AS ${query} WITH ${data ? "" : "NO "}DATA`;
	},
	PGExtension: ({ schema, signature }, verb) =>
		verb === "drop"
			? `DROP EXTENSION ${quoted(signature)}`
			: `CREATE EXTENSION IF NOT EXISTS ${quoted(signature)} WITH SCHEMA ${quoted(schema)}`,
	PGPolicy: ({ signature, definition, on }, verb) => {
		if (on === undefined) return undefined;
		const drop = `DROP POLICY ${quoted(signature)} ON ${on}`;
		if (verb === "drop") return drop;
		return `${verb === "replace" ? `${drop};\n` : ""}CREATE POLICY ${quoted(signature)} ON ${on} ${definition}`;
	},
	PGGrantTable: () => "",
};

const VERBS: Readonly<Record<string, Verb>> = {
	create_entity: "create",
	replace_entity: "replace",
	drop_entity: "drop",
};

/** Performs an operation of a plugin; `false`: it is none that is known, or cannot be evaluated. */
export function performPlugin(name: string, call: CallValue, script: DdlScript): boolean {
	if (name === "sync_enum_values") return syncEnum(call, script);
	const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
	const entity = call.args[0];
	if (!verb || entity?.is !== "call") return false;
	const path = externalPath(entity.callee) ?? "";
	const kind = path.startsWith("alembic_utils.") ? (path.split(".").at(-1) ?? "") : "";
	const statement = Object.hasOwn(STATEMENTS, kind) ? STATEMENTS[kind] : undefined;
	const parts = statement && partsOf(entity);
	const sql = parts && statement(parts, verb);
	if (sql === undefined) return false;
	if (sql !== "") addSql(sql, call.at, script, "");
	return true;
}

function partsOf(entity: CallValue): EntityParts | undefined {
	const get = (position: number, name: string) => entity.keywords.get(name) ?? entity.args[position];
	const [schema, signature] = [asString(get(0, "schema")), asString(get(1, "signature"))];
	const given = get(2, "definition");
	const definition = given ? asString(given) : "";
	if (schema === undefined || signature === undefined || definition === undefined) return undefined;
	const constraint = entity.keywords.get("is_constraint");
	const data = entity.keywords.get("with_data");
	return {
		schema,
		signature,
		// A colon is escaped, as it would begin a parameter of the text.
		definition: definition.replaceAll("\\:", ":"),
		on: asString(entity.keywords.get("on_entity")),
		constraint: constraint?.is === "constant" && constraint.value === true,
		data: !(data?.is === "constant" && data.value === false),
	};
}

/** `name(a integer)` with the name quoted as it stands. */
function functionName(signature: string): string {
	const open = signature.indexOf("(");
	const name = (open === -1 ? signature : signature.slice(0, open)).trim();
	return `${name.startsWith('"') ? name : quoted(name)}${open === -1 ? "()" : signature.slice(open)}`;
}

function withoutDefaults(name: string): string {
	return name.replace(/\s+(default|=)\s+[^,)]+(\([^)]*\))?/gi, "");
}

/** The type is made anew with the new labels, and its columns move to it. */
function syncEnum(call: CallValue, script: DdlScript): boolean {
	const get = (position: number, name: string) => call.keywords.get(name) ?? call.args[position];
	const [schema, name] = [asString(get(0, "enum_schema")), asString(get(1, "enum_name"))];
	const labels = textsOf(get(2, "new_values"));
	if (schema === undefined || name === undefined || !labels) return false;
	const columns = iterateKnown(get(3, "affected_columns"))?.map((each) => columnOf(each, schema, script));
	const renamed = iterateKnown(get(4, "enum_values_to_rename"))?.map(textsOf) ?? [];
	if (!columns) return false;
	const type = quotedTable({ schema, table: name });
	const lines = [
		`ALTER TYPE ${type} RENAME TO ${quoted(`${name}_old`)}`,
		`CREATE TYPE ${type} AS ENUM (${labels.map(quote).join(", ")})`,
	];
	for (const column of columns) {
		if (!column) return false;
		const { table, text, array } = column;
		const to = `${type}${array ? "[]" : ""}`;
		const alter = `ALTER TABLE ${table} ALTER COLUMN ${quoted(text)}`;
		if (column.default !== undefined) lines.push(`${alter} DROP DEFAULT`);
		lines.push(`${alter} TYPE ${to} USING ${converted(quoted(text), to, array, renamed)}`);
		if (column.default !== undefined) {
			lines.push(`${alter} SET DEFAULT ${movedDefault(column.default, to, renamed)}`);
		}
	}
	lines.push(`DROP TYPE ${quotedTable({ schema, table: `${name}_old` })}`);
	addSql(`${lines.join(";\n")};`, call.at, script, "");
	return true;
}

/** The expression that makes values of the new type, renamed labels among them, of a column (the plugin's `cast_old_enum_type_to_new`). */
function converted(
	column: string,
	type: string,
	array: boolean,
	renamed: readonly (readonly string[] | undefined)[],
): string {
	const pairs = renamed.flatMap(([from, to] = []) =>
		from === undefined || to === undefined ? [] : [{ from, to }],
	);
	if (array) {
		const labels = pairs.reduce(
			(text, { from, to }) => `array_replace(${text}, ${quote(from)}, ${quote(to)})`,
			`${column}::text[]`,
		);
		return `${labels}::${type}`;
	}
	if (pairs.length === 0) return `${column}::text::${type}`;
	const cases = pairs.map(
		({ from, to }) => `WHEN ${column}::text = ${quote(from)} THEN ${quote(to)}::${type}`,
	);
	return `CASE ${cases.join(" ")} ELSE ${column}::text::${type} END`;
}

/** The default as one of the new type (the plugin's `rename_default_if_required`). */
function movedDefault(
	sql: string,
	type: string,
	renamed: readonly (readonly string[] | undefined)[],
): string {
	let text = sql;
	for (const [from, to] of renamed.flatMap((pair) => (pair ? [pair] : []))) {
		if (from === undefined || to === undefined) continue;
		text = text.replaceAll(quote(from), () => quote(to)).replaceAll(quoted(from), () => quoted(to));
	}
	if (/^ARRAY\[/i.test(text)) return `${text.replace(/::[."\w]+(\[\])?/g, "")}::${type}`;
	const cast = text.indexOf("::");
	return `${cast === -1 ? text : text.slice(0, cast)}::${type}`;
}

interface EnumColumn {
	readonly table: string;
	readonly text: string;
	readonly array: boolean;
	readonly default: string | undefined;
}

/** `("table", "column")`, whose default the plugin asks the database for, or `TableReference(…)`, which states it. */
function columnOf(value: Value, enumSchema: string, script: DdlScript): EnumColumn | undefined {
	if (value.is === "sequence") {
		const [table, text] = value.items.slice(0, 2).map(asString);
		if (table === undefined || text === undefined) return undefined;
		const name = { schema: enumSchema, table };
		const held = script.state.table(name)?.defaults.get(text);
		return { table: quotedTable(name), text, array: isArray(value.items[2]), default: held };
	}
	if (value.is !== "call") return undefined;
	const get = (key: string) => asString(value.keywords.get(key));
	const [schema = enumSchema, table, text] = [get("table_schema"), get("table_name"), get("column_name")];
	if (table === undefined || text === undefined) return undefined;
	const array = isArray(value.keywords.get("column_type"));
	return { table: quotedTable({ schema, table }), text, array, default: get("existing_server_default") };
}

function isArray(type: Value | undefined): boolean {
	return externalPath(type)?.endsWith(".ARRAY") ?? false;
}

function textsOf(value: Value | undefined): string[] | undefined {
	const texts = iterateKnown(value)?.map(asString);
	return texts?.every((text): text is string => text !== undefined) ? texts : undefined;
}

function iterateKnown(value: Value | undefined): readonly Value[] | undefined {
	return value && !isNone(value) ? iterate(value) : undefined;
}
