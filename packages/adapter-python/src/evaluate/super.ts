/** `super().name` within a method: the attribute of the next class in the order of resolution. */
import type { Expression } from "../syntax/ast.js";
import type { Scope } from "./scope.js";
import type { Value } from "./values.js";

type Call = Extract<Expression, { kind: "call" }>;

export function isSuper(expression: Expression): expression is Call {
	return (
		expression.kind === "call" && expression.callee.kind === "name" && expression.callee.name === "super"
	);
}

/** The attribute and the class that it is read for; `undefined`: no class of the repository has it. */
export function superAttribute(
	call: Call,
	name: string,
	scope: Scope,
	value: (of: Expression) => Value,
): { value: Value; self: Value } | undefined {
	const [type, object] = call.args.map((arg) => value(arg.value));
	const method = enclosingMethod(scope);
	const owner = type?.is === "class" ? type.class : method?.parent?.owner;
	const self = object ?? (method && firstParameter(method));
	if (!owner || self?.is !== "class") return undefined;
	const order = self.class.ownMro();
	for (const ancestor of order.slice(order.indexOf(owner) + 1)) {
		const found = ancestor.ownAttribute(name);
		if (found) return { value: found, self };
	}
	return undefined;
}

function enclosingMethod(scope: Scope): Scope | undefined {
	for (let inner: Scope | undefined = scope; inner; inner = inner.parent) {
		if (inner.kind === "function" && inner.parent?.kind === "class") return inner;
	}
	return undefined;
}

/** `cls` or `self`: the parameters are bound first. */
function firstParameter(method: Scope): Value | undefined {
	const [name] = method.bindings.keys();
	return name === undefined ? undefined : method.own(name);
}
