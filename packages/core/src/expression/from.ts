/** FROM: what a query reads, and the scope that this makes for its expressions. */
import type { TypeValue } from "../model/snapshot.js";
import type {
	ExpressionNode,
	FromItem,
	FunctionItem,
	JoinItem,
	QueryNode,
	SubqueryItem,
	TableItem,
} from "./node.js";
import { columnsOfQuery } from "./query.js";
import type { Environment, Scope, ScopeItem } from "./scope.js";

type Canonical = (node: ExpressionNode, env: Environment) => ExpressionNode;
type CanonicalQuery = (query: QueryNode, env: Environment, canonical: Canonical) => QueryNode;

interface Read {
	readonly items: FromItem[];
	readonly scope: Scope;
}

interface Reader {
	readonly env: Environment;
	readonly canonical: Canonical;
	readonly canonicalQuery: CanonicalQuery;
	/** Grows from left to right: LATERAL sees what is before it. */
	readonly found: ScopeItem[];
	readonly merged: Map<string, ScopeItem>;
}

/** The items of FROM in canonical form, and their scope. */
export function fromItems(
	from: readonly FromItem[],
	env: Environment,
	canonical: Canonical,
	canonicalQuery: CanonicalQuery,
): Read {
	const reader: Reader = { env, canonical, canonicalQuery, found: [], merged: new Map() };
	const items = from.flatMap((item) => uncrossed(read(item, reader)));
	return { items, scope: { items: reader.found, merged: reader.merged } };
}

/** A CROSS JOIN at the top is what a comma says. */
function uncrossed(item: FromItem): FromItem[] {
	return item.kind === "join" && item.join === "cross" && item.alias === undefined
		? [...uncrossed(item.left), ...uncrossed(item.right)]
		: [item];
}

function read(item: FromItem, reader: Reader): FromItem {
	switch (item.kind) {
		case "table":
			return readTable(item, reader);
		case "derived":
			return readDerived(item, reader);
		case "function":
			return readFunction(item, reader);
		case "join":
			return readJoin(item, reader);
	}
}

/** Gives the item its number, by which the canonical form calls it. */
function add(
	reader: Reader,
	name: string | undefined,
	columns: ScopeItem["columns"],
	schema?: string,
): string {
	reader.env.shared.items++;
	const canonical = `t${reader.env.shared.items}`;
	reader.found.push({ name, canonical, columns, ...(schema === undefined ? {} : { schema }) });
	return canonical;
}

function lateral(reader: Reader): Environment {
	const scope: Scope = { items: [...reader.found], merged: new Map(reader.merged) };
	return { ...reader.env, scopes: [scope, ...reader.env.scopes] };
}

function readTable(item: TableItem, reader: Reader): FromItem {
	const { context, ctes } = reader.env;
	const isCte = item.schema === undefined && ctes.has(item.name);
	const schema = isCte ? undefined : (item.schema ?? context.defaultSchema ?? "public");
	const found = isCte ? byName(ctes.get(item.name)) : context.relation?.(item.schema, item.name);
	const alias = add(reader, item.alias ?? item.name, renamed(found, item.columns), schema);
	const { schema: _, ...rest } = item;
	return {
		...rest,
		...(schema === undefined || schema === "public" ? {} : { schema }),
		alias,
		columns: item.columns,
	};
}

function byName(names: readonly string[] | undefined): ScopeItem["columns"] {
	return names && Object.fromEntries(names.map((name) => [name, undefined]));
}

function renamed(columns: ScopeItem["columns"], names: readonly string[]): ScopeItem["columns"] {
	if (!columns || names.length === 0) return columns;
	return Object.fromEntries(
		Object.entries(columns).map(([name, type], at): [string, TypeValue | undefined] => [
			names[at] ?? name,
			type,
		]),
	);
}

function readDerived(item: SubqueryItem, reader: Reader): FromItem {
	const env = item.lateral ? lateral(reader) : reader.env;
	const query = reader.canonicalQuery(item.query, { ...env, open: false }, reader.canonical);
	const alias = add(reader, item.alias, columnsOfQuery(query, item.columns));
	return { ...item, query, alias };
}

/** The columns of functions that return rows; other built-in functions have one, called as the function or its alias. */
const ROW_FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
	json_each: ["key", "value"],
	jsonb_each: ["key", "value"],
	json_each_text: ["key", "value"],
	jsonb_each_text: ["key", "value"],
	json_array_elements: ["value"],
	jsonb_array_elements: ["value"],
	json_array_elements_text: ["value"],
	jsonb_array_elements_text: ["value"],
};
const SCALAR_FUNCTIONS = new Set(
	`unnest generate_series generate_subscripts regexp_split_to_table string_to_table json_object_keys jsonb_object_keys
	regexp_matches jsonb_path_query`.split(/\s+/),
);

function readFunction(item: FunctionItem, reader: Reader): FromItem {
	const env = lateral(reader);
	const calls = item.calls.map((call) => reader.canonical(call, env));
	const only = calls.length === 1 ? calls[0] : undefined;
	const own = only?.kind === "call" ? only.name : undefined;
	const name = item.alias ?? own;
	const usual = own === undefined || item.ordinality ? undefined : usualColumns(own, name ?? own);
	const columns = item.columns.length > 0 ? item.columns : usual;
	const alias = add(reader, name, byName(columns));
	// Postgres prints all names of columns, the usual ones too. One column is called by what refers to it.
	const stated =
		item.columns.length > 1 &&
		(only === undefined || !isUsual(item.columns, usual)) &&
		own !== undefined &&
		usual;
	// LATERAL is implied for functions.
	return { ...item, lateral: false, calls, alias, columns: stated || item.ordinality ? item.columns : [] };
}

function usualColumns(own: string, name: string): readonly string[] | undefined {
	return ROW_FUNCTIONS[own] ?? (SCALAR_FUNCTIONS.has(own) ? [name] : undefined);
}

function isUsual(columns: readonly string[], usual: readonly string[] | undefined): boolean {
	return String(columns) === String(usual);
}

function readJoin(item: JoinItem, reader: Reader): FromItem {
	const start = reader.found.length;
	const left = read(item.left, reader);
	const middle = reader.found.length;
	const right = read(item.right, reader);
	const { on, ...rest } = item;
	const [lefts, rights] = [reader.found.slice(start, middle), reader.found.slice(middle)];
	for (const column of item.using) {
		const side = item.join === "right" ? rights : lefts;
		const owner =
			reader.merged.get(column) ??
			side.find((found) => found.columns && Object.hasOwn(found.columns, column)) ??
			side[0];
		if (owner && item.join !== "full") reader.merged.set(column, owner);
	}
	const settled = on && reader.canonical(on, { ...lateral(reader), open: false });
	return { ...rest, left, right, ...(settled ? { on: settled } : {}) };
}
