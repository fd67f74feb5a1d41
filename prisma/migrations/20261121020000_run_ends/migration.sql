-- The overview's feed reads the runs that ended last.
CREATE INDEX "run_ended_at_idx" ON "run"("ended_at" DESC);
