/** What an expression can be known to be without running it. */
import type { Origin } from "@schemalign/core";
import type { Constant, FunctionDefinition, Parameter } from "../syntax/ast.js";
import type { PythonClass } from "./classes.js";
import type { PythonModule } from "./module.js";
import type { Scope } from "./scope.js";

export type Value = { readonly at: Origin } & (
	| { readonly is: "constant"; readonly value: Constant }
	| { readonly is: "sequence"; readonly form: "list" | "tuple" | "set"; readonly items: readonly Value[] }
	| { readonly is: "mapping"; readonly entries: readonly (readonly [Value, Value])[] }
	| { readonly is: "module"; readonly module: PythonModule }
	/** A name of a library, or a built-in: `sqlalchemy.Column`, `builtins.int`. */
	| { readonly is: "external"; readonly path: string }
	| { readonly is: "class"; readonly class: PythonClass }
	/** A member of an enum class of the repository. */
	| { readonly is: "member"; readonly class: PythonClass; readonly name: string; readonly value: Value }
	/** Something that only has attributes: what a callback is given. */
	| { readonly is: "record"; readonly fields: ReadonlyMap<string, Value> }
	| FunctionValue
	| CallValue
	/** An attribute of something that exists only at run time: `User.id`, `table.c`, `db.Column`. */
	| AttributeValue
	| { readonly is: "subscript"; readonly object: Value; readonly items: readonly Value[] }
	| { readonly is: "operation"; readonly operator: string; readonly operands: readonly Value[] }
	| UnknownValue
);

export interface FunctionValue {
	readonly is: "function";
	readonly at: Origin;
	readonly name: string;
	readonly params: readonly Parameter[];
	readonly definition?: FunctionDefinition;
	readonly lambda?: { readonly body: import("../syntax/ast.js").Expression };
	readonly scope: Scope;
	readonly position: number;
	readonly decorators: readonly Value[];
	/** What a method was read from: its first argument. */
	readonly bound?: Value;
}

/** A call of something that is not of the repository: a construct such as `Column(Integer)`. */
export interface CallValue {
	readonly is: "call";
	readonly at: Origin;
	readonly callee: Value;
	readonly args: readonly Value[];
	readonly keywords: ReadonlyMap<string, Value>;
	/** Arguments were spread from something that is not known. */
	readonly open?: string;
}

export interface AttributeValue {
	readonly is: "attribute";
	readonly at: Origin;
	readonly object: Value;
	readonly name: string;
	/** What the class body assigns to it. */
	readonly resolved?: Value;
}

export interface UnknownValue {
	readonly is: "unknown";
	readonly at: Origin;
	readonly why: string;
	/** The value is in a module that has not been loaded yet. */
	readonly pending?: boolean;
}

export function constant(value: Constant, at: Origin): Value {
	return { is: "constant", value, at };
}

export function unknownValue(why: string, at: Origin): UnknownValue {
	return { is: "unknown", why, at };
}

/** The dotted path of an external name, also through `attribute`s of externals; else `undefined`. */
export function externalPath(value: Value | undefined): string | undefined {
	return value?.is === "external" ? value.path : undefined;
}

/** The dotted path of what a call calls. */
export function calledPath(value: Value | undefined): string | undefined {
	return value?.is === "call" ? externalPath(value.callee) : undefined;
}

/** The string that a value is: a constant, or a member of an enum that is a `str`. */
export function asString(value: Value | undefined): string | undefined {
	if (value?.is === "member" && value.class.isStringEnum()) return asString(value.value);
	return value?.is === "constant" && typeof value.value === "string" ? value.value : undefined;
}

export function asNumber(value: Value | undefined): number | undefined {
	return value?.is === "constant" && typeof value.value === "number" ? value.value : undefined;
}

export function asBoolean(value: Value | undefined): boolean | undefined {
	return value?.is === "constant" && typeof value.value === "boolean" ? value.value : undefined;
}

export function isNone(value: Value | undefined): boolean {
	return value?.is === "constant" && value.value === null;
}

/** Python's truth of a value where it is known. */
export function truth(value: Value): boolean | undefined {
	if (value.is === "constant") return Boolean(value.value);
	if (value.is === "sequence") return value.items.length > 0;
	if (value.is === "mapping") return value.entries.length > 0;
	if (value.is === "class" || value.is === "function" || value.is === "module") return true;
	if (value.is === "external" && /(^|\.)TYPE_CHECKING$/.test(value.path)) return false;
	return undefined;
}

/** The items of an iterable value: sequences, mappings (their keys), enum classes (their members). */
export function iterate(value: Value): readonly Value[] | undefined {
	if (value.is === "sequence") return value.items;
	if (value.is === "mapping") return value.entries.map(([key]) => key);
	if (value.is === "class") return value.class.members()?.map((member) => member);
	if (value.is === "constant" && typeof value.value === "string") {
		return [...value.value].map((char) => constant(char, value.at));
	}
	return undefined;
}

/** Whether two values are known to be the same. */
export function sameValue(a: Value, b: Value): boolean {
	if (a === b) return true;
	if (a.is === "constant") return b.is === "constant" && a.value === b.value;
	if (a.is === "external") return b.is === "external" && a.path === b.path;
	if (a.is === "class") return b.is === "class" && a.class === b.class;
	if (a.is === "member") return b.is === "member" && a.class === b.class && a.name === b.name;
	if (a.is === "module") return b.is === "module" && a.module === b.module;
	if (a.is === "sequence") {
		return (
			b.is === "sequence" &&
			a.items.length === b.items.length &&
			a.items.every((item, at) => {
				const other = b.items[at];
				return other !== undefined && sameValue(item, other);
			})
		);
	}
	return false;
}
