/** Follows programs of migrations: what they do is recorded by the objects of ours that they use; nothing is executed. */
import type { Origin } from "@schemalign/core";
import type { ESTree } from "rolldown/utils";
import { bindPattern } from "./bind.js";
import { instantiate } from "./classes.js";
import { evaluate } from "./expressions.js";
import { type Outcome, runStatements } from "./statements.js";
import {
	Callable,
	ClassValue,
	Dict,
	Exhausted,
	type FunctionNode,
	isForeign,
	List,
	Scope,
	Text,
	text,
	Unknown,
	type Value,
} from "./values.js";

/** What the machine asks of those that use it. */
export interface World {
	/** The name that stands for an unknown value within a text. */
	placeholder(unknown: Unknown): string;
	/** Something that can change the database was given to what cannot be followed. */
	opaque(why: string, at: Origin): void;
	/** A module, as an object of its exports. */
	require(from: string, specifier: string, at: Origin): Promise<Value>;
	at(file: string, offset: number): Origin;
}

/** So many parts of programs are followed for one migration, and for all of a source. */
const MOST_STEPS = 2_000_000;
const MOST_STEPS_IN_ALL = 20_000_000;
const MOST_CALLS = 150;

export class Machine {
	/** How many branches that may not run are entered, and why the outermost may not. */
	depth = 0;
	reason: Unknown | undefined;
	#steps = 0;
	#before = 0;
	#calls = 0;
	/** The functions that are being followed. */
	readonly #entered: FunctionNode[] = [];

	constructor(
		readonly world: World,
		readonly globals: Scope,
	) {}

	/** @throws Exhausted */
	step(): void {
		if (++this.#steps > MOST_STEPS || this.#before > MOST_STEPS_IN_ALL) {
			throw new Exhausted("it takes too many steps to follow");
		}
	}

	/** Another migration begins. */
	renew(): void {
		this.#before += this.#steps;
		this.#steps = 0;
	}

	place(scope: Scope, node: { readonly start: number }): Origin {
		return this.world.at(scope.file, node.start);
	}

	/** Follows what may not run. */
	async perhaps<T>(why: Unknown, follow: () => Promise<T>): Promise<T> {
		const before = this.reason;
		this.reason ??= why;
		this.depth++;
		try {
			return await follow();
		} finally {
			this.depth--;
			this.reason = before;
		}
	}

	scope(parent: Scope): Scope {
		return new Scope(parent, parent.file, this.depth);
	}

	/** Writes a variable; in a branch that may not run its value is not known after. */
	assign(scope: Scope, name: string, value: Value): void {
		const owner = scope.find(name);
		if (!owner) return;
		const { reason } = this;
		const before = owner.peek(name);
		owner.write(name, reason && owner.depth < this.depth ? Unknown.oneOf(reason, [before, value]) : value);
	}

	evaluate(node: ESTree.Expression, scope: Scope): Promise<Value> {
		return evaluate(this, node, scope);
	}

	/** A value as part of a text. */
	toText(value: Value, at: Origin): Text {
		if (value instanceof Text) return value;
		if (value instanceof Unknown) return text(this.world.placeholder(value));
		if (typeof value !== "object" || value === null) return text(String(value));
		if (value instanceof List) {
			if (value.open) return text(this.world.placeholder(value.open));
			const parts = value.items.flatMap((item, index) => {
				const part = item === undefined || item === null ? text("") : this.toText(item, at);
				return index === 0 ? [part] : [text(","), part];
			});
			return Text.join(parts);
		}
		if (value instanceof RegExp) return text(String(value));
		return text(this.world.placeholder(new Unknown("an object is used as a text", at)));
	}

	/** Calls whatever `callee` is. */
	async call(callee: Value, self: Value, args: readonly Value[], at: Origin): Promise<Value> {
		this.step();
		if (callee instanceof Callable) {
			return callee.native ? callee.native(args, at, self) : this.#enter(callee, self, args, at);
		}
		if (callee instanceof Unknown) return this.callUnknown(callee, args, at);
		return new Unknown("what is called is not a function", at);
	}

	/** What cannot be followed may call the functions that it is given. */
	async callUnknown(callee: Unknown, args: readonly Value[], at: Origin): Promise<Value> {
		for (const arg of args) {
			if (isForeign(arg) && arg.powerful)
				this.world.opaque(`what ${label(callee)} does with it is not known`, at);
			if (!(arg instanceof Callable) || arg.native) continue;
			const given = new Unknown(callee.why, at);
			await this.perhaps(given, () => this.call(arg, undefined, [given, given, given], at));
		}
		return callee;
	}

	async construct(callee: Value, args: readonly Value[], at: Origin): Promise<Value> {
		if (callee instanceof ClassValue) return instantiate(this, callee, args, at);
		if (isForeign(callee) && callee.construct) return callee.construct(args, at);
		if (callee instanceof Unknown) return this.callUnknown(callee, args, at);
		return new Unknown("an object of a class that is not part of the project", at);
	}

	async #enter(callee: Callable, self: Value, args: readonly Value[], at: Origin): Promise<Value> {
		const { node, scope: closure } = callee;
		if (!node?.body || !closure) return new Unknown("the function has no body", at);
		if (node.generator) return new Unknown("a generator is not followed", at);
		const within = this.#entered.filter((entered) => entered === node).length;
		if (this.depth > 0 && within > 1) return new Unknown("a function that calls itself", at);
		if (++this.#calls > MOST_CALLS) throw new Exhausted("its functions call each other without end");
		this.#entered.push(node);
		try {
			const scope = this.scope(closure);
			if (node.type !== "ArrowFunctionExpression") {
				scope.declare("this", callee.self ?? self);
				scope.declare("super", callee.home);
			}
			await this.#parameters(node.params, args, scope);
			if (node.body.type !== "BlockStatement") return await this.evaluate(node.body, scope);
			return this.#result(await runStatements(this, node.body.body, scope), at);
		} finally {
			this.#calls--;
			this.#entered.pop();
		}
	}

	async #parameters(
		params: readonly ESTree.ParamPattern[],
		args: readonly Value[],
		scope: Scope,
	): Promise<void> {
		for (const [index, param] of params.entries()) {
			if (param.type === "RestElement") {
				await bindPattern(this, param.argument, this.list(args.slice(index)), scope);
			} else {
				const pattern = param.type === "TSParameterProperty" ? param.parameter : param;
				await bindPattern(this, pattern, args[index], scope);
			}
		}
	}

	#result(outcome: Outcome, at: Origin): Value {
		const last = outcome?.jump?.is === "return" ? outcome.jump.value : undefined;
		const earlier = outcome?.returns ?? [];
		if (earlier.length === 0 || [...earlier, last].every((value) => value === undefined)) return last;
		const doubt = new Unknown("which value the function gives depends on run time", at);
		return Unknown.oneOf(doubt, [...earlier, last]);
	}

	list(items: readonly Value[]): List {
		return new List([...items], this.depth);
	}

	dict(fields: Iterable<readonly [string, Value]> = []): Dict {
		return new Dict(new Map(fields), this.depth);
	}
}

function label(callee: Unknown): string {
	return callee.why === "" ? "the function" : `the function (${callee.why})`;
}
