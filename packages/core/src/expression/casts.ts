/** Casts, over operands that are canonical already. */
import type { TypeValue } from "../model/snapshot.js";
import { widensNumber } from "./comparison.js";
import { asType } from "./constant.js";
import { holdsStrings, isOpen, sameBase, TEXT, typeOf } from "./families.js";
import { type CastNode, type ExpressionNode, isConstant } from "./node.js";

/** What Postgres before 10 printed for CURRENT_DATE and its like: `('now'::text)::date`. */
const NOW: Readonly<Record<string, string>> = {
	date: "current_date",
	"timestamp with time zone": "current_timestamp",
	"timestamp without time zone": "localtimestamp",
	"time with time zone": "current_time",
	"time without time zone": "localtime",
};

/** The value function that a cast of `'now'::text` stands for. */
export function valueFunction(cast: CastNode): ExpressionNode | undefined {
	const { operand, type } = cast;
	if (operand.kind !== "cast" || operand.operand.kind !== "string" || operand.operand.value !== "now")
		return undefined;
	const name = type.dimensions === 0 && holdsStrings(operand.type) ? NOW[type.name] : undefined;
	if (name === undefined) return undefined;
	const precision = type.args?.[0];
	return typeof precision === "number" ? { kind: "keyword", name, precision } : { kind: "keyword", name };
}

/** The type without a schema that need not be named. */
export function plainType(type: TypeValue, ownSchema: string | undefined): TypeValue {
	const { schema, ...rest } = type;
	return schema === undefined || schema === "pg_catalog" || schema === "public" || schema === ownSchema
		? rest
		: type;
}

/**
 * `operand::type`. A cast of a constant only says how to read it; a cast to the type that the operand has already, or
 * from one string type to another, changes nothing.
 * @param open the constant's own type is part of what is said
 */
export function casted(operand: ExpressionNode, type: TypeValue, open: boolean): ExpressionNode {
	if (isConstant(operand) && operand.kind !== "cast") return constant(operand, type, open);
	if (operand.kind === "array") return spread(operand.elements, type);
	// An integer as numeric as double precision is that integer as double precision.
	if (
		operand.kind === "cast" &&
		widensNumber(typeOf(operand.operand), operand.type) &&
		widensNumber(operand.type, type)
	) {
		return casted(operand.operand, type, open);
	}
	const own = typeOf(operand);
	if (own && isSame(own, type)) return operand;
	const loose = !type.args?.length && holdsStrings(type);
	if (loose && own && holdsStrings(own) && own.dimensions === type.dimensions) return operand;
	if (loose && own === undefined && isOpen(operand)) return operand;
	return { kind: "cast", operand, type };
}

function isSame(own: TypeValue, type: TypeValue): boolean {
	const plain = !type.args?.length || String(type.args) === String(own.args ?? []);
	return sameBase(own, type) && own.schema === type.schema && plain;
}

function constant(operand: ExpressionNode, type: TypeValue, open: boolean): ExpressionNode {
	const value = asType(operand, type);
	if (value === undefined) return { kind: "cast", operand, type };
	if (!open || isImplied(value, type)) return value;
	return { kind: "cast", operand: value, type };
}

/** Whether a constant has the type without being told: text for strings, integer and numeric for numbers. */
function isImplied(value: ExpressionNode, type: TypeValue): boolean {
	if (value.kind === "string" || value.kind === "null")
		return sameBase(type, TEXT) || type.name === "unknown";
	if (value.kind === "boolean") return type.name === "boolean";
	return value.kind === "number" && sameBase(type, typeOf(value) ?? type);
}

/** A cast of ARRAY[…] is one of its elements. */
function spread(elements: readonly ExpressionNode[], type: TypeValue): ExpressionNode {
	if (type.dimensions === 0) return { kind: "cast", operand: { kind: "array", elements }, type };
	const element = { ...type, dimensions: 0 };
	return {
		kind: "array",
		elements: elements.map((item) => casted(item, item.kind === "array" ? type : element, false)),
	};
}
