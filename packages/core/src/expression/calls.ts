/** Function calls in one spelling, over arguments that are canonical already. */
import type { TypeValue } from "../model/snapshot.js";
import { widensNumber } from "./comparison.js";
import { asType, byValue, openConstant, plainReference } from "./constant.js";
import { isFloating, isOpen, isString, isUserType, numberRank, timeRank, typeOf } from "./families.js";
import { type CallNode, type ExpressionNode, isConstant } from "./node.js";
import { operandOf, widestCast, withoutCasts } from "./widening.js";

/** Schemas that every search path has, or that a dump adds. */
const DEFAULT_SCHEMAS = new Set(["pg_catalog", "public"]);

/** Names of one function. EXTRACT is printed as date_part by servers before 14. */
const ALIASES: Readonly<Record<string, string>> = {
	transaction_timestamp: "now",
	extract: "date_part",
	similar_escape: "similar_to_escape",
};

/** Functions that take arguments of any type: what a constant is cast to is part of the call. */
const POLYMORPHIC = new Set(
	`to_json to_jsonb json_build_object json_build_array jsonb_build_object jsonb_build_array concat concat_ws format
	pg_typeof quote_literal quote_nullable num_nulls num_nonnulls json_agg jsonb_agg array_agg`.split(/\s+/),
);

/** Functions whose first argument names a relation. */
const BY_NAME = new Set(["nextval", "currval", "setval", "pg_get_serial_sequence", "to_regclass"]);
const BY_CONFIGURATION = new Set([
	"to_tsvector",
	"to_tsquery",
	"plainto_tsquery",
	"phraseto_tsquery",
	"websearch_to_tsquery",
]);

/** Functions whose arguments and result are of one type. */
const UNIFORM = new Set(["coalesce", "greatest", "least", "nullif"]);

const INTERVAL: TypeValue = { name: "interval", dimensions: 0 };

/** Whether the constants in the call's arguments keep their types. */
export function keepsTypes(call: CallNode): boolean {
	return isBuiltIn(call.schema) && POLYMORPHIC.has(call.name);
}

/** Whether `schema` can be left out of the name of a function or type. */
function isBuiltIn(schema: string | undefined): boolean {
	return schema === undefined || DEFAULT_SCHEMAS.has(schema);
}

/**
 * The call under its own name, with arguments as they would be without the casts that Postgres adds.
 * @param written the arguments before canonicalization
 */
export function called(
	call: CallNode,
	written: readonly ExpressionNode[],
	ownSchema: string | undefined,
): ExpressionNode {
	const { schema, ...rest } = call;
	const bare = isBuiltIn(schema) || schema === ownSchema;
	const name = bare ? (ALIASES[call.name] ?? call.name) : call.name;
	const named: CallNode = { ...rest, ...(bare || schema === undefined ? {} : { schema }), name };
	if (bare && call.args.length === 0) {
		if (name === "current_schema") return { kind: "keyword", name };
	}
	return keepsTypes(named) ? named : { ...named, args: argumentsOf(named, written) };
}

function argumentsOf(call: CallNode, written: readonly ExpressionNode[]): ExpressionNode[] {
	if (UNIFORM.has(call.name)) return unified(call.args, written);
	if (isFloating(call.name)) return floating(call, written);
	const args = call.args.map(argument);
	const [first, second] = args;
	if (BY_NAME.has(call.name) && first?.kind === "string") {
		return [{ kind: "string", value: plainReference(first.value) }, ...args.slice(1)];
	}
	if (BY_CONFIGURATION.has(call.name) && args.length === 2 && first?.kind === "string") {
		return [{ kind: "string", value: plainReference(first.value) }, ...args.slice(1)];
	}
	if ((call.name === "date_part" || call.name === "date_trunc") && first?.kind === "string") {
		return [{ kind: "string", value: first.value.toLowerCase() }, ...args.slice(1)];
	}
	if (call.name === "timezone" && first?.kind === "string") {
		const zone = /^(utc|gmt|zulu|z)$/i.test(first.value) ? first.value.toUpperCase() : first.value;
		const value = second?.kind === "string" ? (asType(second, INTERVAL) ?? second) : second;
		return [{ kind: "string", value: zone }, ...(value ? [value] : []), ...args.slice(2)];
	}
	return args;
}

/** An argument without a widening cast. What a column of unknown type is cast to, Postgres may have added. */
function argument(node: ExpressionNode): ExpressionNode {
	if (node.kind === "named") return { ...node, value: argument(node.value) };
	if (node.kind !== "cast") return node;
	const type = typeOf(node.operand);
	if (widensNumber(type, node.type)) return node.operand;
	if (timeRank(type) === 1 && timeRank(node.type) === 3) return node.operand;
	if (isString(node.type) && !node.type.args?.length && (isUserType(type) || type?.name === "citext"))
		return node.operand;
	const unknown = type === undefined && node.operand.kind === "column";
	return unknown && (numberRank(node.type) ?? 0) >= 4 && !node.type.args?.length ? node.operand : node;
}

/**
 * The arguments of a function that has a numeric and a double precision form. Integers alone choose the latter, so that
 * sqrt(id::float8) is sqrt(id); but power(id::float8, 0.5) is not power(id, 0.5), which works in numeric.
 */
function floating(call: CallNode, written: readonly ExpressionNode[]): ExpressionNode[] {
	const operands = call.args.map((arg, at) => operandOf(arg, written[at] ?? arg));
	const bare = operands.map(({ inner }) => inner);
	const scaled = (call.name === "round" || call.name === "trunc") && call.args.length === 2;
	if (scaled) return bare;
	const toDouble = widestCast(operands)?.name === "double precision";
	const numeric = bare.some((arg) => typeOf(arg)?.name === "numeric");
	return toDouble && !numeric ? bare : withoutCasts(operands);
}

/**
 * The alternatives of COALESCE, CASE and their like: constants as values of the type of the others.
 * @param written the alternatives before canonicalization
 */
export function unified(
	nodes: readonly ExpressionNode[],
	written: readonly ExpressionNode[],
): ExpressionNode[] {
	const bare = withoutCasts(
		nodes.map((node, at) => operandOf(node, written[at] ?? node, { lossless: true })),
		{ lossless: true },
	);
	const type = bare
		.map((node) => (isConstant(node) ? undefined : typeOf(node)))
		.find((found) => found !== undefined);
	const open = bare.some((node) => !isConstant(node) && isOpen(node));
	return bare.map((node) => {
		if (!isConstant(node)) return node;
		if (type) return byValue(asType(node, { name: type.name, dimensions: type.dimensions }) ?? node);
		return open ? byValue(openConstant(node)) : node;
	});
}
