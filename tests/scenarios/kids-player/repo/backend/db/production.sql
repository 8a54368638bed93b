--
-- PostgreSQL database dump
--

\restrict tdIFaPNKLZk2kJGmjsEyjSK6ah91C0o3OPaoWcxuAIjEmdkGvQkphMpDiAegjlx

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

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: daily_watch_time; Type: TABLE; Schema: public; Owner: player
--

CREATE TABLE public.daily_watch_time (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    profile_id uuid NOT NULL,
    date date NOT NULL,
    total_minutes integer DEFAULT 0,
    timezone character varying(50) DEFAULT 'UTC'::character varying
);


ALTER TABLE public.daily_watch_time OWNER TO player;

--
-- Name: nfc_chips; Type: TABLE; Schema: public; Owner: player
--

CREATE TABLE public.nfc_chips (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    chip_uid character varying(255) NOT NULL,
    label character varying(255),
    is_active boolean DEFAULT true,
    created_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP,
    user_uuid uuid
);


ALTER TABLE public.nfc_chips OWNER TO player;

--
-- Name: platforms; Type: TABLE; Schema: public; Owner: player
--

CREATE TABLE public.platforms (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name character varying(100) NOT NULL,
    icon_url character varying(500),
    api_endpoint character varying(500),
    is_active boolean DEFAULT true
);


ALTER TABLE public.platforms OWNER TO player;

--
-- Name: profiles; Type: TABLE; Schema: public; Owner: player
--

CREATE TABLE public.profiles (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    name character varying(255) NOT NULL,
    avatar_url character varying(500),
    daily_limit_minutes integer DEFAULT 60,
    deleted_at timestamp without time zone,
    created_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP
);


ALTER TABLE public.profiles OWNER TO player;

--
-- Name: token_blacklist; Type: TABLE; Schema: public; Owner: player
--

CREATE TABLE public.token_blacklist (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    token_jti character varying(255) NOT NULL,
    user_id uuid,
    revoked_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP,
    expires_at timestamp without time zone NOT NULL
);


ALTER TABLE public.token_blacklist OWNER TO player;

--
-- Name: users; Type: TABLE; Schema: public; Owner: player
--

CREATE TABLE public.users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email character varying(255) NOT NULL,
    password_hash character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    deleted_at timestamp without time zone,
    deleted_by uuid,
    created_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP,
    user_uuid uuid DEFAULT gen_random_uuid()
);


ALTER TABLE public.users OWNER TO player;

--
-- Name: video_nfc_mappings; Type: TABLE; Schema: public; Owner: player
--

CREATE TABLE public.video_nfc_mappings (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    video_id uuid NOT NULL,
    nfc_chip_id uuid NOT NULL,
    profile_id uuid,
    max_watch_time_minutes integer,
    is_active boolean DEFAULT true,
    created_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP
);


ALTER TABLE public.video_nfc_mappings OWNER TO player;

--
-- Name: videos; Type: TABLE; Schema: public; Owner: player
--

CREATE TABLE public.videos (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    platform_id uuid,
    title character varying(500) NOT NULL,
    description text,
    thumbnail_url character varying(500),
    platform_video_id character varying(255),
    duration_seconds integer,
    age_rating character varying(10),
    created_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP,
    video_url text,
    channel_name character varying(255)
);


ALTER TABLE public.videos OWNER TO player;

--
-- Name: watch_sessions; Type: TABLE; Schema: public; Owner: player
--

CREATE TABLE public.watch_sessions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    profile_id uuid NOT NULL,
    video_id uuid NOT NULL,
    started_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP,
    ended_at timestamp without time zone,
    duration_seconds integer,
    stopped_reason character varying(50)
);


ALTER TABLE public.watch_sessions OWNER TO player;

--
-- Name: daily_watch_time daily_watch_time_pkey; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.daily_watch_time
    ADD CONSTRAINT daily_watch_time_pkey PRIMARY KEY (id);


--
-- Name: daily_watch_time daily_watch_time_profile_id_date_key; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.daily_watch_time
    ADD CONSTRAINT daily_watch_time_profile_id_date_key UNIQUE (profile_id, date);


--
-- Name: nfc_chips nfc_chips_chip_uid_key; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.nfc_chips
    ADD CONSTRAINT nfc_chips_chip_uid_key UNIQUE (chip_uid);


--
-- Name: nfc_chips nfc_chips_pkey; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.nfc_chips
    ADD CONSTRAINT nfc_chips_pkey PRIMARY KEY (id);


--
-- Name: platforms platforms_pkey; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.platforms
    ADD CONSTRAINT platforms_pkey PRIMARY KEY (id);


--
-- Name: profiles profiles_pkey; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_pkey PRIMARY KEY (id);


--
-- Name: token_blacklist token_blacklist_pkey; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.token_blacklist
    ADD CONSTRAINT token_blacklist_pkey PRIMARY KEY (id);


