-- 008: who did what, and changes that wait for their time

CREATE TABLE IF NOT EXISTS audit_logs (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    user_id UUID REFERENCES users(id) ON DELETE SET NULL,
    action VARCHAR(100) NOT NULL,
    detail JSONB DEFAULT '{}',
    created_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE TABLE IF NOT EXISTS pending_ad_changes (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    ad_id UUID NOT NULL REFERENCES ads(id) ON DELETE CASCADE,
    change JSONB NOT NULL,
    status VARCHAR(20) DEFAULT 'pending',
    earliest_execute_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX IF NOT EXISTS idx_pending_ad_changes_ready
    ON pending_ad_changes(earliest_execute_at)
    WHERE status = 'pending' AND earliest_execute_at <= NOW();
