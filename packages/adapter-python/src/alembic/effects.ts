/** What expressions do: calls of `op`, of functions that are followed, of the connection. */
import type { Origin } from "@schemalign/core";
import { MUTATORS, mutate } from "../evaluate/change.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { CallArguments } from "../evaluate/functions.js";
import { constant, type FunctionValue, truth, unknownValue, type Value } from "../evaluate/values.js";
import type { Expression, Statement } from "../syntax/ast.js";
import { bindName, isTransparent, mayMigrate } from "./callees.js";
import { type Frame, knownText } from "./frame.js";
import { perform } from "./operations.js";
import type { DdlScript } from "./script.js";
import { addSql, executed, sketch } from "./sql.js";

const EXECUTED = "what a statement returns is known only at run time";

/** How statements are followed. */
export interface Flow {
	/** Follows a function's body; what it returns. */
	call(callee: FunctionValue, args: CallArguments, at: Origin, sketches: ReadonlyMap<string, string>): Value;
	/** Follows the branch that is taken, or all that may be. */
	branch(branches: readonly Branch[], frame: Frame): unknown;
}

export interface Branch {
	/** Absent: `else`. */
	readonly test?: Expression;
	readonly body: readonly Statement[];
}

export class Effects {
	constructor(
		private readonly evaluator: Evaluator,
		private readonly script: DdlScript,
		private readonly flow: Flow,
	) {}

	/** The value of an expression, with what its calls do. */
	of(expression: Expression, frame: Frame): Value {
		const { scope } = frame;
		if (expression.kind === "unary") {
			if (expression.operator === "not" && expression.operand.kind === "call") {
				const held = truth(this.of(expression.operand, frame));
				return held === undefined
					? unknownValue("known only at run time", scope.origin(expression.line))
					: constant(!held, scope.origin(expression.line));
			}
		}
		if (expression.kind === "conditional") {
			const { test, whenTrue, whenFalse, line } = expression;
			const run = (value: Expression): Statement[] => [{ kind: "expression", value, line }];
			const held = truth(this.of(test, frame));
			if (held !== undefined) return this.of(held ? whenTrue : whenFalse, frame);
			this.flow.branch([{ test, body: run(whenTrue) }, { body: run(whenFalse) }], frame);
			return unknownValue("depends on a condition", scope.origin(line));
		}
		if (expression.kind === "comprehension") {
			const made = this.evaluator.evaluate(expression, scope);
			for (const item of made.is === "sequence" ? made.items : []) {
				if (item.is === "call") perform(item, this.evaluator, this.script);
			}
			return made;
		}
		if (expression.kind !== "call") return this.evaluator.evaluate(expression, scope);
		const at = scope.origin(expression.line);
		const { callee: target } = expression;
		if (target.kind === "attribute" && target.object.kind === "name" && MUTATORS.has(target.name)) {
			const before = scope.lookup(target.object.name, Number.POSITIVE_INFINITY);
			if (before?.is === "sequence" || before?.is === "mapping") {
				const args = this.evaluator.arguments(expression.args, scope).positional;
				bindName(scope, target.object.name, mutate(before, target.name, args, at));
				return constant(null, at);
			}
		}
		// `conn.execute(…).fetchall()`: the inner call has the effect.
		if (target.kind === "attribute" && target.object.kind === "call") {
			const inner = this.of(target.object, frame);
			const isDone = inner.is === "unknown" && inner.why === EXECUTED;
			if (isDone) return inner;
		}
		const callee = this.evaluator.evaluate(target, scope);
		const args = this.evaluator.arguments(expression.args, scope);
		if (callee.is === "function" && callee.definition && mayMigrate(callee, args)) {
			const enter = () => this.flow.call(callee, args, at, this.#passedTexts(callee, expression, frame));
			if (callee.decorators.every(isTransparent)) return enter();
			return this.script.under("unsure", `${callee.name}() is decorated`, enter);
		}
		const value = this.evaluator.call(callee, args, at);
		if (value.is !== "call") return value;
		const performed = perform(value, this.evaluator, this.script);
		if (performed !== "execute") return value;
		this.#execute(
			expression,
			value.args[0] ?? value.keywords.get("sqltext") ?? value.keywords.get("statement"),
			frame,
			at,
		);
		return unknownValue(EXECUTED, at);
	}

	/** Texts that are known in part, by the parameter that takes them. */
	#passedTexts(
		callee: FunctionValue,
		expression: Extract<Expression, { kind: "call" }>,
		frame: Frame,
	): Map<string, string> {
		const texts = new Map<string, string>();
		const params = callee.params.slice(callee.bound ? 1 : 0);
		expression.args.forEach((arg, index) => {
			const name = arg.name ?? (arg.spread ? undefined : params[index]?.name);
			const text = name && sketch(arg.value, (of) => knownText(of, frame, this.evaluator));
			if (name && text !== undefined) texts.set(name, text);
		});
		return texts;
	}

	#execute(
		expression: Extract<Expression, { kind: "call" }>,
		value: Value | undefined,
		frame: Frame,
		at: Origin,
	): void {
		const { script } = this;
		const found = executed(value);
		if (found.is === "data") {
			script.rowsChanged();
			return;
		}
		if (found.is === "sql") {
			const file = found.at.file;
			const line = frame.scope.module.path === file ? frame.scope.module.line(found.at.line) : "";
			addSql(found.text, found.at, script, line);
			return;
		}
		const [arg] = expression.args;
		const text = arg && sketch(arg.value, (of) => knownText(of, frame, this.evaluator));
		if (text !== undefined) {
			addSql(text, at, script, "");
			return;
		}
		script.gap(undefined, [], `the SQL that is executed cannot be evaluated: ${found.why}`, at);
	}
}