--
-- Name: token_blacklist token_blacklist_token_jti_key; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.token_blacklist
    ADD CONSTRAINT token_blacklist_token_jti_key UNIQUE (token_jti);


--
-- Name: videos unique_video_url_per_user; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.videos
    ADD CONSTRAINT unique_video_url_per_user UNIQUE (user_id, video_url);


--
-- Name: users users_email_key; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: users users_user_uuid_key; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_user_uuid_key UNIQUE (user_uuid);


--
-- Name: video_nfc_mappings video_nfc_mappings_pkey; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.video_nfc_mappings
    ADD CONSTRAINT video_nfc_mappings_pkey PRIMARY KEY (id);


--
-- Name: video_nfc_mappings video_nfc_mappings_video_id_nfc_chip_id_profile_id_key; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.video_nfc_mappings
    ADD CONSTRAINT video_nfc_mappings_video_id_nfc_chip_id_profile_id_key UNIQUE (video_id, nfc_chip_id, profile_id);


--
-- Name: videos videos_pkey; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.videos
    ADD CONSTRAINT videos_pkey PRIMARY KEY (id);


--
-- Name: watch_sessions watch_sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.watch_sessions
    ADD CONSTRAINT watch_sessions_pkey PRIMARY KEY (id);


--
-- Name: idx_daily_watch_time_profile_date; Type: INDEX; Schema: public; Owner: player
--

CREATE INDEX idx_daily_watch_time_profile_date ON public.daily_watch_time USING btree (profile_id, date);


--
-- Name: idx_nfc_chips_user_id; Type: INDEX; Schema: public; Owner: player
--

CREATE INDEX idx_nfc_chips_user_id ON public.nfc_chips USING btree (user_id);


--
-- Name: idx_token_blacklist_expires_at; Type: INDEX; Schema: public; Owner: player
--

CREATE INDEX idx_token_blacklist_expires_at ON public.token_blacklist USING btree (expires_at);


--
-- Name: idx_videos_user_id; Type: INDEX; Schema: public; Owner: player
--

CREATE INDEX idx_videos_user_id ON public.videos USING btree (user_id);


--
-- Name: idx_watch_sessions_profile_id; Type: INDEX; Schema: public; Owner: player
--

CREATE INDEX idx_watch_sessions_profile_id ON public.watch_sessions USING btree (profile_id);


--
-- Name: daily_watch_time daily_watch_time_profile_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.daily_watch_time
    ADD CONSTRAINT daily_watch_time_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES public.profiles(id);


--
-- Name: nfc_chips fk_nfc_chips_user_uuid; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.nfc_chips
    ADD CONSTRAINT fk_nfc_chips_user_uuid FOREIGN KEY (user_uuid) REFERENCES public.users(user_uuid);


--
-- Name: nfc_chips nfc_chips_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.nfc_chips
    ADD CONSTRAINT nfc_chips_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: profiles profiles_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: token_blacklist token_blacklist_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.token_blacklist
    ADD CONSTRAINT token_blacklist_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: users users_deleted_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_deleted_by_fkey FOREIGN KEY (deleted_by) REFERENCES public.users(id);


--
-- Name: video_nfc_mappings video_nfc_mappings_nfc_chip_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.video_nfc_mappings
    ADD CONSTRAINT video_nfc_mappings_nfc_chip_id_fkey FOREIGN KEY (nfc_chip_id) REFERENCES public.nfc_chips(id);


--
-- Name: video_nfc_mappings video_nfc_mappings_profile_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.video_nfc_mappings
    ADD CONSTRAINT video_nfc_mappings_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES public.profiles(id);


--
-- Name: video_nfc_mappings video_nfc_mappings_video_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.video_nfc_mappings
    ADD CONSTRAINT video_nfc_mappings_video_id_fkey FOREIGN KEY (video_id) REFERENCES public.videos(id);


--
-- Name: videos videos_platform_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.videos
    ADD CONSTRAINT videos_platform_id_fkey FOREIGN KEY (platform_id) REFERENCES public.platforms(id);


--
-- Name: videos videos_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.videos
    ADD CONSTRAINT videos_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: watch_sessions watch_sessions_profile_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.watch_sessions
    ADD CONSTRAINT watch_sessions_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES public.profiles(id);


--
-- Name: watch_sessions watch_sessions_video_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: player
--

ALTER TABLE ONLY public.watch_sessions
    ADD CONSTRAINT watch_sessions_video_id_fkey FOREIGN KEY (video_id) REFERENCES public.videos(id);


--
-- PostgreSQL database dump complete
--

\unrestrict tdIFaPNKLZk2kJGmjsEyjSK6ah91C0o3OPaoWcxuAIjEmdkGvQkphMpDiAegjlx

