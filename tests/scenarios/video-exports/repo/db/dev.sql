--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: auth; Type: SCHEMA; Schema: -; Owner: neondb_owner
--

CREATE SCHEMA auth;


ALTER SCHEMA auth OWNER TO neondb_owner;

--
-- Name: drizzle; Type: SCHEMA; Schema: -; Owner: neondb_owner
--

CREATE SCHEMA drizzle;


ALTER SCHEMA drizzle OWNER TO neondb_owner;

--
-- Name: neon_auth; Type: SCHEMA; Schema: -; Owner: neondb_owner
--

CREATE SCHEMA neon_auth;


ALTER SCHEMA neon_auth OWNER TO neondb_owner;

--
-- Name: pgrst; Type: SCHEMA; Schema: -; Owner: neondb_owner
--

CREATE SCHEMA pgrst;


ALTER SCHEMA pgrst OWNER TO neondb_owner;

--
-- Name: session(); Type: FUNCTION; Schema: auth; Owner: neondb_owner
--

CREATE FUNCTION auth.session() RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$ SELECT current_setting('request.jwt.claims', true)::jsonb $$;


ALTER FUNCTION auth.session() OWNER TO neondb_owner;

--
-- Name: user_id(); Type: FUNCTION; Schema: auth; Owner: neondb_owner
--

CREATE FUNCTION auth.user_id() RETURNS text
    LANGUAGE sql STABLE
    AS $$ SELECT auth.session() ->> 'sub' $$;


ALTER FUNCTION auth.user_id() OWNER TO neondb_owner;

--
-- Name: pre_config(); Type: FUNCTION; Schema: pgrst; Owner: neondb_owner
--

CREATE FUNCTION pgrst.pre_config() RETURNS void
    LANGUAGE sql
    AS $$ SELECT set_config('pgrst.db_schemas', 'public', true) $$;


ALTER FUNCTION pgrst.pre_config() OWNER TO neondb_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: __drizzle_migrations; Type: TABLE; Schema: drizzle; Owner: neondb_owner
--

CREATE TABLE drizzle.__drizzle_migrations (
    id integer NOT NULL,
    hash text NOT NULL,
    created_at bigint
);


ALTER TABLE drizzle.__drizzle_migrations OWNER TO neondb_owner;

--
-- Name: __drizzle_migrations_id_seq; Type: SEQUENCE; Schema: drizzle; Owner: neondb_owner
--

CREATE SEQUENCE drizzle.__drizzle_migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE drizzle.__drizzle_migrations_id_seq OWNER TO neondb_owner;

--
-- Name: __drizzle_migrations_id_seq; Type: SEQUENCE OWNED BY; Schema: drizzle; Owner: neondb_owner
--

ALTER SEQUENCE drizzle.__drizzle_migrations_id_seq OWNED BY drizzle.__drizzle_migrations.id;


--
-- Name: users_sync; Type: TABLE; Schema: neon_auth; Owner: neondb_owner
--

CREATE TABLE neon_auth.users_sync (
    raw_json jsonb NOT NULL,
    id text GENERATED ALWAYS AS ((raw_json ->> 'id'::text)) STORED NOT NULL,
    name text GENERATED ALWAYS AS ((raw_json ->> 'display_name'::text)) STORED,
    email text GENERATED ALWAYS AS ((raw_json ->> 'primary_email'::text)) STORED,
    updated_at timestamp with time zone,
    deleted_at timestamp with time zone
);


ALTER TABLE neon_auth.users_sync OWNER TO neondb_owner;

--
-- Name: api_usage_metric; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public.api_usage_metric (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    "userId" character varying(255),
    "projectId" uuid,
    provider character varying(50) NOT NULL,
    model character varying(100) NOT NULL,
    operation character varying(50) NOT NULL,
    "responseTime" integer NOT NULL,
    success boolean NOT NULL,
    "errorType" character varying(100),
    "tokenCount" integer,
    "timestamp" timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.api_usage_metric OWNER TO neondb_owner;

--
-- Name: reel-lab_account; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_account" (
    user_id character varying(255) NOT NULL,
    type character varying(255) NOT NULL,
    provider character varying(255) NOT NULL,
    provider_account_id character varying(255) NOT NULL,
    refresh_token text,
    access_token text,
    expires_at integer
);


ALTER TABLE public."reel-lab_account" OWNER TO neondb_owner;

