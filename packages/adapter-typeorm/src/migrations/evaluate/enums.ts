/** TypeScript's enums. */
import type { ESTree } from "rolldown/utils";
import type { Machine } from "./machine.js";
import { type Scope, Text, type Value } from "./values.js";

/** The object that an enum is at run time. */
export async function enumValue(
	machine: Machine,
	node: ESTree.TSEnumDeclaration,
	scope: Scope,
): Promise<Value> {
	const made = machine.dict();
	const inner = machine.scope(scope);
	let next = 0;
	for (const { id, initializer } of node.body.members) {
		const name = id.type === "Identifier" ? id.name : id.type === "Literal" ? id.value : "";
		const value = initializer ? await machine.evaluate(initializer, inner) : next;
		if (typeof value === "number") {
			next = value + 1;
			made.fields.set(String(value), new Text(name));
		}
		made.fields.set(name, value);
		inner.declare(name, value);
	}
	return made;
}
