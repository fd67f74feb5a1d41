-- Most decisions have no idempotency key and redeem nothing: their nulls were two of ten index entries that each decision paid for.
DROP INDEX "decision_redeemed_approval_id_key";
CREATE UNIQUE INDEX "decision_redeemed_approval_id_key" ON "decision"("redeemed_approval_id") WHERE "redeemed_approval_id" IS NOT NULL;

DROP INDEX "decision_run_id_idempotency_key_key";
CREATE UNIQUE INDEX "decision_run_id_idempotency_key_key" ON "decision"("run_id", "idempotency_key") WHERE "idempotency_key" IS NOT NULL;
