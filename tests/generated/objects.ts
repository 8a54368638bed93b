/** What is written in SQL only: for each kind and aspect of the model a statement before and after a change. */
import type { Kind } from "@schemalign/core";
import { expect } from "vitest";
import { differencesIn, type Place, reportOf, text } from "./hold.js";
import type { GeneratedSchema } from "./model.js";
import { LANGUAGES, type LanguageName } from "./repository.js";

/** One change of one aspect. */
export interface ObjectChange {
	readonly kind: Kind;
	/** An aspect of the kind, or `existence`. */
	readonly aspect: string;
	/** The code of the finding: there is no other. */
	readonly code: string;
	/** What both have. */
	readonly given: readonly string[];
	readonly before: readonly string[];
	readonly after: readonly string[];
}

const BASE = [
	"CREATE TABLE public.owners (id integer NOT NULL, name text NOT NULL, CONSTRAINT owners_pkey PRIMARY KEY (id))",
	"CREATE TABLE public.items (id integer NOT NULL, owner_id integer NOT NULL, code text, price numeric(8,2), starts date, ends date, CONSTRAINT items_pkey PRIMARY KEY (id))",
];

/** The schema before or after the change. */
export function withStatements({ given }: ObjectChange, own: readonly string[]): GeneratedSchema {
	return { schemas: [], enums: [], tables: [], statements: [...BASE, ...given, ...own] };
}

type Texts = string | readonly string[];
const list = (texts: Texts): readonly string[] => (typeof texts === "string" ? [texts] : texts);

function change(
	kind: Kind,
	aspect: string,
	code: string,
	before: Texts,
	after: Texts,
	given: Texts = [],
): ObjectChange {
	return { kind, aspect, code, given: list(given), before: list(before), after: list(after) };
}

/** It is there before and not after. */
const drop = (kind: Kind, code: string, sql: Texts, given: Texts = []): ObjectChange =>
	change(kind, "existence", code, sql, [], given);

/** The comment on it changes. */
const comment = (kind: Kind, on: string, given: Texts = []): ObjectChange =>
	change(
		kind,
		"comment",
		"comment-differs",
		`COMMENT ON ${on} IS 'one'`,
		`COMMENT ON ${on} IS 'another'`,
		given,
	);

/** The same statement with one part in place of another. */
function edit(
	kind: Kind,
	aspect: string,
	code: string,
	sql: string,
	[from, to]: readonly [string, string],
	given: Texts = [],
): ObjectChange {
	if (!sql.includes(from)) throw new Error(`${sql} has no ${from}`);
	return change(kind, aspect, code, sql, sql.replace(from, to), given);
}

const add = (what: string): string => `ALTER TABLE public.items ADD CONSTRAINT ${what}`;
const table = (rest: string): string => `CREATE TABLE public.extra ${rest}`;
const KEY = add("items_owner_fkey FOREIGN KEY (owner_id) REFERENCES public.owners (id)");
const UNIQUE = add("items_code_key UNIQUE (code)");
const INDEX = "CREATE INDEX items_code_idx ON public.items USING btree (code)";
const CHECK = add("items_price_check CHECK (price > 0)");
const EXCLUSION = add("items_code_excl EXCLUDE USING btree (code WITH =)");
const VIEW = "CREATE VIEW public.named AS SELECT id, code FROM public.items WHERE code IS NOT NULL";
const SEQUENCE =
	"CREATE SEQUENCE public.counter AS bigint START WITH 5 INCREMENT BY 2 MINVALUE 1 MAXVALUE 900 CACHE 1";
const FUNCTION =
	"CREATE FUNCTION public.stamp() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$ BEGIN NEW.code := 'a'; RETURN NEW; END $$";
const OTHER_FUNCTION =
	"CREATE FUNCTION public.other() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$";
const SUM =
	"CREATE FUNCTION public.twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2 $$";
const TRIGGER =
	"CREATE TRIGGER stamped BEFORE INSERT ON public.items FOR EACH ROW WHEN (NEW.id > 0) EXECUTE FUNCTION public.stamp()";
const POLICY =
	"CREATE POLICY seen ON public.items AS PERMISSIVE FOR ALL TO PUBLIC USING (id > 0) WITH CHECK (id > 1)";
