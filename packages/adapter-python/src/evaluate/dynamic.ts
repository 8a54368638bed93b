/** Classes that are made by a call: `type("Name", (Base,), {"__tablename__": …})`. */
import type { Origin } from "@schemalign/core";
import { PythonClass } from "./classes.js";
import type { CallArguments } from "./functions.js";
import { Scope } from "./scope.js";
import { asString, iterate, unknownValue, type Value } from "./values.js";

/** The class that a call of `type` with three arguments makes; `undefined`: not even its bases are known. */
export function makeClass(args: CallArguments, scope: Scope, at: Origin): PythonClass | undefined {
	const [name, bases, attributes] = args.positional;
	const parents = bases ? iterate(bases) : undefined;
	if (!parents || !attributes) return undefined;
	const body = new Scope(scope.module, scope, Number.POSITIVE_INFINITY, "class");
	const bind = (key: string, value: Value) =>
		body.bind(key, { line: at.line, conditions: [], evaluate: () => value });
	if (attributes.is !== "mapping") {
		// Whatever it maps, its name is not known: it must not be taken for a class without a table.
		bind("__tablename__", unknownValue("the class's attributes cannot be evaluated", at));
	} else {
		for (const [key, value] of attributes.entries) {
			const attribute = asString(key);
			if (attribute !== undefined) bind(attribute, value);
		}
	}
	const definition = {
		kind: "class" as const,
		line: at.line,
		endLine: at.line,
		name: asString(name) ?? "a class",
		args: [],
		decorators: [],
		body: [],
	};
	return new PythonClass(
		definition,
		scope.module,
		body,
		() => ({ bases: parents, keywords: args.keywords }),
		() => [],
	);
}
