/**
 * Conditions under which a text is input of a type: a cast of it succeeds. From Postgres 16 on the server tells
 * (`pg_input_is_valid`); before, patterns do, which take what is surely valid: a rare spelling counts as none.
 */
import type { Target } from "@schemalign/core";
import { literal } from "./quote.js";

type Type = Extract<Target, { is: "type" }>["type"];

const DAY_OF = [
	"(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])",
	"(0[469]|11)-(0[1-9]|[12][0-9]|30)",
	"02-(0[1-9]|1[0-9]|2[0-8])",
].join("|");
const LEAP_YEAR = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)";
/** Of the years 1000 to 9999. */
const DATE = `([1-9][0-9]{3}-(${DAY_OF})|(?!0)${LEAP_YEAR}-02-29)`;
const TIME = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?";
const STAMP = `^${DATE}([ T]${TIME}( ?(Z|[-+](0[0-9]|1[0-4])(:?[0-5][0-9])?))?)?$`;

const PATTERNS: Readonly<Record<Exclude<Type, "json" | "jsonb">, string>> = {
	uuid: "^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$",
	smallint: "^[-+]?[0-9]{1,20}$",
	integer: "^[-+]?[0-9]{1,20}$",
	bigint: "^[-+]?[0-9]{1,20}$",
	numeric: "^[-+]?([0-9]{1,100}([.][0-9]{0,100})?|[.][0-9]{1,100})([eE][-+]?[0-9]{1,2})?$",
	boolean:
		"^([tTyY1]|[fFnN0]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|[yY][eE][sS]|[nN][oO]|[oO][nN]|[oO][fF][fF])$",
	date: `^${DATE}$`,
	"timestamp without time zone": STAMP,
	"timestamp with time zone": STAMP,
};

const BITS: Readonly<Partial<Record<Type, number>>> = { smallint: 15, integer: 31, bigint: 63 };

/** No input of these types is longer: a value of megabytes is not looked into. */
const LONGEST = 250;

/** Postgres 16. */
const TELLS = 160_000;

/** The condition on `value`, an SQL expression of type text; `undefined` where this server cannot tell. */
export function fits(target: Target, value: string, version: number): string | undefined {
	switch (target.is) {
		case "labels":
			return `${value} COLLATE "C" = ANY (ARRAY[${target.labels.map(literal).join(", ")}]::text[])`;
		case "length":
			// A character has one to four bytes: most texts need not be fetched to be measured.
			return `CASE WHEN octet_length(${value}) <= ${target.most} THEN true
				WHEN octet_length(${value}) > ${target.most * 4} THEN false ELSE char_length(${value}) <= ${target.most} END`;
		case "type":
			return isInput(target.type, value, version);
	}
}

function isInput(type: Type, value: string, version: number): string | undefined {
	const isJson = type === "json" || type === "jsonb";
	if (version >= TELLS) {
		const valid = `pg_input_is_valid(${value}, ${literal(type)})`;
		return isJson ? valid : `CASE WHEN octet_length(${value}) <= ${LONGEST} THEN ${valid} ELSE false END`;
	}
	if (isJson) return undefined;
	const matches = `${value} COLLATE "C" ~ ${literal(PATTERNS[type])}`;
	const bits = BITS[type];
	const within =
		bits === undefined
			? "true"
			: `${value}::numeric BETWEEN ${-(2n ** BigInt(bits))} AND ${2n ** BigInt(bits) - 1n}`;
	return `CASE WHEN octet_length(${value}) > ${LONGEST} THEN false WHEN ${matches} THEN ${within} ELSE false END`;
}
