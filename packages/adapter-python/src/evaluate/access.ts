/** Items of what is known: `object[key]`, `object[from:to]`. */
import type { Origin } from "@schemalign/core";
import type { Expression } from "../syntax/ast.js";
import type { ValueOf } from "./displays.js";
import { asNumber, constant, sameValue, unknownValue, type Value } from "./values.js";

export function itemOf(object: Value, items: readonly Expression[], value: ValueOf, at: Origin): Value {
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

/** `object[from:to]` of a known sequence or string. */
function slice(
	object: Value,
	range: Extract<Expression, { kind: "slice" }>,
	value: ValueOf,
	at: Origin,
): Value {
	const from = range.from ? asNumber(value(range.from)) : 0;
	const to = range.to ? asNumber(value(range.to)) : undefined;
	if (from === undefined || (range.to && to === undefined)) return unknownValue("a slice", at);
	if (object.is === "sequence") return { ...object, items: object.items.slice(from, to) };
	if (object.is === "constant" && typeof object.value === "string") {
		return constant(object.value.slice(from, to), at);
	}
	return unknownValue("a slice", at);
}
