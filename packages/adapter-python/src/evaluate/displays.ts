/** What is written out: lists, dicts, f-strings, arguments (Python reference, "Displays for lists, sets and dictionaries"). */
import type { Origin } from "@schemalign/core";
import type { Argument, Expression } from "../syntax/ast.js";
import type { CallArguments } from "./functions.js";
import { display } from "./operators.js";
import { constant, iterate, unknownValue, type Value } from "./values.js";

/** Gives the value of a part. */
export type ValueOf = (of: Expression) => Value;

export function sequenceOf(
	form: "list" | "tuple" | "set",
	items: readonly Expression[],
	value: ValueOf,
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

export function mappingOf(
	expression: Extract<Expression, { kind: "dict" }>,
	value: ValueOf,
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

/** An f-string. */
export function joinedText(
	expression: Extract<Expression, { kind: "joined" }>,
	value: ValueOf,
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

/** The arguments of a call, with those that are spread from lists and dicts. */
export function argumentsOf(args: readonly Argument[], value: ValueOf): CallArguments {
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
