/** The attributes of a declarative class that become columns. */
import type { Origin } from "@schemalign/core";
import type { PythonClass } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { isDeclaredAttr } from "../evaluate/functions.js";
import { type CallValue, externalPath, isNone, type Value } from "../evaluate/values.js";
import type { Expression } from "../syntax/ast.js";
import { type Annotated, evaluateAnnotation, mappedType, readAnnotation } from "./annotations.js";
import { calledSymbol, callOf } from "./symbols.js";

/** What an attribute of a class body is, before it is read as a column. */
export type Attribute =
	| { readonly is: "column"; readonly calls: readonly CallValue[]; readonly annotated?: Annotated }
	/** `composite(Point, mapped_column("x"), …)`. */
	| { readonly is: "columns"; readonly parts: readonly CompositePart[] }
	/** Something of which it is not known whether it is a column. */
	| { readonly is: "unclear"; readonly why: string; readonly at: Origin }
	| { readonly is: "other" };

export interface CompositePart {
	readonly call: CallValue;
	/** The annotation of the field of the composite class that it fills. */
	readonly annotated?: Annotated;
}

export interface ClassAttribute {
	readonly name: string;
	readonly owner: PythonClass;
	readonly at: Origin;
}

const COLUMN_CALLS = ["sa.Column", "sa.mapped_column"];
/** Wrappers whose first argument may be the column. */
const WRAPPERS = ["sa.deferred", "sa.column_property", "sa.undefer"];
const OTHER: Attribute = { is: "other" };

/** The names that a class body binds, in order, with their lines. */
export function attributesOf(owner: PythonClass): ClassAttribute[] {
	const found: ClassAttribute[] = [];
	for (const [name, bindings] of owner.scope.bindings) {
		const last = bindings.at(-1);
		if (!last || (name.startsWith("__") && name.endsWith("__"))) continue;
		found.push({ name, owner, at: owner.scope.origin(last.line) });
	}
	for (const [name, patch] of owner.patches) {
		if (owner.scope.bindings.has(name) || name.startsWith("__")) continue;
		found.push({ name, owner, at: { file: patch.file, line: patch.line } });
	}
	return found;
}

/** Reads one attribute as `cls` sees it. */
export function readAttribute(attribute: ClassAttribute, cls: PythonClass, evaluator: Evaluator): Attribute {
	const { owner, name, at } = attribute;
	const bindings = owner.scope.bindings.get(name) ?? [];
	let annotation: Expression | undefined = [...bindings]
		.reverse()
		.find((binding) => binding.annotation)?.annotation;
	let value = owner.ownAttribute(name);
	if (value?.is === "function") {
		if (!isDeclaredAttr(value)) return OTHER;
		annotation = value.definition?.returns;
		const self: Value = { is: "class", class: cls, at };
		value = evaluator.call(value, { positional: [self], keywords: new Map() }, at);
	}
	const column = value ? columnCall(value) : undefined;
	const type = annotation ? mappedType(evaluateAnnotation(annotation, owner.scope, evaluator)) : undefined;
	if (column === "composite" && value?.is === "call") return readComposite(value, type, evaluator);
	if (value && !column) return withoutColumn(value, at, annotation, owner, evaluator);
	const call = column === "composite" ? undefined : column;
	// Only mapped_column() looks at its annotation; Column() is what it says.
	if (call && calledSymbol(call) === "sa.Column") return { is: "column", calls: [call] };
	if (!type) return call ? { is: "column", calls: [call] } : OTHER;
	const annotated = readAnnotation(type);
	// Of several templates SQLAlchemy takes the first (`MappedColumn._init_column_for_annotation`).
	const [template] = annotated.extras.flatMap((extra) => callOf(extra, ...COLUMN_CALLS) ?? []);
	const calls = [...(call ? [call] : []), ...(template ? [template] : [])];
	// Within `deferred(…)` and `column_property(…)` the annotation says nothing of the column.
	if (value && callOf(value, ...WRAPPERS) && call) return { is: "column", calls: [call] };
	return { is: "column", calls, annotated };
}

/** `composite(Point, mapped_column("x"), …)`: the columns have the types of the class's fields. */
function readComposite(value: CallValue, type: Value | undefined, evaluator: Evaluator): Attribute {
	const calls = value.args.flatMap((arg) => callOf(arg, ...COLUMN_CALLS) ?? []);
	const cls = [value.args[0], type].find((candidate) => candidate?.is === "class");
	const fields = cls?.is === "class" ? fieldsOf(cls.class, evaluator) : [];
	const parts = calls.map((call, at) => {
		const annotated = fields[at];
		return annotated ? { call, annotated } : { call };
	});
	return parts.length > 0 ? { is: "columns", parts } : OTHER;
}

function fieldsOf(cls: PythonClass, evaluator: Evaluator): Annotated[] {
	return [...cls.scope.bindings.values()].flatMap((bindings) => {
		const annotation = bindings.find((binding) => binding.annotation)?.annotation;
		return annotation ? [readAnnotation(evaluateAnnotation(annotation, cls.scope, evaluator))] : [];
	});
}

function columnCall(value: Value): CallValue | "composite" | undefined {
	const call = callOf(value, ...COLUMN_CALLS);
	if (call) return call;
	const [wrapped] = callOf(value, ...WRAPPERS)?.args ?? [];
	if (wrapped) return callOf(wrapped, ...COLUMN_CALLS);
	return callOf(value, "sa.composite") ? "composite" : undefined;
}

/** Values that are no column call: most are methods, relationships and constants; some may hide a column. */
function withoutColumn(
	value: Value,
	at: Origin,
	annotation: Expression | undefined,
	owner: PythonClass,
	evaluator: Evaluator,
): Attribute {
	if (value.is === "unknown") {
		if (value.pending) return { is: "unclear", why: value.why, at };
		return { is: "unclear", why: `what it is cannot be evaluated: ${value.why}`, at };
	}
	if (value.is !== "call") {
		// MappedAsDataclass: `x: Mapped[int] = 5` is refused by SQLAlchemy; anything else is a plain attribute.
		const mapped = annotation && mappedType(evaluateAnnotation(annotation, owner.scope, evaluator));
		return mapped && !isNone(value) ? { is: "unclear", why: "a plain value under Mapped[…]", at } : OTHER;
	}
	const symbol = calledSymbol(value) ?? "";
	if (/^(sa|pg|sqlmodel|flask)\./.test(symbol)) return OTHER;
	const path = externalPath(value.callee);
	// A function of a library that is not here may return a column; a class (in CamelCase) is no column.
	const called = path?.split(".").at(-1) ?? "";
	if (path && !path.startsWith("builtins.") && /^[a-z]\w*col(umn)?s?$|column|_field$|^col_/i.test(called)) {
		return { is: "unclear", why: `what ${called}() returns is not known`, at };
	}
	return OTHER;
}
