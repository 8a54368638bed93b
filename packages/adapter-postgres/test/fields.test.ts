import { describe, expect, it } from "vitest";
import {
	flag,
	maybeNumber,
	maybeText,
	number,
	numbers,
	oneOf,
	text,
	texts,
	UnexpectedForm,
	vector,
} from "../src/catalog/fields.js";
import { newReadings } from "../src/catalog/readings.js";
import { DatabaseProblem } from "../src/index.js";

describe("the fields of a catalog's rows", () => {
	it("are read as Postgres prints them", () => {
		expect([number("4294967295"), number("-1"), number("1e+06")]).toEqual([4294967295, -1, 1_000_000]);
		expect([maybeNumber(null), maybeText(null), maybeText(""), text("")]).toEqual([null, null, "", ""]);
		expect([flag("t"), flag("f")]).toEqual([true, false]);
		expect([vector(""), vector("1 2 0")]).toEqual([[], [1, 2, 0]]);
		expect([numbers("{}"), numbers("{1,-2}")]).toEqual([[], [1, -2]]);
		expect(texts('["a,b","\\"q\\"","ü"]')).toEqual(["a,b", '"q"', "ü"]);
		expect(oneOf("a", "b")("b")).toBe("b");
	});

	it.each([
		["a number", () => number("x")],
		["no number", () => number("")],
		["NULL for a number", () => number(null)],
		["a row that is too short", () => number(undefined)],
		["NULL for a text", () => text(null)],
		["nothing for a text or NULL", () => maybeText(undefined)],
		["a flag in words", () => flag("true")],
		["another letter", () => oneOf("a", "b")("c")],
		["a vector of words", () => vector("1 x")],
		["a vector with a gap", () => vector("1  2")],
		["an array without braces", () => numbers("1,2")],
		["a list that is no JSON", () => texts("{a,b}")],
		["a list of numbers", () => texts("[1]")],
		["an object", () => texts("{}")],
	])("are turned down where they are not of the form: %s", (_, read) => {
		expect(read).toThrow(UnexpectedForm);
	});

	it("tell, where they are not, which query has given them", () => {
		const { relations, names } = newReadings();
		expect(() => relations.take(["1", "public"])).toThrow(DatabaseProblem);
		expect(() => relations.take(["1", "public"])).toThrow(
			"the catalog has an unexpected form: tables and views: a text was expected, not nothing",
		);
		names.take(["opclass", "7", "x_ops", "t"]);
		expect(names.rows).toEqual([{ what: "opclass", oid: 7, name: "x_ops", usual: true }]);
	});
});
