/** Random expressions over the table of expression-cases.ts, in random spellings; Postgres accepts all of them. */
import fc from "fast-check";

const string = fc.constantFrom("a", "A", "it''s", "5", "", "a b", "{x}", "true", "\\d");
const text = (value: fc.Arbitrary<string>) => value.map((inner) => `'${inner}'`);

type Kinds = {
	condition: string;
	integer: string;
	numeric: string;
	float: string;
	words: string;
	time: string;
	json: string;
};

const { condition, integer, numeric, float, words, time, json } = fc.letrec<Kinds>((tie) => {
	const some = (...parts: fc.Arbitrary<string>[]) =>
		fc.oneof(
			{ maxDepth: 4, withCrossShrink: true },
			...(parts.map((arbitrary, at) => ({ arbitrary, weight: at === 0 ? 2 : 1 })) as [
				fc.MaybeWeightedArbitrary<string>,
				...fc.MaybeWeightedArbitrary<string>[],
			]),
		);
	const both = (a: fc.Arbitrary<string>, b: fc.Arbitrary<string>, operator: fc.Arbitrary<string>) =>
		fc.tuple(a, operator, b).map(([left, middle, right]) => `(${left} ${middle} ${right})`);
	const call = (name: string, ...args: fc.Arbitrary<string>[]) =>
		fc.tuple(...args).map((list) => `${name}(${list.join(", ")})`);
	const comparison = fc.constantFrom("=", "<>", "!=", "<", "<=", ">", ">=");
	const list = (item: fc.Arbitrary<string>) =>
		fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(", "));
	const integerConstant = fc.constantFrom("1", "-1", "0", "10", "007", "'3'::integer");
	return {
		condition: some(
			fc.constantFrom(
				"active",
				"t.active",
				"name IS NULL",
				"email IS NOT NULL",
				"true",
				"active IS NOT TRUE",
				"role = 'a'",
				"role::text = 'a'",
				"'x' = ANY (tags)",
				"tags @> '{a}'",
				"flag = 'Y'",
				"mail = 'M'",
				"key = '00000000-0000-0000-0000-00000000000A'",
			),
			both(tie("integer"), tie("integer"), comparison),
			both(tie("numeric"), some(tie("numeric"), tie("integer")), comparison),
			both(tie("float"), some(tie("float"), tie("integer"), tie("numeric")), comparison),
			both(
				tie("words"),
				tie("words"),
				fc.constantFrom(
					"=",
					"<>",
					"LIKE",
					"NOT LIKE",
					"ILIKE",
					"~",
					"!~*",
					"<",
					"IS DISTINCT FROM",
					"IS NOT DISTINCT FROM",
					"SIMILAR TO",
				),
			),
			both(tie("time"), tie("time"), comparison),
			both(tie("condition"), tie("condition"), fc.constantFrom("AND", "OR")),
			tie("condition").map((inner) => `(NOT ${inner})`),
			fc
				.tuple(fc.constantFrom("name", "email", "lower(email)", "t.name"), fc.boolean(), list(text(string)))
				.map(([subject, no, items]) => `(${subject} ${no ? "NOT " : ""}IN (${items}))`),
			fc
				.tuple(tie("integer"), fc.boolean(), list(integerConstant))
				.map(([subject, no, items]) => `(${subject} ${no ? "<> ALL" : "= ANY"} (ARRAY[${items}]))`),
			fc
				.tuple(tie("numeric"), fc.constantFrom("", "NOT "), integerConstant, tie("numeric"))
				.map(([subject, no, low, high]) => `(${subject} ${no}BETWEEN ${low} AND ${high})`),
			fc
				.tuple(tie("json"), text(fc.constantFrom('{"a":1}', "{}", "[1, 2]")))
				.map(([left, right]) => `(${left} @> ${right})`),
			fc
				.tuple(tie("condition"), tie("condition"), tie("condition"))
				.map(([when, result, otherwise]) => `(CASE WHEN ${when} THEN ${result} ELSE ${otherwise} END)`),
		),
		integer: some(
			fc.constantFrom("id", "t.quantity", "n", "s", "(id)"),
			integerConstant,
			both(tie("integer"), tie("integer"), fc.constantFrom("+", "-", "*", "/", "%")),
			call("LENGTH", tie("words")),
			call("coalesce", fc.constantFrom("id", "quantity"), fc.constantFrom("0", "n")),
			tie("numeric").map((inner) => `(${inner})::int`),
			fc.constantFrom("cardinality(tags)", "extract(year from created)::int", "(data->>'n')::int", "abs(s)"),
		),
		numeric: some(
			fc.constantFrom(
				"price",
				"t.price",
				"1.50",
				"(0)::numeric",
				"-0.5",
				"price::numeric",
				"quantity::numeric",
				"price::numeric(8,1)",
			),
			both(tie("numeric"), some(tie("numeric"), tie("integer")), fc.constantFrom("+", "-", "*", "/")),
			both(tie("integer"), tie("numeric"), fc.constantFrom("+", "*", "/")),
			call("round", some(tie("numeric"), tie("integer")), fc.constant("2")),
			call("COALESCE", fc.constant("price"), fc.constantFrom("0", "0.0", "quantity")),
			call("greatest", tie("numeric"), tie("integer")),
		),
		float: some(
			fc.constantFrom("ratio", "r", "ratio::double precision", "(2)::double precision", "id::float8"),
			both(
				tie("float"),
				some(tie("float"), tie("integer"), tie("numeric")),
				fc.constantFrom("+", "-", "*", "/"),
			),
			call(
				"sqrt",
				some(
					tie("float"),
					tie("integer").map((inner) => `(${inner})::float`),
				),
			),
			call("power", tie("float"), fc.constantFrom("2", "0.5")),
		),
		words: some(
			fc.constantFrom(
				"name",
				"email",
				"t.email",
				'"Mixed"',
				"(email)::text",
				"email::varchar(10)",
				"id::text",
				"role::text",
			),
			text(string),
			text(string).map((inner) => `${inner}::text`),
			text(string).map((inner) => `${inner}::varchar`),
			call("lower", tie("words")),
			call("pg_catalog.upper", tie("words")),
			call("coalesce", fc.constantFrom("name", "email"), text(string)),
			call("NULLIF", fc.constantFrom("name", "email"), text(string)),
			both(
				fc.constantFrom("name", "email"),
				some(tie("words"), fc.constantFrom("id", "key", "price")),
				fc.constant("||"),
			),
			tie("json").map((inner) => `(${inner} ->> 'k')`),
			fc.tuple(tie("words"), integerConstant).map(([subject, from]) => `substring(${subject} from ${from})`),
			fc.tuple(tie("words")).map(([subject]) => `trim(both 'x' from ${subject})`),
			fc
				.tuple(tie("condition"), tie("words"))
				.map(([when, result]) => `(CASE WHEN ${when} THEN ${result} ELSE 'z' END)`),
			call("split_part", tie("words"), text(string), fc.constant("1")),
		),
		time: some(
			fc.constantFrom(
				"created",
				"updated",
				"now()",
				"CURRENT_TIMESTAMP",
				"day",
				"DATE '2024-02-03'",
				"'2024-02-03 10:00+02'::timestamptz",
				"CURRENT_DATE",
				"(updated AT TIME ZONE 'utc')",
				"LOCALTIMESTAMP",
			),
			both(
				tie("time"),
				fc.constantFrom("interval '1 day'", "'90 minutes'::interval", "span", "interval '1 week'"),
				fc.constantFrom("+", "-"),
			),
			call("date_trunc", fc.constant("'day'"), tie("time")),
			call("coalesce", fc.constant("created"), tie("time")),
		),
		json: some(
			fc.constantFrom("data", "t.data", '\'{"b": 1,"a":[]}\'::jsonb', "doc::jsonb"),
			tie("json").map((inner) => `(${inner} -> 'k')`),
			tie("json").map((inner) => `(${inner} #> '{a, b}')`),
			both(tie("json"), tie("json"), fc.constant("||")),
			call("jsonb_build_object", text(string), some(tie("integer"), tie("words"))),
		),
	};
});

/** A condition for a check. */
export const anyCondition = condition;
/** An expression for an index, of any type. */
export const anyExpression = fc.oneof(integer, numeric, float, words, time, json, condition);
