/** Classes of the sources, and their objects. */
import type { Origin } from "@schemalign/core";
import type { ESTree } from "rolldown/utils";
import type { Machine } from "./machine.js";
import { Callable, ClassValue, Dict, type Scope, Unknown, type Value } from "./values.js";

/** The class that a declaration or expression makes. */
export async function classValue(machine: Machine, node: ESTree.Class, scope: Scope): Promise<ClassValue> {
	const parent = node.superClass ? await machine.evaluate(node.superClass, scope) : undefined;
	const inner = machine.scope(scope);
	const made = new ClassValue(node, inner, parent, node.id?.name ?? "");
	if (node.id) inner.declare(node.id.name, made);
	inner.declare("this", made);
	for (const element of node.body.body) {
		if (element.type === "PropertyDefinition" && element.static) {
			const name = keyName(element.key);
			if (name !== undefined) {
				made.statics.set(name, element.value ? await machine.evaluate(element.value, inner) : undefined);
			}
		}
	}
	return made;
}

/** The name of a member; private ones with their `#`. */
export function keyName(key: ESTree.PropertyKey): string | undefined {
	if (key.type === "Identifier") return key.name;
	if (key.type === "PrivateIdentifier") return `#${key.name}`;
	return key.type === "Literal" ? String(key.value) : undefined;
}

/** `new` of a class of the sources. */
export async function instantiate(
	machine: Machine,
	of: ClassValue,
	args: readonly Value[],
	at: Origin,
): Promise<Value> {
	const made = new Dict(new Map(), machine.depth, of);
	await initialize(machine, of, made, args, at);
	return made;
}

/** Runs the fields' initializers and the constructor of `of` on `made`. */
export async function initialize(
	machine: Machine,
	of: ClassValue,
	made: Dict,
	args: readonly Value[],
	at: Origin,
): Promise<void> {
	const builder = of.node.body.body.find(
		(element) => element.type === "MethodDefinition" && element.kind === "constructor",
	);
	if (!builder && of.parent instanceof ClassValue) await initialize(machine, of.parent, made, args, at);
	await initializeFields(machine, of, made);
	if (of.parent instanceof Unknown) made.open ??= of.parent;
	if (builder?.type !== "MethodDefinition") return;
	for (const param of builder.value.params) {
		if (param.type !== "TSParameterProperty") continue;
		const { parameter } = param;
		const name = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
		const index = builder.value.params.indexOf(param);
		if (name.type === "Identifier") made.fields.set(name.name, args[index]);
	}
	await machine.call(Callable.of(builder.value, of.scope, made, of), made, args, at);
}

async function initializeFields(machine: Machine, of: ClassValue, made: Dict): Promise<void> {
	for (const element of of.node.body.body) {
		if (element.type !== "PropertyDefinition" || element.static || element.declare) continue;
		const name = keyName(element.key);
		if (name === undefined) continue;
		const scope = machine.scope(of.scope);
		scope.declare("this", made);
		made.fields.set(name, element.value ? await machine.evaluate(element.value, scope) : undefined);
	}
}

/** A method or accessor of a class or of those that it extends. */
export async function classMember(
	machine: Machine,
	of: Value,
	name: string,
	self: Value,
	isStatic: boolean,
	at: Origin,
): Promise<Value> {
	for (let from: Value = of; from instanceof ClassValue; from = from.parent) {
		if (isStatic && from.statics.has(name)) return from.statics.get(name);
		for (const element of from.node.body.body) {
			if (
				element.type !== "MethodDefinition" ||
				element.static !== isStatic ||
				keyName(element.key) !== name
			) {
				continue;
			}
			const method = Callable.of(element.value, from.scope, self, from);
			if (element.kind === "method") return method;
			if (element.kind === "get") return machine.call(method, self, [], at);
		}
		if (from.parent instanceof Unknown) return from.parent;
	}
	return undefined;
}
