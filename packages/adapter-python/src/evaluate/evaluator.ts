/**
 * A bounded, side-effect-free evaluation of Python expressions. Nothing is executed: what depends on anything but
 * literals, names, pure built-ins and small functions of the repository is unknown, with its line.
 */
import type { Origin } from "@schemalign/core";
import type { Argument, ClassDefinition, Comprehension, Expression } from "../syntax/ast.js";
import { callBuiltin, callMethod, POSTGRES_DIALECT } from "./builtins.js";
import type { PythonClass } from "./classes.js";
import { makeClass } from "./dynamic.js";
import { type CallArguments, callFunction, isClassMethod, isDeclaredAttr } from "./functions.js";
import type { PythonModule } from "./module.js";
import { assign, slice, unbound } from "./names.js";
import { binary, display, unary } from "./operators.js";
import { Scope } from "./scope.js";
import { isSuper, superAttribute } from "./super.js";
import {
	asNumber,
	constant,
	externalPath,
	iterate,
	sameValue,
	truth,
	unknownValue,
	type Value,
} from "./values.js";

/** Expressions evaluated for one project; far beyond what any schema needs. */
const STEP_LIMIT = 5_000_000;
const DEPTH_LIMIT = 150;
const ITEM_LIMIT = 10_000;

/** How modules are found: see workspace.ts. */
export interface Importer {
	importModule(from: PythonModule, level: number, path: string, at: Origin): Value;
	importName(from: PythonModule, level: number, path: string, name: string, at: Origin): Value;
	/** A submodule of a package. */
	submodule(module: PythonModule, name: string, at: Origin): Value | undefined;
}

/** Answers what only a running program would know, where the reader knows it: the connection that a migration is given. */
export interface Runtime {
	/** The value of `object.name`, both of a library; `undefined`: nothing to say. */
	attribute(path: string, at: Origin): Value | undefined;
	/** What the call of a library's function returns. */
	call(path: string, args: CallArguments, at: Origin): Value | undefined;
}

/** A call of one of the repository's functions, with the names of its body. */
export interface FollowedCall {
	readonly scope: Scope;
	/** Where it is called. */
	readonly at: Origin;
}

export class Evaluator {
	#steps = 0;
	#depth = 0;
	runtime?: Runtime;
	/** Whether SQLModel, as a file's project has it installed, stores times with their zone. */
	zonedTimes: (file: string) => boolean | undefined = () => undefined;
	/** Calls of functions that may make tables, in the order in which they were evaluated. */
	readonly calls: FollowedCall[] = [];
	/** Classes made by calls of `type`. */
	readonly made: PythonClass[] = [];

	constructor(private readonly importer: Importer) {}

	importModule(from: PythonModule, level: number, path: string, at: Origin): Value {
		return this.importer.importModule(from, level, path, at);
	}

	importName(from: PythonModule, level: number, path: string, name: string, at: Origin): Value {
		return this.importer.importName(from, level, path, name, at);
	}

