/**
 * The table of equivalence: spellings of one expression, by the place where it stands. The oracle suite creates each of
 * them in Postgres and reads it back; the fast suite uses what Postgres printed then (expression-printed.json).
 */
import { parseType, type TypeValue } from "@schemalign/core";

export type Place = "default" | "check" | "index" | "generated" | "policy" | "view";

export interface Case {
	readonly place: Place;
	/** The column's type, for defaults and generated columns. */
	readonly type?: string;
	/** Spellings of one expression: all have the same canonical text. */
	readonly same: readonly string[];
	/** Why the spellings are equal although Postgres prints them differently. */
	readonly because?: string;
	/** Expressions that are not the same as those, nor as each other. */
	readonly differ?: readonly string[];
	/** Only with the types of the columns known can these be told apart, or brought together. */
	readonly typed?: boolean;
}

/** What the expressions are about. */
export const SETUP = `
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
CREATE EXTENSION IF NOT EXISTS citext;
CREATE TYPE "user-role" AS ENUM ('customer', 'admin', 'a', 'b');
CREATE TYPE state AS ENUM ('new', 'done');
CREATE SEQUENCE seq;
CREATE SEQUENCE "Seq";
CREATE SCHEMA app;
CREATE FUNCTION app.tenant() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT gen_random_uuid()';
CREATE FUNCTION slug(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE TABLE t (
	id integer, n bigint, s smallint, price numeric(10,2), ratio double precision, r real, name text,
	email varchar(255), flag char(1), active boolean, role "user-role", state state, tags text[], codes varchar(10)[],
	data jsonb, doc json, created timestamptz, updated timestamp, day date, key uuid, raw bytea, bits bit(3),
	mail citext, span interval, "Mixed" text, quantity integer, parent_id integer, search tsvector
);
CREATE TABLE members (id integer, user_key uuid, org_id integer, role text);
`;

/** Rows of values that expressions tell apart. */
export const ROWS = `
INSERT INTO t (id, n, s, price, ratio, r, name, email, flag, active, role, tags, data, doc, created, updated, day, key, mail,
	span, "Mixed", quantity)
SELECT (ARRAY[0, 1, -1, 3, 7, 10, NULL])[1 + i % 7], (ARRAY[0, 1, 2, NULL])[1 + i % 4], (ARRAY[1, 0, -1, NULL, 3])[1 + i % 5],
	(ARRAY[0, 1.5, -0.5, NULL, 2, 10])[1 + i % 6], (ARRAY[0.5, 0, 1, NULL, 2])[1 + i % 5], (ARRAY[0.5, 1, NULL])[1 + i % 3],
	(ARRAY['a', 'A', '5', '', NULL, 'it''s', 'a b'])[1 + i % 7], (ARRAY['a', 'A', '{x}', '', NULL, 'true'])[1 + i % 6],
	(ARRAY['Y', 'N', NULL])[1 + i % 3], (ARRAY[true, false, NULL])[1 + i % 3],
	(ARRAY['a', 'b', NULL]::"user-role"[])[1 + i % 3],
	CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN '{a}'::text[] ELSE '{x,a}' END,
	(ARRAY['{"a":1}', '{}', '[1,2]', '{"k":"a","n":"3"}', NULL]::jsonb[])[1 + i % 5], '{"k":1}',
	'2024-02-03'::timestamptz + make_interval(days => i % 5 - 2),
	CASE WHEN i % 4 > 0 THEN '2024-02-03'::timestamp + make_interval(hours => i) END, '2024-02-03'::date + i % 3,
	CASE i % 2 WHEN 0 THEN '00000000-0000-0000-0000-00000000000A'::uuid END, (ARRAY['m', 'M', 'x'])[1 + i % 3],
	(ARRAY['1 day', '2 hours', NULL]::interval[])[1 + i % 3], 'a', (ARRAY[0, 2, 5, NULL])[1 + i % 4]
FROM generate_series(1, 420) i;
`;

/** The types of the columns of `t`. */
const COLUMN_TYPES: Readonly<Record<string, string>> = {
	id: "integer",
	n: "bigint",
	s: "smallint",
	price: "numeric(10,2)",
	ratio: "double precision",
	r: "real",
	name: "text",
	email: "varchar(255)",
	flag: "char(1)",
	active: "boolean",
	role: 'public."user-role"',
	state: "public.state",
	tags: "text[]",
	codes: "varchar(10)[]",
	data: "jsonb",
	doc: "json",
	created: "timestamptz",
	updated: "timestamp",
	day: "date",
	key: "uuid",
	raw: "bytea",
	bits: "bit(3)",
	mail: "citext",
	span: "interval",
	Mixed: "text",
	quantity: "integer",
	parent_id: "integer",
	search: "tsvector",
};

/** The same, as values. */
export const columnTypes: Readonly<Record<string, TypeValue>> = Object.fromEntries(
	Object.entries(COLUMN_TYPES).flatMap(([name, text]) => {
		const type = parseType(text);
		return type ? [[name, type]] : [];
	}),
);

const SEMANTIC = "Postgres keeps the spelling; the value is the same";
const VALUE = "Postgres keeps the scale or spelling of the constant; its value in the column is the same";
const ORDER = "Postgres keeps the order of operands, which SQL says nothing about";

