/** The canonical form of queries: names resolved, aliases numbered, results named. */
import type { TypeValue } from "../model/snapshot.js";
import { canonicalSort, canonicalWindow } from "./canonicalize.js";
import { fromItems } from "./from.js";
import {
	type ExpressionNode,
	isConstant,
	type QueryNode,
	type SelectNode,
	type SetOperationNode,
	type SortNode,
	type TargetNode,
	type ValuesNode,
} from "./node.js";
import { resultName } from "./result-name.js";
import type { Environment, Scope } from "./scope.js";

type Canonical = (node: ExpressionNode, env: Environment) => ExpressionNode;
type Body = Exclude<QueryNode, { kind: "opaque" }>;

interface QueryOptions {
	/** The names of the results do not matter: the query is an operand. */
	readonly nameless?: boolean;
	/** The query is one arm of a set operation: its constants get their types from the other arms. */
	readonly arm?: boolean;
	/** Names that the results get from outside. */
	readonly names?: readonly string[];
}

/** The query in canonical form; `canonical` canonicalizes the expressions in it. */
export function canonicalQuery(
	query: QueryNode,
	env: Environment,
	canonical: Canonical,
	options: QueryOptions = {},
): QueryNode {
	if (query.kind === "opaque") return query;
	const { inside, ctes } = withCtes(query, env, canonical);
	const body = canonicalBody({ ...query, ctes }, inside, canonical, namesFor(query, env, options));
	const go = (node: ExpressionNode) => canonical(node, inside);
	return {
		...body,
		...(query.limit ? { limit: go(query.limit) } : {}),
		...(query.offset ? { offset: go(query.offset) } : {}),
	};
}

/** The names that CREATE VIEW gives belong to the outermost query. */
function namesFor(query: Body, env: Environment, options: QueryOptions): QueryOptions {
	const outermost = env.scopes.length === 0 && options.names === undefined && !options.nameless;
	return outermost && env.context.resultNames && query.kind !== "values"
		? { ...options, names: env.context.resultNames }
		: options;
}

function withCtes(
	query: Body,
	env: Environment,
	canonical: Canonical,
): { inside: Environment; ctes: Body["ctes"] } {
	const known = new Map(env.ctes);
	if (query.recursive) for (const cte of query.ctes) known.set(cte.name, cteColumns(cte));
	const ctes = query.ctes.map((cte) => {
		const inner = canonicalQuery(cte.query, { ...env, ctes: new Map(known) }, canonical, {
			names: cte.columns,
		});
		known.set(cte.name, cteColumns({ ...cte, query: inner }));
		return { ...cte, columns: [], query: inner };
	});
	return { inside: { ...env, ctes: known }, ctes };
}

function cteColumns(cte: {
	readonly columns: readonly string[];
	readonly query: QueryNode;
}): readonly string[] | undefined {
	const names = resultNames(cte.query);
	if (!names) return cte.columns.length > 0 ? cte.columns : undefined;
	return names.map((name, at) => cte.columns[at] ?? name);
}

/** The names of a query's results, unless `*` hides them. */
function resultNames(query: QueryNode): readonly string[] | undefined {
	switch (query.kind) {
		case "opaque":
			return undefined;
		case "values":
			return (query.rows[0] ?? []).map((_, at) => `column${at + 1}`);
		case "set":
			return resultNames(query.left);
		case "select":
			if (
				query.targets.some(({ expression }) => expression.kind === "column" && expression.path.at(-1) === "*")
			)
				return undefined;
			return query.targets.map(({ expression, name }) => name ?? resultName(expression));
	}
}

function canonicalBody(query: Body, env: Environment, canonical: Canonical, options: QueryOptions): Body {
	switch (query.kind) {
		case "values":
			return canonicalValues(query, env, canonical);
		case "set":
			return canonicalSet(query, env, canonical, options);
		case "select":
			return canonicalSelect(query, env, canonical, options);
	}
}

function canonicalValues(query: ValuesNode, env: Environment, canonical: Canonical): ValuesNode {
	return { ...query, rows: query.rows.map((row) => row.map((cell) => canonical(cell, env))) };
}

function canonicalSet(
	query: SetOperationNode,
	env: Environment,
	canonical: Canonical,
	options: QueryOptions,
): SetOperationNode {
	const arm: QueryOptions = { ...options, arm: true };
	const left = canonicalQuery(query.left, env, canonical, arm);
	const right = canonicalQuery(query.right, env, canonical, { arm: true, nameless: true });
	const names = resultNames(query.left) ?? [];
	// ORDER BY of a set operation can only name its results.
	const order = query.order.map((sort) => canonicalSort(positional(sort, names), (node) => node));
	return { ...query, left, right, order };
}

