import { describe, expect, it } from "vitest";
import { formatType, parseType, shortType } from "../src/index.js";
import { compareTypes } from "../src/types/compare.js";
import { typeEffect } from "../src/types/effect.js";

const type = (text: string) => {
	const parsed = parseType(text);
	if (!parsed) throw new Error(`not a type: ${text}`);
	return parsed;
};

describe("type names", () => {
	it.each([
		["int4", "integer"],
		["INT", "integer"],
		["bigserial", "bigint"],
		["varchar(255)", "character varying(255)"],
		["VARCHAR", "character varying"],
		["decimal(10, 2)", "numeric(10,2)"],
		["numeric(10)", "numeric(10,0)"],
		["float", "double precision"],
		["float(24)", "real"],
		["timestamp (3) without time zone", "timestamp(3) without time zone"],
		["timestamptz(6)", "timestamp(6) with time zone"],
		["timestamp", "timestamp without time zone"],
		["char", "character(1)"],
		["text[]", "text[]"],
		["_int4", "integer[]"],
		["pg_catalog._timestamptz", "timestamp with time zone[]"],
		["_mood", "_mood"],
		["shop._text", "shop._text"],
		["int array", "integer[]"],
		["numeric(5,2)[][]", "numeric(5,2)[][]"],
		["double precision", "double precision"],
		["vector(1536)", "vector(1536)"],
		['public."user-role"', '"user-role"'],
		['"UserRole"[]', '"UserRole"[]'],
		["auth.role", "auth.role"],
		["public.vector(3)", "vector(3)"],
		["geometry(Point,4326)", "geometry(point,4326)"],
	])("%s is %s", (written, canonical) => {
		expect(formatType(type(written))).toBe(canonical);
	});

	it("keeps a quoted type that is spelled like a built-in one apart", () => {
		expect(type('"Text"').name).toBe("Text");
	});

	it("shortens for people", () => {
		expect(shortType(type("timestamp(3) with time zone"))).toBe("timestamptz(3)");
	});

	it.each(["", "1abc", "varchar(", "a b c; drop"])("%j is no type", (text) => {
		expect(parseType(text)).toBeUndefined();
	});
});

describe("comparing types", () => {
	it.each([
		["int", "integer", "same"],
		["varchar", "text", "equivalent"],
		["varchar(255)", "text", "different"],
		["timestamptz(6)", "timestamptz", "same"],
		["timestamptz(3)", "timestamptz", "different"],
		["uuid", "text", "different"],
		["numeric(10,2)", "numeric(12,2)", "different"],
		["timestamp", "timestamptz", "different"],
		["text[]", "text[][]", "same"],
		["text[]", "text", "different"],
	])("%s and %s are %s", (a, b, expected) => {
		expect(compareTypes(type(a), type(b))).toBe(expected);
		expect(compareTypes(type(b), type(a))).toBe(expected);
	});

	it("takes an open length as not stated", () => {
		const open = { ...type("varchar"), unstated: true };
		expect(compareTypes(open, type("varchar(255)"))).toBe("unstated");
	});
});

describe("what a wrong type does", () => {
	it.each([
		["text", "uuid", "critical", "42883"],
		["uuid", "text", "critical", "42883"],
		["text", "varchar(20)", "high", "22001"],
		["varchar(20)", "text", "low", ""],
		["double precision", "numeric(10,2)", "high", "precision"],
		["integer", "bigint", "high", "overflow"],
		["bigint", "integer", "medium", "22003"],
		["timestamptz", "timestamp", "high", "zone"],
		["timestamp(3)", "timestamp", "low", ""],
		["text[]", "text", "critical", ""],
		["vector(1536)", "vector(3072)", "critical", "22000"],
		["text", "status", "high", "22P02"],
		["numeric(10,2)", "numeric(12,2)", "medium", ""],
		["numeric(12,2)", "numeric(10,2)", "high", "22003"],
		// Types of different kinds that Postgres compares all the same.
		["timestamptz", "date", "high", "cut off"],
		["date", "timestamp", "high", "time of day"],
		["time", "timetz", "medium", "converts"],
		["cidr", "inet", "medium", "converts"],
		["oid", "integer", "medium", "converts"],
		["date", "text", "critical", "values that are no date"],
		["text", "date", "critical", "no valid date are refused"],
	])("a model's %s on a column of %s is %s", (program, store, severity, text) => {
		const effect = typeEffect(type(program), type(store));
		expect(effect.severity).toBe(severity);
		expect(effect.text).toContain(text);
	});
});
