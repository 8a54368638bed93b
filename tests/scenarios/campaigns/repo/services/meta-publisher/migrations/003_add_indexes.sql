-- The publisher's own log: faster look-ups
CREATE INDEX IF NOT EXISTS idx_publish_log_ad ON publish_log(meta_ad_id);
CREATE INDEX IF NOT EXISTS idx_publish_log_status ON publish_log(status, created_at);
