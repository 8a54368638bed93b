/** SQLAlchemy's expression language to SQL text: what stands in server defaults, checks and indexes. */
import { type Origin, quoteIdentifier, shortType } from "@schemalign/core";
import type { Evaluator } from "../evaluate/evaluator.js";
import { asString, type CallValue, isNone, iterate, type Value } from "../evaluate/values.js";
import { type Known, known, notKnown, type Sql } from "./model.js";
import { symbolOf } from "./symbols.js";
import { readType } from "./types.js";

/** Finds the column that a value is, by its name in the database. */
export type ColumnLookup = (value: Value) => string | undefined;

export interface SqlContext {
	readonly evaluator: Evaluator;
	readonly column: ColumnLookup;
	/** The labels of the enum that a column has. */
	readonly labels?: (value: Value) => readonly string[] | undefined;
}

/** Functions that SQL writes without parentheses. */
const BARE =
	/^(current_(date|time|timestamp|user|role|catalog|schema)|localtime|localtimestamp|session_user|user)$/i;

const INFIX: Readonly<Record<string, string>> = {
	"==": "=",
	"!=": "<>",
	"<": "<",
	">": ">",
	"<=": "<=",
	">=": ">=",
	"+": "+",
	"-": "-",
	"*": "*",
	"/": "/",
	"%": "%",
	"//": "/",
	"&": "AND",
	and: "AND",
	"|": "OR",
	or: "OR",
	is: "IS",
	"is not": "IS NOT",
};

/** Methods of columns that are operators in SQL. */
const METHODS: Readonly<Record<string, string>> = {
	like: "LIKE",
	ilike: "ILIKE",
	is_: "IS",
	is_not: "IS NOT",
	isnot: "IS NOT",
	is_distinct_from: "IS DISTINCT FROM",
	is_not_distinct_from: "IS NOT DISTINCT FROM",
	__eq__: "=",
	__ne__: "<>",
	concat: "||",
};

class Unrenderable extends Error {
	constructor(
		readonly why: string,
		readonly at: Origin,
	) {
		super(why);
	}
}

/** The SQL of a value; a plain string is raw SQL here (as in `CheckConstraint("a > 0")`). */
export function renderSql(value: Value, context: SqlContext): Sql {
	return guarded(value, () => asString(value) ?? render(value, context));
}

/** The SQL of a `server_default`: a plain string is a literal there. */
export function renderDefault(value: Value, context: SqlContext): Sql {
	return guarded(value, () => {
		const text = asString(value);
		return text === undefined ? render(value, context) : quote(text);
	});
}

function guarded(value: Value, make: () => string): Known<string> {
	try {
		return known(make());
	} catch (error) {
		if (error instanceof Unrenderable) return notKnown(error.why, error.at);
		if (error instanceof RangeError) return notKnown("nested too deeply", value.at);
		throw error;
	}
}

export function quote(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}

function render(value: Value, context: SqlContext): string {
	const column = context.column(value);
	if (column !== undefined) return quoteIdentifier(column);
	switch (value.is) {
		case "constant":
			return literal(value.value);
		case "member": {
			const text = asString(value);
			if (text !== undefined) return quote(text);
			// A member in an expression on an enum column is bound as its label: the member's name.
			return quote(value.name);
		}
		case "operation":
			return renderOperation(value, context);
		case "call":
			return renderCall(value, context);
		case "subscript":
			return renderPath(value, "->", context);
		case "unknown":
			throw new Unrenderable(value.why, value.at);
		default: {
			if (value.is === "attribute" && value.name === "astext" && value.object.is === "subscript") {
				return renderPath(value.object, "->>", context);
			}
			const symbol = symbolOf(value);
			const constant = symbol === undefined ? undefined : SYMBOL_CONSTANTS[symbol];
			if (constant !== undefined) return constant;
			throw new Unrenderable("an SQL expression that cannot be evaluated", value.at);
		}
	}
}

const SYMBOL_CONSTANTS: Readonly<Record<string, string>> = {
	"sa.true": "true",
	"sa.false": "false",
	"sa.null": "NULL",
};

function literal(value: string | number | boolean | null): string {
	if (value === null) return "NULL";
	return typeof value === "string" ? quote(value) : String(value);
}

/** `data["key"]`; as text with `->>`. */
function renderPath(
	value: Extract<Value, { is: "subscript" }>,
	operator: string,
	context: SqlContext,
): string {
	const [key] = value.items;
	if (!key || value.items.length !== 1) throw new Unrenderable("a path that cannot be evaluated", value.at);
	return `(${render(value.object, context)} ${operator} ${render(key, context)})`;
}

function renderOperation(value: Extract<Value, { is: "operation" }>, context: SqlContext): string {
	const { operator, operands, at } = value;
	const [left, right] = operands;
	if (!left) throw new Unrenderable("an empty expression", at);
	if (!right) {
		const inner = render(left, context);
		if (operator === "~" || operator === "not") return `NOT (${inner})`;
		return `${operator}(${inner})`;
	}
	const negated = isNone(right) && (operator === "==" || operator === "!=");
	if (negated) return `${render(left, context)} IS ${operator === "==" ? "" : "NOT "}NULL`;
	const texts = operator === "+" && (isText(left) || isText(right));
	const infix = texts ? "||" : INFIX[operator];
	if (!infix) throw new Unrenderable(`the operator ${operator}`, at);
	// `column == True` is `column = true`; SQLAlchemy renders booleans as IS for `is_()` only.
	const labels = context.labels?.(left) ?? context.labels?.(right);
	const side = (operand: Value) => renderOperand(operand, labels, context);
	return `(${side(left)} ${infix} ${side(right)})`;
}