	/** The value of `expression` as seen from `position` of `scope`. */
	evaluate(expression: Expression, scope: Scope, position = Number.POSITIVE_INFINITY): Value {
		const at = scope.origin(expression.line);
		if (++this.#steps > STEP_LIMIT) return unknownValue("the program is too large to be evaluated", at);
		if (this.#depth > DEPTH_LIMIT) return unknownValue("nested too deeply to be evaluated", at);
		this.#depth++;
		try {
			return this.#evaluate(expression, scope, position, at);
		} finally {
			this.#depth--;
		}
	}

	#evaluate(expression: Expression, scope: Scope, position: number, at: Origin): Value {
		const value = (of: Expression) => this.evaluate(of, scope, position);
		switch (expression.kind) {
			case "constant":
				return constant(expression.value, at);
			case "bytes":
				return unknownValue("a bytes literal", at);
			case "ellipsis":
				return { is: "external", path: "builtins.Ellipsis", at };
			case "joined":
				return this.#join(expression, value, at);
			case "name":
				return scope.lookup(expression.name, position) ?? unbound(expression.name, scope, at);
			case "attribute": {
				const { object, name } = expression;
				const inherited = isSuper(object) ? superAttribute(object, name, scope, value) : undefined;
				if (inherited) return this.#ofClass(inherited.value, inherited.self, at);
				return this.attribute(value(object), name, at);
			}
			case "subscript":
				return this.#subscript(value(expression.object), expression.items, value, at);
			case "slice":
				return unknownValue("a slice", at);
			case "call": {
				const callee = value(expression.callee);
				const args = this.#arguments(expression.args, value);
				const cls = isTypeCall(callee, args) ? makeClass(args, scope, at) : undefined;
				if (cls) {
					this.made.push(cls);
					return { is: "class", class: cls, at };
				}
				return this.call(callee, args, at);
			}
			case "list":
			case "tuple":
			case "set":
				return this.#sequence(expression.kind, expression.items, value, at);
			case "starred":
				return value(expression.value);
			case "dict":
				return this.#mapping(expression, value, at);
			case "unary":
				return unary(expression.operator, value(expression.operand), at);
			case "binary":
				return this.#binary(expression, value, at);
			case "conditional": {
				const held = truth(value(expression.test));
				if (held !== undefined) return value(held ? expression.whenTrue : expression.whenFalse);
				const [then, otherwise] = [value(expression.whenTrue), value(expression.whenFalse)];
				return sameValue(then, otherwise) ? then : unknownValue("depends on a condition", at);
			}
			case "lambda":
				return {
					is: "function",
					name: "lambda",
					params: expression.params,
					lambda: { body: expression.body },
					scope,
					position,
					decorators: [],
					at,
				};
			case "comprehension":
				return this.#comprehension(expression, scope, position, at);
			case "opaque":
				return unknownValue(expression.why, at);
		}
	}

	/** `object.name`. */
	attribute(object: Value, name: string, at: Origin): Value {
		switch (object.is) {
			case "module":
				return (
					object.module.export(name) ??
					this.importer.submodule(object.module, name, at) ??
					unknownValue(`${name} is not defined in ${object.module.path}`, at)
				);
			case "external":
				if (object.path === POSTGRES_DIALECT && name === "name") return constant("postgresql", at);
				return (
					this.runtime?.attribute(`${object.path}.${name}`, at) ?? {
						is: "external",
						path: `${object.path}.${name}`,
						at,
					}
				);
			case "class":
				return this.#ofClass(object.class.read(name, at), object, at);
			case "member":
				if (name === "value" || name === "_value_") return object.value;
				if (name === "name" || name === "_name_") return constant(object.name, at);
				return { is: "attribute", object, name, at };
			case "record":
				return object.fields.get(name) ?? unknownValue(`${name} of what a callback is given`, at);
			case "unknown":
				return object;
			default:
				return { is: "attribute", object, name, at };
		}
	}

	/** What a class gives for the attribute that was found. */
	#ofClass(value: Value, self: Value, at: Origin): Value {
		if (value.is !== "function") return value;
		// `declared_attr` is a class-level property: it is called with the class that it is read from.
		if (isDeclaredAttr(value)) return this.call(value, { positional: [self], keywords: new Map() }, at);
		return isClassMethod(value) ? { ...value, bound: self } : value;
	}

	/** `callee(args)`. */
	call(callee: Value, args: CallArguments, at: Origin): Value {
		if (callee.is === "unknown") return callee;
		if (callee.is === "function") return callFunction(callee, args, at, this);
		if (callee.is === "attribute") {
			const result = callMethod(callee.object, callee.name, args, at, this);
			if (result) return result;
		}
		if (callee.is === "class" && callee.class.isEnum() && args.positional.length === 1) {
			const [wanted] = args.positional;
			const member = callee.class
				.members()
				?.find((candidate) => wanted && sameValue(candidate.value, wanted));
			return member ?? unknownValue(`a member of ${callee.class.name}`, at);
		}
		if (callee.is === "call" && externalPath(callee.callee) === "functools.partial") {
			const [target, ...first] = callee.args;
			const keywords = new Map([...callee.keywords, ...args.keywords]);
			if (target)
				return this.call(target, { ...args, positional: [...first, ...args.positional], keywords }, at);
		}
		const path = externalPath(callee);
		if (path) {
			const result = this.runtime?.call(path, args, at) ?? callBuiltin(path, args, at, this);
			if (result) return result;
		}
		return {
			is: "call",
			callee,
			args: args.positional,
			keywords: args.keywords,
			at,
			...(args.open ? { open: args.open } : {}),
		};
	}

