/** Constants in one spelling, given the type that Postgres reads them as. */
import type { TypeValue } from "../model/snapshot.js";
import { type ArrayItem, readArray } from "./array.js";
import { holdsStrings } from "./families.js";
import { identifiers } from "./identifier.js";
import { plainInterval, plainTimestamp } from "./interval.js";
import { plainJson } from "./json.js";
import type { ExpressionNode } from "./node.js";
import { isInteger, plainNumeral, typedNumeral } from "./number.js";

const TRUE = /^\s*(t|tr|tru|true|y|ye|yes|on|1)\s*$/i;
const FALSE = /^\s*(f|fa|fal|fals|false|n|no|of|off|0)\s*$/i;

/**
 * The constant as a value of `type`: `'0'` as integer is `0`, `'f'` as boolean is `false`, `'{a}'` as text[] is an array.
 * @returns `undefined` where the cast changes the value (`'abc'::varchar(2)`) or the node is no constant
 */
export function asType(node: ExpressionNode, type: TypeValue): ExpressionNode | undefined {
	if (node.kind === "null") return node;
	if (node.kind === "array") return arrayAs(node.elements, type);
	if (type.dimensions > 0) return node.kind === "string" ? arrayFrom(node.value, type) : undefined;
	if (node.kind === "string") return stringAs(node.value, type);
	if (node.kind === "number") return numberAs(node.text, type);
	if (node.kind === "boolean") return type.name === "boolean" ? node : undefined;
	if (node.kind === "bits") return /^bit/.test(type.name) ? plainBits(node.text) : undefined;
	return undefined;
}

function arrayAs(elements: readonly ExpressionNode[], type: TypeValue): ExpressionNode | undefined {
	if (type.dimensions === 0) return undefined;
	const element: TypeValue = { ...type, dimensions: 0 };
	const cast = elements.map((item) => asType(item, item.kind === "array" ? type : element));
	const known = cast.filter((item) => item !== undefined);
	return known.length === cast.length ? { kind: "array", elements: known } : undefined;
}

function arrayFrom(text: string, type: TypeValue): ExpressionNode | undefined {
	const items = readArray(text);
	return items ? arrayAs(items.map(itemNode), type) : { kind: "string", value: text };
}

/** An item of an array constant as an expression. */
export function itemNode(item: ArrayItem): ExpressionNode {
	if (item === null) return { kind: "null" };
	if (typeof item === "string") return { kind: "string", value: item };
	return { kind: "array", elements: item.map(itemNode) };
}

function numberAs(text: string, type: TypeValue): ExpressionNode | undefined {
	const plain = plainNumeral(text);
	if (plain === undefined) return undefined;
	switch (type.name) {
		case "smallint":
		case "integer":
		case "bigint":
		case "oid":
			return isInteger(plain) ? { kind: "number", text: plain } : undefined;
		case "numeric":
			return fits(plain, type) ? { kind: "number", text: plain } : undefined;
		case "real":
		case "double precision":
		case "money":
			return { kind: "number", text: plain };
		case "boolean":
			return plain === "1" || plain === "0" ? { kind: "boolean", value: plain === "1" } : undefined;
		default:
			return holdsStrings(type) ? stringAs(text, type) : undefined;
	}
}

/** Whether the scale of `type` keeps all digits. */
function fits(plain: string, type: TypeValue): boolean {
	const scale = type.args?.[1];
	return typeof scale !== "number" || (plain.split(".")[1] ?? "").length <= scale;
}

function stringAs(value: string, type: TypeValue): ExpressionNode | undefined {
	switch (type.name) {
		case "smallint":
		case "integer":
		case "bigint":
		case "oid":
		case "numeric":
		case "real":
		case "double precision":
			return plainNumeral(value) === undefined ? string(value.trim().toLowerCase()) : numberAs(value, type);
		case "boolean":
			return TRUE.test(value) ? boolean(true) : FALSE.test(value) ? boolean(false) : string(value);
		case "json":
		case "jsonb":
			return string(plainJson(value, { binary: type.name === "jsonb" }) ?? value);
		case "uuid":
			return string(plainUuid(value));
		case "bytea":
			return string(plainBytes(value) ?? value);
		case "date":
			return string(plainTimestamp(value, { zoned: false, dateOnly: true }) ?? value);
		case "timestamp without time zone":
			return string(plainTimestamp(value, { zoned: false }) ?? value);
		case "timestamp with time zone":
			return string(plainTimestamp(value, { zoned: true }) ?? value);
		case "regclass":
		case "regproc":
		case "regprocedure":
		case "regtype":
		case "regconfig":
		case "regdictionary":
		case "regnamespace":
		case "regrole":
			return string(plainReference(value));
		case "bit":
		case "bit varying":
			return /^[bx]?[0-9a-f]*$/i.test(value)
				? plainBits(/^[01]/.test(value) ? `b${value}` : value)
				: string(value);
		case "character varying":
			return value.length <= limit(type) ? string(value) : undefined;
		case "character":
		case "bpchar":
			return value.trimEnd().length <= limit(type) ? string(value.trimEnd()) : undefined;
		default:
			return /^interval\b/.test(type.name)
				? string(plainInterval(value, intervalUnit(type)) ?? value)
				: string(value);
	}
}

