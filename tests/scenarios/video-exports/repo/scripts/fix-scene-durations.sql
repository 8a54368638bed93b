-- Durations are seconds now, not frames. Run once in production.
UPDATE "reel-lab_scene" SET duration = duration / 30 WHERE duration > 30;
ALTER TABLE "reel-lab_scene" ALTER COLUMN duration SET DEFAULT 5;