--
-- Name: reel-lab_animation_design_brief; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_animation_design_brief" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    project_id uuid NOT NULL,
    component_job_id uuid,
    design_brief jsonb NOT NULL,
    llm_model character varying(100) NOT NULL,
    "originalTsxCode" text,
    "lastFixAttempt" timestamp with time zone,
    "fixIssues" text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public."reel-lab_animation_design_brief" OWNER TO neondb_owner;

--
-- Name: COLUMN "reel-lab_animation_design_brief"."originalTsxCode"; Type: COMMENT; Schema: public; Owner: neondb_owner
--

COMMENT ON COLUMN public."reel-lab_animation_design_brief"."originalTsxCode" IS 'The code before the first automatic repair';


--
-- Name: COLUMN "reel-lab_animation_design_brief"."lastFixAttempt"; Type: COMMENT; Schema: public; Owner: neondb_owner
--

COMMENT ON COLUMN public."reel-lab_animation_design_brief"."lastFixAttempt" IS 'When the repair was last tried';


--
-- Name: COLUMN "reel-lab_animation_design_brief"."fixIssues"; Type: COMMENT; Schema: public; Owner: neondb_owner
--

COMMENT ON COLUMN public."reel-lab_animation_design_brief"."fixIssues" IS 'What the repair found, one problem per line';


--
-- Name: reel-lab_credit_transaction; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_credit_transaction" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id character varying(255) NOT NULL,
    type character varying(50) NOT NULL,
    amount integer NOT NULL,
    description text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public."reel-lab_credit_transaction" OWNER TO neondb_owner;

--
-- Name: reel-lab_custom_component_job; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_custom_component_job" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    project_id uuid NOT NULL,
    effect text NOT NULL,
    status character varying(50) DEFAULT 'pending'::character varying NOT NULL,
    tsx_code text,
    error_message text,
    retry_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone
);


ALTER TABLE public."reel-lab_custom_component_job" OWNER TO neondb_owner;

--
-- Name: reel-lab_export_analytics; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_export_analytics" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    export_id uuid NOT NULL,
    event_type character varying(50) NOT NULL,
    event_data jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    user_agent text
);


ALTER TABLE public."reel-lab_export_analytics" OWNER TO neondb_owner;

--
-- Name: reel-lab_exports; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_exports" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id character varying(255) NOT NULL,
    project_id uuid NOT NULL,
    render_id character varying(255) NOT NULL,
    status character varying(50) DEFAULT 'pending'::character varying NOT NULL,
    progress integer DEFAULT 0 NOT NULL,
    format character varying(10) DEFAULT 'mp4'::character varying NOT NULL,
    quality character varying(20) DEFAULT 'high'::character varying NOT NULL,
    file_size bigint,
    output_url text,
    error text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    completed_at timestamp with time zone
);


ALTER TABLE public."reel-lab_exports" OWNER TO neondb_owner;

--
-- Name: reel-lab_message; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_message" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    project_id uuid NOT NULL,
    content text NOT NULL,
    role character varying(50) NOT NULL,
    kind text DEFAULT 'message'::text NOT NULL,
    status character varying(50) DEFAULT 'success'::character varying,
    sequence integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    image_urls jsonb
);


ALTER TABLE public."reel-lab_message" OWNER TO neondb_owner;

--
-- Name: reel-lab_patch; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_patch" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    project_id uuid NOT NULL,
    patch jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public."reel-lab_patch" OWNER TO neondb_owner;

--
-- Name: reel-lab_project; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_project" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id character varying(255) NOT NULL,
    title character varying(255) NOT NULL,
    props jsonb NOT NULL,
    is_welcome boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone
);


ALTER TABLE public."reel-lab_project" OWNER TO neondb_owner;

--
-- Name: reel-lab_project_memory; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_project_memory" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    project_id uuid NOT NULL,
    memory_type text NOT NULL,
    memory_key character varying(255) NOT NULL,
    memory_value text NOT NULL,
    confidence numeric DEFAULT 0.8 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public."reel-lab_project_memory" OWNER TO neondb_owner;

--
-- Name: reel-lab_scene; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_scene" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    project_id uuid NOT NULL,
    name character varying(255) DEFAULT 'Scene'::character varying NOT NULL,
    "order" integer DEFAULT 0 NOT NULL,
    tsx_code text NOT NULL,
    duration integer DEFAULT 150 NOT NULL,
    props jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public."reel-lab_scene" OWNER TO neondb_owner;

