/** Families of types, as far as the canonical form of expressions depends on them. */
import type { TypeValue } from "../model/snapshot.js";
import type { ExpressionNode } from "./node.js";

const STRING_TYPES = new Set([
	"text",
	"character varying",
	"character",
	"bpchar",
	"name",
	"unknown",
	"cstring",
]);

/** In the order in which Postgres widens them: an operator with two of them works in the wider one. */
const NUMBER_RANKS: Readonly<Record<string, number>> = {
	smallint: 1,
	integer: 2,
	bigint: 3,
	numeric: 4,
	real: 5,
	"double precision": 6,
};

const TIME_RANKS: Readonly<Record<string, number>> = {
	date: 1,
	"timestamp without time zone": 2,
	"timestamp with time zone": 3,
};

export const TEXT: TypeValue = { name: "text", dimensions: 0 };
const BOOLEAN: TypeValue = { name: "boolean", dimensions: 0 };
const NUMERIC: TypeValue = { name: "numeric", dimensions: 0 };
const INTEGER: TypeValue = { name: "integer", dimensions: 0 };

export function isString(type: TypeValue | undefined): boolean {
	return (
		type !== undefined && type.dimensions === 0 && type.schema === undefined && STRING_TYPES.has(type.name)
	);
}

/** A string type or an array of one. */
export function holdsStrings(type: TypeValue | undefined): boolean {
	return type !== undefined && type.schema === undefined && STRING_TYPES.has(type.name);
}

export function numberRank(type: TypeValue | undefined): number | undefined {
	return type && type.dimensions === 0 ? NUMBER_RANKS[type.name] : undefined;
}

export function timeRank(type: TypeValue | undefined): number | undefined {
	return type && type.dimensions === 0 ? TIME_RANKS[type.name] : undefined;
}

export function isUserType(type: TypeValue | undefined): boolean {
	return type?.schema !== undefined;
}

/** Whether both are one type, whatever their length or precision. */
export function sameBase(a: TypeValue, b: TypeValue): boolean {
	return a.name === b.name && a.dimensions === b.dimensions && sameSchema(a.schema, b.schema);
}

function sameSchema(a: string | undefined, b: string | undefined): boolean {
	return a === b || a === undefined || b === undefined;
}

const RESULTS: Readonly<Record<string, string>> = {
	now: "timestamp with time zone",
	clock_timestamp: "timestamp with time zone",
	statement_timestamp: "timestamp with time zone",
	to_timestamp: "timestamp with time zone",
	make_interval: "interval",
	age: "interval",
	date_part: "double precision",
	random: "double precision",
	nextval: "bigint",
	currval: "bigint",
	count: "bigint",
	length: "integer",
	char_length: "integer",
	octet_length: "integer",
	position: "integer",
	strpos: "integer",
	array_length: "integer",
	cardinality: "integer",
	jsonb_array_length: "integer",
	json_array_length: "integer",
	gen_random_uuid: "uuid",
	uuid_generate_v4: "uuid",
	to_tsvector: "tsvector",
	to_tsquery: "tsquery",
	plainto_tsquery: "tsquery",
	to_jsonb: "jsonb",
	to_json: "json",
	jsonb_build_object: "jsonb",
	jsonb_build_array: "jsonb",
	json_build_object: "json",
	json_build_array: "json",
	setweight: "tsvector",
	...Object.fromEntries(
		`lower upper initcap btrim ltrim rtrim lpad rpad replace translate concat concat_ws format md5 left right repeat
		split_part to_char regexp_replace quote_ident quote_literal string_agg array_to_string jsonb_typeof json_typeof
		current_setting encode chr to_hex`
			.split(/\s+/)
			.map((name) => [name, "text"]),
	),
};

/** Functions that return the type of their arguments. */
const TRANSPARENT = new Set(["coalesce", "greatest", "least", "nullif", "min", "max", "abs", "mod"]);

const KEYWORD_TYPES: Readonly<Record<string, string>> = {
	current_date: "date",
	current_timestamp: "timestamp with time zone",
	localtimestamp: "timestamp without time zone",
	current_time: "time with time zone",
	localtime: "time without time zone",
	current_user: "name",
	session_user: "name",
	current_catalog: "name",
	current_schema: "name",
};

const COMPARISONS = new Set(["=", "<>", "<", "<=", ">", ">="]);
const MATCHES = new Set("~~ !~~ ~~* !~~* ~ !~ ~* !~* @> <@ ? ?| ?& @@ && ^@ @?".split(" "));
const ARITHMETIC = new Set(["+", "-", "*", "/", "%", "^"]);

export function isComparison(operator: string): boolean {
	return COMPARISONS.has(operator);
}

export function isArithmetic(operator: string): boolean {
	return ARITHMETIC.has(operator);
}

/** Trees do not change: each node's type is found once, however often it is asked for. */
const known = new WeakMap<ExpressionNode, { readonly type: TypeValue | undefined }>();

/** The type of a canonical expression, where that is certain. */
export function typeOf(node: ExpressionNode): TypeValue | undefined {
	if (node.kind === "column" || node.kind === "cast") return node.type;
	if (node.kind === "string" || node.kind === "null") return undefined;
	const found = known.get(node);
	if (found) return found.type;
	const type = findType(node);
	known.set(node, { type });
	return type;
}