function positional(sort: SortNode, names: readonly string[]): SortNode {
	if (sort.expression.kind !== "column" || sort.expression.path.length !== 1) return sort;
	const at = names.indexOf(sort.expression.path[0] ?? "");
	return at === -1 ? sort : { ...sort, expression: { kind: "number", text: String(at + 1) } };
}

function canonicalSelect(
	query: SelectNode,
	env: Environment,
	canonical: Canonical,
	options: QueryOptions,
): SelectNode {
	const { items, scope } = fromItems(query.from, env, canonical, canonicalQuery);
	const inside: Environment = { ...env, scopes: [scope, ...env.scopes] };
	const go = (node: ExpressionNode) => canonical(node, inside);
	const results = expandStars(query.targets, scope, inside).map((target, at) => ({
		expression: target.expression,
		name: options.names?.[at] ?? target.name ?? resultName(target.expression),
	}));
	const typed = options.arm || options.nameless ? inside : { ...inside, open: true };
	const targets = results.map(({ expression, name }): TargetNode => {
		const settled = canonical(expression, typed);
		return options.nameless ? { expression: settled } : { expression: settled, name };
	});
	const written = query.targets.map(({ expression, name }) => ({
		expression,
		name: name ?? resultName(expression),
	}));
	const byResult = (node: ExpressionNode, names: boolean) => go(resultOf(node, written, names));
	const { where, having, distinct } = query;
	return {
		...query,
		from: items,
		targets,
		distinct: typeof distinct === "boolean" ? distinct : distinct.map((node) => byResult(node, true)),
		...(where ? { where: go(where) } : {}),
		...(having ? { having: go(having) } : {}),
		group: query.group.map((node) => byResult(node, !isColumnOf(node, scope))),
		windows: query.windows.map((window) => canonicalWindow(window, go)),
		order: query.order.map((sort) =>
			canonicalSort({ ...sort, expression: resultOf(sort.expression, written, true) }, go),
		),
	};
}

/** Whether a name is a column of what the query reads: GROUP BY prefers that to the name of a result. */
function isColumnOf(node: ExpressionNode, scope: Scope): boolean {
	if (node.kind !== "column" || node.path.length !== 1) return true;
	const name = node.path[0] ?? "";
	return scope.items.some((item) => item.columns === undefined || Object.hasOwn(item.columns, name));
}

/** What ORDER BY 1 or ORDER BY name stands for: the expression of the result. */
function resultOf(node: ExpressionNode, targets: readonly TargetNode[], names: boolean): ExpressionNode {
	if (node.kind === "number" && /^\d+$/.test(node.text))
		return targets[Number(node.text) - 1]?.expression ?? node;
	if (!names || node.kind !== "column" || node.path.length !== 1) return node;
	return targets.find(({ name }) => name === node.path[0])?.expression ?? node;
}

/** `*` as the columns that it stands for, as Postgres stores it; unresolved where they are not known. */
function expandStars(targets: readonly TargetNode[], scope: Scope, env: Environment): TargetNode[] {
	return targets.flatMap((target) => {
		const { expression } = target;
		if (expression.kind !== "column" || expression.path.at(-1) !== "*") return [target];
		const owner = expression.path.at(-2);
		const items = owner === undefined ? scope.items : scope.items.filter((item) => item.name === owner);
		const columns = items.map(
			(item) => item.columns && Object.keys(item.columns).map((name) => columnFrom(item.name, name)),
		);
		const known = columns.filter((list) => list !== undefined);
		if (
			known.length !== columns.length ||
			known.length === 0 ||
			(owner === undefined && scope.merged.size > 0)
		) {
			env.shared.unresolved ??= "the columns that * stands for are not known";
			return [target];
		}
		return known.flat();
	});
}

function columnFrom(item: string | undefined, name: string): TargetNode {
	return { expression: { kind: "column", path: item === undefined ? [name] : [item, name] }, name };
}

/** A query under EXISTS, without the results that nobody reads. */
export function existsQuery(query: QueryNode): QueryNode {
	if (query.kind !== "select" || query.having || query.group.length > 0 || query.distinct !== false)
		return query;
	if (query.limit ?? query.offset) return query;
	// Anything else could be an aggregate or return a set.
	const plain = query.targets.every(
		({ expression }) => isConstant(expression) || expression.kind === "column",
	);
	return plain ? { ...query, targets: [{ expression: { kind: "number", text: "1" } }], order: [] } : query;
}

/** The columns of a query as a table has them. */
export function columnsOfQuery(
	query: QueryNode,
	names: readonly string[],
): Readonly<Record<string, TypeValue | undefined>> | undefined {
	const found = resultNames(query);
	const all = found?.map((name, at) => names[at] ?? name);
	return all && Object.fromEntries(all.map((name) => [name, undefined]));
}
