DO $$ BEGIN CREATE TYPE st AS ENUM ('a', 'b'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE TYPE st AS ENUM ('z'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
CREATE TABLE t (id int, s st);
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'extra') THEN
    ALTER TABLE t ADD COLUMN extra text;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 't_id_key') THEN
    ALTER TABLE t ADD CONSTRAINT t_id_key UNIQUE (id);
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 't_id_key') THEN
    ALTER TABLE t ADD CONSTRAINT t_id_key UNIQUE (id);
  END IF;
  EXECUTE 'CREATE INDEX t_extra ON t (extra)';
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'extra') THEN
    ALTER TABLE t RENAME COLUMN extra TO more;
  END IF;
  CREATE TABLE inner_t (id int);
END
$$;
DO $$ DECLARE each text; BEGIN
  FOREACH each IN ARRAY ARRAY['loop_a', 'Loop B'] LOOP
    EXECUTE format('CREATE TABLE %I (id int PRIMARY KEY, note text DEFAULT %L)', each, each);
    EXECUTE 'CREATE INDEX ON ' || quote_ident(each) || ' (note)';
    EXECUTE format('ALTER TABLE %1$I ENABLE ROW LEVEL SECURITY', each);
  END LOOP;
END $$;
