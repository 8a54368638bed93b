/** Values that are input of a type, and values that are not; the server's own cast is asked as well. */
import type { Target } from "@schemalign/core";

export interface FittingCase {
	readonly name: string;
	readonly target: Target;
	readonly right: readonly string[];
	readonly wrong: readonly string[];
}

const CASES: readonly (readonly [
	name: string,
	target: Target,
	right: readonly string[],
	wrong: readonly string[],
])[] = [
	[
		"uuid",
		{ is: "type", type: "uuid" },
		["6f9619ff-8b86-d011-b42d-00c04fc964ff", "6F9619FF8B86D011B42D00C04FC964FF"],
		[
			"",
			"x",
			"6f9619ff-8b86-d011-b42d-00c04fc964f",
			"6f9619ff-8b86-d011-b42d-00c04fc964ff\n--",
			"a".repeat(1_000_000),
		],
	],
	[
		"smallint",
		{ is: "type", type: "smallint" },
		["0", "-32768", "32767", "+7"],
		["32768", "-32769", "1.0", "", "1e3"],
	],
	["integer", { is: "type", type: "integer" }, ["2147483647", "-2147483648"], ["2147483648", "x1", "1 2"]],
	[
		"bigint",
		{ is: "type", type: "bigint" },
		["9223372036854775807"],
		["9223372036854775808", "99999999999999999999"],
	],
	["numeric", { is: "type", type: "numeric" }, ["1", "-1.50", ".5", "1e9"], ["1,5", "1.2.3", "--1", "€5"]],
	["boolean", { is: "type", type: "boolean" }, ["true", "F", "no", "1", "off"], ["2", "maybe", "ja"]],
	[
		"date",
		{ is: "type", type: "date" },
		["2024-02-29", "2000-02-29", "1999-12-31"],
		["2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "x"],
	],
	[
		"timestamp",
		{ is: "type", type: "timestamp without time zone" },
		["2024-02-29", "2024-02-29 23:59:59.123", "2024-02-29T23:59:59Z"],
		["2024-02-29 24:61:00", "yesterday-ish", "2024-02-30 10:00"],
	],
	[
		"timestamptz",
		{ is: "type", type: "timestamp with time zone" },
		["2024-02-29 23:59:59+02", "2024-02-29T23:59:59.5-05:30"],
		["23:59", "2024-00-10"],
	],
	[
		"length",
		{ is: "length", most: 3 },
		["", "abc", "äöü", "🐘🐘🐘"],
		["abcd", "🐘🐘🐘🐘", "a".repeat(100_000)],
	],
	["labels", { is: "labels", labels: ["it's", "b\\s", "ok"] }, ["it's", "b\\s", "ok"], ["OK", "", "bs"]],
];

export const FITTING_CASES: readonly FittingCase[] = CASES.map(([name, target, right, wrong]) => ({
	name,
	target,
	right,
	wrong,
}));
