-- CreateIndex
CREATE INDEX "notification_delivery_person_id_created_at_idx" ON "notification_delivery"("person_id", "created_at" DESC);

-- What is closed is forgotten after a while.
GRANT DELETE ON "approval_notice" TO "remit_runtime";