const defaults: readonly Case[] = [
	{
		place: "default",
		type: '"user-role"',
		same: [
			"'customer'",
			"'customer'::\"user-role\"",
			"'customer'::public.\"user-role\"",
			"CAST('customer' AS \"user-role\")",
			"('customer')",
		],
		differ: ["'admin'"],
	},
	{
		place: "default",
		type: "text",
		same: [
			"'x'",
			"'x'::text",
			"'x'::character varying",
			"('x'::text)",
			"TEXT 'x'",
			"$$x$$",
			"E'x'",
			"U&'\\0078'",
		],
		because: SEMANTIC,
		differ: ["'y'", "'X'", "''"],
	},
	{
		place: "default",
		type: "varchar(20)",
		same: ["'x'", "'x'::text", "'x'::character varying", "'x'::varchar(20)"],
		because: SEMANTIC,
		differ: ["'y'"],
	},
	{ place: "default", type: "text", same: ["E'a\\nb'", "'a\nb'", "E'a\\x0ab'"], differ: ["'a\\nb'"] },
	{ place: "default", type: "text", same: ["'it''s'", "E'it\\'s'", "$q$it's$q$"] },
	{
		place: "default",
		type: "char(3)",
		same: ["'abc'", "'abc'::bpchar", "'abc'::character(3)"],
		because: SEMANTIC,
	},
	{
		place: "default",
		type: "text[]",
		same: ["'{}'", "'{}'::text[]", "ARRAY[]::text[]", "'{}'::character varying[]", "'{ }'"],
		because: SEMANTIC,
		differ: ["'{a}'"],
	},
	{
		place: "default",
		type: "text[]",
		same: ["'{a,b}'", "ARRAY['a','b']", "ARRAY['a'::text, 'b'::text]", '\'{"a","b"}\'::text[]', "'{a, b}'"],
		because: SEMANTIC,
		differ: ["'{b,a}'", "'{a}'", "'{a,B}'"],
	},
	{
		place: "default",
		type: "integer[]",
		same: ["'{1,2}'", "ARRAY[1,2]", "'{1, 02}'::int[]"],
		because: SEMANTIC,
		differ: ["'{2,1}'"],
	},
	{
		place: "default",
		type: "jsonb",
		same: ['\'{"a": 1, "b": [1,2]}\'', '\'{"b":[1, 2],"a":1}\'::jsonb', '\'{"a":0,"a":1,"b":[1,2]}\''],
		because: "jsonb keeps no order; key order and duplicates vanish on input, which deparse shows",
		differ: ['\'{"a": 2, "b": [1,2]}\'', '\'{"a": 1, "b": [2,1]}\'', "'{}'", "'[]'"],
	},
	{
		place: "default",
		type: "json",
		same: ["'{\"a\": 1}'", "'{\"a\":1}'::json", "' { \"a\" :1}'"],
		because: "spacing in json text is not data",
		differ: ["'{\"a\": 2}'"],
	},
	{
		place: "default",
		type: "jsonb",
		same: ["'[]'", "'[]'::jsonb", "'[ ]'", "'[]'::json"],
		because: SEMANTIC,
		differ: ["'{}'"],
	},
	{
		place: "default",
		type: "boolean",
		same: ["false", "'false'", "FALSE", "'f'::boolean", "'f'", "'no'", "(false)", "'0'", "0::boolean"],
		because: SEMANTIC,
		differ: ["true"],
	},
	{ place: "default", type: "boolean", same: ["true", "'true'", "TRUE", "'t'::bool", "'on'"] },
	{
		place: "default",
		type: "integer",
		same: ["-1", "'-1'::integer", "(-1)", "'-1'", "- 1", "'-1'::int8"],
		because: SEMANTIC,
		differ: ["1", "0"],
	},
	{
		place: "default",
		type: "integer",
		same: ["0", "'0'", "(0)", "0::int", "00"],
		because: SEMANTIC,
		differ: ["1"],
	},
	{
		place: "default",
		type: "smallint",
		same: ["5", "'5'::smallint", "5::smallint", "'5'"],
		because: SEMANTIC,
	},
	{ place: "default", type: "bigint", same: ["0", "'0'::bigint", "0::bigint"], because: SEMANTIC },
	{
		place: "default",
		type: "bigint",
		same: ["9223372036854775807", "'9223372036854775807'::bigint"],
		because: SEMANTIC,
	},
	{
		place: "default",
		type: "numeric",
		same: ["5", "5.0", "'5'", "5::numeric", "5.00", "'5.0'::numeric"],
		because: VALUE,
		differ: ["5.1", "50"],
	},
	{
		place: "default",
		type: "numeric(10,2)",
		same: ["0", "'0.00'", "0.00", "0::numeric(10,2)", "'0'::numeric(10,2)", ".0"],
		because: VALUE,
		differ: ["0.01"],
	},
	{
		place: "default",
		type: "double precision",
		same: ["1.5", "1.50", "'1.5'", "'1.5'::double precision", "1.5::float8", "15e-1"],
		because: VALUE,
		differ: ["1.05"],
	},
	{
		place: "default",
		type: "double precision",
		same: ["5", "5.0", "'5'::double precision", "(5)::double precision"],
		because: VALUE,
	},
	{
		place: "default",
		type: "numeric",
		same: ["-0.5", "'-0.5'::numeric", "(-0.5)", "-.5"],
		because: VALUE,
		differ: ["0.5"],
	},
	{
		place: "default",
		type: "uuid",
		same: [
			"'00000000-0000-0000-0000-00000000ABCD'",
			"'00000000-0000-0000-0000-00000000abcd'::uuid",
			"'{0000000000000000000000000000abcd}'",
		],
		differ: ["'00000000-0000-0000-0000-000000000000'"],
	},
	{
		place: "default",
		type: "uuid",
		same: [
			"gen_random_uuid()",
			"GEN_RANDOM_UUID()",
			"pg_catalog.gen_random_uuid()",
			"(gen_random_uuid())",
			"(gen_random_uuid())::uuid",
		],
		differ: ["uuid_generate_v4()"],
	},
	{
		place: "default",
		type: "uuid",
		same: ["uuid_generate_v4()", "public.uuid_generate_v4()"],
		differ: ["uuid_generate_v1()", "app.tenant()"],
	},
	{
		place: "default",
		type: "text",
		same: ["gen_random_uuid()", "gen_random_uuid()::text", "(gen_random_uuid())::text"],
		because: "assignment to the column makes the cast",
	},
	{ place: "default", type: "bytea", same: ["'\\xDEADBEEF'", "'\\xdeadbeef'::bytea"], differ: ["'\\xdead'"] },
	{ place: "default", type: "bytea", same: ["''", "'\\x'", "''::bytea"], differ: ["' '"] },
	{ place: "default", type: "bytea", same: ["'ab\\\\c\\001'", "'\\x61625c6301'"], differ: ["'abc'"] },
	{
		place: "default",
		type: "timestamptz",
		same: ["'epoch'", "'1970-01-01 00:00:00+00'", "'EPOCH'::timestamptz"],
	},
	{ place: "default", type: "timestamp", same: ["'epoch'", "'1970-01-01'"], differ: ["'infinity'"] },
	{ place: "default", type: "date", same: ["'epoch'", "'1970-01-01'::date"], differ: ["'infinity'"] },
	{
		place: "default",
		type: "bit(3)",
		same: ["B'101'", "b'101'", "B'101'::bit(3)"],
		because: SEMANTIC,
		differ: ["B'100'"],
	},
	{
		place: "default",
		type: "date",
		same: [
			"CURRENT_DATE + interval '3 days'",
			"(CURRENT_DATE + '3 days'::interval)",
			"current_date + INTERVAL '3 day'",
			"CURRENT_DATE + CAST('3 days' AS interval)",
		],
		differ: ["CURRENT_DATE + interval '4 days'", "CURRENT_DATE - interval '3 days'"],
	},
	{
		place: "default",
		type: "date",
		same: ["CURRENT_DATE", "('now'::text)::date", "now()", "now()::date", "CURRENT_TIMESTAMP"],
		because: "the current time assigned to a date is the current date",
		differ: ["now() + interval '1 day'"],
	},
	{
		place: "default",
		type: "timestamptz",
		same: [
			"now()",
			"NOW()",
			"CURRENT_TIMESTAMP",
			"transaction_timestamp()",
			"pg_catalog.now()",
			"('now'::text)::timestamp with time zone",
			"CURRENT_TIMESTAMP(6)",
			"now()::timestamptz",
		],
		because: "one function under several names",
		differ: [
			"clock_timestamp()",
			"now() + interval '1 day'",
			"statement_timestamp()",
			"timezone('utc', now())",
			"CURRENT_TIMESTAMP(0)",
		],
	},
	{
		place: "default",
		type: "timestamp",
		same: [
			"now()",
			"CURRENT_TIMESTAMP",
			"(now())::timestamp without time zone",
			"CURRENT_TIMESTAMP::timestamp",
		],
		because: "assignment to the column makes the cast",
		differ: ["timezone('utc', now())", "CURRENT_DATE"],
	},
	{
		place: "default",
		type: "timestamp(3)",
		same: ["now()", "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP(3)", "now()::timestamp(3)"],
		because: "the column rounds to its own precision",
		differ: ["CURRENT_TIMESTAMP(0)"],
	},
	{
		place: "default",
		type: "timestamp",
		same: ["LOCALTIMESTAMP", "('now'::text)::timestamp without time zone"],
		because: "what servers before 10 print",
	},
	{
		place: "default",
		type: "timestamp",
		same: [
			"timezone('utc', now())",
			"(now() AT TIME ZONE 'utc')",
			"timezone('utc'::text, now())",
			"CURRENT_TIMESTAMP AT TIME ZONE 'UTC'",
			"pg_catalog.timezone('UTC', now())",
		],
		because: "zone names are not case-sensitive",
		differ: ["now() AT TIME ZONE 'Europe/Berlin'", "now()"],
	},
	{
		place: "default",
		type: "timestamptz",
		same: [
			"now() + interval '1 week'",
			"now() + '7 days'::interval",
			"CURRENT_TIMESTAMP + interval '7 days'",
			"now() + INTERVAL '7' DAY",
		],
		because: "CURRENT_TIMESTAMP is now()",
		differ: ["now() + interval '1 month'"],
	},
	{
		place: "default",
		type: "timestamptz",
		same: [
			"now() + interval '90 minutes'",
			"now() + '01:30:00'::interval",
			"now() + interval '1 hour 30 min'",
			"now() + '90 min'",
		],
	},
	{
		place: "default",
		type: "interval",
		same: ["'1 day'", "'1 day'::interval", "INTERVAL '1 day'", "interval '1' day", "'P1D'"],
		differ: ["'24:00:00'", "'2 days'"],
	},
	{
		place: "default",
		type: "interval",
		same: ["'1 year 2 mons'", "'14 months'::interval", "INTERVAL '1-2' YEAR TO MONTH", "'P1Y2M'"],
		differ: ["'1 year'"],
	},
	{
		place: "default",
		type: "timestamptz",
		same: [
			"'2024-01-01 00:00:00+00'",
			"'2024-01-01T00:00:00Z'::timestamptz",
			"TIMESTAMPTZ '2024-01-01 02:00:00+02'",
		],
		differ: ["'2024-01-01 01:00:00+00'"],
	},
	{
		place: "default",
		type: "date",
		same: ["'2024-01-01'", "DATE '2024-01-01'", "'2024-01-01'::date"],
		differ: ["'2024-01-02'"],
	},
	{
		place: "default",
		type: "timestamp",
		same: ["'2024-01-01'", "'2024-01-01 00:00:00'::timestamp", "TIMESTAMP '2024-01-01 00:00'"],
	},
	{
		place: "default",
		type: "text",
		same: [
			"'Story-' || nextval('seq')",
			"('Story-'::text || nextval('public.seq'::regclass))",
			"'Story-' || nextval('seq')::text",
		],
		because: "|| makes the cast to text",
		differ: ["'Tale-' || nextval('seq')", "'Story-' || nextval('\"Seq\"')"],
	},
	{
		place: "default",
		type: "bigint",
		same: [
			"nextval('seq')",
			"nextval('public.seq')",
			"nextval('seq'::regclass)",
			"pg_catalog.nextval('public.seq'::regclass)",
			"nextval('\"seq\"')",
		],
		because: "a name in quotes that need none",
		differ: ["nextval('\"Seq\"')"],
	},
	{
		place: "default",
		type: "text",
		same: ["NULL", "NULL::text", "null::character varying"],
		because: SEMANTIC,
	},
	{
		place: "default",
		type: "text",
		same: ["CURRENT_USER", "current_user", "CURRENT_ROLE"],
		because: "CURRENT_ROLE is CURRENT_USER",
		differ: ["SESSION_USER"],
	},
	{ place: "default", type: "uuid", same: ["app.tenant()", "APP.tenant()"], differ: ["gen_random_uuid()"] },
	{
		place: "default",
		type: "uuid",
		same: [
			"(current_setting('app.tenant'))::uuid",
			"CAST(current_setting('app.tenant') AS uuid)",
			"pg_catalog.current_setting('app.tenant'::text)::uuid",
		],
		differ: ["current_setting('app.other')::uuid", "current_setting('app.tenant', true)::uuid"],
	},
	{
		place: "default",
		type: "integer",
		same: [
			"(EXTRACT(epoch FROM now()))::integer",
			"EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)::int",
			"date_part('epoch', now())::int",
		],
		because: "servers before 14 print EXTRACT as date_part",
	},
	{
		place: "default",
		type: "text",
		same: ["md5(random()::text)", "md5((random())::text)"],
		differ: ["md5('x')"],
	},
	{
		place: "default",
		type: "tsvector",
		same: [
			"to_tsvector('english', '')",
			"to_tsvector('english'::regconfig, ''::text)",
			"to_tsvector('pg_catalog.english', '')",
		],
		differ: ["to_tsvector('simple', '')"],
	},
	{
		place: "default",
		type: "jsonb",
		same: ["jsonb_build_object('a', 1, 'b', 'x')", "jsonb_build_object('a'::text, 1, 'b'::text, 'x'::text)"],
		because: SEMANTIC,
		differ: ["jsonb_build_object('a', '1', 'b', 'x')", "jsonb_build_object('a', 1, 'b', '\"x\"'::json)"],
	},
	{
		place: "default",
		type: "numeric",
		same: ["(10)::numeric / 4", "10::numeric / 4::numeric", "10 / 4::numeric"],
		because: SEMANTIC,
		differ: ["10 / 4"],
	},
];

