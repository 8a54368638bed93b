/**
 * Follows a revision's `upgrade()` statement by statement, without running it: names get values as the partial evaluator
 * knows them, loops over known lists are unrolled, functions of the repository are entered, and calls of `op` become DDL.
 */
import type { Origin } from "@schemalign/core";
import { bindBlock } from "../evaluate/bind.js";
import { augment, MUTATORS, mutate, setItem } from "../evaluate/change.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { bindArguments, type CallArguments } from "../evaluate/functions.js";
import { Scope } from "../evaluate/scope.js";
import {
	constant,
	type FunctionValue,
	iterate,
	truth,
	unknownValue,
	type Value,
} from "../evaluate/values.js";
import type { Expression, Statement } from "../syntax/ast.js";
import { bindName, functionText, isRaise, isTransparent, mayMigrate } from "./callees.js";
import { perform } from "./operations.js";
import type { DdlScript, Mode } from "./script.js";
import { addSql, executed, sketch } from "./sql.js";
import { asksForExistence, wordsOf } from "./words.js";

const DEPTH_LIMIT = 30;
const STEP_LIMIT = 200_000;

/** One call's names. */
interface Frame {
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
type Ending = { readonly returned?: Value } | undefined;

export class Executor {
	#depth = 0;
	#steps = 0;

	constructor(
		private readonly evaluator: Evaluator,
		private readonly script: DdlScript,
	) {}

	/** Follows the `upgrade` of one revision. */
	upgrade(callee: FunctionValue, at: Origin): void {
		this.#steps = 0;
		this.call(callee, { positional: [], keywords: new Map() }, at);
	}

	/** Follows a function's body; what it returns. */
	call(
		callee: FunctionValue,
		args: CallArguments,
		at: Origin,
		sketches: ReadonlyMap<string, string> = new Map(),
	): Value {
		const { definition } = callee;
		if (!definition) return unknownValue(`${callee.name}() is not followed`, at);
		if (this.#depth >= DEPTH_LIMIT) {
			const why = `${callee.name}() is called too deeply to be followed`;
			this.script.gap(undefined, [], why, at);
			return unknownValue(why, at);
		}
		const scope = new Scope(callee.scope.module, callee.scope, Number.POSITIVE_INFINITY, "function");
		const positional = callee.bound ? [callee.bound, ...args.positional] : args.positional;
		const bound = bindArguments(callee.params, { ...args, positional });
		for (const param of callee.params) {
			const given = bound.get(param.name);
			const value =
				given ??
				(param.default
					? this.evaluator.evaluate(param.default, callee.scope, callee.position)
					: unknownValue(`${param.name} is not given`, at));
			bindName(scope, param.name, value);
		}
		const before = this.script.mode;
		this.#depth++;
		const returns: Value[] = [];
		const frame = { scope, words: new Map(), sketches: new Map(sketches), returns };
		const ending = this.#run(definition.body(), frame);
		this.#depth--;
		this.script.mode = before;
		if (!ending) returns.push(constant(null, at));
		else if (ending.returned) returns.push(ending.returned);
		return oneOf(returns, at);
	}

	#run(statements: readonly Statement[], frame: Frame): Ending {
		for (const statement of statements) {
			if (++this.#steps > STEP_LIMIT) {
				this.script.gap(
					undefined,
					[],
					"the revision is too long to be followed",
					frame.scope.origin(statement.line),
				);
				return { returned: constant(null, frame.scope.origin(statement.line)) };
			}
			const ending = this.#step(statement, frame);
			if (ending) return ending;
		}
		return undefined;
	}

	#step(statement: Statement, frame: Frame): Ending {
		const { scope } = frame;
		const at = scope.origin(statement.line);
		switch (statement.kind) {
			case "import":
			case "from":
			case "class":
			case "function":
				bindBlock([statement], scope, this.evaluator);
				return undefined;
			case "assign":
				this.#assign(statement, frame);
				return undefined;
			case "augment":
				if (statement.target.kind === "name") {
					const before = scope.lookup(statement.target.name, Number.POSITIVE_INFINITY);
					const value = this.#value(statement.value, frame);
					bindName(
						scope,
						statement.target.name,
						before ? augment(before, statement.operator, value, at) : unknownValue("not bound", at),
					);
				}
				return undefined;
			case "expression":
				this.#effect(statement.value, frame);
				return undefined;
			case "if":
				return this.#branch(statement.branches, frame);
			case "for":
				return this.#loop(statement, frame);
			case "loop":
				return this.#while(statement, frame);
			case "with":
				for (const { value, target } of statement.items) {
					const result = this.#value(value, frame);
					if (target) this.#bind(target, result, frame);
				}
				return this.#run(statement.body, frame);
			case "try": {
				// Where the exception is caught, what is tried may fail: as where it is tested whether something exists.
				const tried =
					statement.handlers.length > 0 && !frame.retries && !statement.handlers.every(isRaise)
						? this.#maybe("guarded", "", () => this.#run(statement.body, frame))
						: this.#run(statement.body, frame);
				return tried ?? this.#run(statement.rest, frame);
			}
			case "return":
				return { returned: statement.value ? this.#value(statement.value, frame) : constant(null, at) };
			case "raise":
				return {};
			case "delete":
				return undefined;
		}
	}

