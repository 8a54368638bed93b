/** Namespaces whose names are evaluated on demand, so that the order and cycles of imports do not matter. */
import type { Origin } from "@schemalign/core";
import type { Expression } from "../syntax/ast.js";
import type { PythonClass } from "./classes.js";
import type { PythonModule } from "./module.js";
import { sameValue, unknownValue, type Value } from "./values.js";

/** `false`: a branch that is not taken, used only if nothing else binds the name. */
export type Condition = () => boolean | undefined;

/** What a statement binds a name to. */
export interface BindingInput {
	readonly line: number;
	readonly conditions: readonly Condition[];
	readonly evaluate: () => Value;
	readonly annotation?: Expression;
	/** `name: type` without a value. */
	readonly bare?: boolean;
}

/** A bound name, evaluated when it is asked for. */
export class Binding {
	readonly line: number;
	readonly conditions: readonly Condition[];
	readonly evaluate: () => Value;
	readonly annotation: Expression | undefined;
	readonly bare: boolean;
	cached: Value | undefined = undefined;
	running = false;

	constructor(
		readonly position: number,
		input: BindingInput,
	) {
		this.line = input.line;
		this.conditions = input.conditions;
		this.evaluate = input.evaluate;
		this.annotation = input.annotation;
		this.bare = input.bare ?? false;
	}
}

export interface Return {
	readonly conditions: readonly Condition[];
	readonly evaluate: () => Value;
}

/** A statement that is only evaluated: `Index("i", User.name)`. */
export interface Effect {
	readonly line: number;
	readonly evaluate: () => Value;
}

/** A loop whose body makes tables: each round has names of its own. */
export interface Loop {
	readonly line: number;
	readonly conditions: readonly Condition[];
	/** One scope for each round; a text says why the rounds are not known. */
	readonly rounds: () => readonly Scope[] | string;
}

export class Scope {
	/** Classes in the order of their text, also those under conditions. */
	readonly classes: PythonClass[] = [];
	/** Calls that stand as statements, in order. */
	readonly effects: Effect[] = [];
	readonly loops: Loop[] = [];
	readonly bindings = new Map<string, Binding[]>();
	readonly stars: { position: number; module: () => Value }[] = [];
	readonly returns: Return[] = [];
	/** The class whose body it is. */
	owner?: PythonClass;
	#position = 0;

	constructor(
		readonly module: PythonModule,
		readonly parent?: Scope,
		/** Where in the parent this scope's code stands; functions see the parent's final state. */
		readonly parentPosition = Number.POSITIVE_INFINITY,
		readonly kind: "module" | "class" | "function" = "module",
	) {}

	get position(): number {
		return this.#position;
	}

	next(): number {
		return ++this.#position;
	}

	origin(line: number): Origin {
		return { file: this.module.path, line };
	}

	bind(name: string, input: BindingInput): void {
		const list = this.bindings.get(name);
		const full = new Binding(this.next(), input);
		if (list) list.push(full);
		else this.bindings.set(name, [full]);
	}

	/** The value of a name as seen from `position` of this scope, outwards; `undefined`: not bound anywhere. */
	lookup(name: string, position: number): Value | undefined {
		const own = this.own(name, position);
		if (own) return own;
		// A class body's names are not visible from the functions in it.
		let scope = this.parent;
		let at = this.parentPosition;
		while (scope && scope.kind === "class") {
			at = scope.parentPosition;
			scope = scope.parent;
		}
		return scope?.lookup(name, at) ?? undefined;
	}

	/** The value of a name bound in this very scope. */
	own(name: string, position = Number.POSITIVE_INFINITY): Value | undefined {
		const all = this.bindings.get(name);
		const [only] = all ?? [];
		if (only && all?.length === 1 && !only.bare && only.conditions.length === 0) {
			// By far the most names are bound once.
			if (only.position < position || this.kind === "module") return force(name, only, this);
		}
		const bindings = all?.filter((binding) => !binding.bare);
		if (bindings && bindings.length > 0) {
			const before = bindings.filter((binding) => binding.position < position);
			// A module that is used before it is bound is a cycle of imports or a forward reference: the final state counts.
			if (before.length > 0 || this.kind === "module") {
				return this.#choose(name, before.length > 0 ? before : bindings);
			}
		}
		for (const star of this.stars.length > 0 ? [...this.stars].reverse() : []) {
			if (star.position > position && this.kind !== "module") continue;
			const module = name.startsWith("_") ? undefined : star.module();
			const value = module?.is === "module" ? module.module.export(name) : undefined;
			if (value) return value;
		}
		return undefined;
	}

	/** The libraries of which this scope, or one around it, has imported everything (`from sqlalchemy import *`). */
	starLibraries(): string[] {
		const own = this.stars.flatMap((star) => {
			const module = star.module();
			return module.is === "external" ? [module.path] : [];
		});
		return [...own, ...(this.parent?.starLibraries() ?? [])];
	}

	#choose(name: string, bindings: readonly Binding[]): Value {
		const possible: Binding[] = [];
		for (const binding of [...bindings].reverse()) {
			const held = holds(binding.conditions);
			if (held === false) continue;
			possible.push(binding);
			if (held) break;
		}
		const chosen = possible.length > 0 ? possible : bindings.slice(-1);
		const values = chosen.map((binding) => force(name, binding, this));
		const [first] = values;
		if (!first) return unknownValue(`${name} is not bound`, this.origin(1));
		if (values.every((value) => sameValue(first, value))) return first;
		const line = chosen[0]?.line ?? 1;
		return unknownValue(`${name} depends on a condition`, this.origin(line));
	}
}

/** Whether all conditions are known to hold (`true`), one is known not to (`false`), or it cannot be known. */
export function holds(conditions: readonly Condition[]): boolean | undefined {
	let all: boolean | undefined = true;
	for (const condition of conditions) {
		const held = condition();
		if (held === false) return false;
		if (held === undefined) all = undefined;
	}
	return all;
}

/** A binding's value, evaluated once. */
export function force(name: string, binding: Binding, scope: Scope): Value {
	if (binding.cached) return binding.cached;
	if (binding.running) return unknownValue(`${name} is defined by itself`, scope.origin(binding.line));
	binding.running = true;
	try {
		binding.cached = binding.evaluate();
	} finally {
		binding.running = false;
	}
	return binding.cached;
}
