/** Operators on known values; on constructs they are part of an SQL expression and stay as they are. */
import type { Origin } from "@schemalign/core";
import { asString, constant, iterate, sameValue, truth, unknownValue, type Value } from "./values.js";

/** A longer string than this is no identifier and no label: evaluation stops. */
const SIZE_LIMIT = 100_000;

export function unary(operator: string, operand: Value, at: Origin): Value {
	if (operand.is === "unknown") return operand;
	if (operator === "not") {
		const held = truth(operand);
		if (held !== undefined) return constant(!held, at);
	}
	if (operand.is === "constant" && typeof operand.value === "number") {
		if (operator === "-") return constant(-operand.value, at);
		if (operator === "+") return operand;
	}
	return { is: "operation", operator, operands: [operand], at };
}

export function binary(operator: string, left: Value, right: Value, at: Origin): Value {
	if (operator === "and" || operator === "or") {
		const held = truth(left);
		if (held !== undefined) return held === (operator === "and") ? right : left;
		return { is: "operation", operator, operands: [left, right], at };
	}
	const compared = compare(operator, left, right);
	if (compared !== undefined) return constant(compared, at);
	return arithmetic(operator, left, right, at);
}

export function arithmetic(operator: string, left: Value, right: Value, at: Origin): Value {
	if (left.is === "unknown") return left;
	if (right.is === "unknown") return right;
	const texts = [asString(left), asString(right)] as const;
	if (operator === "+") {
		if (texts[0] !== undefined && texts[1] !== undefined) return limited(texts[0] + texts[1], at);
		if (left.is === "sequence" && right.is === "sequence") {
			return { is: "sequence", form: left.form, items: [...left.items, ...right.items], at };
		}
	}
	if (operator === "|" && left.is === "mapping" && right.is === "mapping") {
		return { is: "mapping", entries: [...left.entries, ...right.entries], at };
	}
	if (operator === "%" && texts[0] !== undefined) return percentFormat(texts[0], right, at);
	if (left.is === "constant" && right.is === "constant") {
		const result = numeric(operator, left.value, right.value);
		if (result !== undefined) return constant(result, at);
		if (operator === "*" && texts[0] !== undefined && typeof right.value === "number") {
			const size = texts[0].length * right.value;
			if (size < SIZE_LIMIT) return constant(texts[0].repeat(Math.max(0, right.value)), at);
			return unknownValue("a very long string", at);
		}
	}
	return { is: "operation", operator, operands: [left, right], at };
}

function limited(text: string, at: Origin): Value {
	return text.length > SIZE_LIMIT ? unknownValue("a very long string", at) : constant(text, at);
}

function numeric(operator: string, a: unknown, b: unknown): number | undefined {
	if (typeof a !== "number" || typeof b !== "number") return undefined;
	switch (operator) {
		case "+":
			return a + b;
		case "-":
			return a - b;
		case "*":
			return a * b;
		case "**":
			return a ** b;
		case "/":
			return b === 0 ? undefined : a / b;
		case "//":
			return b === 0 ? undefined : Math.floor(a / b);
		case "%":
			return b === 0 ? undefined : ((a % b) + b) % b;
		case "<<":
			return a * 2 ** b;
		default:
			return undefined;
	}
}

function compare(operator: string, left: Value, right: Value): boolean | undefined {
	if (operator === "is" || operator === "is not") {
		if (left.is === "constant" && right.is === "constant") {
			return (left.value === right.value) === (operator === "is");
		}
		return undefined;
	}
	if (operator === "in" || operator === "not in") {
		const held = contains(right, left);
		return held === undefined ? undefined : held === (operator === "in");
	}
	if (left.is !== "constant" || right.is !== "constant") return undefined;
	const [a, b] = [left.value, right.value];
	if (operator === "==") return a === b;
	if (operator === "!=") return a !== b;
	if (typeof a !== "number" || typeof b !== "number") return undefined;
	if (operator === "<") return a < b;
	if (operator === ">") return a > b;
	if (operator === "<=") return a <= b;
	if (operator === ">=") return a >= b;
	return undefined;
}

/** `value in container`, where all of its items are known. */
function contains(container: Value, value: Value): boolean | undefined {
	if (value.is !== "constant") return undefined;
	const [text, part] = [asString(container), asString(value)];
	if (text !== undefined) return part === undefined ? undefined : text.includes(part);
	const items = iterate(container);
	if (items?.some((item) => sameValue(item, value))) return true;
	return items?.every((item) => item.is === "constant") ? false : undefined;
}

/** `"%s_%s" % (a, b)` with plain conversions; `%(name)s` with a mapping. */
function percentFormat(template: string, right: Value, at: Origin): Value {
	const queue = right.is === "sequence" && right.form === "tuple" ? [...right.items] : [right];
	let failed: string | undefined;
	const text = template.replace(/%(?:\((\w+)\))?([sdr%])/g, (_, key: string | undefined, form: string) => {
		if (form === "%") return "%";
		const value =
			key === undefined
				? queue.shift()
				: right.is === "mapping"
					? right.entries.find(([name]) => asString(name) === key)?.[1]
					: undefined;
		const shown = value ? display(value) : undefined;
		if (shown === undefined || form === "r") failed = "a formatted string whose values are not known";
		return shown ?? "";
	});
	return failed ? unknownValue(failed, at) : limited(text, at);
}

/** What `str()` makes of a value. */
export function display(value: Value): string | undefined {
	if (value.is === "member") {
		// `format()` of a `(str, Enum)` member differs between Python versions; StrEnum's does not.
		const strEnum = value.class
			.mro()
			.some((ancestor) => "is" in ancestor && ancestor.is === "external" && /StrEnum$/.test(ancestor.path));
		return strEnum ? asString(value) : undefined;
	}
	if (value.is !== "constant") return undefined;
	if (value.value === null) return "None";
	if (typeof value.value === "boolean") return value.value ? "True" : "False";
	return String(value.value);
}