const SECURED = "ALTER TABLE public.items ENABLE ROW LEVEL SECURITY";
const DOMAIN =
	"CREATE DOMAIN public.label AS varchar(20) DEFAULT 'none' NOT NULL CONSTRAINT label_check CHECK (VALUE <> '')";

/** A change of every aspect that is compared, and of whether the thing is there. */
export const OBJECT_CHANGES: readonly ObjectChange[] = [
	drop("schema", "schema-missing", "CREATE SCHEMA extra"),
	comment("schema", "SCHEMA extra", "CREATE SCHEMA extra"),
	drop("extension", "extension-missing", "CREATE EXTENSION citext"),
	edit("extension", "version", "detail-differs", "CREATE EXTENSION citext VERSION '1.6'", ["1.6", "1.5"]),
	edit(
		"extension",
		"schema",
		"detail-differs",
		"CREATE EXTENSION citext SCHEMA extra",
		["extra", "public"],
		"CREATE SCHEMA extra",
	),
	drop("table", "table-missing", table("(id integer PRIMARY KEY)")),
	edit("table", "persistence", "table-mismatch", table("(id integer PRIMARY KEY)"), [
		"CREATE",
		"CREATE UNLOGGED",
	]),
	edit(
		"table",
		"partitionKey",
		"table-mismatch",
		table("(id integer NOT NULL, at date NOT NULL) PARTITION BY RANGE (id)"),
		["(id)", "(at)"],
	),
	edit(
		"table",
		"partitionOf",
		"table-mismatch",
		table("PARTITION OF public.one FOR VALUES FROM (1) TO (9)"),
		["one", "two"],
		[
			"CREATE TABLE public.one (id integer NOT NULL) PARTITION BY RANGE (id)",
			"CREATE TABLE public.two (id integer NOT NULL) PARTITION BY RANGE (id)",
		],
	),
	edit(
		"table",
		"partitionBound",
		"table-mismatch",
		table("PARTITION OF public.one FOR VALUES FROM (1) TO (9)"),
		["9", "8"],
		["CREATE TABLE public.one (id integer NOT NULL) PARTITION BY RANGE (id)"],
	),
	edit(
		"table",
		"inherits",
		"table-mismatch",
		table("(id integer NOT NULL, name text NOT NULL) INHERITS (public.owners)"),
		[" INHERITS (public.owners)", ""],
	),
	change("table", "rowSecurity", "table-mismatch", SECURED, []),
	change(
		"table",
		"rowSecurityForced",
		"table-mismatch",
		"ALTER TABLE public.items FORCE ROW LEVEL SECURITY",
		[],
		SECURED,
	),
	comment("table", "TABLE public.items"),
	drop("column", "column-missing", "ALTER TABLE public.items ADD COLUMN extra text"),
	edit("column", "type", "type-mismatch", "ALTER TABLE public.items ADD COLUMN extra varchar(9)", ["9", "8"]),
	edit(
		"column",
		"nullable",
		"nullability-mismatch",
		"ALTER TABLE public.items ADD COLUMN extra integer NOT NULL",
		[" NOT NULL", ""],
	),
	edit(
		"column",
		"default",
		"default-mismatch",
		"ALTER TABLE public.items ADD COLUMN extra integer DEFAULT 7",
		["7", "8"],
	),
	edit(
		"column",
		"generated",
		"column-mismatch",
		"ALTER TABLE public.items ADD COLUMN extra integer GENERATED ALWAYS AS (id * 2) STORED",
		["2", "3"],
	),
	edit(
		"column",
		"collation",
		"column-mismatch",
		'ALTER TABLE public.items ADD COLUMN extra text COLLATE "C"',
		['"C"', '"POSIX"'],
	),
	comment("column", "COLUMN public.items.code"),
	change(
		"primaryKey",
		"columns",
		"primary-key-mismatch",
		table("(a integer NOT NULL, b integer NOT NULL, CONSTRAINT extra_pkey PRIMARY KEY (a))"),
		table("(a integer NOT NULL, b integer NOT NULL, CONSTRAINT extra_pkey PRIMARY KEY (a, b))"),
	),
	edit(
		"primaryKey",
		"name",
		"name-differs",
		table("(a integer NOT NULL, CONSTRAINT extra_pkey PRIMARY KEY (a))"),
		["extra_pkey", "extra_key"],
	),
	drop(
		"primaryKey",
		"primary-key-mismatch",
		"ALTER TABLE public.extra ADD CONSTRAINT extra_pkey PRIMARY KEY (a)",
		table("(a integer NOT NULL)"),
	),
	drop("unique", "unique-missing", UNIQUE),
	edit("unique", "elements", "unique-mismatch", add("items_code_key UNIQUE (code, price)"), [
		", price",
		", starts",
	]),
	edit(
		"unique",
		"predicate",
		"unique-mismatch",
		"CREATE UNIQUE INDEX items_code_key ON public.items (code) WHERE price > 1",
		["1", "2"],
	),
	edit(
		"unique",
		"nullsNotDistinct",
		"unique-mismatch",
		add("items_code_key UNIQUE NULLS NOT DISTINCT (code)"),
		[" NULLS NOT DISTINCT", ""],
	),
	edit("unique", "deferrable", "unique-mismatch", `${UNIQUE} DEFERRABLE`, [" DEFERRABLE", ""]),
	edit("unique", "include", "detail-differs", `${UNIQUE} INCLUDE (price)`, ["price", "starts"]),
	change(
		"unique",
		"backing",
		"backing-differs",
		UNIQUE,
		"CREATE UNIQUE INDEX items_code_key ON public.items (code)",
	),
	edit("unique", "name", "name-differs", UNIQUE, ["items_code_key", "items_by_code"]),
	comment("unique", "CONSTRAINT items_code_key ON public.items", UNIQUE),
	drop("foreignKey", "foreign-key-missing", KEY),
	edit(
		"foreignKey",
		"columns",
		"foreign-key-target",
		add("items_key FOREIGN KEY (owner_id) REFERENCES public.owners (id)"),
		["owner_id", "other_id"],
		"ALTER TABLE public.items ADD COLUMN other_id integer",
	),
	edit(
		"foreignKey",
		"references",
		"foreign-key-target",
		KEY,
		["public.owners", "public.others"],
		"CREATE TABLE public.others (id integer PRIMARY KEY)",
	),
	edit("foreignKey", "onDelete", "foreign-key-action", `${KEY} ON DELETE CASCADE`, ["CASCADE", "RESTRICT"]),
	edit("foreignKey", "onUpdate", "foreign-key-action", `${KEY} ON UPDATE CASCADE`, ["CASCADE", "RESTRICT"]),
	edit("foreignKey", "match", "foreign-key-mismatch", `${KEY} MATCH FULL`, [" MATCH FULL", ""]),
	edit("foreignKey", "deferrable", "foreign-key-mismatch", `${KEY} DEFERRABLE INITIALLY DEFERRED`, [
		" INITIALLY DEFERRED",
		"",
	]),
	edit("foreignKey", "validated", "foreign-key-mismatch", `${KEY} NOT VALID`, [" NOT VALID", ""]),
	edit("foreignKey", "name", "name-differs", KEY, ["items_owner_fkey", "items_owner"]),
	comment("foreignKey", "CONSTRAINT items_owner_fkey ON public.items", KEY),
	drop("index", "index-missing", INDEX),
	edit("index", "elements", "index-mismatch", INDEX, ["(code)", "(code DESC)"]),
	edit("index", "method", "index-mismatch", INDEX, ["btree", "hash"]),
	edit("index", "predicate", "index-mismatch", `${INDEX} WHERE price > 1`, ["1", "2"]),
	edit("index", "include", "index-mismatch", `${INDEX} INCLUDE (price)`, ["price", "starts"]),
	edit("index", "name", "name-differs", INDEX, ["items_code_idx", "items_by_code"]),
	comment("index", "INDEX public.items_code_idx", INDEX),
	drop("check", "check-missing", CHECK),
	edit("check", "expression", "check-mismatch", CHECK, ["> 0", "> 1"]),
	edit("check", "validated", "check-mismatch", `${CHECK} NOT VALID`, [" NOT VALID", ""]),
	edit("check", "noInherit", "check-mismatch", `${CHECK} NO INHERIT`, [" NO INHERIT", ""]),
	edit("check", "name", "name-differs", CHECK, ["items_price_check", "items_paid"]),
	comment("check", "CONSTRAINT items_price_check ON public.items", CHECK),
	drop("exclusion", "exclusion-missing", EXCLUSION),
	edit("exclusion", "elements", "exclusion-mismatch", EXCLUSION, ["(code", "(starts"]),
	edit(
		"exclusion",
		"operators",
		"exclusion-mismatch",
		add("items_excl EXCLUDE USING gist (period WITH &&)"),
		["&&", "="],
		"ALTER TABLE public.items ADD COLUMN period int4range",
	),
	edit("exclusion", "method", "exclusion-mismatch", EXCLUSION, ["btree", "hash"]),
	edit("exclusion", "predicate", "exclusion-mismatch", `${EXCLUSION} WHERE (price > 1)`, ["1", "2"]),
	edit("exclusion", "deferrable", "exclusion-mismatch", `${EXCLUSION} DEFERRABLE`, [" DEFERRABLE", ""]),
	edit("exclusion", "name", "name-differs", EXCLUSION, ["items_code_excl", "items_alone"]),
	comment("exclusion", "CONSTRAINT items_code_excl ON public.items", EXCLUSION),
	drop("enum", "enum-missing", "CREATE TYPE public.mood AS ENUM ('a', 'b')"),
	edit("enum", "labels", "enum-labels", "CREATE TYPE public.mood AS ENUM ('a', 'b')", ["'b'", "'c'"]),
	comment("enum", "TYPE public.mood", "CREATE TYPE public.mood AS ENUM ('a', 'b')"),
	drop("domain", "type-missing", DOMAIN),
	edit("domain", "type", "type-mismatch", DOMAIN, ["20", "30"]),
	edit("domain", "nullable", "nullability-mismatch", DOMAIN, [" NOT NULL", ""]),
	edit("domain", "default", "default-mismatch", DOMAIN, ["'none'", "'some'"]),
	edit("domain", "checks", "type-definition-mismatch", DOMAIN, ["<> ''", "<> ' '"]),
	comment("domain", "DOMAIN public.label", DOMAIN),
	drop("composite", "type-missing", "CREATE TYPE public.pair AS (a integer, b text)"),
	edit(
		"composite",
		"attributes",
		"type-definition-mismatch",
		"CREATE TYPE public.pair AS (a integer, b text)",
		["b text", "b date"],
	),
	comment("composite", "TYPE public.pair", "CREATE TYPE public.pair AS (a integer, b text)"),
	drop("range", "type-missing", "CREATE TYPE public.floats AS RANGE (SUBTYPE = float8)"),
	edit(
		"range",
		"subtype",
		"type-definition-mismatch",
		"CREATE TYPE public.floats AS RANGE (SUBTYPE = float8)",
		["float8", "text"],
	),
	comment("range", "TYPE public.floats", "CREATE TYPE public.floats AS RANGE (SUBTYPE = float8)"),
	drop("view", "view-missing", VIEW),
	edit("view", "definition", "view-mismatch", VIEW, ["IS NOT NULL", "<> ''"]),
	edit("view", "materialized", "view-mismatch", VIEW, ["VIEW", "MATERIALIZED VIEW"]),
	edit("view", "options", "view-mismatch", VIEW, ["AS SELECT", "WITH (security_barrier = true) AS SELECT"]),
	comment("view", "VIEW public.named", VIEW),
	drop("sequence", "sequence-missing", SEQUENCE),
	edit("sequence", "type", "sequence-mismatch", SEQUENCE, ["bigint", "integer"]),
	edit("sequence", "start", "sequence-mismatch", SEQUENCE, ["WITH 5", "WITH 6"]),
	edit("sequence", "increment", "sequence-mismatch", SEQUENCE, ["BY 2", "BY 3"]),
	edit("sequence", "minimum", "sequence-mismatch", SEQUENCE, ["MINVALUE 1", "MINVALUE 2"]),
	edit("sequence", "maximum", "sequence-mismatch", SEQUENCE, ["900", "800"]),
	edit("sequence", "cache", "detail-differs", SEQUENCE, ["CACHE 1", "CACHE 9"]),
	edit("sequence", "cycle", "sequence-mismatch", `${SEQUENCE} CYCLE`, [" CYCLE", ""]),
	comment("sequence", "SEQUENCE public.counter", SEQUENCE),
	drop("function", "function-missing", FUNCTION),
	edit("function", "returns", "function-mismatch", SUM, ["RETURNS integer", "RETURNS bigint"]),
	change(
		"function",
		"language",
		"function-mismatch",
		SUM,
		SUM.replace("LANGUAGE sql", "LANGUAGE plpgsql").replace("SELECT n * 2", "BEGIN RETURN n * 2; END"),
	),
	edit("function", "body", "function-mismatch", FUNCTION, ["'a'", "'b'"]),
	edit("function", "volatility", "function-mismatch", SUM, ["IMMUTABLE", "STABLE"]),
	edit("function", "security", "function-mismatch", FUNCTION, ["INVOKER", "DEFINER"]),
	comment("function", "FUNCTION public.stamp()", FUNCTION),
	drop("trigger", "trigger-missing", TRIGGER, FUNCTION),
	edit("trigger", "timing", "trigger-mismatch", TRIGGER, ["BEFORE", "AFTER"], FUNCTION),
	edit("trigger", "events", "trigger-mismatch", TRIGGER, ["INSERT", "INSERT OR UPDATE"], FUNCTION),
	edit(
		"trigger",
		"level",
		"trigger-mismatch",
		TRIGGER.replace(" WHEN (NEW.id > 0)", ""),
		["EACH ROW", "EACH STATEMENT"],
		FUNCTION,
	),
	edit(
		"trigger",
		"function",
		"trigger-mismatch",
		TRIGGER,
		["public.stamp", "public.other"],
		[FUNCTION, OTHER_FUNCTION],
	),
	edit("trigger", "condition", "trigger-mismatch", TRIGGER, ["> 0", "> 1"], FUNCTION),
	comment("trigger", "TRIGGER stamped ON public.items", [FUNCTION, TRIGGER]),
	drop("policy", "policy-missing", POLICY, SECURED),
	edit(
		"policy",
		"command",
		"policy-mismatch",
		POLICY.replace(" WITH CHECK (id > 1)", ""),
		["FOR ALL", "FOR SELECT"],
		SECURED,
	),
	edit("policy", "permissive", "policy-mismatch", POLICY, ["PERMISSIVE", "RESTRICTIVE"], SECURED),
	edit("policy", "roles", "policy-mismatch", POLICY, ["TO PUBLIC", "TO pg_monitor"], SECURED),
	edit("policy", "using", "policy-mismatch", POLICY, ["USING (id > 0)", "USING (id > 2)"], SECURED),
	edit("policy", "check", "policy-mismatch", POLICY, ["CHECK (id > 1)", "CHECK (id > 2)"], SECURED),
	comment("policy", "POLICY seen ON public.items", [SECURED, POLICY]),
];

