/** Expressions: what they give, as far as it can be known. */
import type { ESTree } from "rolldown/utils";
import { assignTo } from "./bind.js";
import { classMember, classValue, initialize } from "./classes.js";
import { sourceText } from "./escapes.js";
import { itemsOf } from "./loops.js";
import type { Machine } from "./machine.js";
import { keyOf, memberOf } from "./members.js";
import { binary, unary } from "./operators.js";
import {
	Callable,
	ClassValue,
	Dict,
	EnvironmentUnknown,
	List,
	type Scope,
	Text,
	truth,
	Unknown,
	type Value,
} from "./values.js";

/** @throws Thrown, Exhausted */
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
		case "NewExpression": {
			const callee = await machine.evaluate(node.callee, scope);
			return machine.construct(callee, await argumentsOf(machine, node.arguments, scope), at);
		}
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
		case "SequenceExpression": {
			let last: Value;
			for (const each of node.expressions) last = await machine.evaluate(each, scope);
			return last;
		}
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
		case "ImportExpression": {
			const source = await machine.evaluate(node.source, scope);
			if (source instanceof Text) return machine.world.require(scope.file, source.value, at);
			return new Unknown("a module whose name is only known at run time", at);
		}
		default:
			return new Unknown(`an expression that is not followed (${node.type})`, at);
	}
}

function literal(machine: Machine, node: ESTree.Expression & { type: "Literal" }, scope: Scope): Value {
	if ("regex" in node) {
		try {
			return new RegExp(node.regex.pattern, node.regex.flags);
		} catch {
			return new Unknown("a regular expression that is not followed", machine.place(scope, node));
		}
	}
	if (typeof node.value !== "string") return node.value;
	const raw = (node.raw ?? "").slice(1, -1);
	return sourceText(raw, node.value, machine.place(scope, node));
}

async function template(machine: Machine, node: ESTree.TemplateLiteral, scope: Scope): Promise<Text> {
	const parts: Text[] = [];
	for (const [index, quasi] of node.quasis.entries()) {
		const { raw, cooked } = quasi.value;
		parts.push(sourceText(raw, cooked ?? raw, machine.place(scope, quasi)));
		const expression = node.expressions[index];
		if (!expression) continue;
		const value = await machine.evaluate(expression, scope);
		// What is filled in stands, for the reader, where it is filled in.
		parts.push(new Text(machine.toText(value, machine.place(scope, expression)).value));
	}
	return Text.join(parts);
}

async function tagged(machine: Machine, node: ESTree.TaggedTemplateExpression, scope: Scope): Promise<Value> {
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

async function array(machine: Machine, node: ESTree.ArrayExpression, scope: Scope): Promise<Value> {
	const made = machine.list([]);
	for (const element of node.elements) {
		if (element === null) made.items.push(undefined);
		else if (element.type !== "SpreadElement") made.items.push(await machine.evaluate(element, scope));
		else {
			const spread = await machine.evaluate(element.argument, scope);
			const { items, open } = itemsOf(spread, false, machine.place(scope, element));
			made.items.push(...items);
			made.open ??= open;
		}
	}
	return made;
}

async function object(machine: Machine, node: ESTree.ObjectExpression, scope: Scope): Promise<Value> {
	const made = machine.dict();
	for (const property of node.properties) {
		if (property.type === "SpreadElement") {
			const spread = await machine.evaluate(property.argument, scope);
			if (spread instanceof Dict) {
				for (const [key, value] of spread.fields) made.fields.set(key, value);
				made.open ??= spread.open;
			} else if (spread instanceof Unknown) made.open ??= spread;
			continue;
		}
		const { key } = property;
		const name =
			property.computed && key.type !== "PrivateIdentifier"
				? machine.toText(await machine.evaluate(key, scope), machine.place(scope, key)).value
				: key.type === "Identifier"
					? key.name
					: key.type === "Literal"
						? String(key.value)
						: "";
		if (property.kind !== "init") made.open ??= new Unknown("an accessor", machine.place(scope, property));
		else if (property.method && property.value.type === "FunctionExpression") {
			made.fields.set(name, Callable.of(property.value, scope, made));
		} else made.fields.set(name, await machine.evaluate(property.value, scope));
	}
	return made;
}

export async function argumentsOf(
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
async function member(
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

async function call(machine: Machine, node: ESTree.CallExpression, scope: Scope): Promise<Value> {
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

async function update(machine: Machine, node: ESTree.UpdateExpression, scope: Scope): Promise<Value> {
	const at = machine.place(scope, node);
	const { argument } = node;
	const before = await machine.evaluate(argument, scope);
	const after = binary(node.operator === "++" ? "+" : "-", before, 1, at);
	await assignTo(machine, argument, after, scope);
	return node.prefix ? after : before;
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

/** `+`: texts are put together; what is not known is a part of the text, not all of it. */
function added(
	machine: Machine,
	left: Value,
	right: Value,
	at: { readonly file: string; readonly line: number },
): Value {
	const textual = [left, right].some((value) => value instanceof Text || value instanceof List);
	if (textual) return Text.join([machine.toText(left, at), machine.toText(right, at)]);
	return binary("+", left, right, at);
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

async function assignment(machine: Machine, node: ESTree.AssignmentExpression, scope: Scope): Promise<Value> {
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
