-- Drafts tried on stored decisions.

-- CreateEnum
CREATE TYPE "simulation_state" AS ENUM ('queued', 'running', 'done', 'cancelled', 'failed');

-- CreateTable
CREATE TABLE "simulation" (
    "id" UUID NOT NULL,
    "policy_id" TEXT NOT NULL,
    "draft_id" UUID NOT NULL,
    "draft_revision" INTEGER NOT NULL,
    "rules_hash" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "days" INTEGER NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "agent_id" UUID,
    "action" TEXT,
    "everywhere" BOOLEAN NOT NULL,
    "reach" UUID[] DEFAULT ARRAY[]::UUID[],
    "state" "simulation_state" NOT NULL DEFAULT 'queued',
    "total" INTEGER NOT NULL DEFAULT 0,
    "passed" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "checkpoint" JSONB,
    "result" JSONB,
    "config_version" BIGINT,
    "in_force" INTEGER,
    "fault" TEXT,
    "requested_by_id" UUID,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "simulation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "simulation_policy_id_requested_at_idx" ON "simulation"("policy_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "simulation_state_requested_at_idx" ON "simulation"("state", "requested_at");

ALTER TABLE "simulation" ADD CONSTRAINT "simulation_days" CHECK ("days" BETWEEN 1 AND 90);
ALTER TABLE "simulation" ADD CONSTRAINT "simulation_ends" CHECK (("state" IN ('done', 'cancelled', 'failed')) = ("finished_at" IS NOT NULL));
ALTER TABLE "simulation" ADD CONSTRAINT "simulation_result" CHECK (("state" = 'done') = ("result" IS NOT NULL));

GRANT SELECT, INSERT, UPDATE, DELETE ON "simulation" TO "remit_runtime";
