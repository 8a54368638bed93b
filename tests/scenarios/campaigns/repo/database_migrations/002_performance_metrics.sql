create table if not exists public.performance_metrics (
  id serial primary key,
  video_id uuid references public.videos(id) on delete cascade,
  campaign_id uuid references public.campaigns(id) on delete cascade,
  platform character varying(50) not null,
  date date not null,
  impressions int default 0,
  clicks int default 0,
  ctr numeric(8, 4),
  spend numeric(12, 2) default 0,
  recorded_at timestamp with time zone default current_timestamp
);
