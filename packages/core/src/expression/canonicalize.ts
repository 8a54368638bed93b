/** The canonical form of expressions: one tree for all spellings that Postgres treats as one. See docs/expressions.md. */
import type { TypeValue } from "../model/snapshot.js";
import { calculated, concatenated, operated } from "./arithmetic.js";
import { called, keepsTypes, unified } from "./calls.js";
import { casted, plainType, valueFunction } from "./casts.js";
import { compared, distinct, membership, quantified } from "./comparison.js";
import { plainBits, plainNumber } from "./constant.js";
import type { ExpressionContext } from "./context.js";
import { atRoot } from "./default.js";
import { isArithmetic, isComparison } from "./families.js";
import { joined, negation } from "./logic.js";
import type {
	BetweenNode,
	CallNode,
	CaseNode,
	ExpressionNode,
	OperatorNode,
	QueryNode,
	SortNode,
	SubqueryNode,
	WindowNode,
} from "./node.js";
import { canonicalQuery, existsQuery } from "./query.js";
import { type Environment, resolveColumn, rootEnvironment } from "./scope.js";

/** The canonical tree of an expression at the place that `context` describes. Idempotent. */
export function canonicalize(node: ExpressionNode, context: ExpressionContext = {}): ExpressionNode {
	return atRoot(canonical(node, rootEnvironment(context)), node, context);
}

/** A query's canonical tree, and what could not be resolved for lack of knowledge of its tables. */
export interface CanonicalQuery {
	readonly query: QueryNode;
	/** Why the tree may differ from that of an equal query: `*` or a name that only the tables' columns explain. */
	readonly unresolved: string | undefined;
}

/** The canonical tree of a whole query, such as a view's. */
export function canonicalizeQuery(query: QueryNode, context: ExpressionContext = {}): CanonicalQuery {
	const env = rootEnvironment(context);
	const result = canonicalQuery(query, { ...env, scopes: context.table ? env.scopes : [] }, canonical);
	return { query: result, unresolved: env.shared.unresolved };
}

/** The canonical tree of a part. */
function canonical(node: ExpressionNode, env: Environment): ExpressionNode {
	const closed = env.open ? { ...env, open: false } : env;
	const go = (part: ExpressionNode) => canonical(part, closed);
	switch (node.kind) {
		case "number":
			return plainNumber(node.text);
		case "bits":
			return plainBits(node.text);
		case "column":
			return resolveColumn(node, env);
		case "cast":
			return canonicalCast(node.operand, node.type, valueFunction(node), env);
		case "array":
			return { ...node, elements: node.elements.map(go) };
		case "row":
			return { ...node, elements: node.elements.map(go) };
		case "call":
			return canonicalCall(node, closed);
		case "named":
			return { ...node, value: canonical(node.value, env) };
		case "operator":
			return canonicalOperator(node, go);
		case "quantified":
			return quantified(node.operator, node.quantifier, go(node.left), go(node.right));
		case "in":
			return membership(go(node.operand), node.list.map(go), node.negated);
		case "and":
		case "or":
			return joined(node.kind, node.operands.map(go));
		case "not":
			return negation(go(node.operand));
		case "is":
			return { ...node, operand: go(node.operand) };
		case "distinct":
			return distinct(go(node.left), go(node.right), node.negated);
		case "between":
			return canonicalBetween(node, go);
		case "case":
			return canonicalCase(node, go);
		case "subscript":
			return {
				...node,
				operand: go(node.operand),
				...(node.lower ? { lower: go(node.lower) } : {}),
				...(node.upper ? { upper: go(node.upper) } : {}),
			};
		case "field":
			return { ...node, operand: go(node.operand) };
		case "collate":
			return {
				...node,
				operand: go(node.operand),
				collation: node.collation.filter((part) => part !== "pg_catalog"),
			};
		case "keyword":
			return canonicalKeyword(node);
		case "subquery":
			return canonicalSubquery(node, closed);
		case "other":
			return { ...node, operands: node.operands.map(go) };
		default:
			return node;
	}
}

function canonicalCast(
	operand: ExpressionNode,
	type: TypeValue,
	now: ExpressionNode | undefined,
	env: Environment,
): ExpressionNode {
	if (now) return canonical(now, env);
	const inner = canonical(operand, { ...env, open: false });
	return casted(inner, plainType(type, env.context.table?.schema), env.open);
}

function canonicalKeyword(node: Extract<ExpressionNode, { kind: "keyword" }>): ExpressionNode {
	const { name, precision } = node;
	const full = precision === undefined || precision >= 6;
	if (name === "current_timestamp" && full) return { kind: "call", name: "now", args: [] };
	if (name === "current_role" || name === "user") return { kind: "keyword", name: "current_user" };
	return full ? { kind: "keyword", name } : node;
}

