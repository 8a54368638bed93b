-- 007: how others do

CREATE TABLE IF NOT EXISTS industry_benchmarks (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    industry VARCHAR(100) NOT NULL,
    metric VARCHAR(50) NOT NULL,
    median DECIMAL(12,4),
    updated_at TIMESTAMPTZ DEFAULT NOW(),
    UNIQUE (industry, metric)
);

CREATE TABLE IF NOT EXISTS winning_ad_patterns (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    ad_library_id VARCHAR(100) UNIQUE,
    hook_type VARCHAR(50),
    days_running INTEGER,
    first_seen DATE
);
