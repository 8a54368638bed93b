import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readArray, writeArray } from "../src/expression/array.js";
import { plainReference } from "../src/expression/constant.js";
import { plainInterval, plainTimestamp } from "../src/expression/interval.js";
import { plainJson } from "../src/expression/json.js";
import { plainNumeral, typedNumeral } from "../src/expression/number.js";
import { isNullDefault, sameEffect } from "../src/index.js";

describe("numerals", () => {
	it.each([
		["5", "5"],
		["005.50", "5.5"],
		["-0.0", "0"],
		["+3", "3"],
		[".5", "0.5"],
		["5.", "5"],
		["1e3", "1000"],
		["12.5e-3", "0.0125"],
		["0x1F", "31"],
		["1_000", "1000"],
		["99999999999999999999.10", "99999999999999999999.1"],
	])("%s is %s", (text, plain) => {
		expect(plainNumeral(text)).toBe(plain);
	});
	it.each(["", ".", "-", "abc", "1e9999", "1 2", "NaN"])("%j is none", (text) => {
		expect(plainNumeral(text)).toBeUndefined();
	});
	it("keep the point that makes them numeric", () => {
		expect(typedNumeral("2.00")).toBe("2.0");
		expect(typedNumeral("2")).toBe("2");
	});
	it("agree with the numbers that they are", () => {
		fc.assert(
			fc.property(fc.integer(), fc.nat(6), (integer, zeros) => {
				expect(plainNumeral(`${integer}.${"0".repeat(zeros)}`)).toBe(String(integer));
			}),
		);
	});
});

describe("JSON", () => {
	it("loses its spacing, and as jsonb its order and duplicates", () => {
		expect(plainJson(' { "b" : [1, 2.0] , "a":"x y" } ', { binary: false })).toBe('{"b":[1,2.0],"a":"x y"}');
		expect(plainJson('{"b":[1,2.0],"a":0,"a":"\\u0041"}', { binary: true })).toBe('{"a":"A","b":[1,2]}');
		expect(plainJson("12345678901234567890", { binary: true })).toBe("12345678901234567890");
		expect(plainJson("{a:1}", { binary: true })).toBeUndefined();
		expect(plainJson("", { binary: false })).toBeUndefined();
	});
	it("keeps its value", () => {
		fc.assert(
			fc.property(fc.json(), (text) => {
				const plain = plainJson(text, { binary: false });
				expect(JSON.parse(plain ?? "")).toEqual(JSON.parse(text));
			}),
		);
	});
});

describe("intervals", () => {
	it.each([
		["1 week", "7 days"],
		["24 hours", "24:00:00"],
		["90 min", "01:30:00"],
		["1 day ago", "-1 days"],
		["P1Y2MT3H", "1 year 2 mons 03:00:00"],
		["1-2", "1 year 2 mons"],
		["1.5 days", "1 day 12:00:00"],
		["-00:00:01.5", "-00:00:01.5"],
		["0", "00:00:00"],
		["1mon 2days 03:04", "1 mon 2 days 03:04:00"],
	])("%s is %s", (text, plain) => {
		expect(plainInterval(text)).toBe(plain);
	});
	it.each(["", "soon", "1 fortnight", "day"])("%j is not read", (text) => {
		expect(plainInterval(text)).toBeUndefined();
	});
	it("count what their fields say", () => {
		expect(plainInterval("3", "day")).toBe("3 days");
	});
});

describe("times", () => {
	it("are in UTC, and midnight is the date", () => {
		expect(plainTimestamp("2024-01-01T02:00:00+02:00", { zoned: true })).toBe("2024-01-01");
		expect(plainTimestamp("2024-01-01 10:30", { zoned: false })).toBe("2024-01-01 10:30:00");
		expect(plainTimestamp("2024-01-01 10:30:00.500", { zoned: true })).toBe("2024-01-01 10:30:00.5");
		expect(plainTimestamp("now", { zoned: true })).toBeUndefined();
		expect(plainTimestamp("2024-13-45 00:00:00Z", { zoned: true })).toBeUndefined();
	});
});

describe("arrays", () => {
	it("are read and written", () => {
		expect(readArray('{a, "b c" ,NULL,"NULL",{x}}')).toEqual(["a", "b c", null, "NULL", ["x"]]);
		for (const text of ["", "a", "{", "{a", "{a,}", '{"a}', "{a}b", "{,}"])
			expect(readArray(text)).toBeUndefined();
	});
	it("come back as they were", () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.string(), fc.constant(null), fc.array(fc.string(), { minLength: 1 }))),
				(items) => {
					expect(readArray(writeArray(items))).toEqual(items);
				},
			),
		);
	});
});

describe("names in strings", () => {
	it.each([
		["public.seq", "seq"],
		['"seq"', "seq"],
		["SEQ", "seq"],
		['public."Seq"', '"Seq"'],
		["app.seq", "app.seq"],
		["pg_catalog.english", "english"],
		["not a name", "not a name"],
	])("%s is %s", (text, plain) => {
		expect(plainReference(text)).toBe(plain);
	});
});

describe("effects", () => {
	it("are the same for all random uuids", () => {
		expect(sameEffect("gen_random_uuid()", "extensions.uuid_generate_v4()")).toBe(true);
		expect(sameEffect({ canonical: "uuidv4()" }, "uuid_generate_v4()")).toBe(true);
		expect(sameEffect("CAST(uuid_generate_v4() AS text)", "CAST(gen_random_uuid() AS text)")).toBe(true);
		expect(sameEffect("gen_random_uuid()", "uuid_generate_v1()")).toBe(false);
		expect(sameEffect("'gen_random_uuid()'", "'uuidv4()'")).toBe(false);
		expect(sameEffect("my_gen_random_uuid()", "my_uuidv4()")).toBe(false);
	});
	it("are the same for the current time in the session's zone", () => {
		expect(sameEffect("now()", "localtimestamp")).toBe(true);
		expect(sameEffect("now()", "clock_timestamp()")).toBe(false);
		expect(sameEffect("now()", "timezone('UTC', now())")).toBe(false);
	});
	it("know NULL", () => {
		expect(isNullDefault("NULL")).toBe(true);
		expect(isNullDefault({ canonical: "'NULL'" })).toBe(false);
	});
});