	/** `while True:` runs once at least, and goes on until it has succeeded. */
	#while(statement: Extract<Statement, { kind: "loop" }>, frame: Frame): Ending {
		const { test, body } = statement;
		if (test && truth(this.#value(test, frame)) === true) {
			return this.#run(body, { ...frame, retries: true });
		}
		const reason = "it stands in a loop whose end is known only at run time";
		const ending = this.#maybe("unsure", reason, () => this.#run(body, frame));
		if (ending?.returned) frame.returns.push(ending.returned);
		return undefined;
	}

	/** The strictest of the modes that the block stands under. */
	#maybe<T>(mode: Mode, reason: string, run: () => T): T {
		const { script } = this;
		const before = { mode: script.mode, reason: script.reason };
		if (mode === "unsure" && before.mode !== "unsure") script.reason = reason;
		script.mode =
			before.mode === "unsure" || mode === "unsure" ? "unsure" : mode === "guarded" ? "guarded" : before.mode;
		const result = run();
		script.mode = before.mode;
		script.reason = before.reason;
		return result;
	}

	#branch(branches: readonly { test?: Expression; body: readonly Statement[] }[], frame: Frame): Ending {
		let open: { mode: Mode; reason: string } | undefined;
		let leaves: { mode: Mode; reason: string } | undefined;
		let allEnd = true;
		let exhaustive = false;
		for (const { test, body } of branches) {
			const held = test ? truth(this.#value(test, frame)) : true;
			if (held === false) continue;
			if (test && held === undefined) open = this.#doubt(test, frame, open);
			if (!open) return this.#run(body, frame);
			const { mode, reason } = open;
			const ending = this.#maybe(mode, reason, () => this.#run(body, frame));
			if (ending?.returned) {
				leaves = open;
				frame.returns.push(ending.returned);
			}
			allEnd &&= ending !== undefined;
			if (held === true) {
				exhaustive = true;
				break;
			}
		}
		if (exhaustive && allEnd) return {};
		// What follows a return that may not happen is as uncertain as the return.
		if (leaves) {
			const { script } = this;
			if (leaves.mode === "unsure" && script.mode !== "unsure") script.reason = leaves.reason;
			script.mode = script.mode === "unsure" ? "unsure" : leaves.mode;
		}
		return undefined;
	}

	#doubt(
		test: Expression,
		frame: Frame,
		before: { mode: Mode; reason: string } | undefined,
	): { mode: Mode; reason: string } {
		const line = frame.scope.origin(test.line);
		const guard =
			before?.mode !== "unsure" &&
			asksForExistence([...wordsOf(test, frame.words), ...this.#calledText(test, frame)]);
		return guard
			? { mode: "guarded", reason: "" }
			: {
					mode: "unsure",
					reason: `it depends on a condition that is known only at run time (${line.file}:${line.line})`,
				};
	}

	/** The texts of the repository's functions that a condition calls. */
	#calledText(test: Expression, frame: Frame): string[] {
		switch (test.kind) {
			case "unary":
				return this.#calledText(test.operand, frame);
			case "binary":
				return [...this.#calledText(test.left, frame), ...this.#calledText(test.right, frame)];
			case "call": {
				const callee = this.evaluator.evaluate(test.callee, frame.scope);
				if (callee.is !== "function" || !callee.definition) return [];
				return functionText(callee.scope.module, callee.definition.line);
			}
			default:
				return [];
		}
	}

	#loop(statement: Extract<Statement, { kind: "for" }>, frame: Frame): Ending {
		const source = this.#value(statement.iterable, frame);
		const items = iterate(source);
		const known = items?.every((item) => item.is !== "unknown");
		if (items && known) {
			for (const item of items) {
				this.#bind(statement.targets, item, frame);
				const ending = this.#run(statement.body, frame);
				if (ending) return ending;
			}
			return undefined;
		}
		const at = frame.scope.origin(statement.line);
		this.#bind(statement.targets, unknownValue("known only at run time", at), frame);
		const reason = "it stands in a loop over what is known only at run time";
		const ending = this.#maybe("unsure", reason, () => this.#run(statement.body, frame));
		if (ending?.returned) frame.returns.push(ending.returned);
		return undefined;
	}

	#assign(statement: Extract<Statement, { kind: "assign" }>, frame: Frame): void {
		if (!statement.value) return;
		const value = this.#effect(statement.value, frame);
		for (const target of statement.targets) {
			this.#bind(target, value, frame);
			if (target.kind !== "name") continue;
			frame.words.set(target.name, wordsOf(statement.value, frame.words));
			const text = sketch(statement.value, (of) => this.#known(of, frame));
			if (text === undefined) frame.sketches.delete(target.name);
			else frame.sketches.set(target.name, text);
		}
	}

	#bind(target: Expression, value: Value, frame: Frame): void {
		const { scope } = frame;
		if (target.kind === "name") bindName(scope, target.name, value);
		else if (target.kind === "tuple" || target.kind === "list") {
			target.items.forEach((item, index) => {
				const part = value.is === "sequence" ? value.items[index] : undefined;
				this.#bind(item, part ?? unknownValue("unpacked from a value that is not known", value.at), frame);
			});
		} else if (target.kind === "subscript" && target.object.kind === "name") {
			const before = scope.lookup(target.object.name, Number.POSITIVE_INFINITY);
			const [key] = target.items;
			if (before && key) {
				bindName(
					scope,
					target.object.name,
					setItem(before, this.evaluator.evaluate(key, scope), value, value.at),
				);
			}
		}
	}

	/** The value of an expression, with what its calls do. */
	#value(expression: Expression, frame: Frame): Value {
		return this.#effect(expression, frame);
	}

	#effect(expression: Expression, frame: Frame): Value {
		const { scope } = frame;
		if (expression.kind === "unary") {
			if (expression.operator === "not" && expression.operand.kind === "call") {
				const held = truth(this.#effect(expression.operand, frame));
				return held === undefined
					? unknownValue("known only at run time", scope.origin(expression.line))
					: constant(!held, scope.origin(expression.line));
			}
		}
		if (expression.kind === "conditional") {
			const { test, whenTrue, whenFalse, line } = expression;
			const run = (value: Expression): Statement[] => [{ kind: "expression", value, line }];
			const held = truth(this.#value(test, frame));
			if (held !== undefined) return this.#effect(held ? whenTrue : whenFalse, frame);
			this.#branch([{ test, body: run(whenTrue) }, { body: run(whenFalse) }], frame);
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
			const inner = this.#effect(target.object, frame);
			const isDone = inner.is === "unknown" && inner.why === EXECUTED;
			if (isDone) return inner;
		}
		const callee = this.evaluator.evaluate(target, scope);
		const args = this.evaluator.arguments(expression.args, scope);
		if (callee.is === "function" && callee.definition && mayMigrate(callee, args)) {
			const enter = () => this.call(callee, args, at, this.#passedTexts(callee, expression, frame));
			if (callee.decorators.every(isTransparent)) return enter();
			return this.#maybe("unsure", `${callee.name}() is decorated`, enter);
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
			const text = name && sketch(arg.value, (of) => this.#known(of, frame));
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
		const text = arg && sketch(arg.value, (of) => this.#known(of, frame));
		if (text !== undefined) {
			addSql(text, at, script, "");
			return;
		}
		script.gap(undefined, [], `the SQL that is executed cannot be evaluated: ${found.why}`, at);
	}

	/** A text that is known, or known in parts. */
	#known(expression: Expression, frame: Frame): string | undefined {
		if (expression.kind === "name" && frame.sketches.has(expression.name))
			return frame.sketches.get(expression.name);
		const value = this.evaluator.evaluate(expression, frame.scope);
		return value.is === "constant" && value.value !== null ? String(value.value) : undefined;
	}
}

/** The value of a call that may have ended in several places. */
function oneOf(values: readonly Value[], at: Origin): Value {
	const [first, ...others] = values;
	if (!first) return unknownValue("an exception is raised", at);
	const same = (each: Value) =>
		each === first || (each.is === "constant" && first.is === "constant" && each.value === first.value);
	return others.every(same) ? first : unknownValue("it depends on what is known only at run time", at);
}

const EXECUTED = "what a statement returns is known only at run time";
