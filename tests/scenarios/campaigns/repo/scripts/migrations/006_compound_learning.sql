-- 006: learning from one cycle to the next

CREATE TABLE IF NOT EXISTS learning_cycles (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    number INTEGER NOT NULL,
    started_at TIMESTAMPTZ DEFAULT NOW(),
    finished_at TIMESTAMPTZ
);

CREATE TABLE IF NOT EXISTS feedback_loops (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    cycle_id UUID NOT NULL REFERENCES learning_cycles(id) ON DELETE CASCADE,
    source VARCHAR(50) NOT NULL,
    events INTEGER DEFAULT 0
);

CREATE TABLE IF NOT EXISTS compound_learnings (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    cycle_id UUID REFERENCES learning_cycles(id) ON DELETE SET NULL,
    lesson TEXT NOT NULL,
    effect DECIMAL(6,3)
);

CREATE TABLE IF NOT EXISTS improvement_trajectory (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    metric VARCHAR(50) NOT NULL,
    day DATE NOT NULL,
    value DECIMAL(12,4) NOT NULL
);

ALTER TABLE improvement_trajectory
    ADD CONSTRAINT IF NOT EXISTS improvement_trajectory_metric_day UNIQUE (metric, day);
