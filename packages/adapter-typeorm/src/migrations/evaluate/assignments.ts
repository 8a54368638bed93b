/** Assignments, and the sums that they and `+` make. */
import type { Origin } from "@schemalign/core";
import type { ESTree } from "rolldown/utils";
import { assignTo } from "./bind.js";
import type { Machine } from "./machine.js";
import { binary } from "./operators.js";
import { List, type Scope, Text, truth, Unknown, type Value } from "./values.js";

/** `count++` and its like. */
export async function update(machine: Machine, node: ESTree.UpdateExpression, scope: Scope): Promise<Value> {
	const at = machine.place(scope, node);
	const { argument } = node;
	const before = await machine.evaluate(argument, scope);
	const after = binary(node.operator === "++" ? "+" : "-", before, 1, at);
	await assignTo(machine, argument, after, scope);
	return node.prefix ? after : before;
}

/** `+`: texts are put together; what is not known is a part of the text, not all of it. */
export function added(machine: Machine, left: Value, right: Value, at: Origin): Value {
	const textual = [left, right].some((value) => value instanceof Text || value instanceof List);
	if (textual) return Text.join([machine.toText(left, at), machine.toText(right, at)]);
	return binary("+", left, right, at);
}

/** `target = value`, also with an operator. */
export async function assignment(
	machine: Machine,
	node: ESTree.AssignmentExpression,
	scope: Scope,
): Promise<Value> {
	const { left, operator } = node;
	const at = machine.place(scope, node);
	if (operator === "=") {
		const value = await machine.evaluate(node.right, scope);
		await assignTo(machine, left, value, scope);
		return value;
	}
	if (left.type === "ArrayPattern" || left.type === "ObjectPattern") return undefined;
	const before = await machine.evaluate(left, scope);
	if (operator === "||=" || operator === "&&=" || operator === "??=") {
		const keeps =
			operator === "??=" ? before !== undefined && before !== null : truth(before) === (operator === "||=");
		if (keeps && !(before instanceof Unknown)) return before;
	}
	const right = await machine.evaluate(node.right, scope);
	const symbol = operator.slice(0, -1);
	const after = /^(?:\|\||&&|\?\?)$/.test(symbol)
		? before instanceof Unknown
			? before
			: right
		: symbol === "+"
			? added(machine, before, right, at)
			: binary(symbol, before, right, at);
	await assignTo(machine, left, after, scope);
	return after;
}