const checks: readonly Case[] = [
	{
		place: "check",
		same: [
			"email IN ('a', 'b')",
			"email = ANY (ARRAY['a', 'b'])",
			"(email)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])",
			"email = 'a' OR email = 'b'",
			"email IN ('b', 'a')",
			"t.email IN ('a', 'b')",
			"email::text IN ('a','b')",
			"(email = 'b') OR ((email) = ('a'))",
			"email = ANY ('{a,b}')",
		],
		because: "a list of alternatives has no order; IN is = ANY is OR",
		differ: ["email IN ('a', 'c')", "email IN ('a')", "email NOT IN ('a', 'b')", "name IN ('a', 'b')"],
	},
	{
		place: "check",
		same: [
			"name IN ('a', 'b')",
			"name = ANY (ARRAY['a'::text, 'b'::text])",
			"name = ANY (ARRAY['a', 'b', 'a'])",
			"\"name\" in ('a','b')",
		],
		because: "repetition says nothing",
	},
	{
		place: "check",
		same: ["flag IN ('Y', 'N')", "flag = ANY (ARRAY['Y'::bpchar, 'N'::bpchar])", "flag = 'Y' OR flag = 'N'"],
		because: "IN is = ANY is OR",
	},
	{
		place: "check",
		typed: true,
		same: ["role IN ('a', 'b')", "role = ANY (ARRAY['a'::\"user-role\", 'b'::\"user-role\"])"],
		differ: ["role::text IN ('a', 'b')", "role IN ('a', 'customer')"],
	},
	{
		place: "check",
		same: [
			"email NOT IN ('a', 'b')",
			"email <> ALL (ARRAY['a', 'b'])",
			"NOT (email IN ('a', 'b'))",
			"email <> 'a' AND email <> 'b'",
			"email != 'b' AND email != 'a'",
		],
		because: "De Morgan, in three-valued logic too",
	},
	{
		place: "check",
		same: [
			"email IS NULL OR email IN ('a', 'b')",
			"((email IS NULL) OR ((email)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))",
			"email IN ('a', 'b') OR email IS NULL",
		],
		because: ORDER,
		differ: ["email IS NOT NULL OR email IN ('a', 'b')", "email IN ('a', 'b')"],
	},
	{
		place: "check",
		same: ["name IN ('a')", "name = 'a'", "'a' = name", "(name)::text = 'a'::text"],
		because: "the constant stands on either side",
	},
	{
		place: "check",
		same: ["id IN (1, 2, 3)", "id = ANY (ARRAY[1, 2, 3])", "id IN (3, 2, 1)", "id IN (1, 2) OR id = 3"],
		because: "IN is = ANY is OR",
		differ: ["id IN (1, 2)"],
	},
	{
		place: "check",
		same: [
			"id IS NOT DISTINCT FROM parent_id",
			"NOT (id IS DISTINCT FROM parent_id)",
			"parent_id IS NOT DISTINCT FROM id",
		],
		because: "symmetric",
		differ: ["id IS DISTINCT FROM parent_id", "id = parent_id"],
	},
	{ place: "check", same: ["id IS DISTINCT FROM NULL", "id IS NOT NULL"] },
	{
		place: "check",
		same: ["price > 0", "(price > (0)::numeric)", "0 < price", "price > 0.0"],
		because: "a comparison with the same number",
		differ: ["price >= 0", "price < 0", "price > 1"],
	},
	{
		place: "check",
		same: [
			"ratio >= 0 AND ratio <= 1",
			"ratio BETWEEN 0 AND 1",
			"((ratio >= (0)::double precision) AND (ratio <= (1)::double precision))",
			"ratio BETWEEN 0.0 AND 1.0",
			"ratio <= 1 AND ratio >= 0",
		],
		because: ORDER,
		differ: ["ratio BETWEEN 0 AND 2", "ratio > 0 AND ratio <= 1"],
	},
	{
		place: "check",
		same: ["id NOT BETWEEN 1 AND 5", "(id < 1) OR (id > 5)", "NOT (id BETWEEN 1 AND 5)"],
		because: "De Morgan",
	},
	{
		place: "check",
		same: ["id BETWEEN SYMMETRIC 5 AND 1", "((id >= 5) AND (id <= 1)) OR ((id >= 1) AND (id <= 5))"],
	},
	{ place: "check", same: ["quantity > 1.5", "(quantity)::numeric > 1.5"] },
	{
		place: "check",
		same: ["quantity < price", "(quantity)::numeric < price", "price > quantity"],
		because: "mirrored",
		typed: true,
	},
	{
		place: "check",
		typed: true,
		same: ["quantity / 2.0 > 1", "(quantity)::numeric / 2.0 > 1"],
		differ: ["quantity / 2 > 1"],
	},
	{
		place: "check",
		same: ["name LIKE 'a%'", "name ~~ 'a%'", "(name ~~ 'a%'::text)"],
		differ: ["name ILIKE 'a%'", "name NOT LIKE 'a%'", "name LIKE 'A%'"],
	},
	{ place: "check", same: ["email ILIKE '%@%'", "(email)::text ~~* '%@%'::text"] },
	{
		place: "check",
		same: ["name NOT LIKE 'a%'", "name !~~ 'a%'", "NOT (name LIKE 'a%')"],
		because: "NOT of a comparison is its opposite",
	},
	{
		place: "check",
		same: [
			"name SIMILAR TO 'a|b'",
			"name ~ similar_to_escape('a|b')",
			"(name ~ similar_to_escape('a|b'::text))",
		],
	},
	{
		place: "check",
		same: ["email ~* '^[^@]+@[^@]+$'", "((email)::text ~* '^[^@]+@[^@]+$'::text)"],
		differ: ["email ~ '^[^@]+@[^@]+$'"],
	},
	{ place: "check", same: ["mail ~ '@'", "(mail ~ '@'::citext)"] },
	{
		place: "check",
		same: ["id <> 5", "id != 5", "NOT (id = 5)", "5 <> id"],
		because: "NOT of a comparison is its opposite",
	},
	{
		place: "check",
		same: ["(id > 1 AND id < 5) AND n > 0", "id > 1 AND (id < 5 AND n > 0)", "n > 0 AND id < 5 AND 1 < id"],
		because: ORDER,
	},
	{ place: "check", same: ["(((id > 1)))", "id > 1", "( id>1 )"] },
	{
		place: "check",
		same: ["length(name) > 3", "LENGTH(name) > 3", "(length(name) > 3)", "pg_catalog.length(name) > 3"],
		differ: ["length(email) > 3", "lower(name) > 'c'"],
	},
	{
		place: "check",
		same: [
			"char_length(email) <= 255",
			"(char_length((email)::text) <= 255)",
			"CHAR_LENGTH(email::text) <= 255",
		],
	},
	{
		place: "check",
		same: ["lower(email) = email", "(lower((email)::text) = (email)::text)", "email = LOWER(email)"],
		because: "symmetric",
		differ: ["upper(email) = email"],
	},
	{
		place: "check",
		same: [
			"trim(both ' ' from name) <> ''",
			"btrim(name, ' ') <> ''",
			"TRIM(BOTH ' '::text FROM name) <> ''::text",
		],
		because: "Postgres remembers the syntax of TRIM",
		differ: ["trim(name) <> ''"],
	},
	{
		place: "check",
		same: ["trim(name) <> ''", "btrim(name) <> ''", "TRIM(BOTH FROM name) <> ''"],
		because: "Postgres remembers the syntax of TRIM",
	},
	{
		place: "check",
		same: [
			"substring(name from 1 for 2) = 'ab'",
			"substring(name, 1, 2) = 'ab'",
			"\"substring\"(name, 1, 2) = 'ab'::text",
		],
		because: "Postgres remembers the syntax of SUBSTRING",
	},
	{
		place: "check",
		same: [
			"position('@' in email) > 1",
			"POSITION(('@'::text) IN ((email)::text)) > 1",
			"\"position\"(email, '@') > 1",
		],
		because: "Postgres remembers the syntax of POSITION",
	},
	{
		place: "check",
		same: ["overlay(name placing 'x' from 1 for 2) = 'x'", "\"overlay\"(name, 'x', 1, 2) = 'x'"],
		because: "Postgres remembers the syntax of OVERLAY",
	},
	{ place: "check", same: ["coalesce(email, name) IS NOT NULL", "COALESCE(email, name) IS NOT NULL"] },
	{
		place: "check",
		same: ["coalesce(price, 0) >= 0", "(COALESCE(price, (0)::numeric) >= (0)::numeric)"],
		differ: ["coalesce(price, 1) >= 0"],
	},
	{
		place: "check",
		same: ["coalesce(email, '') <> ''", "((COALESCE(email, ''::character varying))::text <> ''::text)"],
	},
	{ place: "check", same: ["nullif(name, '') IS NOT NULL", "NULLIF(name, ''::text) IS NOT NULL"] },
	{
		place: "check",
		same: ["greatest(id, quantity) < 10", "GREATEST(id, quantity) < 10"],
		differ: ["least(id, quantity) < 10"],
	},
	{
		place: "check",
		same: [
			"CASE WHEN role = 'a' THEN name IS NOT NULL ELSE true END",
			"CASE\n    WHEN (role = 'a'::\"user-role\") THEN (name IS NOT NULL)\n    ELSE TRUE\nEND",
		],
		differ: ["CASE WHEN role = 'a' THEN name IS NULL ELSE true END"],
	},
	{
		place: "check",
		same: ["CASE name WHEN 'a' THEN 1 ELSE NULL END = 1", "CASE name WHEN 'a'::text THEN 1 END = 1"],
		because: "ELSE NULL is what no ELSE means; deparse shows it",
	},
	{
		place: "check",
		same: ["data ->> 'kind' = 'x'", "((data ->> 'kind'::text) = 'x'::text)"],
		differ: ["data -> 'kind' = '\"x\"'", "data ->> 'Kind' = 'x'"],
	},
	{
		place: "check",
		same: ["data @> '{\"a\":1}'", "(data @> '{\"a\": 1}'::jsonb)"],
		differ: ["data @> '{\"a\":2}'"],
	},
	{ place: "check", same: ["jsonb_typeof(data) = 'object'", "(jsonb_typeof(data) = 'object'::text)"] },
	{
		place: "check",
		same: [
			"data #>> '{a,b}' IS NOT NULL",
			"((data #>> '{a,b}'::text[]) IS NOT NULL)",
			"data #>> ARRAY['a','b'] IS NOT NULL",
		],
		because: SEMANTIC,
	},
	{
		place: "check",
		same: ["tags @> '{a}'", "tags @> ARRAY['a']", "(tags @> '{a}'::text[])"],
		because: SEMANTIC,
	},
	{ place: "check", same: ["'a' = ANY (tags)", "('a'::text = ANY (tags))"] },
	{ place: "check", same: ["tags[1] = 'a'", "(tags[1] = 'a'::text)"], differ: ["tags[2] = 'a'"] },
	{ place: "check", same: ["cardinality(tags[1:2]) < 3", "(cardinality(tags[1:2]) < 3)"] },
	{
		place: "check",
		same: ["(id, quantity) = (1, 2)", "ROW(id, quantity) = ROW(1, 2)", "id = 1 AND quantity = 2"],
		differ: ["(id, quantity) = (2, 1)"],
	},
	{ place: "check", same: ["(id, quantity) < (1, 2)", "(ROW(id, quantity) < ROW(1, 2))"] },
	{
		place: "check",
		same: ["(id, quantity) IN ((1, 2), (3, 4))", "(id = 1 AND quantity = 2) OR (id = 3 AND quantity = 4)"],
	},
	{ place: "check", same: ["active IS TRUE", "(active IS TRUE)"], differ: ["active", "active IS NOT FALSE"] },
	{
		place: "check",
		same: ["active = true", "true = active"],
		because: "symmetric",
		differ: ["active = false"],
	},
	{ place: "check", same: ["price > 0", "price > '0'", "price > '0.0'"], because: VALUE, typed: true },
	{
		place: "check",
		same: ["name IN ('1', '2')", "(name = ANY (ARRAY['1'::text, '2'::text]))"],
		differ: ["name IN ('1', '02')"],
	},
	{
		place: "check",
		same: ["day > '2024-02-03 10:00:00'::timestamp"],
		differ: ["day > '2024-02-03'"],
	},
	{ place: "check", same: ["active = 't'", "active = TRUE", "active = 'on'"], typed: true },
	{ place: "check", same: ["data::jsonb ->> 'kind' = 'x'", "data ->> 'kind' = 'x'"], typed: true },
	{
		place: "check",
		same: ["(data::text)::jsonb ->> 'kind' = 'x'"],
		differ: ["data ->> 'kind' = 'x'"],
		typed: true,
	},
	{ place: "check", same: ["doc::jsonb ->> 'kind' = 'x'"], differ: ["doc ->> 'kind' = 'x'"] },
	{ place: "check", same: ["role::text ~ 'a'"], differ: ["role::text ~ 'b'"] },
	{ place: "check", same: ["id::text = '5'", "(id)::text = '5'::text"], differ: ["id = 5"], typed: true },
	{ place: "check", same: ["NOT active", "(NOT active)"] },
	{
		place: "check",
		same: [
			"created > '2024-01-01 00:00:00+00'",
			"created > '2024-01-01T00:00:00Z'::timestamptz",
			"(created > '2024-01-01 00:00:00+00'::timestamp with time zone)",
		],
	},
	{
		place: "check",
		same: ["day >= '2024-01-01'", "day >= DATE '2024-01-01'", "(day >= '2024-01-01'::date)"],
		differ: ["day >= '2024-01-02'"],
	},
	{
		place: "check",
		same: ["updated > created", "(updated > created)", "created < updated"],
		because: "mirrored",
	},
	{ place: "check", same: ["span > '1 day'", "span > interval '1 day'", "(span > '1 day'::interval)"] },
	{
		place: "check",
		same: [
			"key <> '00000000-0000-0000-0000-000000000000'",
			"(key <> '00000000-0000-0000-0000-000000000000'::uuid)",
		],
	},
	{ place: "check", same: ["\"Mixed\" <> ''", "t.\"Mixed\" <> ''", "public.t.\"Mixed\" <> ''"] },
	{
		place: "check",
		same: [
			"name COLLATE \"C\" = 'a'",
			"((name COLLATE \"C\") = 'a'::text)",
			"name COLLATE pg_catalog.\"C\" = 'a'",
		],
	},
	{ place: "check", same: ["slug(name) = name", "public.slug(name) = name"] },
	{ place: "check", same: ["num_nonnulls(id, n) = 1", "(num_nonnulls(id, n) = 1)"] },
	{
		place: "check",
		same: [
			"s > 0 AND n > 0 AND r > 0",
			"((s > 0) AND (n > 0) AND (r > (0)::double precision))",
			"r > 0::real AND s > 0::smallint AND n > 0::bigint",
		],
		because: ORDER,
	},
	{ place: "check", same: ["id = 5", "id = '5'", "id = 5::integer"], because: SEMANTIC, typed: true },
	{ place: "check", same: ["id % 2 = 0", "(id % 2) = 0"], differ: ["id % 2 = 1"] },
	{
		place: "check",
		same: ["id + 1 > quantity * 2", "((id + 1) > (quantity * 2))"],
		differ: ["id + 2 > quantity * 2"],
	},
	{
		place: "check",
		same: ["price * 2 > quantity", "((price * (2)::numeric) > (quantity)::numeric)"],
		typed: true,
	},
	{ place: "check", same: ["round(price, 1) = price", "(round(price, 1) = price)"] },
	{ place: "check", same: ["round(quantity, 1) > 0", "(round((quantity)::numeric, 1) > (0)::numeric)"] },
	{ place: "check", same: ["quantity = -1", "(quantity = '-1'::integer)", "quantity = (-1)"] },
	{ place: "check", same: ["bits = B'101'", "(bits = '101'::\"bit\")"] },
	{
		place: "check",
		same: [
			"date_trunc('day', created) = created",
			"(date_trunc('day'::text, created) = created)",
			"created = date_trunc('DAY', created)",
		],
		because: "symmetric",
	},
	{ place: "check", same: ["id > 1 OR id > 1", "id > 1"], because: "repetition says nothing" },
	{
		place: "check",
		same: ["(name IS NULL) = (email IS NULL)", "((email IS NULL) = (name IS NULL))"],
		because: "symmetric",
	},
	{ place: "check", same: ["name || email <> ''", "((name || (email)::text) <> ''::text)"] },
	{ place: "check", same: ["email || '-' || id <> ''", "(((email)::text || '-'::text) || id) <> ''::text"] },
];

