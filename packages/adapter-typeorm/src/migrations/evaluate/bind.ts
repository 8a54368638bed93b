/** Patterns: what destructuring gives to names, and assignment to targets. */
import type { ESTree } from "rolldown/utils";
import type { Machine } from "./machine.js";
import { keyOf, memberOf, setMember } from "./members.js";
import { Dict, List, type Scope, Unknown, type Value } from "./values.js";

type Pattern = ESTree.BindingPattern | ESTree.AssignmentTargetMaybeDefault;
type Leaf = (name: string, value: Value, scope: Scope) => void;

/** Declares the names of a pattern in `scope`. */
export function bindPattern(
	machine: Machine,
	pattern: ESTree.BindingPattern,
	value: Value,
	scope: Scope,
): Promise<void> {
	return destructure(machine, pattern, value, scope, (name, part) => scope.declare(name, part));
}

/** Assigns to a variable, a member, or the targets of a pattern. */
export function assignTo(
	machine: Machine,
	target: ESTree.AssignmentTarget,
	value: Value,
	scope: Scope,
): Promise<void> {
	return destructure(machine, target, value, scope, (name, part) => machine.assign(scope, name, part));
}

async function destructure(
	machine: Machine,
	pattern: Pattern,
	value: Value,
	scope: Scope,
	leaf: Leaf,
): Promise<void> {
	switch (pattern.type) {
		case "Identifier":
			leaf(pattern.name, value, scope);
			return;
		case "AssignmentPattern": {
			const given = value === undefined ? await machine.evaluate(pattern.right, scope) : value;
			await destructure(machine, pattern.left, given, scope, leaf);
			return;
		}
		case "ArrayPattern":
			for (const [index, element] of pattern.elements.entries()) {
				if (element?.type === "RestElement") {
					const rest = value instanceof List ? machine.list(value.items.slice(index)) : value;
					await destructure(machine, element.argument, rest, scope, leaf);
				} else if (element) await destructure(machine, element, itemAt(value, index), scope, leaf);
			}
			return;
		case "ObjectPattern":
			await destructureObject(machine, pattern, value, scope, leaf);
			return;
		case "MemberExpression": {
			const object = await machine.evaluate(pattern.object, scope);
			const key = await keyOf(machine, pattern, scope);
			setMember(machine, object, key, value);
			return;
		}
		default:
			if ("expression" in pattern && pattern.expression.type === "Identifier") {
				leaf(pattern.expression.name, value, scope);
			}
	}
}

function itemAt(value: Value, index: number): Value {
	if (value instanceof List) return index < value.items.length ? value.items[index] : value.open;
	return value instanceof Unknown ? value : undefined;
}

async function destructureObject(
	machine: Machine,
	pattern: ESTree.ObjectPattern | ESTree.ObjectAssignmentTarget,
	value: Value,
	scope: Scope,
	leaf: Leaf,
): Promise<void> {
	const taken = new Set<string>();
	for (const property of pattern.properties) {
		if (property.type === "RestElement") {
			const rest =
				value instanceof Dict ? machine.dict([...value.fields].filter(([key]) => !taken.has(key))) : value;
			await destructure(machine, property.argument, rest, scope, leaf);
			continue;
		}
		const { key } = property;
		const at = machine.place(scope, property);
		const name =
			!property.computed && key.type === "Identifier"
				? key.name
				: key.type === "PrivateIdentifier"
					? undefined
					: await machine.evaluate(key, scope);
		const text = typeof name === "string" ? name : machine.toText(name, at).value;
		taken.add(text);
		await destructure(machine, property.value, await memberOf(machine, value, text, at), scope, leaf);
	}
}
