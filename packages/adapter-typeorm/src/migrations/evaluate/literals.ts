/** Literals, templates, arrays and objects. */
import type { ESTree } from "rolldown/utils";
import { sourceText } from "./escapes.js";
import { itemsOf } from "./loops.js";
import type { Machine } from "./machine.js";
import { Callable, Dict, type Scope, Text, Unknown, type Value } from "./values.js";

/** A literal, with the place of its text. */
export function literal(
	machine: Machine,
	node: ESTree.Expression & { type: "Literal" },
	scope: Scope,
): Value {
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

/** A template without a tag. */
export async function template(machine: Machine, node: ESTree.TemplateLiteral, scope: Scope): Promise<Text> {
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

/** An array; what is spread into it and not known leaves it open. */
export async function array(machine: Machine, node: ESTree.ArrayExpression, scope: Scope): Promise<Value> {
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

/** An object; accessors, and what is spread into it and not known, leave it open. */
export async function object(machine: Machine, node: ESTree.ObjectExpression, scope: Scope): Promise<Value> {
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