	/** The bases and keywords of a class statement. */
	classArguments(
		definition: ClassDefinition,
		scope: Scope,
		position: number,
	): { bases: readonly Value[]; keywords: ReadonlyMap<string, Value> } {
		const { positional, keywords } = this.#arguments(definition.args, (of) =>
			this.evaluate(of, scope, position),
		);
		return { bases: positional, keywords };
	}

	/** The arguments of a call that stands in `scope`. */
	arguments(args: readonly Argument[], scope: Scope): CallArguments {
		return this.#arguments(args, (of) => this.evaluate(of, scope));
	}

	#arguments(args: readonly Argument[], value: (of: Expression) => Value): CallArguments {
		const positional: Value[] = [];
		const keywords = new Map<string, Value>();
		let open: string | undefined;
		for (const arg of args) {
			const result = value(arg.value);
			if (arg.name !== undefined) keywords.set(arg.name, result);
			else if (arg.spread === "*") {
				const items = iterate(result);
				if (items) positional.push(...items);
				else open ??= result.is === "unknown" ? result.why : "arguments that are spread from a value";
			} else if (arg.spread === "**") {
				const entries = result.is === "mapping" ? result.entries : undefined;
				if (!entries) open ??= result.is === "unknown" ? result.why : "keywords that are spread from a value";
				for (const [key, entry] of entries ?? []) {
					if (key.is === "constant") keywords.set(String(key.value), entry);
				}
			} else positional.push(result);
		}
		return { positional, keywords, ...(open ? { open } : {}) };
	}

	#sequence(
		form: "list" | "tuple" | "set",
		items: readonly Expression[],
		value: (of: Expression) => Value,
		at: Origin,
	): Value {
		const values: Value[] = [];
		for (const item of items) {
			const result = value(item);
			if (item.kind !== "starred") values.push(result);
			else {
				const spread = iterate(result);
				if (spread) values.push(...spread);
				else values.push(unknownValue("items that are spread from a value", at));
			}
		}
		return { is: "sequence", form, items: values, at };
	}

	#mapping(
		expression: Extract<Expression, { kind: "dict" }>,
		value: (of: Expression) => Value,
		at: Origin,
	): Value {
		const entries: (readonly [Value, Value])[] = [];
		for (const { key, value: item } of expression.entries) {
			const result = value(item);
			if (key) entries.push([value(key), result]);
			else if (result.is === "mapping") entries.push(...result.entries);
			else return unknownValue("a dict that is spread from a value", at);
		}
		return { is: "mapping", entries, at };
	}

	#join(
		expression: Extract<Expression, { kind: "joined" }>,
		value: (of: Expression) => Value,
		at: Origin,
	): Value {
		let text = "";
		for (const part of expression.parts) {
			if (typeof part === "string") {
				text += part;
				continue;
			}
			const result = value(part.value);
			const shown = display(result);
			if (shown === undefined || part.format || part.conversion === "r") {
				return unknownValue(
					result.is === "unknown" ? result.why : "an f-string whose values are not known",
					at,
				);
			}
			text += shown;
		}
		return constant(text, at);
	}

	#subscript(
		object: Value,
		items: readonly Expression[],
		value: (of: Expression) => Value,
		at: Origin,
	): Value {
		const [only] = items;
		const keys = items.length === 1 && only?.kind === "slice" ? [] : items.map(value);
		const [key] = keys;
		if (object.is === "unknown") return object;
		if (only?.kind === "slice") return slice(object, only, value, at);
		if (object.is === "sequence" && key) {
			const index = asNumber(key);
			return (index === undefined ? undefined : object.items.at(index)) ?? unknownValue("an item", at);
		}
		if (object.is === "mapping" && key) {
			const entry = [...object.entries].reverse().find(([name]) => sameValue(name, key));
			return entry?.[1] ?? unknownValue("an item of a dict that is not known", at);
		}
		if (object.is === "class" && object.class.isEnum() && key?.is === "constant") {
			return object.class.read(String(key.value), at);
		}
		return { is: "subscript", object, items: keys, at };
	}

	#binary(
		expression: Extract<Expression, { kind: "binary" }>,
		value: (of: Expression) => Value,
		at: Origin,
	): Value {
		// `"a" + "b" + …` nests to the left: a loop keeps a long chain off the stack.
		const chain: Extract<Expression, { kind: "binary" }>[] = [];
		let head: Expression = expression;
		while (head.kind === "binary") {
			chain.push(head);
			head = head.left;
		}
		let result = value(head);
		for (const link of chain.reverse()) {
			const held = link.operator === "and" || link.operator === "or" ? truth(result) : undefined;
			if (held !== undefined && held !== (link.operator === "and")) continue;
			result = binary(link.operator, result, value(link.right), at);
		}
		return result;
	}

	#comprehension(
		expression: Extract<Expression, { kind: "comprehension" }>,
		scope: Scope,
		position: number,
		at: Origin,
	): Value {
		const results: [Value, Value | undefined][] = [];
		const inner = new Scope(scope.module, scope, position, "function");
		let rounds = 0;
		const failure = this.#iterate(expression.clauses, inner, () => {
			if (++rounds > ITEM_LIMIT) return unknownValue("too many items to be evaluated", at);
			results.push([
				this.evaluate(expression.element, inner),
				expression.value ? this.evaluate(expression.value, inner) : undefined,
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

	#iterate(
		clauses: readonly Comprehension[],
		scope: Scope,
		each: () => Value | undefined,
	): Value | undefined {
		const [clause, ...rest] = clauses;
		if (!clause) return each();
		const at = scope.origin(clause.iterable.line);
		const source = this.evaluate(clause.iterable, scope);
		const items = iterate(source);
		if (!items || items.length > ITEM_LIMIT) {
			return source.is === "unknown" ? source : unknownValue("iterates over a value that is not known", at);
		}
		for (const item of items) {
			assign(clause.targets, item, scope);
			const held = clause.conditions.map((condition) => truth(this.evaluate(condition, scope)));
			if (held.includes(undefined)) return unknownValue("filters by a condition that is not known", at);
			if (held.includes(false)) continue;
			const failure = this.#iterate(rest, scope, each);
			if (failure) return failure;
		}
		return undefined;
	}
}

function isTypeCall(callee: Value, args: CallArguments): boolean {
	return externalPath(callee) === "builtins.type" && args.positional.length === 3;
}
