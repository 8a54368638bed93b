/** `Mapped[…]`: what an annotation says of a column's type and nullability. */
import { makeType } from "@schemalign/core";
import { PythonClass } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Scope } from "../evaluate/scope.js";
import {
	asString,
	calledPath,
	externalPath,
	isNone,
	sameValue,
	unknownValue,
	type Value,
} from "../evaluate/values.js";
import type { Expression } from "../syntax/ast.js";
import { parseModule } from "../syntax/parse.js";
import { readEnumType } from "./enums.js";
import { type ColumnType, known, notKnown } from "./model.js";
import { readType } from "./types.js";

const MAPPED = /^sqlalchemy\.(orm|ext)(\.\w+)*\.Mapped$|^sqlalchemy\.Mapped$|^sqlmodel\.(\w+\.)*Mapped$/;
const OPTIONAL = /^typing(_extensions)?\.Optional$/;
const UNION = /^(typing(_extensions)?|types)\.Union(Type)?$/;
const ANNOTATED = /^typing(_extensions)?\.Annotated$/;
const LITERAL = /^typing(_extensions)?\.Literal$/;

/** SQLAlchemy's default `type_annotation_map`. */
const DEFAULTS: readonly (readonly [RegExp, () => ColumnType])[] = [
	[
		/^decimal\.Decimal$/,
		() => ({ type: known(makeType("numeric", { unstated: true })), affinity: "numeric" }),
	],
	[/^datetime\.date$/, () => simple("date")],
	[/^datetime\.datetime$/, () => simple("timestamp without time zone")],
	[/^datetime\.time$/, () => simple("time without time zone")],
	[/^datetime\.timedelta$/, () => simple("interval")],
	[/^builtins\.bool$/, () => simple("boolean")],
	[/^builtins\.int$/, () => ({ type: known(makeType("integer")), affinity: "integer" })],
	[/^builtins\.float$/, () => ({ type: known(makeType("double precision")), affinity: "numeric" })],
	[/^builtins\.bytes$/, () => simple("bytea")],
	[
		/^builtins\.str$/,
		() => ({ type: known(makeType("character varying", { unstated: true })), affinity: "string" }),
	],
	[/^uuid\.UUID$/, () => simple("uuid")],
];

function simple(name: string): ColumnType {
	return { type: known(makeType(name)), affinity: "other" };
}

/** An annotation's value; strings in it (forward references) are read as the expressions that they hold. */
export function evaluateAnnotation(annotation: Expression, scope: Scope, evaluator: Evaluator): Value {
	const position = Number.POSITIVE_INFINITY;
	return unquote(evaluator.evaluate(annotation, scope, position), scope, evaluator);
}

/** `JSON = dict[str, "JSON"] | str`: an alias may be made of itself. Nobody nests references deeper than this. */
const REFERENCE_LIMIT = 3;

/** How many references one annotation may have in all. */
const BUDGET = 200;

function unquote(
	value: Value,
	scope: Scope,
	evaluator: Evaluator,
	references = 0,
	budget = { left: BUDGET },
): Value {
	const text = value.is === "constant" && typeof value.value === "string" ? value.value : undefined;
	if (text !== undefined) {
		if (references >= REFERENCE_LIMIT || --budget.left < 0)
			return unknownValue("an annotation that refers to itself", value.at);
		const [statement] = parseModule(text).body;
		if (statement?.kind !== "expression") return value;
		const inner = evaluator.evaluate(statement.value, scope);
		return relocate(unquote(inner, scope, evaluator, references + 1, budget), value);
	}
	if (value.is === "subscript" && !LITERAL.test(externalPath(value.object) ?? "")) {
		// Only the first part of `Annotated[…]` is a type: its strings are not references.
		const annotated = ANNOTATED.test(externalPath(value.object) ?? "");
		const items = value.items.map((item, at) =>
			annotated && at > 0 ? item : unquote(item, scope, evaluator, references, budget),
		);
		return { ...value, items };
	}
	if (value.is === "operation") {
		const operands = value.operands.map((item) => unquote(item, scope, evaluator, references, budget));
		return { ...value, operands };
	}
	return value;
}

function relocate(value: Value, place: Value): Value {
	return { ...value, at: place.at };
}

/** The type within `Mapped[…]`; `undefined`: the annotation is something else. */
export function mappedType(value: Value): Value | undefined {
	if (value.is !== "subscript" || !MAPPED.test(externalPath(value.object) ?? "")) return undefined;
	return value.items[0];
}

export interface Annotated {
	/** The Python type, None taken out. */
	readonly type: Value;
	readonly nullable: boolean;
	/** What `Annotated[…]` adds: a `mapped_column(…)` template among it. */
	readonly extras: readonly Value[];
	/** The annotation as a whole and its parts, to look up in `type_annotation_map`. */
	readonly keys: readonly Value[];
}

/** Takes an annotation apart: `Annotated[str | None, mapped_column(…)]`, in any nesting. */
export function readAnnotation(value: Value): Annotated {
	if (value.is === "subscript") {
		const path = externalPath(value.object) ?? "";
		const [first, ...rest] = value.items;
		if (ANNOTATED.test(path) && first) {
			const inner = readAnnotation(first);
			// Python makes one flat list of nested ones, the inner first.
			return { ...inner, extras: [...inner.extras, ...rest], keys: [value, ...inner.keys] };
		}
		if (OPTIONAL.test(path) && first) {
			const inner = readAnnotation(first);
			return { ...inner, nullable: true, keys: [value, ...inner.keys] };
		}
		if (UNION.test(path)) return readUnion(value, value.items);
	}
	if (value.is === "operation" && value.operator === "|") return readUnion(value, flatten(value));
	if (value.is === "constant" && value.value === null)
		return { type: value, nullable: true, extras: [], keys: [] };
	return { type: value, nullable: false, extras: [], keys: [value] };
}

