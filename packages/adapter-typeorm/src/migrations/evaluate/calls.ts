/** Calls, and the members that they are made on. */
import type { ESTree } from "rolldown/utils";
import { classMember, initialize } from "./classes.js";
import { sourceText } from "./escapes.js";
import { itemsOf } from "./loops.js";
import type { Machine } from "./machine.js";
import { keyOf, memberOf } from "./members.js";
import { ClassValue, Dict, EnvironmentUnknown, type Scope, Unknown, type Value } from "./values.js";

async function argumentsOf(
	machine: Machine,
	nodes: readonly ESTree.Argument[],
	scope: Scope,
): Promise<Value[]> {
	const values: Value[] = [];
	for (const node of nodes) {
		if (node.type !== "SpreadElement") values.push(await machine.evaluate(node, scope));
		else {
			const spread = await machine.evaluate(node.argument, scope);
			const { items, open } = itemsOf(spread, false, machine.place(scope, node));
			values.push(...items, ...(open ? [open] : []));
		}
	}
	return values;
}

/** A member, and the object that it is of. */
export async function member(
	machine: Machine,
	node: ESTree.MemberExpression,
	scope: Scope,
): Promise<{ readonly object: Value; readonly value: Value }> {
	const at = machine.place(scope, node);
	if (node.object.type === "Super") {
		const home = await scope.find("super")?.read("super");
		const self = await scope.find("this")?.read("this");
		const key = await keyOf(machine, node, scope);
		const parent = home instanceof ClassValue ? home.parent : undefined;
		if (parent instanceof Unknown) return { object: self, value: parent };
		return { object: self, value: await classMember(machine, parent, key, self, false, at) };
	}
	const owner = await machine.evaluate(node.object, scope);
	if (node.computed) {
		const key = await machine.evaluate(node.property, scope);
		if (key instanceof Unknown) return { object: owner, value: key };
		return { object: owner, value: await memberOf(machine, owner, machine.toText(key, at).value, at) };
	}
	return { object: owner, value: await memberOf(machine, owner, await keyOf(machine, node, scope), at) };
}

/** A call of a function, a method, or the constructor that a class extends. */
export async function call(machine: Machine, node: ESTree.CallExpression, scope: Scope): Promise<Value> {
	const at = machine.place(scope, node);
	const { callee } = node;
	if (callee.type === "Super") {
		const self = await scope.find("this")?.read("this");
		const home = await scope.find("super")?.read("super");
		const args = await argumentsOf(machine, node.arguments, scope);
		if (home instanceof ClassValue && home.parent instanceof ClassValue && self instanceof Dict) {
			await initialize(machine, home.parent, self, args, at);
		}
		return undefined;
	}
	const inner =
		callee.type === "ChainExpression" || callee.type === "TSNonNullExpression" ? callee.expression : callee;
	const target =
		inner.type === "MemberExpression"
			? await member(machine, inner, scope)
			: { object: undefined, value: await machine.evaluate(callee, scope) };
	if ((target.value === undefined || target.value === null) && (node.optional || isOptional(inner)))
		return undefined;
	const args = await argumentsOf(machine, node.arguments, scope);
	if (target.object instanceof EnvironmentUnknown) return target.object;
	return machine.call(target.value, target.object, args, at);
}

function isOptional(node: ESTree.Expression): boolean {
	return node.type === "MemberExpression" && node.optional;
}

/** `new` of a class. */
export async function construction(
	machine: Machine,
	node: ESTree.NewExpression,
	scope: Scope,
): Promise<Value> {
	const callee = await machine.evaluate(node.callee, scope);
	const args = await argumentsOf(machine, node.arguments, scope);
	return machine.construct(callee, args, machine.place(scope, node));
}

/** A template with a tag: a call of the tag. */
export async function tagged(
	machine: Machine,
	node: ESTree.TaggedTemplateExpression,
	scope: Scope,
): Promise<Value> {
	const at = machine.place(scope, node);
	const values: Value[] = [];
	const { tag } = node;
	const self = tag.type === "MemberExpression" ? await member(machine, tag, scope) : undefined;
	const callee = self ? self.value : await machine.evaluate(tag, scope);
	const parts = node.quasi.quasis;
	for (const expression of node.quasi.expressions) values.push(await machine.evaluate(expression, scope));
	const texts = parts.map((quasi) =>
		sourceText(quasi.value.raw, quasi.value.cooked ?? quasi.value.raw, machine.place(scope, quasi)),
	);
	return machine.call(callee, self?.object, [machine.list(texts), ...values], at);
}
