/** A column as a statement writes it, and the statements that change one. */
import { statedValue } from "../matching/facts.js";
import { ownName } from "../model/address.js";
import {
	type DefaultValue,
	defaultValueSchema,
	type Entity,
	expressionValueSchema,
	type TypeValue,
	typeValueSchema,
} from "../model/snapshot.js";
import { shortType } from "../types/format.js";
import { sqlName } from "./identifiers.js";

const SERIALS: Readonly<Record<string, string>> = {
	smallint: "smallserial",
	integer: "serial",
	bigint: "bigserial",
};

/** `email varchar(60) DEFAULT '' NOT NULL`; `undefined` where the source does not state all of it. */
export function columnText(column: Entity): string | undefined {
	const type = typeOf(column);
	const nullable = statedValue(column, "nullable");
	const value = defaultOf(column);
	const generated = statedValue(column, "generated");
	if (!type || typeof nullable !== "boolean" || value === undefined || generated === undefined)
		return undefined;
	const name = sqlName(ownName(column.address));
	const end = nullable ? "" : " NOT NULL";
	if (generated !== null) {
		const expression = expressionValueSchema.safeParse(generated);
		if (!expression.success) return undefined;
		return `${name} ${shortType(type)} GENERATED ALWAYS AS (${expression.data.sql}) STORED${end}`;
	}
	if (value?.is === "sequence") {
		if (value.how === "serial") {
			const serial = SERIALS[type.name];
			return serial && `${name} ${serial}${nullable ? " NULL" : ""}`;
		}
		if (value.how === "nextval") return undefined;
		const how = value.how === "identity-always" ? "ALWAYS" : "BY DEFAULT";
		return `${name} ${shortType(type)} GENERATED ${how} AS IDENTITY`;
	}
	return `${name} ${shortType(type)}${value ? ` DEFAULT ${value.sql}` : ""}${end}`;
}

export function typeOf(column: Entity): TypeValue | undefined {
	const parsed = typeValueSchema.safeParse(statedValue(column, "type"));
	return parsed.success ? parsed.data : undefined;
}

/** `null`: it has none; `undefined`: not known. */
export function defaultOf(column: Entity): DefaultValue | undefined {
	const value = statedValue(column, "default");
	if (value === undefined) return undefined;
	const parsed = defaultValueSchema.safeParse(value);
	return parsed.success ? parsed.data : undefined;
}

const WHOLE = ["smallint", "integer", "bigint"];
const NUMBERS = [...WHOLE, "numeric", "real", "double precision"];
const TEXTS = ["text", "character varying", "character"];
const JSONS = ["json", "jsonb"];
const PARSED_FROM_TEXT = ["uuid", "date", "inet", "json", "jsonb", ...NUMBERS];
/** Digits behind the point that Postgres keeps where none are stated. */
const SECONDS = 6;

/**
 * What stands behind `TYPE …` so that Postgres converts the values: nothing, or USING. `undefined` where it is not certain
 * what they should become, or Postgres would round them; values that do not fit, it refuses.
 */
export function conversion(from: TypeValue, to: TypeValue, column: string): string | undefined {
	if (from.dimensions !== to.dimensions) return undefined;
	const both = (family: readonly string[]): boolean => family.includes(from.name) && family.includes(to.name);
	if (from.name === to.name && from.schema === to.schema) return keepsDigits(from, to) ? "" : undefined;
	if (both(TEXTS)) return "";
	if (both(NUMBERS)) return isExact(from, to) ? "" : undefined;
	if (from.dimensions > 0 || from.schema !== undefined || to.schema !== undefined) return undefined;
	if (both(JSONS)) return ` USING ${column}::${to.name}`;
	if (TEXTS.includes(from.name) && PARSED_FROM_TEXT.includes(to.name))
		return ` USING ${column}::${shortType(to)}`;
	if (TEXTS.includes(to.name) && PARSED_FROM_TEXT.includes(from.name)) return "";
	return undefined;
}

function isExact(from: TypeValue, to: TypeValue): boolean {
	if (WHOLE.includes(from.name))
		return to.name === "numeric" || WHOLE.includes(to.name) || from.name === "smallint";
	return from.name === "real" && to.name === "double precision";
}

/** Whether no digit behind the point of a number or a time is lost. */
function keepsDigits(from: TypeValue, to: TypeValue): boolean {
	if (from.name === "numeric")
		return to.args === undefined || (from.args !== undefined && digits(from, 1, 0) <= digits(to, 1, 0));
	if (/^(?:time|timestamp|interval)/.test(from.name))
		return digits(from, 0, SECONDS) <= digits(to, 0, SECONDS);
	return true;
}

function digits({ args }: TypeValue, at: number, unstated: number): number {
	return Number(args?.[at] ?? unstated);
}
