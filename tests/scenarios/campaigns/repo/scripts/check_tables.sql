-- Which tables are there, and how full are they? Paste into psql.
SELECT relname, n_live_tup FROM pg_stat_user_tables ORDER BY n_live_tup DESC;
SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'campaigns';
