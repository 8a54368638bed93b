create table if not exists public.winning_patterns (
  id uuid primary key default gen_random_uuid(),
  industry character varying(100) not null,
  hook_style character varying(50),
  emotional_arc jsonb,
  cta_type character varying(50),
  sample_count int default 0,
  avg_roas numeric(10, 4),
  created_at timestamp with time zone default current_timestamp
);
