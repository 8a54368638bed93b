/** The values that migrations compute with, as far as they can be known without running them. */

import type { Origin } from "@schemalign/core";
import type { ESTree } from "rolldown/utils";

export type Value =
	| undefined
	| null
	| boolean
	| number
	| bigint
	| RegExp
	| Text
	| List
	| Dict
	| Callable
	| ClassValue
	| Foreign
	| Unknown;

/** From `at` on, the text stands on the line `origin`. */
export interface Mark {
	readonly at: number;
	readonly origin: Origin;
}

/** A string that remembers on which lines of the sources its lines stand. */
export class Text {
	constructor(
		readonly value: string,
		readonly marks: readonly Mark[] = [],
	) {}

	/** The place of the character at `offset`, where it is known. */
	originAt(offset: number): Origin | undefined {
		let found: Origin | undefined = this.marks[0]?.origin;
		for (const mark of this.marks) {
			if (mark.at > offset) break;
			found = mark.origin;
		}
		return found;
	}

	slice(start: number, end = this.value.length): Text {
		const before = this.originAt(start);
		const inside = this.marks.flatMap((mark) =>
			mark.at > start && mark.at < end ? [{ at: mark.at - start, origin: mark.origin }] : [],
		);
		return new Text(this.value.slice(start, end), before ? [{ at: 0, origin: before }, ...inside] : inside);
	}

	/** Another text in the same place. */
	with(value: string): Text {
		const first = this.marks[0];
		if (value.length === this.value.length) return new Text(value, this.marks);
		return new Text(value, first ? [{ at: 0, origin: first.origin }] : []);
	}

	static join(parts: readonly Text[]): Text {
		if (parts.length === 1 && parts[0]) return parts[0];
		let value = "";
		const marks: Mark[] = [];
		for (const part of parts) {
			for (const mark of part.marks) marks.push({ at: value.length + mark.at, origin: mark.origin });
			value += part.value;
		}
		return new Text(value, marks);
	}
}

const MOST_CHOICES = 50;

/** What is only known at run time, and why. */
export class Unknown {
	constructor(
		readonly why: string,
		readonly at: Origin,
		/** The values of which it is one, where they are known. */
		readonly choices: readonly Value[] = [],
	) {}

	/** One of `values`, for the reason that `doubt` is not known. */
	static oneOf(doubt: Unknown, values: readonly Value[]): Unknown {
		const choices = values.flatMap((value) =>
			value instanceof Unknown && value.choices.length > 0 ? value.choices : [value],
		);
		const known = choices.length <= MOST_CHOICES && choices.every((value) => !(value instanceof Unknown));
		return new Unknown(doubt.why, doubt.at, known ? choices : []);
	}
}

/** What a variable of the environment decides: without it a program takes what it falls back on. */
export class EnvironmentUnknown extends Unknown {}

/** An array; `open`: it may have further items. `depth`: how many branches that may not run it was made in. */
export class List {
	open: Unknown | undefined;
	constructor(
		readonly items: Value[],
		readonly depth = 0,
	) {}
}

/** An object of the sources; `open`: it may have further fields, or others. */
export class Dict {
	open: Unknown | undefined;
	constructor(
		readonly fields: Map<string, Value>,
		readonly depth = 0,
		readonly made?: ClassValue,
	) {}
}

export type FunctionNode = ESTree.Function | ESTree.ArrowFunctionExpression;
export type Native = (args: readonly Value[], at: Origin, self: Value) => Promise<Value> | Value;

/** A function of the sources, or one of ours. */
export class Callable {
	private constructor(
		readonly node: FunctionNode | undefined,
		readonly scope: Scope | undefined,
		readonly native: Native | undefined,
		readonly self: Value,
		readonly home: ClassValue | undefined,
		readonly members: ReadonlyMap<string, Value> | undefined,
	) {}

	static of(node: FunctionNode, scope: Scope, self: Value, home?: ClassValue): Callable {
		return new Callable(node, scope, undefined, self, home, undefined);
	}

	static native(native: Native, members?: ReadonlyMap<string, Value>): Callable {
		return new Callable(undefined, undefined, native, undefined, undefined, members);
	}
}

export class ClassValue {
	readonly statics = new Map<string, Value>();
	constructor(
		readonly node: ESTree.Class,
		readonly scope: Scope,
		readonly parent: Value,
		readonly name: string,
	) {}
}

/** An object of ours with the members that we offer. */
export interface Foreign {
	readonly foreign: true;
	member(name: string, at: Origin): Value | Promise<Value>;
	/** What `new` makes of it, where it is a class. */
	construct?(args: readonly Value[], at: Origin): Value;
	assign?(name: string, value: Value): void;
	/** Whoever has it can change the database. */
	readonly powerful?: boolean;
}

export function isForeign(value: Value): value is Foreign {
	return typeof value === "object" && value !== null && "foreign" in value;
}

interface Binding {
	value: Value;
	/** Made when it is first needed: imports and declarations of a module. */
	lazy?: (() => Promise<Value>) | undefined;
}

/** Names and what they stand for. */
export class Scope {
	readonly #bindings = new Map<string, Binding>();
	constructor(
		readonly parent: Scope | undefined,
		readonly file: string,
		/** How many branches that may not run the scope was made in. */
		readonly depth: number,
	) {}

	declare(name: string, value: Value): void {
		this.#bindings.set(name, { value });
	}

	declareLazily(name: string, lazy: () => Promise<Value>): void {
		this.#bindings.set(name, { value: undefined, lazy });
	}

	has(name: string): boolean {
		return this.#bindings.has(name);
	}

	/** The scope that knows the name. */
	find(name: string): Scope | undefined {
		return this.#bindings.has(name) ? this : this.parent?.find(name);
	}

	async read(name: string): Promise<Value> {
		const binding = this.#bindings.get(name);
		if (!binding?.lazy) return binding?.value;
		const { lazy } = binding;
		// What needs itself while it is made is not there yet.
		binding.lazy = undefined;
		binding.value = await lazy();
		return binding.value;
	}

	/** The value as it stands, without making it. */
	peek(name: string): Value {
		return this.#bindings.get(name)?.value;
	}

	write(name: string, value: Value): void {
		const binding = this.#bindings.get(name);
		if (!binding) return;
		binding.value = value;
		binding.lazy = undefined;
	}
}

/** An error of the evaluated program. */
export class Thrown extends Error {
	override readonly name = "Thrown";
	constructor(
		readonly value: Value,
		message: string,
		readonly at: Origin,
	) {
		super(message);
	}
}

/** Evaluation took more steps than it is given. */
export class Exhausted extends Error {
	override readonly name = "Exhausted";
}

export function text(value: string): Text {
	return new Text(value);
}

/** Whether a value counts as true; `undefined`: not known. */
export function truth(value: Value): boolean | undefined {
	if (value instanceof Unknown) return undefined;
	if (value instanceof Text) return value.value !== "";
	return Boolean(value);
}
