/** The columns that random schemas are made of. */

export interface ColumnType {
	/** The code that makes it; `name` is a literal, or nothing. */
	make(name: string): string;
	/** Arguments of `default`, or whole calls. */
	readonly defaults: readonly string[];
	readonly arrayDefaults?: readonly string[];
	/** It can be in a B-tree. */
	readonly ordered: boolean;
	readonly arrays: boolean;
	/** It can be a key that others refer to, and what may follow it then. */
	readonly key?: boolean;
	readonly keyTails: readonly string[];
	/** The type of columns that refer to it, where that is another. */
	readonly refers?: ColumnType;
	readonly serial?: boolean;
	readonly text?: boolean;
	/** Conditions on it, which is `$`. */
	readonly checks?: readonly string[];
	/** An expression that generates it. */
	readonly generated?: string;
}

/** Expressions over a text column, which is `$`, that an index can hold. */
export const EXPRESSIONS = [
	"lower($)",
	"upper($)",
	"($ || 'x')",
	"lower($) desc",
	"coalesce($, '')",
	"substring($, 1, 3)",
	"length($)",
];

const NUMBER_CHECKS = [
	"$ > 0",
	"$ between 1 and 10",
	"$ >= 0 and $ < 100",
	"$ in (1, 2, 3)",
	"$ <> 5 or $ is null",
];
const TEXT_CHECKS = [
	"length($) > 2",
	"$ in ('a', 'b')",
	"$ <> ''",
	"$ like 'a%'",
	"$ ~ '^[a-z]+$'",
	"$ is null or $ in ('x')",
];

function plain(call: string, options: string, more: Partial<ColumnType> = {}): ColumnType {
	return {
		make: (name) => `p.${call}(${[name, options].filter(Boolean).join(", ")})`,
		defaults: [],
		ordered: true,
		arrays: true,
		keyTails: [],
		...more,
	};
}

const integer = plain("integer", "", {
	defaults: ["0", "-1", "42", "sql`1 + 1`", ".$defaultFn(() => 1)"],
	arrayDefaults: ["[1, 2]", "[]", "sql`'{}'`", "sql`ARRAY[1, 2]`"],
	key: true,
	keyTails: [".generatedAlwaysAsIdentity()", ".generatedByDefaultAsIdentity({ startWith: 10 })"],
	checks: NUMBER_CHECKS,
	generated: "1 + 2",
});
const bigint = plain("bigint", '{ mode: "number" }', {
	defaults: ["0", "9007199254740991", "sql`5`"],
	key: true,
	keyTails: [".generatedByDefaultAsIdentity()"],
	checks: NUMBER_CHECKS,
	generated: "10",
});
const text = plain("text", "", {
	defaults: [
		'"plain"',
		'"it\'s"',
		'""',
		'"a\\nb"',
		'"5"',
		"sql`'x' || 'y'`",
		"sql`current_user`",
		'"null"',
		'"\\\\"',
	],
	arrayDefaults: ['["a", "b c"]', "[]", "sql`'{}'`", "sql`ARRAY['x']::text[]`"],
	key: true,
	text: true,
	checks: TEXT_CHECKS,
	generated: "'a' || 'b'",
});

export const TYPES: readonly ColumnType[] = [
	integer,
	bigint,
	text,
	plain("smallint", "", { defaults: ["7", "-7"], key: true, checks: NUMBER_CHECKS }),
	plain("serial", "", { arrays: false, serial: true, key: true, refers: integer }),
	plain("bigserial", '{ mode: "bigint" }', { arrays: false, serial: true, key: true, refers: bigint }),
	plain("bigint", '{ mode: "bigint" }', { defaults: ["sql`9007199254740993`"] }),
	plain("numeric", "", { defaults: ['"1.50"', '"0"', "sql`2.5`"], checks: ["$ > 0.5", "$ < 1000"] }),
	plain("numeric", "{ precision: 10, scale: 2 }", { defaults: ['"1.5"', '"0.00"'], checks: ["$ >= 0"] }),
	plain("numeric", '{ precision: 8, scale: 3, mode: "number" }', { defaults: ["2.5", "0"] }),
	plain("real", "", { defaults: ["1.5", "0"] }),
	plain("doublePrecision", "", { defaults: ["-0.25", "1e10"] }),
	plain("boolean", "", {
		defaults: ["true", "false", "sql`false`"],
		arrayDefaults: ["[true, false]"],
		checks: ["$ = true", "$ is not false"],
	}),
	plain("text", '{ enum: ["a", "b"] }', { defaults: ['"a"'], text: true, checks: TEXT_CHECKS }),
	plain("varchar", "", { defaults: ['"v"'], text: true, checks: TEXT_CHECKS }),
	plain("varchar", "{ length: 30 }", {
		defaults: ['"v"', '"it\'s"'],
		key: true,
		text: true,
		checks: TEXT_CHECKS,
	}),
	plain("char", "{ length: 4 }", { defaults: ['"ab"'] }),
	plain("uuid", "", {
		defaults: [".defaultRandom()", "sql`gen_random_uuid()`", '"00000000-0000-0000-0000-000000000000"'],
		key: true,
		keyTails: [".defaultRandom()"],
	}),
	plain("timestamp", "", {
		defaults: [".defaultNow()", "sql`now()`", "new Date(0)", "sql`CURRENT_TIMESTAMP`"],
		checks: ["$ > '2020-01-01'"],
	}),
	plain("timestamp", "{ withTimezone: true, precision: 3 }", {
		defaults: [".defaultNow()", "new Date(86400000)", "sql`now() + interval '1 day'`"],
	}),
	plain("timestamp", '{ mode: "string" }', { defaults: ['"2024-01-01 10:00:00"', "sql`now()`"] }),
	plain("date", "", { defaults: [".defaultNow()", '"2024-02-29"', "sql`CURRENT_DATE`"] }),
	plain("date", '{ mode: "date" }', { defaults: ["new Date(0)"], arrays: false }),
	plain("time", "{ precision: 3 }", { defaults: ['"10:00:00"'] }),
	plain("interval", "", { defaults: ['"1 day"', "sql`'2 hours'::interval`"] }),
	plain("interval", '{ fields: "day to second", precision: 2 }', { arrays: false }),
	plain("json", "", { defaults: ["{ a: 1 }", "[]", "sql`'{}'`"], ordered: false }),
	plain("jsonb", "", {
		defaults: ['{ a: "its", b: [1, null] }', "{}", "sql`'[]'::jsonb`", "[]"],
		ordered: false,
		checks: ["jsonb_typeof($) = 'object'"],
	}),
	plain("inet", "", { defaults: ['"127.0.0.1"'] }),
	plain("cidr", ""),
	plain("macaddr", ""),
	plain("point", "", { ordered: false, arrays: false }),
	plain("point", '{ mode: "xy" }', { ordered: false, arrays: false }),
	plain("line", "", { ordered: false, arrays: false }),
	plain("bit", "{ dimensions: 3 }", { arrays: false, defaults: ['"101"'] }),
	{
		make: (name) => `p.customType({ dataType: () => "bytea" })(${name})`,
		defaults: ["sql`'\\\\x00'`"],
		ordered: true,
		arrays: false,
		keyTails: [],
	},
	{
		make: (name) => `p.customType({ dataType: () => "tsvector" })(${name})`,
		defaults: [],
		ordered: false,
		arrays: false,
		keyTails: [],
		generated: "to_tsvector('english', 'words')",
	},
	{
		make: (name) => `p.customType({ dataType: () => "money" })(${name})`,
		defaults: [],
		ordered: true,
		arrays: false,
		keyTails: [],
	},
];
