/** Assignments and what changes a value in its place, as bindings. */
import type { Expression, Statement } from "../syntax/ast.js";
import { MUTATORS, mutate, setItem } from "./change.js";
import type { Evaluator } from "./evaluator.js";
import type { Condition, Scope } from "./scope.js";
import { unknownValue, type Value } from "./values.js";

/** Statements of one scope that stand under the same conditions. */
export interface Block {
	readonly scope: Scope;
	readonly evaluator: Evaluator;
	readonly conditions: readonly Condition[];
	/** Set within a loop: what is bound there has no one value. */
	readonly loop?: boolean;
}

/** `a = b = value`, `a: T = value`, `a: T`. */
export function bindAssignment(statement: Extract<Statement, { kind: "assign" }>, block: Block): void {
	const { scope, evaluator, conditions } = block;
	const { targets, annotation, value, line } = statement;
	if (!value) {
		const [target] = targets;
		if (target?.kind === "name" && annotation) {
			scope.bind(target.name, {
				line,
				conditions,
				annotation,
				bare: true,
				evaluate: () => unknownValue("only annotated", scope.origin(line)),
			});
		}
		return;
	}
	const position = scope.next();
	let result: Value | undefined;
	const evaluate = () => {
		result ??= evaluator.evaluate(value, scope, position);
		return result;
	};
	for (const target of targets) bindTarget(target, line, block, evaluate, annotation);
}

/** Binds a name, the parts of a tuple, an attribute or an item to what `evaluate` gives when it is asked for. */
export function bindTarget(
	target: Expression,
	line: number,
	block: Block,
	evaluate: () => Value,
	annotation?: Expression,
): void {
	const { scope, evaluator, conditions } = block;
	const origin = scope.origin(line);
	if (target.kind === "name") {
		scope.bind(target.name, {
			line,
			conditions,
			evaluate: block.loop ? () => unknownValue("assigned in a loop", origin) : evaluate,
			...(annotation ? { annotation } : {}),
		});
	} else if (target.kind === "tuple" || target.kind === "list") {
		target.items.forEach((item, at) => {
			bindTarget(item, line, block, () => {
				const whole = evaluate();
				const part = whole.is === "sequence" ? whole.items[at] : undefined;
				if (whole.is === "unknown") return whole;
				return part ?? unknownValue("unpacked from a value that is not known", origin);
			});
		});
	} else if (target.kind === "attribute" && scope.kind === "module") {
		const { object, name } = target;
		const position = scope.next();
		scope.module.patches.push({
			line,
			object: () => evaluator.evaluate(object, scope, position),
			attribute: name,
			value: evaluate,
		});
	} else if (target.kind === "attribute" && scope.kind === "function" && !block.loop) {
		scope.effects.push({ line, evaluate });
	} else if (target.kind === "subscript" && target.object.kind === "name") {
		const [key] = target.items;
		if (!key) return;
		change(target.object.name, line, block, (before) =>
			setItem(before, evaluator.evaluate(key, scope), evaluate(), origin),
		);
	}
}

/** Rebinds a name to what a statement makes of its value so far. */
export function change(name: string, line: number, block: Block, make: (before: Value) => Value): void {
	const { scope, conditions } = block;
	if (!scope.bindings.has(name)) return;
	const position = scope.next();
	scope.bind(name, {
		line,
		conditions,
		evaluate: () => {
			const before = scope.own(name, position);
			const origin = scope.origin(line);
			if (block.loop || !before) return unknownValue(`${name} is changed in a loop`, origin);
			return make(before);
		},
	});
}

/** A statement that is only an expression: `names.append(x)` changes a name, other calls may have effects. */
export function bindEffect(expression: Expression, line: number, block: Block): void {
	if (expression.kind !== "call") return;
	const { scope, evaluator } = block;
	const { callee } = expression;
	if (callee.kind === "attribute" && callee.object.kind === "name" && MUTATORS.has(callee.name)) {
		const { name: method } = callee;
		const args = expression.args;
		change(callee.object.name, line, block, (before) =>
			mutate(
				before,
				method,
				args.map((arg) => evaluator.evaluate(arg.value, scope)),
				scope.origin(line),
			),
		);
	}
	if (scope.kind === "class" || block.loop) return;
	const position = scope.next();
	scope.effects.push({
		line,
		evaluate: () => evaluator.evaluate(expression, scope, position),
	});
}
