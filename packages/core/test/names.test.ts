import { describe, expect, it } from "vitest";
import { cutName, cutToBytes } from "../src/index.js";

describe("names as Postgres keeps them", () => {
	it.each([
		["a".repeat(63), "a".repeat(63)],
		["a".repeat(64), "a".repeat(63)],
		// Two bytes each: the 32nd would end on byte 64.
		["é".repeat(32), "é".repeat(31)],
		["🦄".repeat(16), "🦄".repeat(15)],
		["", ""],
	])("%s", (name, kept) => {
		expect(cutName(name)).toBe(kept);
	});

	it("cuts to other lengths", () => {
		expect(cutToBytes("naïve", 3)).toBe("na");
		expect(cutToBytes("naïve", 4)).toBe("naï");
		expect(cutToBytes("naïve", 0)).toBe("");
	});
});
