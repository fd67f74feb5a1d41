-- CreateEnum
CREATE TYPE "review_state" AS ENUM ('waiting', 'accepted', 'rolling_back', 'rolled_back', 'rollback_failed', 'lapsed');

-- CreateEnum
CREATE TYPE "review_lapse" AS ENUM ('accept', 'escalate', 'rollback');

-- CreateEnum
CREATE TYPE "rollback_via" AS ENUM ('webhook', 'task');

-- CreateEnum
CREATE TYPE "rollback_state" AS ENUM ('waiting', 'running', 'done', 'failed', 'cancelled');

-- AlterEnum
ALTER TYPE "incident_source" ADD VALUE 'rollback';

-- AlterTable
ALTER TABLE "action" ADD COLUMN     "rollback_args" JSONB;

-- CreateTable
CREATE TABLE "review" (
    "id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "risk" "impact" NOT NULL,
    "state" "review_state" NOT NULL DEFAULT 'waiting',
    "on_lapse" "review_lapse" NOT NULL DEFAULT 'accept',
    "excluded_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "escalated_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,
    "comment" TEXT,
    "release_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollback" (
    "id" UUID NOT NULL,
    "review_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "args" JSON NOT NULL,
    "via" "rollback_via" NOT NULL,
    "state" "rollback_state" NOT NULL DEFAULT 'waiting',
    "requested_by_id" UUID,
    "reason" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "release_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "token_hash" BYTEA,
    "sealed_token" BYTEA,
    "detail" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "rollback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollback_attempt" (
    "rollback_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER,
    "status_code" INTEGER,
    "error" TEXT,

    CONSTRAINT "rollback_attempt_pkey" PRIMARY KEY ("rollback_id","number")
);

-- CreateTable
CREATE TABLE "system_receiver" (
    "id" UUID NOT NULL,
    "system_id" TEXT NOT NULL,
    "sealed_url" BYTEA NOT NULL,
    "shown_url" TEXT NOT NULL,
    "sealed_secret" BYTEA NOT NULL,
    "sealed_previous" BYTEA,
    "previous_until" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "system_receiver_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "review_decision_id_key" ON "review"("decision_id");

-- CreateIndex
CREATE INDEX "review_state_deadline_idx" ON "review"("state", "deadline");

-- CreateIndex
CREATE INDEX "review_agent_id_created_at_idx" ON "review"("agent_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "review_run_id_idx" ON "review"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "rollback_token_hash_key" ON "rollback"("token_hash");

-- CreateIndex
CREATE INDEX "rollback_review_id_idx" ON "rollback"("review_id");

-- CreateIndex
CREATE INDEX "rollback_state_next_at_idx" ON "rollback"("state", "next_at");

-- CreateIndex
CREATE INDEX "rollback_agent_id_state_idx" ON "rollback"("agent_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "system_receiver_system_id_key" ON "system_receiver"("system_id");

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollback_attempt" ADD CONSTRAINT "rollback_attempt_rollback_id_fkey" FOREIGN KEY ("rollback_id") REFERENCES "rollback"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "system_receiver" ADD CONSTRAINT "system_receiver_system_id_fkey" FOREIGN KEY ("system_id") REFERENCES "system"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "system_receiver" ADD CONSTRAINT "system_receiver_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ═══ Guards ══════════════════════════════════════════════════════════════════

-- ── A review moves as lib/reviews/machine.ts says; what it is about is fixed ─
ALTER TABLE "review" ADD CONSTRAINT "review_decided" CHECK (
  ("state" <> 'waiting' OR ("decided_at" IS NULL AND "decided_by_id" IS NULL AND "release_at" IS NULL))
  AND ("state" <> 'accepted' OR "decided_by_id" IS NOT NULL)
  AND ("state" IN ('rolled_back', 'rollback_failed', 'lapsed')) = ("ended_at" IS NOT NULL));
CREATE FUNCTION "review_moves"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> OLD.state AND NOT (
      OLD.state = 'waiting' AND NEW.state IN ('accepted', 'rolling_back', 'rollback_failed', 'lapsed')
      OR OLD.state = 'accepted' AND NEW.state = 'waiting'
      OR OLD.state = 'rolling_back' AND NEW.state IN ('waiting', 'rolled_back', 'rollback_failed')
      OR OLD.state = 'rollback_failed' AND NEW.state = 'rolling_back') THEN
    RAISE EXCEPTION 'review: it does not move from % to %', OLD.state, NEW.state USING ERRCODE = '23514', CONSTRAINT = 'review_moves';
  END IF;
  IF (NEW.decision_id, NEW.run_id, NEW.agent_id, NEW.action, NEW.risk, NEW.on_lapse, NEW.excluded_ids, NEW.created_at)
      IS DISTINCT FROM (OLD.decision_id, OLD.run_id, OLD.agent_id, OLD.action, OLD.risk, OLD.on_lapse, OLD.excluded_ids, OLD.created_at) THEN
    RAISE EXCEPTION 'review: its subject is fixed' USING ERRCODE = '23514', CONSTRAINT = 'review_subject_fixed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "review_moves" BEFORE UPDATE ON "review" FOR EACH ROW EXECUTE FUNCTION "review_moves"();

-- ── A rollback ends once; at most one of a review is open ────────────────────
CREATE UNIQUE INDEX "rollback_open_once" ON "rollback"("review_id") WHERE "state" IN ('waiting', 'running');
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_ended" CHECK (("state" IN ('done', 'failed', 'cancelled')) = ("ended_at" IS NOT NULL));
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_token" CHECK (
  ("token_hash" IS NULL) = ("sealed_token" IS NULL) AND ("via" = 'webhook') = ("token_hash" IS NOT NULL));
CREATE FUNCTION "rollback_ends_once"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('done', 'failed', 'cancelled') OR (NEW.review_id, NEW.agent_id, NEW.action, NEW.via, NEW.requested_by_id, NEW.args::text)
      IS DISTINCT FROM (OLD.review_id, OLD.agent_id, OLD.action, OLD.via, OLD.requested_by_id, OLD.args::text) THEN
    RAISE EXCEPTION 'rollback: it has ended, or what it does is fixed' USING ERRCODE = '23514', CONSTRAINT = 'rollback_ends_once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "rollback_ends_once" BEFORE UPDATE ON "rollback" FOR EACH ROW EXECUTE FUNCTION "rollback_ends_once"();

GRANT SELECT, INSERT, UPDATE ON "review", "rollback" TO "remit_runtime";
GRANT SELECT, INSERT ON "rollback_attempt" TO "remit_runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON "system_receiver" TO "remit_runtime";
