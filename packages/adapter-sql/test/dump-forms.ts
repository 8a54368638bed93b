/** Every form of statement that pg_dump (to version 18) prints, and what becomes of it: the table of docs/adapters/sql.md. */

/** What is there before each sample. */
export const SETUP = `CREATE SCHEMA app;
CREATE TABLE app.t (id integer NOT NULL, name text, day date NOT NULL, during tsrange, CONSTRAINT c CHECK (id > 0));
CREATE TABLE app.p (id integer, day date) PARTITION BY RANGE (day);
CREATE TABLE app.part (id integer, day date);
CREATE UNIQUE INDEX ti ON app.t (id);
CREATE INDEX pi ON ONLY app.p (day);
CREATE INDEX parti ON app.part (day);
CREATE SEQUENCE app.s;
CREATE VIEW app.v AS SELECT id FROM app.t;
CREATE TYPE app.e AS ENUM ('a');
CREATE FUNCTION app.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION app.f();
CREATE POLICY po ON app.t USING (true);
`;

export interface Form {
	readonly form: string;
	readonly sql: string;
	/** Facts that the sample states: `address aspect value`, the value as JSON; or an address alone. */
	readonly states?: readonly string[];
	/** What is listed as not compared. */
	readonly lists?: string;
	/** Words of the gap that it leaves. */
	readonly gap?: string;
	/** Data and settings: nothing of the schema. */
	readonly nothing?: true;
}

