/** What the names in an expression mean: the tables around it, from the innermost query outwards. */
import type { TypeValue } from "../model/snapshot.js";
import type { ExpressionContext } from "./context.js";
import type { ColumnNode, ExpressionNode } from "./node.js";

/** A table, subquery or function that columns can come from. */
export interface ScopeItem {
	/** What the query calls it. */
	readonly name: string | undefined;
	readonly schema?: string | undefined;
	/** What the canonical form calls it. */
	readonly canonical: string;
	/** Its columns, where they are known. */
	readonly columns: Readonly<Record<string, TypeValue | undefined>> | undefined;
}

export interface Scope {
	readonly items: readonly ScopeItem[];
	/** Columns that JOIN … USING merges, and the item that Postgres takes them from. */
	readonly merged: ReadonlyMap<string, ScopeItem>;
}

/** Everything that canonicalization knows at one place of a tree. */
export interface Environment {
	readonly context: ExpressionContext;
	/** Innermost first. */
	readonly scopes: readonly Scope[];
	/** The constant's own type matters: a result column, an argument of type "any". */
	readonly open: boolean;
	/** Tables named by WITH: never looked up. */
	readonly ctes: ReadonlyMap<string, readonly string[] | undefined>;
	/** Shared by the whole tree. */
	readonly shared: { items: number; unresolved: string | undefined };
}

/** The environment at the root of a tree. */
export function rootEnvironment(context: ExpressionContext): Environment {
	const items: ScopeItem[] = context.table
		? [
				{
					name: context.table.table,
					schema: context.table.schema,
					canonical: context.table.table,
					columns: context.columnTypes,
				},
			]
		: [];
	const scopes = [{ items, merged: new Map<string, ScopeItem>() }];
	return { context, scopes, open: false, ctes: new Map(), shared: { items: 0, unresolved: undefined } };
}

/** The column as the canonical form names it, with its type where that is known. */
export function resolveColumn(node: ColumnNode, env: Environment): ExpressionNode {
	const { path } = node;
	if (path.at(-1) === "*" && path.length === 1) return node;
	return path.length === 1 ? resolveBare(path[0] ?? "", env) : resolveQualified(path, env);
}

function resolveBare(name: string, env: Environment): ExpressionNode {
	for (const [depth, scope] of env.scopes.entries()) {
		const merged = scope.merged.get(name);
		if (merged) return columnOf(merged, name, depth, scope);
		const owners = scope.items.filter((item) => item.columns && Object.hasOwn(item.columns, name));
		const [owner] = owners;
		if (owner && owners.length === 1) return columnOf(owner, name, depth, scope);
		const row = scope.items.find((item) => item.name === name);
		if (row && !owner) return { kind: "column", path: [row.canonical, "*"] };
		const opaque = scope.items.filter((item) => item.columns === undefined);
		// Only one table can have it: the one whose columns are not known.
		const [candidate] = opaque;
		if (candidate && opaque.length === 1 && owners.length === 0)
			return columnOf(candidate, name, depth, scope);
		if (opaque.length > 1 || owners.length > 1) {
			if (depth === 0 || opaque.length > 0)
				env.shared.unresolved ??= `the table of column ${name} is not known`;
			break;
		}
	}
	const type = ownType(env.context.columnTypes, name);
	return type ? { kind: "column", path: [name], type } : { kind: "column", path: [name] };
}

function resolveQualified(path: readonly string[], env: Environment): ExpressionNode {
	const column = path.at(-1) ?? "";
	const table = path.at(-2);
	const schema = path.at(-3);
	for (const [depth, scope] of env.scopes.entries()) {
		const owner = scope.items.find((item) => item.name === table && matchesSchema(item, schema));
		if (owner) return columnOf(owner, column, depth, scope);
	}
	return { kind: "column", path };
}

function matchesSchema(item: ScopeItem, schema: string | undefined): boolean {
	return schema === undefined || item.schema === undefined || item.schema === schema;
}

/** A column of the only table of the innermost scope stands alone; any other is qualified. */
function columnOf(item: ScopeItem, column: string, depth: number, scope: Scope): ColumnNode {
	const path =
		depth === 0 && scope.items.length === 1 && column !== "*" ? [column] : [item.canonical, column];
	const type = ownType(item.columns, column);
	return type ? { kind: "column", path, type } : { kind: "column", path };
}

function ownType(types: ScopeItem["columns"], name: string): TypeValue | undefined {
	return types && Object.hasOwn(types, name) ? types[name] : undefined;
}
