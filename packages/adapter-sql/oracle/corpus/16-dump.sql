--
-- PostgreSQL database dump
--
\restrict abc
SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
CREATE SCHEMA app;
ALTER SCHEMA app OWNER TO postgres;
CREATE TYPE app.status AS ENUM (
    'active',
    'gone'
);
CREATE FUNCTION public.broken() RETURNS void
    LANGUAGE plpgsql
    AS $$ BEGIN PERFORM 1; END; $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE app.users (
    id integer NOT NULL,
    name character varying(50) DEFAULT 'x'::character varying NOT NULL,
    status app.status DEFAULT 'active'::app.status,
    created timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    tags text[] DEFAULT ARRAY[]::text[],
    total numeric(10,2) DEFAULT 0.00,
    CONSTRAINT users_status_check CHECK (((name)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))
);
CREATE SEQUENCE app.users_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE app.users_id_seq OWNED BY app.users.id;
CREATE TABLE app.notes (
    id bigint NOT NULL
);
ALTER TABLE app.notes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.notes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE app.logs (
    id bigint NOT NULL,
    at date NOT NULL
)
PARTITION BY RANGE (at);
CREATE TABLE app.logs_1 (
    id bigint NOT NULL,
    at date NOT NULL
);
ALTER TABLE ONLY app.logs ATTACH PARTITION app.logs_1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
ALTER TABLE ONLY app.users ALTER COLUMN id SET DEFAULT nextval('app.users_id_seq'::regclass);
INSERT INTO app.users (id, name) VALUES (1, 'a');
SELECT pg_catalog.setval('app.users_id_seq', 1, true);
ALTER TABLE ONLY app.logs ADD CONSTRAINT logs_pkey PRIMARY KEY (id, at);
ALTER TABLE ONLY app.logs_1 ADD CONSTRAINT logs_1_pkey PRIMARY KEY (id, at);
ALTER TABLE ONLY app.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY app.users ADD CONSTRAINT users_name_key UNIQUE (name);
CREATE INDEX logs_at ON ONLY app.logs USING btree (at);
CREATE INDEX logs_1_at_idx ON app.logs_1 USING btree (at);
CREATE INDEX users_name_idx ON app.users USING btree (lower((name)::text) text_pattern_ops, created DESC NULLS LAST) WHERE (status = 'active'::app.status);
ALTER INDEX app.logs_at ATTACH PARTITION app.logs_1_at_idx;
ALTER INDEX app.logs_pkey ATTACH PARTITION app.logs_1_pkey;
ALTER TABLE ONLY app.users ADD CONSTRAINT users_self FOREIGN KEY (id) REFERENCES app.users(id) ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;
GRANT ALL ON TABLE app.users TO PUBLIC;
\unrestrict abc