function findType(node: ExpressionNode): TypeValue | undefined {
	switch (node.kind) {
		case "column":
		case "cast":
			return node.type;
		case "boolean":
		case "and":
		case "or":
		case "not":
		case "is":
		case "distinct":
		case "in":
		case "quantified":
			return BOOLEAN;
		case "number":
			return /[.eE]/.test(node.text) ? NUMERIC : INTEGER;
		case "keyword":
			return named(KEYWORD_TYPES[node.name]);
		case "call":
			return callType(node);
		case "case":
			return commonType([
				...node.branches.map(({ result }) => result),
				...(node.otherwise ? [node.otherwise] : []),
			]);
		case "collate":
			return typeOf(node.operand);
		case "operator":
			return operatorType(node);
		case "subscript": {
			const type = typeOf(node.operand);
			if (type === undefined || type.dimensions === 0) return undefined;
			return node.slice ? type : { ...type, dimensions: type.dimensions - 1 };
		}
		default:
			return undefined;
	}
}

function named(name: string | undefined): TypeValue | undefined {
	return name === undefined ? undefined : { name, dimensions: 0 };
}

/** The type that Postgres brings several alternatives to: the widest of numbers and of times, else the first known. */
function commonType(nodes: readonly ExpressionNode[]): TypeValue | undefined {
	const constant = nodes.every((node) => node.kind === "number");
	const types = nodes
		.filter((node) => node.kind !== "number" || constant || node.text.includes("."))
		.map(typeOf)
		.filter((type) => type !== undefined);
	return types.reduce<TypeValue | undefined>(
		(common, type) => (common ? widest(common, type) : type),
		undefined,
	);
}

function widest(a: TypeValue, b: TypeValue): TypeValue {
	const [x, y] = [numberRank(a) ?? timeRank(a), numberRank(b) ?? timeRank(b)];
	return x !== undefined && y !== undefined && y > x ? b : a;
}

/** Functions that work in numeric for numeric arguments, and in double precision for any other. */
const FLOATING = new Set(
	"sqrt cbrt exp ln log log10 power pow ceil ceiling floor round trunc sign".split(" "),
);

/** Whether the function has a numeric and a double precision form, so that a cast between those picks one. */
export function isFloating(name: string): boolean {
	return FLOATING.has(name);
}

function truncated(type: TypeValue | undefined): TypeValue | undefined {
	return type?.name === "date" ? named("timestamp with time zone") : type;
}

/** AT TIME ZONE takes the zone off a timestamp or puts it on. */
function shifted(type: TypeValue | undefined): TypeValue | undefined {
	if (timeRank(type) === undefined) return undefined;
	return named(
		type?.name === "timestamp without time zone" ? "timestamp with time zone" : "timestamp without time zone",
	);
}

function callType(node: Extract<ExpressionNode, { kind: "call" }>): TypeValue | undefined {
	const { name, args } = node;
	if (TRANSPARENT.has(name)) return commonType(args);
	if (node.schema !== undefined) return undefined;
	if (name === "date_trunc") return truncated(args[1] && typeOf(args[1]));
	if (name === "timezone") return shifted(args[1] && typeOf(args[1]));
	if (!FLOATING.has(name)) return named(RESULTS[name]);
	if ((name === "round" || name === "trunc") && args.length === 2) return NUMERIC;
	const ranks = args.map((arg) => numberRank(typeOf(arg)));
	if (ranks.some((rank) => rank === undefined)) return undefined;
	const most = ranks.reduce<number>((highest, rank) => Math.max(highest, rank ?? 0), 0);
	return most === NUMBER_RANKS.numeric ? NUMERIC : named("double precision");
}

function operatorType(node: Extract<ExpressionNode, { kind: "operator" }>): TypeValue | undefined {
	const { operator } = node;
	if (isComparison(operator) || MATCHES.has(operator)) return BOOLEAN;
	if (operator === "->>" || operator === "#>>") return TEXT;
	const left = node.left && typeOf(node.left);
	const right = typeOf(node.right);
	if (operator === "||") return isString(left) || isString(right) ? TEXT : left;
	if (!isArithmetic(operator)) return undefined;
	const [a, b] = [numberRank(left), numberRank(right)];
	if (a !== undefined && b !== undefined) {
		// An operator on real and any other type works in double precision.
		if (a !== b && (left?.name === "real" || right?.name === "real")) return named("double precision");
		return a >= b ? left : right;
	}
	return timeRank(left) === undefined ? undefined : timeOperatorType(operator, left, node.right);
}

/** The type of a date or timestamp plus or minus something. A constant beside it that is no time is an interval. */
function timeOperatorType(
	operator: string,
	left: TypeValue | undefined,
	right: ExpressionNode,
): TypeValue | undefined {
	const type = typeOf(right);
	const interval = type?.name === "interval" || (right.kind === "string" && !/^\d{4}-/.test(right.value));
	if (interval) return left?.name === "date" ? named("timestamp without time zone") : left;
	if (left?.name === "date" && numberRank(type) !== undefined) return left;
	if (operator !== "-" || timeRank(type) === undefined) return undefined;
	return left?.name === "date" && type?.name === "date" ? INTEGER : named("interval");
}

/**
 * Whether nothing is known of the node's type because it is a column of unknown type, or made of such: a cast that
 * Postgres adds to columns of some types cannot be told there from one that the author wrote.
 */
export function isOpen(node: ExpressionNode): boolean {
	switch (node.kind) {
		case "column":
			return node.type === undefined;
		case "string":
		case "null":
			return true;
		case "call":
			return TRANSPARENT.has(node.name) && typeOf(node) === undefined && node.args.some(isOpen);
		case "case":
			return typeOf(node) === undefined && node.branches.some(({ result }) => isOpen(result));
		case "subscript":
		case "field":
		case "collate":
			return isOpen(node.operand);
		case "array":
			return node.elements.every(isOpen);
		case "operator":
			return (
				isArithmetic(node.operator) &&
				typeOf(node) === undefined &&
				(isOpen(node.right) || (node.left !== undefined && isOpen(node.left)))
			);
		default:
			return false;
	}
}
