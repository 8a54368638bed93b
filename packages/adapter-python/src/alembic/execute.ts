/**
 * Follows a revision's `upgrade()` statement by statement, without running it: names get values as the partial evaluator
 * knows them, loops over known lists are unrolled, functions of the repository are entered, and calls of `op` become DDL.
 */
import type { Origin } from "@schemalign/core";
import { bindBlock } from "../evaluate/bind.js";
import { augment } from "../evaluate/change.js";
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
import type { Statement } from "../syntax/ast.js";
import { bindName, isRaise } from "./callees.js";
import { type Doubt, doubtOf } from "./conditions.js";
import { type Branch, Effects, type Flow } from "./effects.js";
import { bindTarget, type Ending, type Frame, knownText, oneOf } from "./frame.js";
import type { DdlScript } from "./script.js";
import { sketch } from "./sql.js";
import { wordsOf } from "./words.js";

const DEPTH_LIMIT = 30;
const STEP_LIMIT = 200_000;

export class Executor implements Flow {
	readonly #effects: Effects;
	#depth = 0;
	#steps = 0;

	constructor(
		private readonly evaluator: Evaluator,
		private readonly script: DdlScript,
	) {
		this.#effects = new Effects(evaluator, script, this);
	}

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
					const value = this.#effects.of(statement.value, frame);
					bindName(
						scope,
						statement.target.name,
						before ? augment(before, statement.operator, value, at) : unknownValue("not bound", at),
					);
				}
				return undefined;
			case "expression":
				this.#effects.of(statement.value, frame);
				return undefined;
			case "if":
				return this.branch(statement.branches, frame);
			case "for":
				return this.#loop(statement, frame);
			case "loop":
				return this.#while(statement, frame);
			case "with":
				for (const { value, target } of statement.items) {
					const result = this.#effects.of(value, frame);
					if (target) bindTarget(target, result, frame, this.evaluator);
				}
				return this.#run(statement.body, frame);
			case "try": {
				// Where the exception is caught, what is tried may fail: as where it is tested whether something exists.
				const tried =
					statement.handlers.length > 0 && !frame.retries && !statement.handlers.every(isRaise)
						? this.script.under("guarded", "", () => this.#run(statement.body, frame))
						: this.#run(statement.body, frame);
				return tried ?? this.#run(statement.rest, frame);
			}
			case "return":
				return { returned: statement.value ? this.#effects.of(statement.value, frame) : constant(null, at) };
			case "raise":
				return {};
			case "delete":
				return undefined;
		}
	}

	/** `while True:` runs once at least, and goes on until it has succeeded. */
	#while(statement: Extract<Statement, { kind: "loop" }>, frame: Frame): Ending {
		const { test, body } = statement;
		if (test && truth(this.#effects.of(test, frame)) === true) {
			return this.#run(body, { ...frame, retries: true });
		}
		const reason = "it stands in a loop whose end is known only at run time";
		const ending = this.script.under("unsure", reason, () => this.#run(body, frame));
		if (ending?.returned) frame.returns.push(ending.returned);
		return undefined;
	}

	branch(branches: readonly Branch[], frame: Frame): Ending {
		let open: Doubt | undefined;
		let leaves: Doubt | undefined;
		let allEnd = true;
		let exhaustive = false;
		for (const { test, body } of branches) {
			const held = test ? truth(this.#effects.of(test, frame)) : true;
			if (held === false) continue;
			if (test && held === undefined) open = doubtOf(test, frame, open, this.evaluator);
			if (!open) return this.#run(body, frame);
			const { mode, reason } = open;
			const ending = this.script.under(mode, reason, () => this.#run(body, frame));
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

	#loop(statement: Extract<Statement, { kind: "for" }>, frame: Frame): Ending {
		const source = this.#effects.of(statement.iterable, frame);
		const items = iterate(source);
		const known = items?.every((item) => item.is !== "unknown");
		if (items && known) {
			for (const item of items) {
				bindTarget(statement.targets, item, frame, this.evaluator);
				const ending = this.#run(statement.body, frame);
				if (ending) return ending;
			}
			return undefined;
		}
		const at = frame.scope.origin(statement.line);
		bindTarget(statement.targets, unknownValue("known only at run time", at), frame, this.evaluator);
		const reason = "it stands in a loop over what is known only at run time";
		const ending = this.script.under("unsure", reason, () => this.#run(statement.body, frame));
		if (ending?.returned) frame.returns.push(ending.returned);
		return undefined;
	}

	#assign(statement: Extract<Statement, { kind: "assign" }>, frame: Frame): void {
		if (!statement.value) return;
		const value = this.#effects.of(statement.value, frame);
		for (const target of statement.targets) {
			bindTarget(target, value, frame, this.evaluator);
			if (target.kind !== "name") continue;
			frame.words.set(target.name, wordsOf(statement.value, frame.words));
			const text = sketch(statement.value, (of) => knownText(of, frame, this.evaluator));
			if (text === undefined) frame.sketches.delete(target.name);
			else frame.sketches.set(target.name, text);
		}
	}
}
