-- 005: patterns that hold in several accounts

CREATE TABLE IF NOT EXISTS cross_account_patterns (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    industry VARCHAR(100) NOT NULL,
    pattern JSONB NOT NULL,
    confidence DECIMAL(5,4) DEFAULT 0,
    created_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE TABLE IF NOT EXISTS pattern_contributions (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    pattern_id UUID NOT NULL REFERENCES cross_account_patterns(id) ON DELETE CASCADE,
    account_hash VARCHAR(64) NOT NULL,
    samples INTEGER NOT NULL,
    UNIQUE (pattern_id, account_hash)
);

CREATE TABLE IF NOT EXISTS pattern_applications (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    pattern_id UUID NOT NULL REFERENCES cross_account_patterns(id) ON DELETE CASCADE,
    campaign_id UUID NOT NULL REFERENCES campaigns(id) ON DELETE CASCADE,
    applied_at TIMESTAMPTZ DEFAULT NOW()
);
