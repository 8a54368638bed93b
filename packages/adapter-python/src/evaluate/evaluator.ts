/**
 * A bounded, side-effect-free evaluation of Python expressions. Nothing is executed: what depends on anything but
 * literals, names, pure built-ins and small functions of the repository is unknown, with its line.
 */
import type { Origin } from "@schemalign/core";
import type { Argument, ClassDefinition, Expression } from "../syntax/ast.js";
import { itemOf } from "./access.js";
import { callBuiltin, callMethod, POSTGRES_DIALECT } from "./builtins.js";
import type { PythonClass } from "./classes.js";
import { comprehend } from "./comprehensions.js";
import { argumentsOf, joinedText, mappingOf, sequenceOf, type ValueOf } from "./displays.js";
import { makeClass } from "./dynamic.js";
import { type CallArguments, callFunction, isClassMethod, isDeclaredAttr } from "./functions.js";
import type { PythonModule } from "./module.js";
import { unbound } from "./names.js";
import { binary, unary } from "./operators.js";
import type { Scope } from "./scope.js";
import { isSuper, superAttribute } from "./super.js";
import { constant, externalPath, sameValue, truth, unknownValue, type Value } from "./values.js";

/** Expressions evaluated for one project; far beyond what any schema needs. */
const STEP_LIMIT = 5_000_000;
const DEPTH_LIMIT = 150;

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

/** Libraries of which the version decides what their models mean. */
export type VersionedLibrary = "sqlmodel" | "sqlalchemy";

export type VersionTest = (
	library: VersionedLibrary,
	version: readonly number[],
	file: string,
) => boolean | undefined;

export class Evaluator {
	#steps = 0;
	#depth = 0;
	runtime?: Runtime;
	/** Whether a library, as the project of a file has it installed, is of this version or later; `undefined`: nothing tells. */
	isAtLeast: VersionTest = () => undefined;
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
				return joinedText(expression, value, at);
			case "name":
				return scope.lookup(expression.name, position) ?? unbound(expression.name, scope, at);
			case "attribute": {
				const { object, name } = expression;
				const inherited = isSuper(object) ? superAttribute(object, name, scope, value) : undefined;
				if (inherited) return this.#ofClass(inherited.value, inherited.self, at);
				return this.attribute(value(object), name, at);
			}
			case "subscript":
				return itemOf(value(expression.object), expression.items, value, at);
			case "slice":
				return unknownValue("a slice", at);
			case "call": {
				const callee = value(expression.callee);
				const args = argumentsOf(expression.args, value);
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
				return sequenceOf(expression.kind, expression.items, value, at);
			case "starred":
				return value(expression.value);
			case "dict":
				return mappingOf(expression, value, at);
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
				return comprehend(this, expression, scope, position, at);
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
		const { positional, keywords } = argumentsOf(definition.args, (of) => this.evaluate(of, scope, position));
		return { bases: positional, keywords };
	}

	/** The arguments of a call that stands in `scope`. */
	arguments(args: readonly Argument[], scope: Scope): CallArguments {
		return argumentsOf(args, (of) => this.evaluate(of, scope));
	}

	#binary(expression: Extract<Expression, { kind: "binary" }>, value: ValueOf, at: Origin): Value {
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
}

function isTypeCall(callee: Value, args: CallArguments): boolean {
	return externalPath(callee) === "builtins.type" && args.positional.length === 3;
}
