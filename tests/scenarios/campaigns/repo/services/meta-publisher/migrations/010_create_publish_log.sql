-- What was sent to Meta, and what it answered
CREATE TABLE IF NOT EXISTS publish_log (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    meta_ad_id VARCHAR(100),
    status VARCHAR(20) NOT NULL,
    response JSONB,
    created_at TIMESTAMPTZ DEFAULT NOW()
);
