/** Comprehensions, as far as what they go over is known. */
import type { Origin } from "@schemalign/core";
import type { Comprehension, Expression } from "../syntax/ast.js";
import type { Evaluator } from "./evaluator.js";
import { Scope } from "./scope.js";
import { iterate, truth, unknownValue, type Value } from "./values.js";

const ITEM_LIMIT = 10_000;

export function comprehend(
	evaluator: Evaluator,
	expression: Extract<Expression, { kind: "comprehension" }>,
	scope: Scope,
	position: number,
	at: Origin,
): Value {
	const results: [Value, Value | undefined][] = [];
	const inner = new Scope(scope.module, scope, position, "function");
	let count = 0;
	const failure = rounds(evaluator, expression.clauses, inner, () => {
		if (++count > ITEM_LIMIT) return unknownValue("too many items to be evaluated", at);
		results.push([
			evaluator.evaluate(expression.element, inner),
			expression.value ? evaluator.evaluate(expression.value, inner) : undefined,
		]);
		return undefined;
	});
	if (failure) return failure;
	if (expression.result === "dict") {
		const entries = results.flatMap(([key, item]) => (item ? [[key, item] as const] : []));
		return { is: "mapping", entries, at };
	}
	return { is: "sequence", form: expression.result, items: results.map(([item]) => item), at };
}

/** Calls `each` in every round; what ends it early is why the whole is not known. */
function rounds(
	evaluator: Evaluator,
	clauses: readonly Comprehension[],
	scope: Scope,
	each: () => Value | undefined,
): Value | undefined {
	const [clause, ...rest] = clauses;
	if (!clause) return each();
	const at = scope.origin(clause.iterable.line);
	const source = evaluator.evaluate(clause.iterable, scope);
	const items = iterate(source);
	if (!items || items.length > ITEM_LIMIT) {
		return source.is === "unknown" ? source : unknownValue("iterates over a value that is not known", at);
	}
	for (const item of items) {
		assign(clause.targets, item, scope);
		const held = clause.conditions.map((condition) => truth(evaluator.evaluate(condition, scope)));
		if (held.includes(undefined)) return unknownValue("filters by a condition that is not known", at);
		if (held.includes(false)) continue;
		const failure = rounds(evaluator, rest, scope, each);
		if (failure) return failure;
	}
	return undefined;
}

/** Binds loop variables of a comprehension afresh. */
function assign(target: Expression, value: Value, scope: Scope): void {
	if (target.kind === "name") {
		scope.bindings.delete(target.name);
		scope.bind(target.name, { line: target.line, conditions: [], evaluate: () => value });
	} else if (target.kind === "tuple" || target.kind === "list") {
		const items = value.is === "sequence" ? value.items : [];
		const rest = target.items.findIndex(({ kind }) => kind === "starred");
		target.items.forEach((item, at) => {
			// What follows `*rest` counts from the end.
			const after = target.items.length - at - 1;
			if (at === rest && item.kind === "starred") {
				const taken =
					value.is === "sequence" ? { ...value, items: items.slice(at, items.length - after) } : value;
				assign(item.value, taken, scope);
				return;
			}
			const part = rest === -1 || at < rest ? items[at] : items[items.length - after - 1];
			assign(item, part ?? unknownValue("unpacked from a value that is not known", value.at), scope);
		});
	}
}