export const FORMS: readonly Form[] = [
	{
		form: "`SET …`, `RESET …`",
		sql: "SET statement_timeout = 0; SET default_table_access_method = heap; RESET search_path;",
		nothing: true,
	},
	{
		form: "`SET search_path`, `set_config('search_path', …)`",
		sql: "SELECT pg_catalog.set_config('search_path', 'app', false); CREATE TABLE u (id integer);",
		states: ["table:app.u"],
	},
	{ form: "`BEGIN`, `COMMIT`", sql: "BEGIN; COMMIT;", nothing: true },
	{
		form: "`\\restrict`, `\\unrestrict`, `\\connect`, `\\echo`, `\\set`",
		sql: "\\restrict k\n\\connect other\n\\echo x\n\\unrestrict k\n",
		nothing: true,
	},
	{ form: "`\\i`, `\\ir`, `\\gexec`", sql: "\\i more.sql\n", gap: "included by psql" },
	{ form: "`COPY … FROM stdin` with its data", sql: "COPY app.t (id) FROM stdin;\n1\n\\.\n", nothing: true },
	{ form: "`INSERT`", sql: "INSERT INTO app.t (id, day) VALUES (1, '2024-01-01');", nothing: true },
	{
		form: "`SELECT pg_catalog.setval(…)`, `lo_create`, `lo_open`, `lowrite`, `lo_close`",
		sql: "SELECT pg_catalog.setval('app.s', 1, true); SELECT pg_catalog.lo_create('1');",
		nothing: true,
	},
	{ form: "`REFRESH MATERIALIZED VIEW`", sql: "REFRESH MATERIALIZED VIEW app.m;", nothing: true },
	{
		form: "`CREATE DATABASE`, `ALTER DATABASE`",
		sql: "CREATE DATABASE d; ALTER DATABASE d SET x.y TO 'z';",
		lists: "databases and tablespaces",
	},
	{
		form: "`CREATE ROLE`, `ALTER ROLE` (pg_dumpall)",
		sql: "CREATE ROLE r; ALTER ROLE r WITH NOLOGIN;",
		lists: "roles",
	},
	{ form: "`CREATE SCHEMA`", sql: "CREATE SCHEMA s2;", states: ["schema:s2"] },
	{
		form: "`CREATE EXTENSION`",
		sql: "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;",
		states: ["extension:citext"],
	},
	{
		form: "`CREATE TYPE … AS ENUM`, `ALTER TYPE … ADD VALUE`",
		sql: "ALTER TYPE app.e ADD VALUE 'b' BEFORE 'a';",
		states: ['enum:app.e labels ["b","a"]'],
	},
	{
		form: "`CREATE DOMAIN`",
		sql: "CREATE DOMAIN app.d AS integer DEFAULT 1 NOT NULL CONSTRAINT x CHECK (VALUE > 0);",
		states: ["domain:app.d nullable false", 'domain:app.d checks ["value > 0"]'],
	},
	{
		form: "`CREATE TYPE … AS (…)`",
		sql: "CREATE TYPE app.c AS (a integer, b text);",
		states: ['composite:app.c attributes ["a integer","b text"]'],
	},
	{
		form: "`CREATE TYPE … AS RANGE`",
		sql: "CREATE TYPE app.r AS RANGE (subtype = date);",
		states: ["range:app.r"],
	},
	{
		form: "`CREATE TYPE` (shell and base types)",
		sql: "CREATE TYPE app.b;",
		lists: "CREATE TYPE (base type)",
	},
	{
		form: "`CREATE FUNCTION`, `CREATE PROCEDURE`",
		sql: "CREATE FUNCTION app.g(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a';",
		states: ['function:app."g(integer)" body "SELECT a"', 'function:app."g(integer)" volatility "immutable"'],
	},
	{
		form: "`CREATE AGGREGATE`, `CREATE OPERATOR`, `CREATE OPERATOR CLASS`, `FAMILY`",
		sql: "CREATE AGGREGATE app.a (integer) (SFUNC = int4pl, STYPE = integer);",
		lists: "CREATE AGGREGATE",
	},
	{
		form: "`CREATE CAST`, `CREATE CONVERSION`, `CREATE TRANSFORM`",
		sql: "CREATE CAST (app.e AS integer) WITH INOUT;",
		lists: "CREATE CAST",
	},
	{
		form: "`CREATE COLLATION`",
		sql: "CREATE COLLATION app.c (provider = libc, locale = 'C');",
		lists: "CREATE COLLATION",
	},
	{
		form: "`CREATE TEXT SEARCH CONFIGURATION`, `DICTIONARY`, `PARSER`, `TEMPLATE`",
		sql: 'CREATE TEXT SEARCH CONFIGURATION app.c (PARSER = pg_catalog."default");',
		lists: "CREATE TEXT SEARCH",
	},
	{
		form: "`CREATE LANGUAGE`, `CREATE ACCESS METHOD`",
		sql: "CREATE ACCESS METHOD am TYPE TABLE HANDLER heap_tableam_handler;",
		lists: "CREATE ACCESS METHOD",
	},
	{
		form: "`CREATE SEQUENCE`, `ALTER SEQUENCE … OWNED BY`",
		sql: "CREATE SEQUENCE app.s2 START WITH 5; ALTER SEQUENCE app.s OWNED BY app.t.id;",
		states: ['sequence:app.s2 start "5"'],
	},
	{
		form: "`CREATE TABLE` with columns, `NOT NULL`, `DEFAULT`, `COLLATE`",
		sql: "CREATE TABLE app.u (a text COLLATE \"C\" DEFAULT 'x'::text NOT NULL);",
		states: ["column:app.u.a nullable false", 'column:app.u.a collation "C"'],
	},
	{
		form: "`GENERATED ALWAYS AS (…) STORED`, `VIRTUAL`",
		sql: "CREATE TABLE app.u (a integer, b integer GENERATED ALWAYS AS ((a * 2)) STORED);",
		states: ["column:app.u.b generated"],
	},
	{
		form: "whether a generated column is `VIRTUAL`",
		sql: "CREATE TABLE app.u (a integer, b integer GENERATED ALWAYS AS ((a * 2)));",
		lists: "whether generated columns are stored",
	},
	{
		form: "`ADD GENERATED … AS IDENTITY (SEQUENCE NAME …)`",
		sql: "ALTER TABLE app.t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME app.t_id_seq START WITH 1);",
		states: ['column:app.t.id default {"is":"sequence","how":"identity-always"}'],
	},
	{
		form: "`ALTER COLUMN … SET DEFAULT nextval(…)`",
		sql: "ALTER SEQUENCE app.s OWNED BY app.t.id; ALTER TABLE ONLY app.t ALTER COLUMN id SET DEFAULT nextval('app.s'::regclass);",
		states: ['column:app.t.id default {"is":"sequence","how":"serial"}'],
	},
	{
		form: "`CREATE UNLOGGED TABLE`",
		sql: "CREATE UNLOGGED TABLE app.u (a integer);",
		states: ['table:app.u persistence "unlogged"'],
	},
	{
		form: "`CREATE TABLE … OF`",
		sql: "CREATE TYPE app.c AS (a integer); CREATE TABLE app.u OF app.c (a WITH OPTIONS NOT NULL);",
		states: ["column:app.u.a nullable false"],
	},
	{
		form: "`INHERITS (…)`",
		sql: "CREATE TABLE app.u (a integer) INHERITS (app.part);",
		states: ['table:app.u inherits ["app.part"]', "column:app.u.day"],
	},
	{
		form: "`PARTITION BY`, `ATTACH PARTITION`",
		sql: "ALTER TABLE ONLY app.p ATTACH PARTITION app.part FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
		states: ['table:app.part partitionOf "app.p"'],
	},
	{
		form: "`WITH (…)`, `ALTER TABLE … SET (…)`",
		sql: "CREATE TABLE app.u (a integer) WITH (fillfactor='70');",
		lists: "storage parameters",
	},
	{
		form: "`USING` an access method, `TABLESPACE`",
		sql: "CREATE TABLE app.u (a integer) TABLESPACE fast;",
		lists: "tablespaces and access methods",
	},
	{
		form: "`SET STATISTICS`, `SET STORAGE`, `SET COMPRESSION`",
		sql: "ALTER TABLE ONLY app.t ALTER COLUMN name SET STORAGE EXTERNAL;",
		lists: "statistics targets and storage of columns",
	},
	{
		form: "`ADD CONSTRAINT … PRIMARY KEY`",
		sql: "ALTER TABLE ONLY app.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);",
		states: ['primaryKey:app.t."primary key" columns ["id"]'],
	},
	{
		form: "`ADD CONSTRAINT … UNIQUE`, `NULLS NOT DISTINCT`, `INCLUDE`, `DEFERRABLE`",
		sql: "ALTER TABLE ONLY app.t ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (name) INCLUDE (id) DEFERRABLE;",
		states: ['unique:app.t."(name)" nullsNotDistinct true', 'unique:app.t."(name)" deferrable "deferrable"'],
	},
	{
		form: "`WITHOUT OVERLAPS`, `PERIOD`",
		sql: "ALTER TABLE ONLY app.t ADD CONSTRAINT u UNIQUE (id, during WITHOUT OVERLAPS);",
		lists: "WITHOUT OVERLAPS and PERIOD",
	},
	{
		form: "`ADD CONSTRAINT … CHECK`, `NOT VALID`, `NO INHERIT`",
		sql: "ALTER TABLE app.t ADD CONSTRAINT k CHECK ((id < 9)) NO INHERIT NOT VALID;",
		states: ['check:app.t."id < 9" validated false', 'check:app.t."id < 9" noInherit true'],
	},
	{
		form: "`NOT ENFORCED`",
		sql: "ALTER TABLE app.t ADD CONSTRAINT k CHECK ((id < 9)) NOT ENFORCED;",
		lists: "NOT ENFORCED",
	},
	{
		form: "`ADD CONSTRAINT … NOT NULL`",
		sql: "ALTER TABLE app.t ADD CONSTRAINT k NOT NULL name;",
		states: ["column:app.t.name nullable false"],
	},
	{
		form: "`ADD CONSTRAINT … EXCLUDE`",
		sql: "ALTER TABLE ONLY app.t ADD CONSTRAINT x EXCLUDE USING gist (during WITH &&);",
		states: ['exclusion:app.t."(during WITH &&)" method "gist"'],
	},
	{
		form: "`ADD CONSTRAINT … FOREIGN KEY`",
		sql: "ALTER TABLE ONLY app.part ADD CONSTRAINT fk FOREIGN KEY (id) REFERENCES app.t(id) ON DELETE CASCADE NOT VALID;",
		states: ['foreignKey:app.part."(id)" onDelete "cascade"'],
	},
	{
		form: "`CREATE INDEX`, `CREATE UNIQUE INDEX`",
		sql: "CREATE INDEX i ON app.t USING btree (lower(name) DESC) INCLUDE (id) WHERE (id > 1);",
		states: ['index:app.t."((lower(name)))" method "btree"'],
	},
	{
		form: "`ALTER INDEX … ATTACH PARTITION`",
		sql: "ALTER TABLE ONLY app.p ATTACH PARTITION app.part DEFAULT; ALTER INDEX app.pi ATTACH PARTITION app.parti;",
		states: ['table:app.part partitionBound {"sql":"DEFAULT","canonical":"DEFAULT"}'],
	},
	{ form: "`CLUSTER ON`", sql: "ALTER TABLE app.t CLUSTER ON ti;", lists: "CLUSTER ON" },
	{
		form: "`REPLICA IDENTITY`",
		sql: "ALTER TABLE ONLY app.t REPLICA IDENTITY FULL;",
		lists: "REPLICA IDENTITY",
	},
	{
		form: "`CREATE STATISTICS`",
		sql: "CREATE STATISTICS app.st (dependencies) ON id, name FROM app.t;",
		lists: "CREATE STATISTICS",
	},
	{
		form: "`CREATE VIEW`, `CREATE MATERIALIZED VIEW`",
		sql: "CREATE MATERIALIZED VIEW app.m AS SELECT t.id FROM app.t WITH NO DATA;",
		states: ["view:app.m materialized true", "view:app.m definition"],
	},
	{
		form: "defaults of a view's columns",
		sql: "ALTER TABLE ONLY app.v ALTER COLUMN id SET DEFAULT 1;",
		lists: "defaults of views' columns",
	},
	{
		form: "`CREATE RULE`",
		sql: "CREATE RULE r AS ON DELETE TO app.t DO INSTEAD NOTHING;",
		lists: "CREATE RULE",
	},
	{
		form: "`CREATE TRIGGER`",
		sql: "CREATE TRIGGER t2 AFTER UPDATE OF name ON app.t FOR EACH ROW WHEN ((new.id > 1)) EXECUTE FUNCTION app.f();",
		states: ['trigger:app.t.t2 events ["update of name"]', "trigger:app.t.t2 condition"],
	},
	{
		form: "`CREATE CONSTRAINT TRIGGER`, `REFERENCING …`",
		sql: "CREATE CONSTRAINT TRIGGER t2 AFTER INSERT ON app.t DEFERRABLE FOR EACH ROW EXECUTE FUNCTION app.f();",
		lists: "deferrability and transition tables of triggers",
	},
	{
		form: "`ENABLE` / `DISABLE TRIGGER`, `RULE`",
		sql: "ALTER TABLE app.t DISABLE TRIGGER tr;",
		lists: "whether triggers and rules are enabled",
	},
	{
		form: "`CREATE EVENT TRIGGER`",
		sql: "CREATE EVENT TRIGGER ev ON ddl_command_end EXECUTE FUNCTION app.f();",
		lists: "CREATE EVENT TRIGGER",
	},
	{
		form: "`ENABLE` / `FORCE ROW LEVEL SECURITY`",
		sql: "ALTER TABLE app.t ENABLE ROW LEVEL SECURITY; ALTER TABLE ONLY app.t FORCE ROW LEVEL SECURITY;",
		states: ["table:app.t rowSecurity true", "table:app.t rowSecurityForced true"],
	},
	{
		form: "`CREATE POLICY`",
		sql: "CREATE POLICY p2 ON app.t AS RESTRICTIVE FOR SELECT TO r USING ((id > 1));",
		states: ["policy:app.t.p2 permissive false", 'policy:app.t.p2 roles ["r"]'],
	},
	{
		form: "`CREATE FOREIGN TABLE`: its columns",
		sql: "CREATE FOREIGN TABLE app.ft (id integer NOT NULL) SERVER far;",
		states: ["column:app.ft.id nullable false"],
	},
	{
		form: "`SERVER … OPTIONS (…)` of a foreign table",
		sql: "CREATE FOREIGN TABLE app.ft (id integer) SERVER far OPTIONS (a 'b');",
		lists: "servers and options of foreign tables",
	},
	{
		form: "`CREATE FOREIGN DATA WRAPPER`, `SERVER`, `USER MAPPING`",
		sql: "CREATE SERVER far FOREIGN DATA WRAPPER w;",
		lists: "CREATE SERVER",
	},
	{
		form: "`CREATE PUBLICATION`, `SUBSCRIPTION`",
		sql: "CREATE PUBLICATION pub FOR TABLE ONLY app.t;",
		lists: "CREATE PUBLICATION",
	},
	{
		form: "`COMMENT ON` what is modelled",
		sql: "COMMENT ON COLUMN app.t.name IS 'x'; COMMENT ON CONSTRAINT c ON app.t IS 'y';",
		states: ['column:app.t.name comment "x"', 'check:app.t."id > 0" comment "y"'],
	},
	{
		form: "`COMMENT ON` an extension, a rule, a view's column and what else is not modelled",
		sql: "COMMENT ON EXTENSION citext IS 'x';",
		lists: "COMMENT ON EXTENSION",
	},
	{
		form: "`GRANT`, `REVOKE`, also of columns",
		sql: "GRANT SELECT (id) ON app.t TO PUBLIC; REVOKE ALL ON app.t FROM PUBLIC;",
		lists: "2 × GRANT and REVOKE",
	},
	{
		form: "`ALTER DEFAULT PRIVILEGES`",
		sql: "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC;",
		lists: "ALTER DEFAULT PRIVILEGES",
	},
	{
		form: "`ALTER … OWNER TO`",
		sql: "ALTER TABLE app.t OWNER TO r; ALTER TYPE app.e OWNER TO r; ALTER SEQUENCE app.s OWNER TO r;",
		lists: "3 × OWNER TO",
	},
	{ form: "`SECURITY LABEL`", sql: "SECURITY LABEL ON TABLE app.t IS 'x';", lists: "SECURITY LABEL" },
	{
		form: "`DROP …` (`--clean`)",
		sql: "DROP TRIGGER IF EXISTS tr ON app.t; DROP VIEW IF EXISTS app.v; DROP TABLE IF EXISTS app.part;",
		states: [],
	},
];

/** The table as the documentation shows it. */
export function formsTable(): string {
	const rows = FORMS.map(({ form, states, lists, gap, nothing }) => {
		const kinds = new Set((states ?? []).map((state) => `\`${state.slice(0, state.indexOf(":"))}\``));
		const what = nothing
			? "passed over: nothing of the schema"
			: lists !== undefined
				? `listed: ${lists.replace(/^\d+ × /, "")}`
				: gap !== undefined
					? "gap"
					: kinds.size > 0
						? `modelled: ${[...kinds].join(", ")}`
						: "modelled";
		return `| ${form} | ${what} |`;
	});
	return ["| statement | what becomes of it |", "|---|---|", ...rows].join("\n");
}
