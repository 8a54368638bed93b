/** Expressions: what they give, as far as it can be known. */
import type { ESTree } from "rolldown/utils";
import { added, assignment, update } from "./assignments.js";
import { call, construction, member, tagged } from "./calls.js";
import { classValue } from "./classes.js";
import { array, literal, object, template } from "./literals.js";
import type { Machine } from "./machine.js";
import { binary, unary } from "./operators.js";
import { Callable, EnvironmentUnknown, type Scope, Text, truth, Unknown, type Value } from "./values.js";

/** The value of an expression, with what it does. @throws Thrown, Exhausted */
export async function evaluate(machine: Machine, node: ESTree.Expression, scope: Scope): Promise<Value> {
	machine.step();
	const at = machine.place(scope, node);
	switch (node.type) {
		case "Literal":
			return literal(machine, node, scope);
		case "TemplateLiteral":
			return template(machine, node, scope);
		case "Identifier":
			return identifier(machine, node, scope);
		case "ThisExpression":
			return (await scope.find("this")?.read("this")) ?? undefined;
		case "ArrayExpression":
			return array(machine, node, scope);
		case "ObjectExpression":
			return object(machine, node, scope);
		case "FunctionExpression":
		case "FunctionDeclaration":
		case "ArrowFunctionExpression":
			return Callable.of(node, scope, undefined);
		case "ClassExpression":
		case "ClassDeclaration":
			return classValue(machine, node, scope);
		case "MemberExpression":
			return (await member(machine, node, scope)).value;
		case "ChainExpression":
			return machine.evaluate(node.expression, scope);
		case "CallExpression":
			return call(machine, node, scope);
		case "NewExpression":
			return construction(machine, node, scope);
		case "UnaryExpression":
			return unary(node.operator, await machine.evaluate(node.argument, scope), at);
		case "UpdateExpression":
			return update(machine, node, scope);
		case "BinaryExpression":
			return binaryExpression(machine, node, scope);
		case "LogicalExpression":
			return logical(machine, node, scope);
		case "AssignmentExpression":
			return assignment(machine, node, scope);
		case "ConditionalExpression":
			return conditional(machine, node, scope);
		case "SequenceExpression":
			return sequence(machine, node, scope);
		case "AwaitExpression":
			return machine.evaluate(node.argument, scope);
		case "ParenthesizedExpression":
		case "TSAsExpression":
		case "TSSatisfiesExpression":
		case "TSNonNullExpression":
		case "TSTypeAssertion":
		case "TSInstantiationExpression":
			return machine.evaluate(node.expression, scope);
		case "TaggedTemplateExpression":
			return tagged(machine, node, scope);
		case "ImportExpression":
			return imported(machine, node, scope);
		default:
			return new Unknown(`an expression that is not followed (${node.type})`, at);
	}
}

async function sequence(machine: Machine, node: ESTree.SequenceExpression, scope: Scope): Promise<Value> {
	let last: Value;
	for (const each of node.expressions) last = await machine.evaluate(each, scope);
	return last;
}

async function imported(machine: Machine, node: ESTree.ImportExpression, scope: Scope): Promise<Value> {
	const at = machine.place(scope, node);
	const source = await machine.evaluate(node.source, scope);
	if (source instanceof Text) return machine.world.require(scope.file, source.value, at);
	return new Unknown("a module whose name is only known at run time", at);
}

async function identifier(
	machine: Machine,
	node: { readonly name: string; readonly start: number },
	scope: Scope,
): Promise<Value> {
	if (node.name === "undefined") return undefined;
	const owner = scope.find(node.name) ?? machine.globals.find(node.name);
	if (owner) return owner.read(node.name);
	return new Unknown(`${node.name} is not known`, machine.place(scope, node));
}

async function binaryExpression(
	machine: Machine,
	node: ESTree.BinaryExpression | ESTree.PrivateInExpression,
	scope: Scope,
): Promise<Value> {
	const at = machine.place(scope, node);
	if (node.left.type === "PrivateIdentifier") return new Unknown("a test for a private member", at);
	const left = await machine.evaluate(node.left, scope);
	const right = await machine.evaluate(node.right, scope);
	return node.operator === "+" ? added(machine, left, right, at) : binary(node.operator, left, right, at);
}

async function logical(machine: Machine, node: ESTree.LogicalExpression, scope: Scope): Promise<Value> {
	const left = await machine.evaluate(node.left, scope);
	const right = (): Promise<Value> => machine.evaluate(node.right, scope);
	// Without the variable the program takes what it falls back on.
	if (left instanceof EnvironmentUnknown && node.operator !== "&&") return right();
	if (left instanceof Unknown) {
		const other = await machine.perhaps(left, right);
		return node.operator === "&&" && truth(other) === false ? false : left;
	}
	if (node.operator === "??") return left === undefined || left === null ? right() : left;
	return truth(left) === (node.operator === "&&") ? right() : left;
}

async function conditional(
	machine: Machine,
	node: ESTree.ConditionalExpression,
	scope: Scope,
): Promise<Value> {
	const test = await machine.evaluate(node.test, scope);
	if (!(test instanceof Unknown)) {
		return machine.evaluate(truth(test) ? node.consequent : node.alternate, scope);
	}
	return Unknown.oneOf(test, [
		await machine.perhaps(test, () => machine.evaluate(node.consequent, scope)),
		await machine.perhaps(test, () => machine.evaluate(node.alternate, scope)),
	]);
}