/** Compared with an enum column, a member stands for its label: its name, or its value with `values_callable`. */
function renderOperand(value: Value, labels: readonly string[] | undefined, context: SqlContext): string {
	if (value.is !== "member" || !labels) return render(value, context);
	const text = asString(value.value);
	if (labels.includes(value.name)) return quote(value.name);
	return quote(text !== undefined && labels.includes(text) ? text : value.name);
}

/** Whether SQLAlchemy would take `+` with this operand for a concatenation. */
function isText(value: Value): boolean {
	if (asString(value) !== undefined) return true;
	return value.is === "operation" && value.operator === "+" && value.operands.some(isText);
}

function renderCall(call: CallValue, context: SqlContext): string {
	const { callee, args, at } = call;
	if (call.open) throw new Unrenderable(call.open, at);
	const all = () => args.map((arg) => render(arg, context));
	const symbol = symbolOf(callee);
	if (symbol?.startsWith("sa.func.")) return renderFunction(symbol.slice("sa.func.".length), all());
	if (symbol?.startsWith("sa.")) {
		const text = renderConstruct(symbol.slice(3), call, context, all);
		if (text !== undefined) return text;
	}
	if (callee.is === "attribute") {
		const text = renderMethod(callee.object, callee.name, call, context);
		if (text !== undefined) return text;
	}
	throw new Unrenderable("an SQL expression that cannot be evaluated", at);
}

function renderFunction(name: string, args: readonly string[]): string {
	return args.length === 0 && BARE.test(name) ? name : `${name}(${args.join(", ")})`;
}

function renderConstruct(
	name: string,
	call: CallValue,
	context: SqlContext,
	all: () => string[],
): string | undefined {
	const [first, second] = call.args;
	switch (name) {
		case "text":
		case "literal_column":
		case "DDL": {
			const sql = asString(first);
			if (sql !== undefined) return name === "text" ? sql.replaceAll("\\:", ":") : sql;
			throw new Unrenderable(first?.is === "unknown" ? first.why : "text that cannot be evaluated", call.at);
		}
		case "Column":
		case "column":
		case "quoted_name": {
			const sql = asString(first);
			return sql === undefined ? undefined : quoteIdentifier(sql);
		}
		case "true":
		case "false":
			return name;
		case "null":
			return "NULL";
		case "now":
		case "current_timestamp":
		case "current_date":
			return renderFunction(name, []);
		case "literal":
		case "bindparam":
			return first ? render(first, context) : undefined;
		case "and_":
		case "or_":
			return `(${all().join(name === "and_" ? " AND " : " OR ")})`;
		case "not_":
			return first ? `NOT (${render(first, context)})` : undefined;
		case "cast":
		case "type_coerce": {
			if (!first || !second) return undefined;
			const inner = asString(first) === undefined ? render(first, context) : quote(asString(first) ?? "");
			if (name === "type_coerce") return inner;
			const { type } = readType(second, context.evaluator);
			if ("unknown" in type) throw new Unrenderable(type.unknown, type.at);
			return `CAST(${inner} AS ${shortType(type.known)})`;
		}
		case "desc":
		case "asc":
			return first ? `${render(first, context)} ${name.toUpperCase()}` : undefined;
		case "array": {
			const items = first ? iterate(first) : undefined;
			return items ? `ARRAY[${items.map((item) => render(item, context)).join(", ")}]` : undefined;
		}
		case "next_value":
			return undefined;
		default:
			return undefined;
	}
}

function renderMethod(object: Value, name: string, call: CallValue, context: SqlContext): string | undefined {
	const [first] = call.args;
	const left = () => render(object, context);
	if (name === "as_string" && object.is === "subscript") return renderPath(object, "->>", context);
	if (name === "in_" || name === "not_in" || name === "notin_") {
		const items = first ? iterate(first) : undefined;
		if (!items) return undefined;
		const labels = context.labels?.(object);
		const list = items.map((item) => renderOperand(item, labels, context)).join(", ");
		return `${left()} ${name === "in_" ? "IN" : "NOT IN"} (${list})`;
	}
	if (name === "between" && first && call.args[1]) {
		return `${left()} BETWEEN ${render(first, context)} AND ${render(call.args[1], context)}`;
	}
	if (name === "op" || name === "bool_op") return undefined;
	if (name === "label" || name === "self_group") return left();
	if (name === "cast" && first) {
		const { type } = readType(first, context.evaluator);
		if ("unknown" in type) throw new Unrenderable(type.unknown, type.at);
		return `CAST(${left()} AS ${shortType(type.known)})`;
	}
	if (name === "next_value" && object.is === "call") {
		const sequence = asString(object.args[0]);
		return sequence === undefined ? undefined : `nextval(${quote(quoteIdentifier(sequence))})`;
	}
	// `column.op("->>")("key")`
	if (call.callee.is === "attribute" && Object.hasOwn(METHODS, name) && first) {
		return `${left()} ${METHODS[name]} ${render(first, context)}`;
	}
	return undefined;
}
