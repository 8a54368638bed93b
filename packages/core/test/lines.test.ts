import { describe, expect, it } from "vitest";
import { LineStarts } from "../src/index.js";

describe("lines of a text", () => {
	it("are told for each character", () => {
		const text = "a\n\nbc\r\nd";
		const lines = new LineStarts(text);
		expect([...text].map((_, offset) => lines.lineOf(offset))).toEqual([1, 1, 2, 3, 3, 3, 3, 4]);
		expect(lines.lineOf(text.length + 9)).toBe(4);
		expect([1, 2, 3, 4, 5].map((line) => lines.startOf(line))).toEqual([0, 2, 3, 7, undefined]);
	});

	it("are one where the text is empty", () => {
		expect(new LineStarts("").lineOf(0)).toBe(1);
	});
});