const indexes: readonly Case[] = [
	{
		place: "index",
		same: ["power(id, 0.5)", "power((id)::numeric, 0.5)"],
		differ: ["power(id::float8, 0.5)"],
		typed: true,
	},
	{
		place: "index",
		same: ["sqrt(id)", "sqrt((id)::double precision)"],
		differ: ["sqrt(id::numeric)"],
		typed: true,
	},
	{ place: "index", same: ["sqrt(r)", "sqrt((r)::double precision)"] },
	{
		place: "index",
		same: ["power(price, 2)", "power(price, (2)::numeric)"],
		differ: ["power(price::float8, 2)"],
		typed: true,
	},
	{ place: "index", same: ["power(2::float8, 0.5)"], differ: ["power(2, 0.5)"] },
	{
		place: "index",
		same: [
			"lower(email)",
			"LOWER(email)",
			"lower((email)::text)",
			"lower(email::text)",
			"pg_catalog.lower(email)",
		],
		differ: ["upper(email)", "lower(name)"],
	},
	{
		place: "index",
		same: ["(data ->> 'kind')", "data ->> 'kind'::text", "((data ->> 'kind'))"],
		differ: ["(data -> 'kind')"],
	},
	{
		place: "index",
		same: ["((data -> 'a') ->> 'b')", "(data -> 'a' ->> 'b')", "((data -> 'a'::text) ->> 'b'::text)"],
	},
	{
		place: "index",
		same: ["((data ->> 'n')::int)", "(((data ->> 'n'::text))::integer)", "CAST(data ->> 'n' AS integer)"],
		differ: ["((data ->> 'n')::bigint)"],
	},
	{
		place: "index",
		same: ["coalesce(email, '')", "COALESCE(email, ''::character varying)"],
		differ: ["coalesce(email, 'x')"],
	},
	{
		place: "index",
		same: ["to_tsvector('english', name)", "to_tsvector('english'::regconfig, name)"],
		differ: ["to_tsvector('simple', name)"],
	},
	{
		place: "index",
		same: [
			"to_tsvector('english', coalesce(name, '') || ' ' || coalesce(email, ''))",
			"to_tsvector('english'::regconfig, ((COALESCE(name, ''::text) || ' '::text) || (COALESCE(email, ''::character varying))::text))",
		],
	},
	{
		place: "index",
		same: [
			"setweight(to_tsvector('simple', name), 'A')",
			"setweight(to_tsvector('simple'::regconfig, name), 'A'::\"char\")",
		],
	},
	{ place: "index", same: ["(updated::date)", "((updated)::date)", "CAST(updated AS date)"] },
	{
		place: "index",
		same: ["date_trunc('day', updated)", "date_trunc('day'::text, updated)"],
		differ: ["date_trunc('week', updated)"],
	},
	{ place: "index", same: ["(key::text)", "((key)::text)"] },
	{ place: "index", same: ["md5(name)", "md5((name)::text)"] },
	{ place: "index", same: ["abs(s)", "(abs(s))"] },
	{ place: "index", same: ["(price * quantity)", "((price * (quantity)::numeric))"], typed: true },
	{ place: "index", same: ["(ratio * 2.0)", "(ratio * (2.0)::double precision)"] },
	{ place: "index", same: ["CASE WHEN active THEN 1 ELSE 0 END", "CASE\n WHEN active THEN 1\n ELSE 0\nEND"] },
	{
		place: "index",
		same: [
			"(created AT TIME ZONE 'UTC')",
			"timezone('UTC'::text, created)",
			"((created AT TIME ZONE 'utc'::text))",
		],
		because: "zone names are not case-sensitive",
	},
	{ place: "index", same: ["left(email, 3)", '"left"((email)::text, 3)'] },
	{ place: "index", same: ["replace(lower(name), ' ', '')", "replace(lower(name), ' '::text, ''::text)"] },
];

