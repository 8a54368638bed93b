/** Conditions that are known only at run time. */
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Expression } from "../syntax/ast.js";
import { functionText } from "./callees.js";
import type { Frame } from "./frame.js";
import type { Mode } from "./script.js";
import { asksForExistence, wordsOf } from "./words.js";

export interface Doubt {
	readonly mode: Mode;
	/** Why, where the mode is `unsure`. */
	readonly reason: string;
}

/** Under what a block stands whose condition is known only at run time. */
export function doubtOf(
	test: Expression,
	frame: Frame,
	before: Doubt | undefined,
	evaluator: Evaluator,
): Doubt {
	const line = frame.scope.origin(test.line);
	const guard =
		before?.mode !== "unsure" &&
		asksForExistence([...wordsOf(test, frame.words), ...calledText(test, frame, evaluator)]);
	return guard
		? { mode: "guarded", reason: "" }
		: {
				mode: "unsure",
				reason: `it depends on a condition that is known only at run time (${line.file}:${line.line})`,
			};
}

/** The texts of the repository's functions that a condition calls. */
function calledText(test: Expression, frame: Frame, evaluator: Evaluator): string[] {
	switch (test.kind) {
		case "unary":
			return calledText(test.operand, frame, evaluator);
		case "binary":
			return [...calledText(test.left, frame, evaluator), ...calledText(test.right, frame, evaluator)];
		case "call": {
			const callee = evaluator.evaluate(test.callee, frame.scope);
			if (callee.is !== "function" || !callee.definition) return [];
			return functionText(callee.scope.module, callee.definition.line);
		}
		default:
			return [];
	}
}
