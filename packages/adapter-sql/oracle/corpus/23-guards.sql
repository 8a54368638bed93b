CREATE TABLE a (id int);
CREATE TYPE mood AS ENUM ('a');
-- A guard that does not hold skips its whole branch.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'a' AND column_name = 'id') THEN
    ALTER TABLE a ADD COLUMN id int;
    ALTER TABLE a ALTER COLUMN id SET NOT NULL;
    CREATE INDEX a_id ON a (id);
  END IF;
  IF (NOT EXISTS (SELECT typname FROM pg_type WHERE typname = 'sad')) THEN
    CREATE TYPE sad AS ENUM ('x');
  END IF;
  IF (SELECT to_regclass('a') IS NOT NULL) THEN
    ALTER TABLE a RENAME TO old_a;
    CREATE TABLE a (line text NOT NULL, PRIMARY KEY (line));
    DROP TABLE old_a;
  END IF;
  IF to_regclass('public.b') IS NULL THEN
    CREATE TABLE b (id int);
  END IF;
  IF to_regclass('public.b') IS NULL THEN
    CREATE TABLE b (id int, other int);
    ALTER TABLE b ADD COLUMN more int;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'b_u') AND to_regtype('mood') IS NOT NULL THEN
    ALTER TABLE b ADD COLUMN m mood;
    ALTER TABLE b ADD CONSTRAINT b_u UNIQUE (id);
  END IF;
  IF NOT (to_regclass('b') IS NOT NULL) THEN
    CREATE TABLE b (id int);
    CREATE TABLE c (id int);
  END IF;
END $$;
-- What is caught within the branch does not end it.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'd') THEN
    BEGIN
      ALTER TABLE b ADD COLUMN id int;
    EXCEPTION WHEN duplicate_column THEN NULL;
    END;
    CREATE TABLE d (id int);
  END IF;
END $$;
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'd') THEN
    CREATE TABLE d (id int, other int);
  ELSE
    ALTER TABLE d ADD COLUMN otherwise int;
  END IF;
END $$;
-- What has the name is of another kind than the guard asks for.
CREATE VIEW ranks AS SELECT id FROM b;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_matviews WHERE schemaname = 'public' AND matviewname = 'ranks') THEN
    DROP MATERIALIZED VIEW ranks;
  ELSE
    DROP VIEW IF EXISTS ranks;
  END IF;
END $$;
CREATE MATERIALIZED VIEW ranks AS SELECT id FROM b;
