/** The names of one call of a function that is followed. */
import type { Origin } from "@schemalign/core";
import { setItem } from "../evaluate/change.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Scope } from "../evaluate/scope.js";
import { unknownValue, type Value } from "../evaluate/values.js";
import type { Expression } from "../syntax/ast.js";
import { bindName } from "./callees.js";

/** One call's names. */
export interface Frame {
	readonly scope: Scope;
	/** What undecided names were assigned from, for judging conditions. */
	readonly words: Map<string, readonly string[]>;
	/** Texts of which only parts are known. */
	readonly sketches: Map<string, string>;
	/** What the call may have returned, in branches that may not run. */
	readonly returns: Value[];
	/** Within `while True:`, which tries again until it succeeds. */
	retries?: boolean;
}

/** How a block ended: what it returned; nothing where it raised an exception, or where the frame holds what it may return. */
export type Ending = { readonly returned?: Value } | undefined;

/** Binds the names of an assignment's target. */
export function bindTarget(target: Expression, value: Value, frame: Frame, evaluator: Evaluator): void {
	const { scope } = frame;
	if (target.kind === "name") bindName(scope, target.name, value);
	else if (target.kind === "tuple" || target.kind === "list") {
		target.items.forEach((item, index) => {
			const part = value.is === "sequence" ? value.items[index] : undefined;
			bindTarget(
				item,
				part ?? unknownValue("unpacked from a value that is not known", value.at),
				frame,
				evaluator,
			);
		});
	} else if (target.kind === "subscript" && target.object.kind === "name") {
		const before = scope.lookup(target.object.name, Number.POSITIVE_INFINITY);
		const [key] = target.items;
		if (before && key) {
			bindName(scope, target.object.name, setItem(before, evaluator.evaluate(key, scope), value, value.at));
		}
	}
}

/** A text that is known, or known in parts. */
export function knownText(expression: Expression, frame: Frame, evaluator: Evaluator): string | undefined {
	if (expression.kind === "name" && frame.sketches.has(expression.name))
		return frame.sketches.get(expression.name);
	const value = evaluator.evaluate(expression, frame.scope);
	return value.is === "constant" && value.value !== null ? String(value.value) : undefined;
}

/** The value of a call that may have ended in several places. */
export function oneOf(values: readonly Value[], at: Origin): Value {
	const [first, ...others] = values;
	if (!first) return unknownValue("an exception is raised", at);
	const same = (each: Value) =>
		each === first || (each.is === "constant" && first.is === "constant" && each.value === first.value);
	return others.every(same) ? first : unknownValue("it depends on what is known only at run time", at);
}