/** The languages that have words for them. */
export const DEFINITIONS = ["sql", "dump", "alembic", "typeorm migrations"] as const satisfies LanguageName[];

/** Four definitions say the same but for the change in one of them: that is found, nothing else, and that one is wrong. */
export async function holdToObjectChange(
	place: Place,
	change: ObjectChange,
	changed: (typeof DEFINITIONS)[number],
): Promise<void> {
	const files = DEFINITIONS.map((one) =>
		LANGUAGES[one].files(withStatements(change, one === changed ? change.after : change.before)),
	);
	const report = await reportOf(place, Object.assign({}, ...files));
	const said = report.findings.map(text).join("\n");
	expect(report.databases, said).toHaveLength(1);
	expect(report.sources.flatMap(({ gaps }) => gaps)).toEqual([]);
	const findings = differencesIn(report);
	expect(
		findings.map(({ code, kind, aspect }) => ({ code, kind, aspect })),
		said,
	).toEqual([{ code: change.code, kind: change.kind, aspect: change.aspect }]);
	const [{ verdict, claims } = { verdict: undefined, claims: [] }] = findings;
	const paths = verdict?.deviating.map((id) => report.sources.find((source) => source.id === id)?.path);
	expect(paths, said).toHaveLength(1);
	expect(paths?.[0]?.startsWith(LANGUAGES[changed].path), said).toBe(true);
	expect(verdict?.basis).toBe("3 of 4 independent sources say so");
	expect(new Set(claims.map(({ source }) => source)).size, said).toBe(DEFINITIONS.length);
}
