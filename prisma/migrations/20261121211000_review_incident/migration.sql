-- AlterTable
ALTER TABLE "review" ADD COLUMN     "incident_id" UUID;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the worker has yet to open an incident about.
CREATE INDEX "review_without_incident" ON "review"("id") WHERE "incident_id" IS NULL
  AND ("state" = 'rollback_failed' OR ("state" = 'lapsed' AND "escalated_at" IS NOT NULL));
