-- First sketch of the exports table, from before it was in schema.ts. Pasted into an SQL editor by hand.
CREATE TABLE IF NOT EXISTS "reel-lab_exports" (
  id text PRIMARY KEY DEFAULT gen_random_uuid()::text,
  user_id text NOT NULL,
  project_id text NOT NULL,
  render_id text NOT NULL UNIQUE,
  status varchar(20) DEFAULT 'pending',
  progress integer DEFAULT 0,
  format varchar(10) DEFAULT 'mp4',
  quality varchar(10) DEFAULT 'high',
  file_size bigint,
  output_url text,
  error text,
  created_at timestamptz DEFAULT now(),
  completed_at timestamptz
);
