CREATE TABLE a (id int PRIMARY KEY);
-- A handler takes back the whole block, and what comes after the failing statement does not run.
DO $$ BEGIN
  CREATE TABLE taken_back (id int);
  ALTER TABLE a ADD COLUMN taken_back text;
  ALTER TABLE a ADD COLUMN id int;
  ALTER TABLE a ADD COLUMN never text;
EXCEPTION WHEN duplicate_column THEN
  CREATE TABLE by_handler (id int);
WHEN OTHERS THEN
  CREATE TABLE by_other_handler (id int);
END $$;
-- Only the inner block is taken back.
DO $$ BEGIN
  ALTER TABLE a ADD COLUMN outer_before text;
  BEGIN
    ALTER TABLE a ADD COLUMN inner_before text;
    CREATE TABLE a (id int);
  EXCEPTION WHEN duplicate_object OR SQLSTATE '42P07' THEN NULL;
  END;
  ALTER TABLE a ADD COLUMN outer_after text;
END $$;
-- The inner handler does not catch it, the outer one does.
DO $$ BEGIN
  ALTER TABLE a ADD COLUMN lost text;
  BEGIN
    CREATE TABLE a (id int);
  EXCEPTION WHEN duplicate_object THEN NULL;
  END;
EXCEPTION WHEN syntax_error_or_access_rule_violation THEN
  CREATE TABLE by_class (id int);
END $$;
-- Without a handler the block fails, and nothing of it stays.
DO $$ BEGIN
  CREATE TABLE half (id int);
  ALTER TABLE a DROP COLUMN nowhere;
END $$;
-- The handler is for something else.
DO $$ BEGIN
  CREATE TYPE mood AS ENUM ('ok');
  CREATE TABLE a (id int);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
CREATE TYPE mood AS ENUM ('good', 'bad');
ALTER TABLE a ADD CONSTRAINT a_u UNIQUE (outer_before);
ALTER TABLE a ADD CONSTRAINT a_c CHECK (id > 0);
CREATE TABLE b (id int CONSTRAINT b_a REFERENCES a);
DO $$ BEGIN ALTER TABLE a ADD CONSTRAINT a_u UNIQUE (outer_after); EXCEPTION WHEN duplicate_table THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE a ADD CONSTRAINT a_u UNIQUE (outer_after); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE a ADD CONSTRAINT a_c CHECK (id > 1); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE b ADD CONSTRAINT b_a FOREIGN KEY (id) REFERENCES a; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE a ADD PRIMARY KEY (id); EXCEPTION WHEN invalid_table_definition THEN NULL; END $$;
DO $$ BEGIN CREATE INDEX a_u ON a (id); EXCEPTION WHEN duplicate_table THEN NULL; END $$;
DO $$ BEGIN CREATE SCHEMA public; EXCEPTION WHEN duplicate_schema THEN NULL; END $$;
DO $$ BEGIN ALTER TYPE mood ADD VALUE 'good'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE a RENAME COLUMN outer_after TO id; EXCEPTION WHEN duplicate_column THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE a RENAME COLUMN nowhere TO somewhere; EXCEPTION WHEN undefined_column THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE a DROP CONSTRAINT nowhere; EXCEPTION WHEN undefined_object THEN NULL; END $$;
DO $$ BEGIN DROP TABLE taken_back; EXCEPTION WHEN undefined_table THEN NULL; END $$;
DO $$ BEGIN DROP TYPE never; EXCEPTION WHEN undefined_object THEN NULL; END $$;
DO $$ BEGIN DROP TABLE a; EXCEPTION WHEN dependent_objects_still_exist THEN NULL; END $$;
DO $$ BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; EXCEPTION WHEN duplicate_function THEN NULL; END $$;
DO $$ BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'; EXCEPTION WHEN duplicate_function THEN NULL; END $$;
DO $$ BEGIN CREATE VIEW v AS SELECT id FROM a; CREATE VIEW v AS SELECT id FROM b; EXCEPTION WHEN duplicate_table THEN NULL; END $$;