const generated: readonly Case[] = [
	{
		place: "generated",
		type: "text",
		same: ["name || ' ' || email", "((name || ' '::text) || (email)::text)"],
		differ: ["name || email"],
	},
	{
		place: "generated",
		type: "numeric",
		same: ["price * quantity", "(price * (quantity)::numeric)"],
		typed: true,
	},
	{
		place: "generated",
		type: "tsvector",
		same: [
			"to_tsvector('english', coalesce(name, ''))",
			"to_tsvector('english'::regconfig, COALESCE(name, ''::text))",
		],
	},
	{ place: "generated", type: "text", same: ["lower(email)", "lower((email)::text)"] },
	{ place: "generated", type: "integer", same: ["length(name)", "LENGTH(name)"] },
];

const policies: readonly Case[] = [
	{
		place: "policy",
		same: ["key = app.tenant()", "(key = app.tenant())", "app.tenant() = key"],
		because: "symmetric",
	},
	{ place: "policy", same: ["(select app.tenant()) = key", "(( SELECT app.tenant() AS tenant) = key)"] },
	{
		place: "policy",
		same: [
			"EXISTS (SELECT 1 FROM members m WHERE m.user_key = t.key AND m.role IN ('a','b'))",
			"(EXISTS ( SELECT 1\n   FROM members m\n  WHERE ((m.user_key = t.key) AND (m.role = ANY (ARRAY['a'::text, 'b'::text])))))",
			"exists (select * from public.members where members.user_key = t.key and role in ('a','b'))",
		],
		because: "EXISTS reads no results, and an alias is only a name",
		differ: ["EXISTS (SELECT 1 FROM members m WHERE m.user_key = t.key AND m.role IN ('a'))"],
	},
	{
		place: "policy",
		same: [
			"id IN (SELECT org_id FROM members WHERE user_key = app.tenant())",
			"(id IN ( SELECT members.org_id\n   FROM members\n  WHERE (members.user_key = app.tenant())))",
			"id = ANY (SELECT org_id FROM members WHERE user_key = app.tenant())",
		],
		differ: ["id NOT IN (SELECT org_id FROM members WHERE user_key = app.tenant())"],
	},
	{
		place: "policy",
		same: [
			"current_setting('app.user', true) = name",
			"(current_setting('app.user'::text, true) = name)",
			"name = current_setting('app.user', TRUE)",
		],
		because: "symmetric",
	},
	{ place: "policy", same: ["true", "TRUE", "(true)"], differ: ["false"] },
];