function canonicalCall(node: CallNode, env: Environment): ExpressionNode {
	const inside = keepsTypes(node) ? { ...env, open: true } : env;
	const args = node.args.map((arg) => canonical(arg, inside));
	const { modifiers } = node;
	const go = (part: ExpressionNode) => canonical(part, env);
	if (!modifiers) return called({ ...node, args }, node.args, env.context.table?.schema);
	const { filter, over, order, ...flags } = modifiers;
	const settledModifiers = {
		...flags,
		...(order ? { order: order.map((sort) => canonicalSort(sort, go)) } : {}),
		...(filter ? { filter: go(filter) } : {}),
		...(over ? { over: canonicalWindow(over, go) } : {}),
	};
	return called({ ...node, args, modifiers: settledModifiers }, node.args, env.context.table?.schema);
}

/** A sort key; the default place of NULLs is not stated. */
export function canonicalSort(sort: SortNode, go: (node: ExpressionNode) => ExpressionNode): SortNode {
	const { nulls, using, ...rest } = sort;
	const descending = sort.descending || using === ">";
	const plain = using === undefined || using === "<" || using === ">";
	const implied = descending ? "first" : "last";
	return {
		...rest,
		expression: go(sort.expression),
		descending,
		...(nulls && nulls !== implied ? { nulls } : {}),
		...(plain ? {} : { using }),
	};
}

/** A window's parts in canonical form. */
export function canonicalWindow(
	window: WindowNode,
	go: (node: ExpressionNode) => ExpressionNode,
): WindowNode {
	return {
		...window,
		partition: window.partition.map(go),
		order: window.order.map((sort) => canonicalSort(sort, go)),
		...(window.frame ? { frame: { ...window.frame, bounds: window.frame.bounds.map(go) } } : {}),
	};
}

function canonicalOperator(node: OperatorNode, go: (node: ExpressionNode) => ExpressionNode): ExpressionNode {
	const right = go(node.right);
	if (!node.left) return prefixed({ ...node, right });
	const left = go(node.left);
	if (node.schema !== undefined) return { ...node, left, right };
	if (isComparison(node.operator)) return compared(node.operator, left, right);
	const whole: OperatorNode = { ...node, left, right };
	if (isArithmetic(node.operator)) return calculated(whole, node);
	return node.operator === "||" ? concatenated(whole) : operated(whole);
}

/** A sign before a number belongs to the number. */
function prefixed(node: OperatorNode): ExpressionNode {
	const { right } = node;
	if (right.kind !== "number" || (node.operator !== "-" && node.operator !== "+")) return node;
	if (node.operator === "+") return right;
	const text = right.text.startsWith("-") ? right.text.slice(1) : `-${right.text}`;
	return plainNumber(text);
}

function canonicalBetween(node: BetweenNode, go: (node: ExpressionNode) => ExpressionNode): ExpressionNode {
	const operand = go(node.operand);
	const [low, high] = [go(node.low), go(node.high)];
	const range = (from: ExpressionNode, to: ExpressionNode) =>
		joined("and", [compared(">=", operand, from), compared("<=", operand, to)]);
	const inside = node.symmetric ? joined("or", [range(low, high), range(high, low)]) : range(low, high);
	return node.negated ? negation(inside) : inside;
}

function canonicalCase(node: CaseNode, go: (node: ExpressionNode) => ExpressionNode): ExpressionNode {
	const operand = node.operand && go(node.operand);
	const whens = node.branches.map(({ when }) => when);
	const tests =
		node.operand && operand
			? unified([operand, ...whens.map(go)], [node.operand, ...whens]).slice(1)
			: whens.map(go);
	const written = [...node.branches.map(({ result }) => result), ...(node.otherwise ? [node.otherwise] : [])];
	const results = unified(written.map(go), written);
	const branches = tests.flatMap((when, at) => {
		const result = results[at];
		return result ? [{ when, result }] : [];
	});
	const last = node.otherwise && results.at(-1);
	return {
		kind: "case",
		...(operand ? { operand } : {}),
		branches,
		...(last && last.kind !== "null" ? { otherwise: last } : {}),
	};
}

function canonicalSubquery(node: SubqueryNode, env: Environment): ExpressionNode {
	const written = node.form === "exists" ? existsQuery(node.query) : node.query;
	const query = canonicalQuery(written, env, canonical, { nameless: true });
	const operand = node.operand && canonical(node.operand, env);
	if (node.form === "any" || node.form === "all") {
		return { ...node, operator: node.operator ?? "=", query, ...(operand ? { operand } : {}) };
	}
	return { ...node, query };
}
