/** AND, OR and NOT, over operands that are canonical already. */
import { compareText } from "../model/address.js";
import { asMembership, membership, OPPOSITE } from "./comparison.js";
import type { ExpressionNode } from "./node.js";
import { print } from "./print.js";

/**
 * AND or OR of the operands: flat, in one order, without repetition. SQL leaves the order of evaluation open, so the
 * order in which operands are written says nothing. Equalities of one subject with constants become one IN list.
 */
export function joined(kind: "and" | "or", operands: readonly ExpressionNode[]): ExpressionNode {
	const flat = operands.flatMap((operand) => (operand.kind === kind ? operand.operands : [operand]));
	const merged = mergeMemberships(flat, kind === "and");
	const byText = new Map(merged.map((operand) => [print(operand), operand]));
	const sorted = [...byText].sort(([a], [b]) => compareText(a, b)).map(([, operand]) => operand);
	const [only] = sorted;
	return sorted.length === 1 && only ? only : { kind, operands: sorted };
}

function mergeMemberships(operands: readonly ExpressionNode[], negated: boolean): ExpressionNode[] {
	const groups = new Map<string, { operand: ExpressionNode; lists: (readonly ExpressionNode[])[] }>();
	const others: ExpressionNode[] = [];
	for (const node of operands) {
		const member = asMembership(node, negated);
		if (!member) {
			others.push(node);
			continue;
		}
		const key = print(member.operand);
		const group = groups.get(key) ?? { operand: member.operand, lists: [] };
		group.lists.push(member.list);
		groups.set(key, group);
	}
	const merged = [...groups.values()].map(({ operand, lists }) => membership(operand, lists.flat(), negated));
	return [...others, ...merged];
}

/** NOT, moved inwards where three-valued logic allows it: `NOT (a = b)` is `a <> b`. */
export function negation(node: ExpressionNode): ExpressionNode {
	switch (node.kind) {
		case "not":
			return node.operand;
		case "boolean":
			return { kind: "boolean", value: !node.value };
		case "and":
			return joined("or", node.operands.map(negation));
		case "or":
			return joined("and", node.operands.map(negation));
		case "in":
		case "distinct":
			return { ...node, negated: !node.negated };
		case "is":
			// For a row, IS NULL and IS NOT NULL can both be false.
			if (node.test === "null" && mayBeRow(node.operand)) break;
			return { ...node, negated: !node.negated };
		case "operator": {
			const opposite = node.left && node.schema === undefined ? OPPOSITE[node.operator] : undefined;
			if (opposite !== undefined) return { ...node, operator: opposite };
			break;
		}
		case "subquery":
			if (node.form === "any" && node.operator === "=") return { ...node, form: "all", operator: "<>" };
			if (node.form === "all" && node.operator === "<>") return { ...node, form: "any", operator: "=" };
			break;
		default:
			break;
	}
	return { kind: "not", operand: node };
}

function mayBeRow(node: ExpressionNode): boolean {
	return (
		node.kind === "row" || node.kind === "subquery" || (node.kind === "column" && node.path.at(-1) === "*")
	);
}
