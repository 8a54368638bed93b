-- The tables of the platform. Run by the deployment.

create table if not exists public.users (
  id uuid primary key default gen_random_uuid(),
  email character varying(255) unique not null,
  password_hash character varying(255) not null,
  full_name character varying(255),
  company_name character varying(255),
  role character varying(50) default 'user',
  meta_access_token text,
  settings jsonb default '{}'::jsonb,
  created_at timestamp with time zone default current_timestamp,
  updated_at timestamp with time zone default current_timestamp
);

create table if not exists public.campaigns (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.users(id) on delete cascade,
  name character varying(255) not null,
  product_name text not null,
  offer text not null,
  target_avatar text,
  pain_points text,
  desires text,
  status character varying(50) default 'draft' check (status in ('draft', 'active', 'paused', 'completed')),
  budget_daily numeric(12, 2),
  spend numeric(12, 2) default 0,
  revenue numeric(12, 2) default 0,
  roas numeric(10,4) default 0,
  conversions int default 0,
  total_generated int default 0,
  approved_count int default 0,
  rejected_count int default 0,
  target_audience jsonb,
  created_at timestamp with time zone default current_timestamp,
  updated_at timestamp with time zone default current_timestamp
);

create table if not exists public.blueprints (
  id uuid primary key default gen_random_uuid(),
  campaign_id uuid not null references public.campaigns(id) on delete cascade,
  title character varying(255) not null,
  hook text,
  script_json jsonb not null,
  council_score numeric(5,2),
  predicted_roas numeric(10,2),
  verdict character varying(20),
  created_at timestamp with time zone default current_timestamp
);

create table if not exists public.ads (
  id uuid primary key default gen_random_uuid(),
  campaign_id uuid not null references public.campaigns(id) on delete cascade,
  blueprint_id uuid references public.blueprints(id) on delete set null,
  headline character varying(255),
  body text,
  approval_status character varying(20) default 'pending',
  approved_at timestamp with time zone,
  meta_ad_id character varying(100),
  created_at timestamp with time zone default current_timestamp
);

create table if not exists public.render_jobs (
  id uuid primary key default gen_random_uuid(),
  blueprint_id uuid references public.blueprints(id) on delete cascade,
  campaign_id uuid references public.campaigns(id) on delete cascade,
  platform character varying(50) not null,
  quality character varying(20) default 'hd',
  status character varying(50) default 'pending',
  progress int default 0,
  error text,
  created_at timestamp with time zone default current_timestamp,
  completed_at timestamp with time zone
);

create table if not exists public.videos (
  id uuid primary key default gen_random_uuid(),
  campaign_id uuid references public.campaigns(id) on delete cascade,
  ad_id uuid references public.ads(id) on delete set null,
  title character varying(255),
  description text,
  format character varying(20),
  storage_path text,
  duration_seconds numeric(10,2),
  status character varying(50) default 'processing',
  meta_platform_id character varying(100),
  created_at timestamp with time zone default current_timestamp
);

create table if not exists public.clips (
  id uuid primary key default gen_random_uuid(),
  video_id uuid references public.videos(id) on delete cascade,
  asset_id character varying(255),
  name character varying(255),
  transcript text,
  scene_type character varying(50),
  emotions jsonb,
  visual_elements jsonb,
  engagement_score numeric(5,4),
  ctr_score numeric(5,4),
  scene_score numeric(5,4),
  storage_path text,
  created_at timestamp with time zone default current_timestamp
);

create table if not exists public.emotions (
  id uuid primary key default gen_random_uuid(),
  clip_id uuid not null references public.clips(id) on delete cascade,
  emotion character varying(50) not null,
  confidence numeric(5,4),
  at_second numeric(10,3),
  created_at timestamp with time zone default current_timestamp
);

create table if not exists public.daily_analytics (
  id uuid primary key default gen_random_uuid(),
  campaign_id uuid references public.campaigns(id) on delete cascade,
  date date not null,
  impressions bigint default 0,
  clicks bigint default 0,
  spend numeric(12, 2) default 0,
  unique (campaign_id, date)
);

create table if not exists public.jobs (
  id uuid primary key default gen_random_uuid(),
  kind character varying(50) not null,
  payload jsonb default '{}'::jsonb,
  status character varying(20) default 'queued',
  attempts int default 0,
  run_after timestamp with time zone default current_timestamp,
  created_at timestamp with time zone default current_timestamp
);

create table if not exists public.predictions (
  id character varying(255) primary key,
  video_id character varying(255) not null,
  model_version character varying(50),
  predicted_ctr numeric(10,6),
  predicted_roas numeric(10,4),
  actual_ctr numeric(10,6),
  actual_roas numeric(10,4),
  created_at timestamp with time zone default current_timestamp
);

create index if not exists idx_campaigns_user_id on public.campaigns(user_id);
create index if not exists idx_videos_campaign_id on public.videos(campaign_id);
create index if not exists idx_clips_video_id on public.clips(video_id);
create index if not exists idx_jobs_status on public.jobs(status, run_after);
