import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	AddressError,
	ALL_KINDS,
	formatAddress,
	ownName,
	parseAddress,
	structuralKey,
	tableOf,
} from "../src/index.js";

describe("addresses", () => {
	it("quotes what is not a plain identifier", () => {
		expect(formatAddress("column", "public", "users", "email")).toBe("column:public.users.email");
		expect(formatAddress("enum", "public", "user-role")).toBe('enum:public."user-role"');
		expect(formatAddress("table", "public", 'a"b.c')).toBe('table:public."a""b.c"');
	});

	it("parses what it formats, whatever the names", () => {
		const name = fc.string({ minLength: 1, unit: "binary" });
		fc.assert(
			fc.property(
				fc.constantFrom(...ALL_KINDS),
				fc.array(name, { minLength: 1, maxLength: 3 }),
				(kind, parts) => {
					expect(parseAddress(formatAddress(kind, ...parts))).toEqual({ kind, parts });
				},
			),
		);
	});

	it("gives the table and the own name", () => {
		expect(tableOf("column:public.users.email")).toBe("public.users");
		expect(ownName('unique:public.users."(email)"')).toBe("(email)");
	});

	it.each(["users", "nothing:public.users", "table:", "table:public.", 'table:"open'])(
		"rejects %j",
		(text) => {
			expect(() => parseAddress(text)).toThrow(AddressError);
		},
	);

	it("keys sets without regard to order", () => {
		expect(structuralKey(["b", "a"], { ordered: false })).toBe("(a,b)");
		expect(structuralKey(["b", "a"], { ordered: true })).toBe("(b,a)");
	});
});