function limit(type: TypeValue): number {
	const length = type.args?.[0];
	return typeof length === "number" ? length : Number.POSITIVE_INFINITY;
}

/** What a bare number counts in `interval day`, `interval day to second`: the last field. */
function intervalUnit(type: TypeValue): string {
	return /(\w+)$/.exec(type.name)?.[1]?.replace("interval", "second") ?? "second";
}

/** Bytes in hexadecimal form, as Postgres prints them; `undefined` for text that it rejects (manual, "Binary Data Types"). */
function plainBytes(value: string): string | undefined {
	if (value.startsWith("\\x")) {
		return /^\\x(?:\s*[0-9a-f]{2})*\s*$/i.test(value) ? value.toLowerCase().replaceAll(/\s/g, "") : undefined;
	}
	if (!/^(?:[^\\]|\\\\|\\[0-3][0-7]{2})*$/.test(value)) return undefined;
	const parts = value.match(/\\\\|\\[0-7]{3}|[^\\]+/g) ?? [];
	const bytes = parts.map((part) => {
		if (part === "\\\\") return Buffer.from("\\");
		return part.startsWith("\\") ? Buffer.from([Number.parseInt(part.slice(1), 8)]) : Buffer.from(part);
	});
	return `\\x${Buffer.concat(bytes).toString("hex")}`;
}

function plainUuid(value: string): string {
	const digits = value.replaceAll(/[{}-]/g, "").toLowerCase();
	return /^[0-9a-f]{32}$/.test(digits)
		? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
		: value;
}

const NAME_PART = /^\s*(?:"((?:[^"]|"")+)"|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*))\s*(?:\.|$)/;

/** The name that a reg… constant or a sequence function's argument holds, without the default schemas. */
export function plainReference(value: string): string {
	const parts: string[] = [];
	let rest = value;
	do {
		const match = NAME_PART.exec(rest);
		if (!match) return value;
		parts.push(match[1]?.replaceAll('""', '"') ?? (match[2] ?? "").toLowerCase());
		rest = rest.slice(match[0].length);
	} while (rest !== "");
	const implied = parts.length > 1 && (parts[0] === "public" || parts[0] === "pg_catalog");
	return identifiers(implied ? parts.slice(1) : parts);
}

/** A bit string in binary: `x1f` is `b00011111`. */
export function plainBits(text: string): ExpressionNode {
	const digits = text.slice(1).toLowerCase();
	if (!/^x/i.test(text)) return { kind: "bits", text: `b${digits}` };
	const binary = [...digits].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, "0"));
	return { kind: "bits", text: `b${binary.join("")}` };
}

function string(value: string): ExpressionNode {
	return { kind: "string", value };
}

function boolean(value: boolean): ExpressionNode {
	return { kind: "boolean", value };
}

/**
 * A string constant beside an operand of unknown type: what looks like a time is one, and a uuid a uuid. A numeral stays
 * a string: `grade IN ('1', '2')` is written of strings far more often than of numbers.
 */
export function openConstant(node: ExpressionNode): ExpressionNode {
	if (node.kind !== "string") return node;
	const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(node.value);
	if (uuid) return string(plainUuid(node.value));
	const time = /^\d{4}-\d\d-\d\d[ T]\d/.test(node.value)
		? plainTimestamp(node.value, { zoned: true })
		: undefined;
	return time === undefined ? node : string(time);
}

/** A number without the point that tells numeric from integer, where only its value counts. */
export function byValue(node: ExpressionNode): ExpressionNode {
	if (node.kind !== "number") return node;
	return { kind: "number", text: plainNumeral(node.text) ?? node.text };
}

/** A number in one spelling that keeps its type. */
export function plainNumber(text: string): ExpressionNode {
	return { kind: "number", text: typedNumeral(text) };
}
