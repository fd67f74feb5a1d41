-- Drafts of policies, and how often their rules held.

-- CreateEnum
CREATE TYPE "draft_state" AS ENUM ('editing', 'proposed');

-- CreateEnum
CREATE TYPE "rule_effect" AS ENUM ('allow', 'review', 'escalate', 'deny');

-- CreateTable
CREATE TABLE "policy_draft" (
    "policy_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "base_version" INTEGER,
    "rules" JSONB NOT NULL,
    "note" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "state" "draft_state" NOT NULL DEFAULT 'editing',
    "author_ids" UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by_id" UUID,
    "proposed_at" TIMESTAMPTZ(3),
    "proposed_by_id" UUID,

    CONSTRAINT "policy_draft_pkey" PRIMARY KEY ("policy_id")
);

-- CreateTable
CREATE TABLE "rule_hit" (
    "policy_id" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "agent_id" UUID NOT NULL,
    "effect" "rule_effect" NOT NULL,
    "mode" "run_mode" NOT NULL,
    "count" INTEGER NOT NULL,
    "errors" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_hit_pkey" PRIMARY KEY ("policy_id","rule_id","day","agent_id","effect","mode")
);

-- CreateIndex
CREATE UNIQUE INDEX "policy_draft_id_key" ON "policy_draft"("id");

-- CreateIndex
CREATE INDEX "rule_hit_day_idx" ON "rule_hit"("day");

-- A proposal says who made it and when, and only a proposal does.
ALTER TABLE "policy_draft" ADD CONSTRAINT "policy_draft_proposed" CHECK (("state" = 'proposed') = ("proposed_at" IS NOT NULL));
ALTER TABLE "policy_draft" ADD CONSTRAINT "policy_draft_slug" CHECK ("policy_id" ~ '^[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?$');
ALTER TABLE "policy_draft" ADD CONSTRAINT "policy_draft_revision" CHECK ("revision" >= 1);
ALTER TABLE "rule_hit" ADD CONSTRAINT "rule_hit_count" CHECK ("count" > 0 AND "errors" BETWEEN 0 AND "count");

GRANT SELECT, INSERT, UPDATE, DELETE ON "policy_draft", "rule_hit" TO "remit_runtime";
