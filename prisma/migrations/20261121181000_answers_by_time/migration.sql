-- The worker looks for answers that nobody has been told of, the latest ones only.
-- CreateIndex
CREATE INDEX "approval_entry_kind_at_idx" ON "approval_entry"("kind", "at");