function flatten(value: Value): readonly Value[] {
	return value.is === "operation" && value.operator === "|" ? value.operands.flatMap(flatten) : [value];
}

function readUnion(whole: Value, items: readonly Value[]): Annotated {
	const types = items.filter((item) => !isNone(item));
	const nullable = types.length < items.length;
	const [only] = types;
	if (only && types.length === 1) {
		const inner = readAnnotation(only);
		return { ...inner, nullable: nullable || inner.nullable, keys: [whole, ...inner.keys] };
	}
	return { type: whole, nullable, extras: [], keys: [whole] };
}

/** The column type that a Python type maps to, by the registry's map and SQLAlchemy's defaults. */
export function typeOfAnnotation(
	annotated: Annotated,
	maps: readonly Value[],
	evaluator: Evaluator,
): ColumnType {
	for (const key of annotated.keys) {
		const found = lookUp(key, maps);
		if (found) return resolveMapped(found, key, evaluator);
	}
	return builtinType(annotated.type, maps, evaluator);
}

/** `Enum` in the map is a template: it takes the Python enum that is asked for. */
function resolveMapped(found: Value, key: Value, evaluator: Evaluator): ColumnType {
	const template = found.is === "call" ? found : undefined;
	const path = externalPath(template?.callee ?? found);
	if (path && /^sqlalchemy\.(\w+\.)*Enum$/.test(path) && key.is === "class" && key.class.isEnum()) {
		const keywords = new Map(template?.keywords ?? []);
		return readEnumType("sa.Enum", { args: [key], keywords, at: key.at, evaluator });
	}
	return readType(found, evaluator);
}

function lookUp(key: Value, maps: readonly Value[]): Value | undefined {
	for (const map of maps) {
		if (map.is !== "mapping") continue;
		const entry = map.entries.find(([candidate]) => sameAnnotation(candidate, key));
		if (entry) return entry[1];
	}
	if (key.is !== "class") return undefined;
	// A class maps as the nearest of its ancestors that is in the map.
	for (const ancestor of key.class.mro().slice(1)) {
		const value: Value =
			ancestor instanceof PythonClass ? { is: "class", class: ancestor, at: key.at } : ancestor;
		for (const map of maps) {
			if (map.is !== "mapping") continue;
			const entry = map.entries.find(([candidate]) => sameAnnotation(candidate, value));
			if (entry) return entry[1];
		}
	}
	if (!key.class.isEnum()) return undefined;
	// `enum.StrEnum` and its like derive from `enum.Enum`, whatever the class names as its base.
	const base: Value = { is: "external", path: "enum.Enum", at: key.at };
	return maps
		.flatMap((map) => (map.is === "mapping" ? map.entries : []))
		.find(([k]) => sameAnnotation(k, base))?.[1];
}

function sameAnnotation(a: Value, b: Value): boolean {
	if (a.is === "subscript" && b.is === "subscript") {
		return sameAnnotation(a.object, b.object) && sameAll(a.items, b.items);
	}
	if (a.is === "operation" && b.is === "operation") {
		return a.operator === b.operator && sameAll(a.operands, b.operands);
	}
	if (a.is === "call" && b.is === "call") {
		return sameAnnotation(a.callee, b.callee) && sameAll(a.args, b.args);
	}
	return sameValue(a, b);
}

function sameAll(a: readonly Value[], b: readonly Value[]): boolean {
	return (
		a.length === b.length &&
		a.every((item, at) => {
			const other = b[at];
			return other !== undefined && sameAnnotation(item, other);
		})
	);
}

function builtinType(type: Value, maps: readonly Value[], evaluator: Evaluator): ColumnType {
	if (type.is === "class") {
		if (type.class.isEnum()) {
			return readEnumType("sa.Enum", { args: [type], keywords: new Map(), at: type.at, evaluator });
		}
		for (const ancestor of type.class.mro()) {
			const found = ancestor instanceof PythonClass ? undefined : defaultFor(externalPath(ancestor));
			if (found) return found;
		}
	}
	const path = externalPath(type);
	const found = defaultFor(path);
	if (found) return found;
	// NewType("UserId", int) maps as its supertype.
	if (type.is === "call" && /^typing(_extensions)?\.NewType$/.test(calledPath(type) ?? "")) {
		const [, base] = type.args;
		if (base) return typeOfAnnotation(readAnnotation(base), maps, evaluator);
	}
	if (type.is === "subscript" && LITERAL.test(externalPath(type.object) ?? "")) {
		const keywords = new Map<string, Value>([["native_enum", { is: "constant", value: false, at: type.at }]]);
		return readEnumType("sa.Enum", { args: type.items, keywords, at: type.at, evaluator });
	}
	const why = type.is === "unknown" ? type.why : `no type is known for ${describe(type)} in Mapped[…]`;
	return { type: notKnown(why, type.at), affinity: "other" };
}

function defaultFor(path: string | undefined): ColumnType | undefined {
	if (path === undefined) return undefined;
	return DEFAULTS.find(([pattern]) => pattern.test(path))?.[1]();
}

function describe(value: Value): string {
	if (value.is === "class") return value.class.name;
	if (value.is === "subscript") return `${describe(value.object)}[…]`;
	return externalPath(value)?.split(".").at(-1) ?? asString(value) ?? "this annotation";
}
