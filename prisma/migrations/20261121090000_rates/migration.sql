-- AlterTable
ALTER TABLE "agent" ADD COLUMN     "rate" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "rate_tat_us" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "agent_rate" (
    "agent_id" UUID NOT NULL,
    "tat_us" BIGINT NOT NULL,

    CONSTRAINT "agent_rate_pkey" PRIMARY KEY ("agent_id")
);

-- AddForeignKey
ALTER TABLE "agent_rate" ADD CONSTRAINT "agent_rate_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE ON "agent_rate" TO "remit_runtime";