--
-- Name: reel-lab_scene_iteration; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_scene_iteration" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    scene_id uuid NOT NULL,
    project_id uuid NOT NULL,
    operation_type text NOT NULL,
    user_prompt text NOT NULL,
    code_before text,
    code_after text,
    generation_time_ms integer,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public."reel-lab_scene_iteration" OWNER TO neondb_owner;

--
-- Name: reel-lab_scene_plan; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_scene_plan" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    project_id uuid NOT NULL,
    raw_reasoning text,
    plan_data jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public."reel-lab_scene_plan" OWNER TO neondb_owner;

--
-- Name: reel-lab_user; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_user" (
    id character varying(255) NOT NULL,
    name character varying(255),
    email character varying(255) NOT NULL,
    email_verified timestamp with time zone DEFAULT CURRENT_TIMESTAMP,
    image character varying(255),
    is_admin boolean DEFAULT false NOT NULL
);


ALTER TABLE public."reel-lab_user" OWNER TO neondb_owner;

--
-- Name: reel-lab_user_credits; Type: TABLE; Schema: public; Owner: neondb_owner
--

CREATE TABLE public."reel-lab_user_credits" (
    user_id character varying(255) NOT NULL,
    daily_credits integer DEFAULT 20 NOT NULL,
    purchased_credits integer DEFAULT 0 NOT NULL,
    daily_credits_reset_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public."reel-lab_user_credits" OWNER TO neondb_owner;

--
-- Name: __drizzle_migrations id; Type: DEFAULT; Schema: drizzle; Owner: neondb_owner
--

ALTER TABLE ONLY drizzle.__drizzle_migrations ALTER COLUMN id SET DEFAULT nextval('drizzle.__drizzle_migrations_id_seq'::regclass);


--
-- Name: __drizzle_migrations __drizzle_migrations_pkey; Type: CONSTRAINT; Schema: drizzle; Owner: neondb_owner
--

ALTER TABLE ONLY drizzle.__drizzle_migrations
    ADD CONSTRAINT __drizzle_migrations_pkey PRIMARY KEY (id);


--
-- Name: users_sync users_sync_pkey; Type: CONSTRAINT; Schema: neon_auth; Owner: neondb_owner
--

ALTER TABLE ONLY neon_auth.users_sync
    ADD CONSTRAINT users_sync_pkey PRIMARY KEY (id);


--
-- Name: api_usage_metric api_usage_metric_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public.api_usage_metric
    ADD CONSTRAINT api_usage_metric_pkey PRIMARY KEY (id);


--
-- Name: reel-lab_account reel-lab_account_provider_provider_account_id_pk; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_account"
    ADD CONSTRAINT "reel-lab_account_provider_provider_account_id_pk" PRIMARY KEY (provider, provider_account_id);


--
-- Name: reel-lab_animation_design_brief reel-lab_animation_design_brief_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_animation_design_brief"
    ADD CONSTRAINT "reel-lab_animation_design_brief_pkey" PRIMARY KEY (id);


--
-- Name: reel-lab_credit_transaction reel-lab_credit_transaction_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_credit_transaction"
    ADD CONSTRAINT "reel-lab_credit_transaction_pkey" PRIMARY KEY (id);


--
-- Name: reel-lab_custom_component_job reel-lab_custom_component_job_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_custom_component_job"
    ADD CONSTRAINT "reel-lab_custom_component_job_pkey" PRIMARY KEY (id);


--
-- Name: reel-lab_export_analytics reel-lab_export_analytics_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_export_analytics"
    ADD CONSTRAINT "reel-lab_export_analytics_pkey" PRIMARY KEY (id);


--
-- Name: reel-lab_exports reel-lab_exports_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_exports"
    ADD CONSTRAINT "reel-lab_exports_pkey" PRIMARY KEY (id);


--
-- Name: reel-lab_exports reel-lab_exports_render_id_unique; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_exports"
    ADD CONSTRAINT "reel-lab_exports_render_id_unique" UNIQUE (render_id);


--
-- Name: reel-lab_message reel-lab_message_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_message"
    ADD CONSTRAINT "reel-lab_message_pkey" PRIMARY KEY (id);


--
-- Name: reel-lab_patch reel-lab_patch_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_patch"
    ADD CONSTRAINT "reel-lab_patch_pkey" PRIMARY KEY (id);


--
-- Name: reel-lab_project_memory reel-lab_project_memory_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_project_memory"
    ADD CONSTRAINT "reel-lab_project_memory_pkey" PRIMARY KEY (id);


--
-- Name: reel-lab_project reel-lab_project_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_project"
    ADD CONSTRAINT "reel-lab_project_pkey" PRIMARY KEY (id);


--
-- Name: reel-lab_scene_iteration reel-lab_scene_iteration_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_scene_iteration"
    ADD CONSTRAINT "reel-lab_scene_iteration_pkey" PRIMARY KEY (id);


--
-- Name: reel-lab_scene reel-lab_scene_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_scene"
    ADD CONSTRAINT "reel-lab_scene_pkey" PRIMARY KEY (id);


--
-- Name: reel-lab_scene_plan reel-lab_scene_plan_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_scene_plan"
    ADD CONSTRAINT "reel-lab_scene_plan_pkey" PRIMARY KEY (id);


--
-- Name: reel-lab_user_credits reel-lab_user_credits_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_user_credits"
    ADD CONSTRAINT "reel-lab_user_credits_pkey" PRIMARY KEY (user_id);


--
-- Name: reel-lab_user reel-lab_user_pkey; Type: CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_user"
    ADD CONSTRAINT "reel-lab_user_pkey" PRIMARY KEY (id);


--
-- Name: users_sync_deleted_at_idx; Type: INDEX; Schema: neon_auth; Owner: neondb_owner
--

CREATE INDEX users_sync_deleted_at_idx ON neon_auth.users_sync USING btree (deleted_at);


--
-- Name: account_user_id_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX account_user_id_idx ON public."reel-lab_account" USING btree (user_id);


--
-- Name: animation_design_brief_project_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX animation_design_brief_project_idx ON public."reel-lab_animation_design_brief" USING btree (project_id);


--
-- Name: api_metrics_provider_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX api_metrics_provider_idx ON public.api_usage_metric USING btree (provider);


--
-- Name: credit_transaction_user_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX credit_transaction_user_idx ON public."reel-lab_credit_transaction" USING btree (user_id);


--
-- Name: custom_component_job_project_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX custom_component_job_project_idx ON public."reel-lab_custom_component_job" USING btree (project_id);


--
-- Name: custom_component_job_status_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX custom_component_job_status_idx ON public."reel-lab_custom_component_job" USING btree (status);


--
-- Name: export_analytics_export_id_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX export_analytics_export_id_idx ON public."reel-lab_export_analytics" USING btree (export_id);


--
-- Name: exports_project_id_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX exports_project_id_idx ON public."reel-lab_exports" USING btree (project_id);


--
-- Name: exports_user_id_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX exports_user_id_idx ON public."reel-lab_exports" USING btree (user_id);


--
-- Name: message_project_id_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX message_project_id_idx ON public."reel-lab_message" USING btree (project_id);


--
-- Name: project_user_id_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX project_user_id_idx ON public."reel-lab_project" USING btree (user_id);


--
-- Name: project_user_title_unique; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE UNIQUE INDEX project_user_title_unique ON public."reel-lab_project" USING btree (user_id, title);


--
-- Name: scene_iteration_scene_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX scene_iteration_scene_idx ON public."reel-lab_scene_iteration" USING btree (scene_id);


--
-- Name: scene_order_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX scene_order_idx ON public."reel-lab_scene" USING btree (project_id, "order");


--
-- Name: scene_plan_project_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX scene_plan_project_idx ON public."reel-lab_scene_plan" USING btree (project_id);


--
-- Name: scene_project_id_idx; Type: INDEX; Schema: public; Owner: neondb_owner
--

CREATE INDEX scene_project_id_idx ON public."reel-lab_scene" USING btree (project_id);


--
-- Name: reel-lab_account reel-lab_account_user_id_reel-lab_user_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_account"
    ADD CONSTRAINT "reel-lab_account_user_id_reel-lab_user_id_fk" FOREIGN KEY (user_id) REFERENCES public."reel-lab_user"(id);


--
-- Name: reel-lab_animation_design_brief reel-lab_animation_design_brief_component_job_id_reel-lab_custo; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_animation_design_brief"
    ADD CONSTRAINT "reel-lab_animation_design_brief_component_job_id_reel-lab_custo" FOREIGN KEY (component_job_id) REFERENCES public."reel-lab_custom_component_job"(id);


--
-- Name: reel-lab_animation_design_brief reel-lab_animation_design_brief_project_id_reel-lab_project_id_; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_animation_design_brief"
    ADD CONSTRAINT "reel-lab_animation_design_brief_project_id_reel-lab_project_id_" FOREIGN KEY (project_id) REFERENCES public."reel-lab_project"(id);


--
-- Name: reel-lab_credit_transaction reel-lab_credit_transaction_user_id_reel-lab_user_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_credit_transaction"
    ADD CONSTRAINT "reel-lab_credit_transaction_user_id_reel-lab_user_id_fk" FOREIGN KEY (user_id) REFERENCES public."reel-lab_user"(id);


--
-- Name: reel-lab_custom_component_job reel-lab_custom_component_job_project_id_reel-lab_project_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_custom_component_job"
    ADD CONSTRAINT "reel-lab_custom_component_job_project_id_reel-lab_project_id_fk" FOREIGN KEY (project_id) REFERENCES public."reel-lab_project"(id);


--
-- Name: reel-lab_export_analytics reel-lab_export_analytics_export_id_reel-lab_exports_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_export_analytics"
    ADD CONSTRAINT "reel-lab_export_analytics_export_id_reel-lab_exports_id_fk" FOREIGN KEY (export_id) REFERENCES public."reel-lab_exports"(id) ON DELETE CASCADE;


--
-- Name: reel-lab_message reel-lab_message_project_id_reel-lab_project_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_message"
    ADD CONSTRAINT "reel-lab_message_project_id_reel-lab_project_id_fk" FOREIGN KEY (project_id) REFERENCES public."reel-lab_project"(id) ON DELETE CASCADE;


--
-- Name: reel-lab_patch reel-lab_patch_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_patch"
    ADD CONSTRAINT "reel-lab_patch_project_id_fkey" FOREIGN KEY (project_id) REFERENCES public."reel-lab_project"(id);


--
-- Name: reel-lab_project_memory reel-lab_project_memory_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_project_memory"
    ADD CONSTRAINT "reel-lab_project_memory_project_id_fkey" FOREIGN KEY (project_id) REFERENCES public."reel-lab_project"(id) ON DELETE CASCADE;


--
-- Name: reel-lab_project reel-lab_project_user_id_reel-lab_user_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_project"
    ADD CONSTRAINT "reel-lab_project_user_id_reel-lab_user_id_fk" FOREIGN KEY (user_id) REFERENCES public."reel-lab_user"(id);


--
-- Name: reel-lab_scene_iteration reel-lab_scene_iteration_project_id_reel-lab_project_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_scene_iteration"
    ADD CONSTRAINT "reel-lab_scene_iteration_project_id_reel-lab_project_id_fk" FOREIGN KEY (project_id) REFERENCES public."reel-lab_project"(id) ON DELETE CASCADE;


--
-- Name: reel-lab_scene_iteration reel-lab_scene_iteration_scene_id_reel-lab_scene_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_scene_iteration"
    ADD CONSTRAINT "reel-lab_scene_iteration_scene_id_reel-lab_scene_id_fk" FOREIGN KEY (scene_id) REFERENCES public."reel-lab_scene"(id) ON DELETE CASCADE;


--
-- Name: reel-lab_scene_plan reel-lab_scene_plan_project_id_reel-lab_project_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_scene_plan"
    ADD CONSTRAINT "reel-lab_scene_plan_project_id_reel-lab_project_id_fk" FOREIGN KEY (project_id) REFERENCES public."reel-lab_project"(id) ON DELETE CASCADE;


--
-- Name: reel-lab_scene reel-lab_scene_project_id_reel-lab_project_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_scene"
    ADD CONSTRAINT "reel-lab_scene_project_id_reel-lab_project_id_fk" FOREIGN KEY (project_id) REFERENCES public."reel-lab_project"(id) ON DELETE CASCADE;


--
-- Name: reel-lab_user_credits reel-lab_user_credits_user_id_reel-lab_user_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: neondb_owner
--

ALTER TABLE ONLY public."reel-lab_user_credits"
    ADD CONSTRAINT "reel-lab_user_credits_user_id_reel-lab_user_id_fk" FOREIGN KEY (user_id) REFERENCES public."reel-lab_user"(id);


--
-- PostgreSQL database dump complete
--


