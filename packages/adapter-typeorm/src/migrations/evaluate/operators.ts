/** Operators on values that may not be known. */
import { hasPlaceholder } from "@schemalign/adapter-sql";
import type { Origin } from "@schemalign/core";
import { ClassValue, Dict, isForeign, List, Text, Unknown, type Value } from "./values.js";

type Plain = string | number | bigint | boolean | null | undefined;

/** The value as a plain one of JavaScript's; `none`: it is an object. */
export function plain(value: Value): { readonly is: Plain } | undefined {
	if (value instanceof Text) return { is: value.value };
	if (value === null || typeof value !== "object") return { is: value };
	return undefined;
}

/** A value of JavaScript's as one of ours. */
export function lifted(value: Plain): Value {
	return typeof value === "string" ? new Text(value) : value;
}

/** What makes a value unknown: itself, or a part of its text. */
export function doubtIn(value: Value, at: Origin): Unknown | undefined {
	if (value instanceof Unknown) return value;
	if (value instanceof Text && hasPlaceholder(value.value)) {
		return new Unknown("a part of the text is only known at run time", at);
	}
	if ((value instanceof List || value instanceof Dict) && value.open) return value.open;
	return undefined;
}

/** `left operator right`, save `+` of texts. */
export function binary(operator: string, left: Value, right: Value, at: Origin): Value {
	const doubt = doubtIn(left, at) ?? doubtIn(right, at);
	if (operator === "instanceof") return doubt ?? instanceOf(left, right, at);
	if (operator === "in") return doubt ?? isIn(left, right, at);
	if (/^[!=]==?$/.test(operator)) {
		// Nothing is both an object and nothing at all.
		if (
			doubt &&
			!(left instanceof List || left instanceof Dict || right instanceof List || right instanceof Dict)
		) {
			return doubt;
		}
		const same = operator.length === 3 ? strictlyEqual(left, right) : looselyEqual(left, right);
		return operator.startsWith("!") ? !same : same;
	}
	if (doubt) return doubt;
	const [a, b] = [plain(left), plain(right)];
	if (!a || !b) return new Unknown("an operation on objects", at);
	return arithmetic(operator, a.is, b.is, at);
}

function strictlyEqual(left: Value, right: Value): boolean {
	const [a, b] = [plain(left), plain(right)];
	return a && b ? a.is === b.is : left === right;
}

function looselyEqual(left: Value, right: Value): boolean {
	const [a, b] = [plain(left), plain(right)];
	// biome-ignore lint/suspicious/noDoubleEquals: it is what the evaluated code says
	return a && b ? a.is == b.is : left === right;
}

function instanceOf(left: Value, right: Value, at: Origin): Value {
	if (!(right instanceof ClassValue)) return new Unknown("the class is not part of the project", at);
	if (!(left instanceof Dict)) return false;
	for (let made: Value = left.made; made instanceof ClassValue; made = made.parent)
		if (made === right) return true;
	return false;
}

function isIn(left: Value, right: Value, at: Origin): Value {
	const key = plain(left);
	if (right instanceof Dict && key) return right.fields.has(String(key.is));
	return new Unknown("what the object holds is not known", at);
}

function arithmetic(operator: string, left: Plain, right: Plain, at: Origin): Value {
	if (operator === "<" || operator === ">" || operator === "<=" || operator === ">=") {
		return compared(operator, left, right);
	}
	if (typeof left === "bigint" || typeof right === "bigint")
		return new Unknown("arithmetic of big integers", at);
	const [a, b] = [Number(left), Number(right)];
	switch (operator) {
		case "+":
			return a + b;
		case "-":
			return a - b;
		case "*":
			return a * b;
		case "/":
			return a / b;
		case "%":
			return a % b;
		case "**":
			return a ** b;
		case "|":
			return a | b;
		case "&":
			return a & b;
		case "^":
			return a ^ b;
		case "<<":
			return a << b;
		case ">>":
			return a >> b;
		case ">>>":
			return a >>> b;
		default:
			return new Unknown(`the operator ${operator}`, at);
	}
}

function compared(operator: string, left: Plain, right: Plain): boolean {
	const both = typeof left === "string" && typeof right === "string";
	const [a, b] = both ? [left, right] : [Number(left), Number(right)];
	if (operator === "<") return a < b;
	if (operator === ">") return a > b;
	return operator === "<=" ? a <= b : a >= b;
}

export function unary(operator: string, value: Value, at: Origin): Value {
	if (operator === "typeof") return value instanceof Unknown ? value : new Text(typeName(value));
	if (operator === "void") return undefined;
	if (value instanceof Unknown) return value;
	if (operator === "!") return value instanceof Text ? value.value === "" : !value;
	const is = plain(value);
	if (!is || typeof is.is === "bigint") return new Unknown(`the operator ${operator} on an object`, at);
	const doubt = doubtIn(value, at);
	if (doubt) return doubt;
	const number = Number(is.is);
	if (operator === "-") return -number;
	return operator === "~" ? ~number : number;
}

function typeName(value: Value): string {
	if (value instanceof Text) return "string";
	if (value instanceof ClassValue) return "function";
	if (value !== null && typeof value === "object" && "native" in value) return "function";
	if (isForeign(value)) return value.construct ? "function" : "object";
	return typeof value;
}
