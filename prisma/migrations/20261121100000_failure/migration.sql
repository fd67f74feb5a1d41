-- CreateEnum
CREATE TYPE "appeal_state" AS ENUM ('pending', 'upheld', 'granted');

-- CreateEnum
CREATE TYPE "appeal_subject" AS ENUM ('policy', 'authority');

-- CreateEnum
CREATE TYPE "appeal_outcome" AS ENUM ('permit', 'change');

-- CreateEnum
CREATE TYPE "incident_state" AS ENUM ('open', 'resolved');

-- CreateEnum
CREATE TYPE "incident_severity" AS ENUM ('low', 'medium', 'high', 'critical');

-- CreateEnum
CREATE TYPE "incident_source" AS ENUM ('person', 'tool_errors', 'rejections');

-- CreateEnum
CREATE TYPE "incident_entry_kind" AS ENUM ('opened', 'seen', 'paused', 'note', 'resumed', 'resolved');

-- AlterTable
ALTER TABLE "approval" ADD COLUMN     "overrides" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "tool_errors" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "appeal" (
    "id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "subject" "appeal_subject" NOT NULL,
    "rules" TEXT[],
    "reason" TEXT NOT NULL,
    "evidence" JSON,
    "state" "appeal_state" NOT NULL DEFAULT 'pending',
    "outcome" "appeal_outcome",
    "excluded_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,
    "comment" TEXT,
    "approval_id" UUID,
    "idempotency_key" TEXT,
    "request_hash" BYTEA NOT NULL,

    CONSTRAINT "appeal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "state" "incident_state" NOT NULL DEFAULT 'open',
    "severity" "incident_severity" NOT NULL,
    "source" "incident_source" NOT NULL,
    "title" TEXT NOT NULL,
    "open_key" TEXT,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by_id" UUID,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" UUID,
    "cause" TEXT,
    "resumed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_run" (
    "incident_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "incident_run_pkey" PRIMARY KEY ("incident_id","run_id")
);

-- CreateTable
CREATE TABLE "incident_entry" (
    "id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" "incident_entry_kind" NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "text" TEXT NOT NULL,
    "run_id" UUID,

    CONSTRAINT "incident_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "failure_signal" (
    "id" UUID NOT NULL,
    "rule" "incident_source" NOT NULL,
    "agent_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "count" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "failure_signal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_conflict" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "allow_rule" TEXT NOT NULL,
    "deny_rule" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "open_key" TEXT,
    "times" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "last_decision_id" UUID NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" UUID,
    "note" TEXT,

    CONSTRAINT "policy_conflict_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "appeal_decision_id_key" ON "appeal"("decision_id");

-- CreateIndex
CREATE UNIQUE INDEX "appeal_approval_id_key" ON "appeal"("approval_id");

-- CreateIndex
CREATE INDEX "appeal_state_opened_at_idx" ON "appeal"("state", "opened_at" DESC);

-- CreateIndex
CREATE INDEX "appeal_agent_id_opened_at_idx" ON "appeal"("agent_id", "opened_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "appeal_run_id_idempotency_key_key" ON "appeal"("run_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "incident_open_key_key" ON "incident"("open_key");

-- CreateIndex
CREATE INDEX "incident_state_opened_at_idx" ON "incident"("state", "opened_at" DESC);

-- CreateIndex
CREATE INDEX "incident_agent_id_opened_at_idx" ON "incident"("agent_id", "opened_at" DESC);

-- CreateIndex
CREATE INDEX "incident_run_run_id_idx" ON "incident_run"("run_id");

-- CreateIndex
CREATE INDEX "incident_entry_incident_id_at_idx" ON "incident_entry"("incident_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "policy_conflict_open_key_key" ON "policy_conflict"("open_key");

-- CreateIndex
CREATE INDEX "policy_conflict_resolved_at_last_at_idx" ON "policy_conflict"("resolved_at", "last_at" DESC);

-- CreateIndex
CREATE INDEX "policy_conflict_agent_id_idx" ON "policy_conflict"("agent_id");

-- AddForeignKey
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_opened_by_id_fkey" FOREIGN KEY ("opened_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_resolved_by_id_fkey" FOREIGN KEY ("resolved_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_run" ADD CONSTRAINT "incident_run_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_run" ADD CONSTRAINT "incident_run_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_entry" ADD CONSTRAINT "incident_entry_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_conflict" ADD CONSTRAINT "policy_conflict_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_conflict" ADD CONSTRAINT "policy_conflict_resolved_by_id_fkey" FOREIGN KEY ("resolved_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ═══ Guards ══════════════════════════════════════════════════════════════════

-- ── An incident is open or resolved, and stays resolved ──────────────────────
ALTER TABLE "incident" ADD CONSTRAINT "incident_resolved" CHECK (
  ("state" = 'resolved') = ("resolved_at" IS NOT NULL AND "cause" IS NOT NULL) AND ("state" = 'open' OR "open_key" IS NULL)
  AND ("state" = 'resolved' OR NOT "resumed"));
CREATE FUNCTION "incident_stays_resolved"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'resolved' THEN
    RAISE EXCEPTION 'incident: it is resolved' USING ERRCODE = '23514', CONSTRAINT = 'incident_stays_resolved';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "incident_stays_resolved" BEFORE UPDATE ON "incident" FOR EACH ROW EXECUTE FUNCTION "incident_stays_resolved"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "incident_entry" FOR EACH ROW EXECUTE FUNCTION "append_only"();
ALTER TABLE "policy_conflict" ADD CONSTRAINT "policy_conflict_resolved" CHECK (("resolved_at" IS NULL) = ("open_key" IS NOT NULL));

-- ── An appeal is decided once; what it asked for does not change ─────────────
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_decided" CHECK (
  ("state" = 'pending') = ("decided_at" IS NULL) AND ("decided_at" IS NULL) = ("decided_by_id" IS NULL)
  AND ("state" = 'granted') = ("outcome" IS NOT NULL) AND ("approval_id" IS NOT NULL) = ("outcome" IS NOT NULL AND "outcome" = 'permit'));
CREATE FUNCTION "appeal_moves_once"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'pending' OR (NEW.decision_id, NEW.run_id, NEW.agent_id, NEW.action, NEW.code, NEW.subject, NEW.rules, NEW.reason)
      IS DISTINCT FROM (OLD.decision_id, OLD.run_id, OLD.agent_id, OLD.action, OLD.code, OLD.subject, OLD.rules, OLD.reason) THEN
    RAISE EXCEPTION 'appeal: it is decided, or its subject is fixed' USING ERRCODE = '23514', CONSTRAINT = 'appeal_moves_once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "appeal_moves_once" BEFORE UPDATE ON "appeal" FOR EACH ROW EXECUTE FUNCTION "appeal_moves_once"();

-- ── What a permit overrides is fixed when it is given ────────────────────────
CREATE FUNCTION "approval_overrides_fixed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'approval: what it overrides is fixed' USING ERRCODE = '23514', CONSTRAINT = 'approval_overrides_fixed';
END $$;
CREATE TRIGGER "approval_overrides_fixed" BEFORE UPDATE ON "approval" FOR EACH ROW
  WHEN (NEW."overrides" IS DISTINCT FROM OLD."overrides") EXECUTE FUNCTION "approval_overrides_fixed"();

GRANT SELECT, INSERT ON "incident_entry", "incident_run" TO "remit_runtime";
GRANT SELECT, INSERT, UPDATE ON "incident", "policy_conflict", "appeal" TO "remit_runtime";
GRANT SELECT, INSERT, DELETE ON "failure_signal" TO "remit_runtime";
