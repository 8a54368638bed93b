/** Calls of the repository's own functions and lambdas: small pure helpers are evaluated, everything else is unknown. */
import type { Origin } from "@schemalign/core";
import type { Expression, FunctionDefinition, Parameter } from "../syntax/ast.js";
import { bindBlock } from "./bind.js";
import { makesTables } from "./blocks.js";
import type { Evaluator } from "./evaluator.js";
import { holds, Scope } from "./scope.js";
import { externalPath, type FunctionValue, unknownValue, type Value } from "./values.js";

export interface CallArguments {
	readonly positional: readonly Value[];
	readonly keywords: ReadonlyMap<string, Value>;
	/** Why there may be more arguments than these. */
	readonly open?: string;
}

/** Decorators that do not change what a call returns. */
const TRANSPARENT =
	/^(builtins\.(staticmethod|classmethod|property)|functools\.(cache|lru_cache|wraps)|(sqlalchemy|typing|typing_extensions|abc)\..*)$/;

/** What the function returns for these arguments. The constructs in it are new for every call, and carry the caller's line. */
export function callFunction(
	callee: FunctionValue,
	args: CallArguments,
	at: Origin,
	evaluator: Evaluator,
): Value {
	const decorated = callee.decorators.find((decorator) => !isTransparent(decorator));
	if (decorated) return unknownValue(`${callee.name}() is decorated`, at);
	if (args.open) return unknownValue(`${callee.name}() is called with ${args.open}`, at);
	const scope = bindCall(callee, args, at, evaluator);
	if (callee.lambda) return evaluator.evaluate(callee.lambda.body, scope);
	bindBlock(callee.definition?.body() ?? [], scope, evaluator);
	if (callee.definition && isFactory(callee)) evaluator.calls.push({ scope, at });
	for (const candidate of scope.returns) {
		const held = holds(candidate.conditions);
		if (held === false) continue;
		if (held === undefined) break;
		return relocate(candidate.evaluate(), at);
	}
	if (scope.returns.length === 0) return { is: "constant", value: null, at };
	return unknownValue(`what ${callee.name}() returns depends on a condition`, at);
}

const factories = new WeakMap<FunctionDefinition, boolean>();

function isFactory({ definition, scope }: FunctionValue): boolean {
	if (!definition) return false;
	const known = factories.get(definition);
	if (known !== undefined) return known;
	const makes = makesTables((line) => scope.module.line(line), definition.line);
	factories.set(definition, makes);
	return makes;
}

/** What a method passes to `super().__init__(…)`; `undefined`: it has no such call, or more than one. */
export function superInitArguments(
	callee: FunctionValue,
	args: CallArguments,
	at: Origin,
	evaluator: Evaluator,
): CallArguments | undefined {
	const scope = bindCall(callee, args, at, evaluator);
	const body = callee.definition?.body() ?? [];
	bindBlock(body, scope, evaluator);
	const calls = body.flatMap((statement) =>
		statement.kind === "expression" && isSuperInit(statement.value) ? [statement.value] : [],
	);
	const [call] = calls;
	return call && calls.length === 1 ? evaluator.arguments(call.args, scope) : undefined;
}

function isSuperInit(expression: Expression): expression is Extract<Expression, { kind: "call" }> {
	if (expression.kind !== "call" || expression.callee.kind !== "attribute") return false;
	const { name, object } = expression.callee;
	return (
		name === "__init__" &&
		object.kind === "call" &&
		object.callee.kind === "name" &&
		object.callee.name === "super"
	);
}

/** The namespace of a call: its parameters bound to the arguments. */
function bindCall(callee: FunctionValue, args: CallArguments, at: Origin, evaluator: Evaluator): Scope {
	const scope = new Scope(callee.scope.module, callee.scope, Number.POSITIVE_INFINITY, "function");
	const positional = callee.bound ? [callee.bound, ...args.positional] : args.positional;
	const bound = bindArguments(callee.params, { ...args, positional });
	for (const param of callee.params) {
		const given = bound.get(param.name);
		const fallback = param.default;
		scope.bind(param.name, {
			line: at.line,
			conditions: [],
			evaluate: () =>
				given ??
				(fallback
					? evaluator.evaluate(fallback, callee.scope, callee.position)
					: unknownValue(`${param.name} is not given`, at)),
		});
	}
	return scope;
}

/** Whether the function is a `classmethod`. */
export function isClassMethod(value: FunctionValue): boolean {
	return value.decorators.some((decorator) => externalPath(decorator) === "builtins.classmethod");
}

/** Whether the function is one of SQLAlchemy's `declared_attr`s, in any of its forms. */
export function isDeclaredAttr(value: FunctionValue): boolean {
	return value.decorators.some((decorator) =>
		/(^|\.)declared_attr(\.(directive|cascading))?$/.test(decoratorPath(decorator) ?? ""),
	);
}

function decoratorPath(decorator: Value): string | undefined {
	const target = decorator.is === "call" ? decorator.callee : decorator;
	if (target.is === "attribute") {
		const inner = decoratorPath(target.object);
		return inner === undefined ? `.${target.name}` : `${inner}.${target.name}`;
	}
	return externalPath(target);
}

function isTransparent(decorator: Value): boolean {
	const path = decoratorPath(decorator);
	return path !== undefined && (TRANSPARENT.test(path) || /(^|\.)declared_attr(\.|$)/.test(path));
}

/** A construct that a helper returns stands, for the reader, where the helper is called. */
function relocate(value: Value, at: Origin): Value {
	return value.is === "call" ? { ...value, at } : value;
}

/** Arguments by parameter name; `*args` as a tuple, `**kwargs` as a mapping. */
export function bindArguments(params: readonly Parameter[], args: CallArguments): Map<string, Value> {
	const bound = new Map<string, Value>();
	const rest = [...args.positional];
	const keywords = new Map(args.keywords);
	const at = rest[0]?.at ?? [...keywords.values()][0]?.at ?? { file: "", line: 1 };
	for (const param of params) {
		if (param.kind === "*") {
			bound.set(param.name, { is: "sequence", form: "tuple", items: rest.splice(0), at });
		} else if (param.kind === "**") {
			const entries = [...keywords].map(
				([name, value]) => [{ is: "constant", value: name, at: value.at } as const, value] as const,
			);
			bound.set(param.name, { is: "mapping", entries, at });
		} else {
			const value = keywords.get(param.name) ?? (param.kind === "plain" ? rest.shift() : undefined);
			keywords.delete(param.name);
			if (value) bound.set(param.name, value);
		}
	}
	return bound;
}