const views: readonly Case[] = [
	{
		place: "view",
		same: [
			"SELECT id, name FROM t",
			"SELECT t.id, t.name FROM t",
			"SELECT x.id, x.name FROM public.t AS x",
			"select id as id, t.name name from t;",
		],
		because: "Postgres keeps the alias",
		differ: [
			"SELECT name, id FROM t",
			"SELECT id, name AS title FROM t",
			"SELECT id, name FROM t WHERE id > 1",
		],
	},
	{
		place: "view",
		same: [
			"SELECT role, count(*) FROM t GROUP BY role",
			"SELECT t.role, count(*) AS count FROM t GROUP BY 1",
		],
	},
	{
		place: "view",
		same: [
			"SELECT lower(email) AS e, 'x' AS kind, NULL AS nothing FROM t WHERE email = 'a'",
			"SELECT lower((t.email)::text) AS e, 'x'::text AS kind, NULL::text AS nothing FROM t WHERE ((t.email)::text = 'a'::text)",
		],
	},
	{
		place: "view",
		same: [
			"SELECT t.id, m.role FROM t JOIN members m ON m.org_id = t.id",
			"SELECT t.id, m.role FROM (t JOIN members m ON ((m.org_id = t.id)))",
			"SELECT a.id, b.role FROM t a INNER JOIN members b ON a.id = b.org_id",
		],
		because: "Postgres keeps the aliases and the order of operands",
		differ: [
			"SELECT t.id, m.role FROM t LEFT JOIN members m ON m.org_id = t.id",
			"SELECT m.id, m.role FROM t JOIN members m ON m.org_id = t.id",
		],
	},
	{
		place: "view",
		same: [
			"SELECT org_id, user_key FROM t JOIN members ON org_id = t.id",
			"SELECT members.org_id, members.user_key FROM (t JOIN members ON ((members.org_id = t.id)))",
		],
	},
	{
		place: "view",
		same: [
			"SELECT * FROM members",
			"SELECT id, user_key, org_id, role FROM members",
			"SELECT members.* FROM members",
		],
		differ: ["SELECT id, user_key, org_id FROM members"],
	},
	{
		place: "view",
		same: [
			"SELECT m.* FROM t JOIN members m ON m.org_id = t.id",
			"SELECT m.id, m.user_key, m.org_id, m.role FROM t JOIN members m ON m.org_id = t.id",
		],
	},
	{
		place: "view",
		same: [
			"SELECT DISTINCT ON (role) id FROM t ORDER BY role, id DESC",
			"SELECT DISTINCT ON (t.role) t.id FROM t ORDER BY t.role ASC, t.id DESC NULLS FIRST",
		],
		differ: ["SELECT DISTINCT ON (role) id FROM t ORDER BY role, id"],
	},
	{
		place: "view",
		same: [
			"SELECT id AS x FROM t ORDER BY x LIMIT 10",
			"SELECT id AS x FROM t ORDER BY 1 LIMIT 10",
			"SELECT t.id AS x FROM t ORDER BY t.id LIMIT 10",
		],
		differ: ["SELECT id AS x FROM t ORDER BY 1 LIMIT 11"],
	},
	{
		place: "view",
		same: [
			"WITH a AS (SELECT id FROM t WHERE active) SELECT id FROM a",
			"WITH a AS (SELECT t.id FROM t WHERE t.active) SELECT a.id FROM a",
			"WITH a(id) AS (SELECT id FROM t WHERE active) SELECT * FROM a",
		],
		because: "Postgres keeps the list of names",
	},
	{
		place: "view",
		same: [
			"SELECT id FROM t UNION ALL SELECT id FROM members",
			"SELECT t.id FROM t UNION ALL SELECT members.id FROM members",
		],
		differ: ["SELECT id FROM t UNION SELECT id FROM members"],
	},
	{
		place: "view",
		same: [
			"SELECT id, row_number() OVER (PARTITION BY role ORDER BY created DESC) FROM t",
			"SELECT t.id, row_number() OVER (PARTITION BY t.role ORDER BY t.created DESC) AS row_number FROM t",
		],
	},
	{
		place: "view",
		same: ["SELECT id, sum(price) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM t"],
		differ: ["SELECT id, sum(price) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS s FROM t"],
	},
	{
		place: "view",
		same: [
			"SELECT s.id FROM (SELECT id FROM t WHERE id > 5) s",
			"SELECT q.id FROM (SELECT t.id FROM t WHERE (t.id > 5)) q",
		],
		because: "Postgres keeps the alias",
	},
	{
		place: "view",
		same: [
			"SELECT t.id, tag FROM t, unnest(tags) AS tag",
			"SELECT t.id, tag.tag FROM t, LATERAL unnest(t.tags) tag(tag)",
		],
	},
	{
		place: "view",
		same: [
			"SELECT t.id, e.value FROM t, jsonb_each(data) e",
			"SELECT t.id, e.value FROM t, LATERAL jsonb_each(t.data) e(key, value)",
			"SELECT t.id, value FROM t CROSS JOIN LATERAL jsonb_each(t.data)",
		],
		because: "a comma in FROM is a cross join; Postgres keeps which",
	},
	{
		place: "view",
		same: [
			"SELECT n FROM generate_series(1, 3) AS n",
			"SELECT n FROM generate_series(1, 3) n(n)",
			"SELECT g.n FROM generate_series(1, 3) g(n)",
		],
		because: "Postgres keeps the alias",
	},
	{
		place: "view",
		same: [
			"SELECT count(*) FILTER (WHERE active) AS n FROM t",
			"SELECT count(*) FILTER (WHERE t.active) AS n FROM t",
		],
	},
	{
		place: "view",
		same: [
			"SELECT count(DISTINCT role) AS n, string_agg(name, ',' ORDER BY name) AS names FROM t",
			"SELECT count(DISTINCT t.role) AS n, string_agg(t.name, ','::text ORDER BY t.name) AS names FROM t",
		],
	},
	{ place: "view", same: ["SELECT created::date FROM t", "SELECT (t.created)::date AS created FROM t"] },
	{
		place: "view",
		same: [
			"SELECT CASE WHEN active THEN 'on' ELSE 'off' END FROM t",
			"SELECT CASE WHEN t.active THEN 'on'::text ELSE 'off'::text END AS \"case\" FROM t",
		],
	},
	{
		place: "view",
		same: [
			"SELECT id, members.role FROM t JOIN members USING (id)",
			"SELECT t.id, members.role FROM (t JOIN members USING (id))",
		],
	},
	{
		place: "view",
		same: [
			"SELECT role, count(*) AS n FROM t GROUP BY role HAVING count(*) > 1",
			"SELECT t.role, count(*) AS n FROM t GROUP BY t.role HAVING (count(*) > 1)",
		],
	},
	{
		place: "view",
		same: [
			"SELECT id FROM t WHERE NOT EXISTS (SELECT 1 FROM members WHERE org_id = t.id)",
			"SELECT t.id FROM t WHERE (NOT (EXISTS ( SELECT 1 FROM members WHERE (members.org_id = t.id))))",
		],
	},
	{
		place: "view",
		same: [
			"SELECT 1 AS a, 2.0 AS b, 'c' AS c, DATE '2024-01-01' AS d",
			"SELECT 1 AS a, 2.0 AS b, 'c'::text AS c, '2024-01-01'::date AS d",
		],
		differ: [
			"SELECT 1 AS a, 2.0 AS b, 'c' AS c, '2024-01-01' AS d",
			"SELECT 1 AS a, 2 AS b, 'c' AS c, DATE '2024-01-01' AS d",
		],
	},
	{ place: "view", same: ["SELECT to_jsonb(t) AS j FROM t", "SELECT to_jsonb(t.*) AS j FROM t"] },
	{
		place: "view",
		same: [
			"SELECT a.id FROM t a LEFT JOIN t b ON b.id = a.parent_id WHERE b.id IS NULL",
			"SELECT a.id FROM (t a LEFT JOIN t b ON ((b.id = a.parent_id))) WHERE (b.id IS NULL)",
		],
	},
	{
		place: "view",
		same: [
			"SELECT (SELECT max(id) FROM members) AS m FROM t",
			"SELECT ( SELECT max(members.id) AS max FROM members) AS m FROM t",
		],
	},
	{
		place: "view",
		same: [
			"SELECT id FROM t ORDER BY created DESC NULLS LAST OFFSET 5",
			"SELECT t.id FROM t ORDER BY t.created DESC NULLS LAST OFFSET 5",
		],
	},
	{ place: "view", same: ["VALUES (1, 'a'), (2, 'b')", "VALUES (1,'a'::text), (2,'b'::text)"] },
	{
		place: "view",
		same: [
			"WITH RECURSIVE tree AS (SELECT id, parent_id FROM t WHERE parent_id IS NULL UNION ALL SELECT t.id, t.parent_id FROM t JOIN tree ON t.parent_id = tree.id) SELECT id FROM tree",
			"WITH RECURSIVE tree AS ( SELECT t.id, t.parent_id FROM t WHERE (t.parent_id IS NULL) UNION ALL SELECT t.id, t.parent_id FROM (t JOIN tree ON ((t.parent_id = tree.id)))) SELECT tree.id FROM tree",
		],
	},
	{
		place: "view",
		same: [
			"SELECT role, state, count(*), grouping(role) FROM t GROUP BY ROLLUP (role, state)",
			'SELECT t.role, t.state, count(*) AS count, GROUPING(t.role) AS "grouping" FROM t GROUP BY ROLLUP(t.role, t.state)',
		],
		differ: ["SELECT role, state, count(*), grouping(role) FROM t GROUP BY CUBE (role, state)"],
	},
	{
		place: "view",
		same: [
			"SELECT xmlelement(name x, name) FROM t",
			'SELECT XMLELEMENT(NAME x, t.name) AS "xmlelement" FROM t',
		],
	},

	{
		place: "view",
		same: ["SELECT id FROM t WHERE data IS JSON OBJECT", "SELECT t.id FROM t WHERE (t.data IS JSON OBJECT)"],
	},
	{
		place: "view",
		same: ["SELECT id FROM t TABLESAMPLE system (10)", "SELECT t.id FROM t TABLESAMPLE system (10)"],
	},
	{
		place: "view",
		same: [
			"SELECT id, sum(price) OVER w AS s FROM t WINDOW w AS (PARTITION BY role)",
			"SELECT t.id, sum(t.price) OVER w AS s FROM t WINDOW w AS (PARTITION BY t.role)",
		],
	},
	{
		place: "view",
		same: [
			"SELECT a.id FROM t a, LATERAL (SELECT org_id FROM members WHERE members.id = a.id LIMIT 1) m",
			"SELECT a.id FROM t a, LATERAL ( SELECT members.org_id FROM members WHERE (members.id = a.id) LIMIT 1) m",
		],
	},
	{
		place: "view",
		same: [
			"SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ratio) AS median FROM t",
			"SELECT percentile_cont((0.5)::double precision) WITHIN GROUP (ORDER BY t.ratio) AS median FROM t",
		],
	},
	{
		place: "view",
		same: [
			"SELECT id FROM t UNION SELECT id FROM members ORDER BY id",
			"SELECT t.id FROM t UNION SELECT members.id FROM members ORDER BY 1",
		],
	},
	{
		place: "view",
		same: ["SELECT (id, name)::text AS r FROM t", "SELECT (ROW(t.id, t.name))::text AS r FROM t"],
	},
];

export const CASES: readonly Case[] = [
	...defaults,
	...checks,
	...indexes,
	...generated,
	...policies,
	...views,
];
