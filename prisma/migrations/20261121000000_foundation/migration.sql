-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "person_status" AS ENUM ('active', 'disabled');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('admin', 'manager', 'reviewer', 'auditor');

-- CreateEnum
CREATE TYPE "node_kind" AS ENUM ('team', 'person', 'agent');

-- CreateEnum
CREATE TYPE "agent_status" AS ENUM ('active', 'suspended', 'retired');

-- CreateEnum
CREATE TYPE "tier" AS ENUM ('observe', 'recommend', 'prepare', 'execute', 'escalate');

-- CreateEnum
CREATE TYPE "action_kind" AS ENUM ('read', 'draft', 'propose', 'execute');

-- CreateEnum
CREATE TYPE "reversibility" AS ENUM ('reversible', 'compensable', 'irreversible');

-- CreateEnum
CREATE TYPE "impact" AS ENUM ('low', 'medium', 'high');

-- CreateEnum
CREATE TYPE "run_status" AS ENUM ('running', 'succeeded', 'failed', 'blocked', 'halted', 'lost');

-- CreateEnum
CREATE TYPE "run_mode" AS ENUM ('live', 'shadow');

-- CreateEnum
CREATE TYPE "event_kind" AS ENUM ('llm', 'tool', 'step', 'output', 'error', 'log');

-- CreateEnum
CREATE TYPE "effect" AS ENUM ('allow', 'deny', 'escalate');

-- CreateEnum
CREATE TYPE "approval_state" AS ENUM ('pending', 'approved', 'rejected', 'expired', 'cancelled');

-- CreateTable
CREATE TABLE "configuration" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" BIGINT NOT NULL DEFAULT 1,
    "organisation" TEXT NOT NULL DEFAULT 'Remit',
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "kill_switch" BOOLEAN NOT NULL DEFAULT false,
    "kill_switch_reason" TEXT,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "configuration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" "person_status" NOT NULL DEFAULT 'active',
    "password_hash" TEXT,
    "session_epoch" INTEGER NOT NULL DEFAULT 0,
    "time_zone" TEXT,
    "last_sign_in_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invite" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invite_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_binding" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "node_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_binding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_throttle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "window_ends_at" TIMESTAMPTZ(3) NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "node" (
    "id" UUID NOT NULL,
    "parent_id" UUID,
    "kind" "node_kind" NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "lead_id" UUID,
    "person_id" UUID,
    "suspended" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "node_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "status" "agent_status" NOT NULL DEFAULT 'active',
    "suspended_reason" TEXT,
    "tier" "tier" NOT NULL DEFAULT 'observe',
    "version" INTEGER NOT NULL DEFAULT 1,
    "envelope" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_version" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "boundary" JSONB NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grant" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "pattern" TEXT NOT NULL,
    "condition" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "system" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "system_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "action" (
    "id" TEXT NOT NULL,
    "system_id" TEXT NOT NULL,
    "title" TEXT,
    "description" TEXT,
    "kind" "action_kind" NOT NULL,
    "reversibility" "reversibility" NOT NULL DEFAULT 'irreversible',
    "impact" "impact" NOT NULL DEFAULT 'high',
    "data_classes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "args" JSONB,
    "evidence" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "fact" JSONB,
    "rollback" TEXT,
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "action_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "published_version" INTEGER,
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "policy_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "note" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("policy_id","number")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "agent_version_id" UUID NOT NULL,
    "credential_id" UUID,
    "parent_run_id" UUID,
    "depth" INTEGER NOT NULL DEFAULT 0,
    "token_hash" BYTEA NOT NULL,
    "token_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "token_revoked_at" TIMESTAMPTZ(3),
    "status" "run_status" NOT NULL DEFAULT 'running',
    "mode" "run_mode" NOT NULL DEFAULT 'live',
    "trigger" JSONB NOT NULL,
    "input" JSON,
    "on_behalf_of" JSONB,
    "instruction" TEXT,
    "model" TEXT,
    "scope" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "output" JSON,
    "follow_up" JSON,
    "error" JSON,
    "blocker" JSON,
    "completion_hash" BYTEA,
    "idempotency_key" TEXT,
    "request_hash" BYTEA,
    "decisions" INTEGER NOT NULL DEFAULT 0,
    "denials" INTEGER NOT NULL DEFAULT 0,
    "escalations" INTEGER NOT NULL DEFAULT 0,
    "events" INTEGER NOT NULL DEFAULT 0,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "cost_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "unpriced_calls" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "run_day" DATE NOT NULL,
    "run_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "agent_id" UUID NOT NULL,
    "kind" "event_kind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER,
    "parent_event_id" TEXT,
    "name" TEXT,
    "decision_id" UUID,
    "cost_micro_usd" BIGINT,
    "payload" JSON NOT NULL,
    "content_hash" BYTEA NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("run_day","run_id","id")
) PARTITION BY RANGE ("run_day");

-- CreateTable
CREATE TABLE "decision" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "args" JSON NOT NULL,
    "args_hash" BYTEA NOT NULL,
    "resource" JSON,
    "evidence" JSON,
    "estimate" JSON,
    "effect" "effect" NOT NULL,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "checks" JSON NOT NULL,
    "mode" "run_mode" NOT NULL DEFAULT 'live',
    "config_version" BIGINT NOT NULL,
    "redeemed_approval_id" UUID,
    "review_deadline" TIMESTAMPTZ(3),
    "idempotency_key" TEXT,
    "request_hash" BYTEA,
    "latency_us" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval" (
    "id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "args" JSON NOT NULL,
    "args_hash" BYTEA NOT NULL,
    "state" "approval_state" NOT NULL DEFAULT 'pending',
    "code" TEXT NOT NULL,
    "risk" "impact" NOT NULL,
    "approver_ids" UUID[],
    "excluded_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,
    "comment" TEXT,
    "valid_until" TIMESTAMPTZ(3),
    "redeemed_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_stream" (
    "id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "head_hash" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_stream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_record" (
    "stream" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "node_id" UUID,
    "body" TEXT NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_record_pkey" PRIMARY KEY ("stream","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "invite_token_hash_key" ON "invite"("token_hash");

-- CreateIndex
CREATE INDEX "invite_person_id_idx" ON "invite"("person_id");

-- CreateIndex
CREATE INDEX "role_binding_node_id_idx" ON "role_binding"("node_id");

-- CreateIndex
CREATE UNIQUE INDEX "role_binding_person_id_role_node_id_key" ON "role_binding"("person_id", "role", "node_id");

-- CreateIndex
CREATE UNIQUE INDEX "node_slug_key" ON "node"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "node_person_id_key" ON "node"("person_id");

-- CreateIndex
CREATE INDEX "node_parent_id_idx" ON "node"("parent_id");

-- CreateIndex
CREATE INDEX "agent_owner_id_idx" ON "agent"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_version_agent_id_number_key" ON "agent_version"("agent_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "credential_secret_hash_key" ON "credential"("secret_hash");

-- CreateIndex
CREATE INDEX "credential_agent_id_idx" ON "credential"("agent_id");

-- CreateIndex
CREATE INDEX "grant_agent_id_idx" ON "grant"("agent_id");

-- CreateIndex
CREATE INDEX "action_system_id_idx" ON "action"("system_id");

-- CreateIndex
CREATE UNIQUE INDEX "run_token_hash_key" ON "run"("token_hash");

-- CreateIndex
CREATE INDEX "run_agent_id_started_at_idx" ON "run"("agent_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "run_started_at_idx" ON "run"("started_at" DESC);

-- CreateIndex
CREATE INDEX "run_status_lease_until_idx" ON "run"("status", "lease_until");

-- CreateIndex
CREATE INDEX "run_parent_run_id_idx" ON "run"("parent_run_id");

-- CreateIndex
CREATE UNIQUE INDEX "run_agent_id_idempotency_key_key" ON "run"("agent_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "event_run_id_at_idx" ON "event"("run_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "decision_redeemed_approval_id_key" ON "decision"("redeemed_approval_id");

-- CreateIndex
CREATE INDEX "decision_run_id_at_idx" ON "decision"("run_id", "at");

-- CreateIndex
CREATE INDEX "decision_agent_id_at_idx" ON "decision"("agent_id", "at" DESC);

-- CreateIndex
CREATE INDEX "decision_at_idx" ON "decision"("at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "decision_run_id_idempotency_key_key" ON "decision"("run_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "approval_decision_id_key" ON "approval"("decision_id");

-- CreateIndex
CREATE INDEX "approval_state_deadline_idx" ON "approval"("state", "deadline");

-- CreateIndex
CREATE INDEX "approval_agent_id_requested_at_idx" ON "approval"("agent_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "approval_run_id_idx" ON "approval"("run_id");

-- CreateIndex
CREATE INDEX "audit_record_at_idx" ON "audit_record"("at" DESC);

-- CreateIndex
CREATE INDEX "audit_record_node_id_at_idx" ON "audit_record"("node_id", "at" DESC);

-- CreateIndex
CREATE INDEX "audit_record_subject_id_at_idx" ON "audit_record"("subject_id", "at" DESC);

-- AddForeignKey
ALTER TABLE "invite" ADD CONSTRAINT "invite_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_binding" ADD CONSTRAINT "role_binding_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_binding" ADD CONSTRAINT "role_binding_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "node" ADD CONSTRAINT "node_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "node" ADD CONSTRAINT "node_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "node" ADD CONSTRAINT "node_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_id_fkey" FOREIGN KEY ("id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_version" ADD CONSTRAINT "agent_version_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action" ADD CONSTRAINT "action_system_id_fkey" FOREIGN KEY ("system_id") REFERENCES "system"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_agent_version_id_fkey" FOREIGN KEY ("agent_version_id") REFERENCES "agent_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credential"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_parent_run_id_fkey" FOREIGN KEY ("parent_run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_redeemed_approval_id_fkey" FOREIGN KEY ("redeemed_approval_id") REFERENCES "approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ═══ Guards: what the schema language cannot say ═════════════════════════════

-- ── One row of configuration, one audit stream for what people change ────────
INSERT INTO "configuration" ("id") VALUES (1);
ALTER TABLE "configuration" ADD CONSTRAINT "configuration_one_row" CHECK ("id" = 1);
INSERT INTO "audit_stream" ("id", "head_hash") VALUES ('configuration', decode(repeat('00', 32), 'hex'));

-- ── I11: the chart is a tree with one root ───────────────────────────────────
-- Edits of the tree take one lock, so that two moves that are each fine cannot make a cycle together.
CREATE FUNCTION "node_keeps_tree"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ancestor uuid := NEW.parent_id;
  steps int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7364901);
  IF NEW.parent_id IS NULL AND EXISTS (SELECT 1 FROM node WHERE parent_id IS NULL AND id <> NEW.id) THEN
    RAISE EXCEPTION 'chart: a second root' USING ERRCODE = '23514', CONSTRAINT = 'node_one_root';
  END IF;
  WHILE ancestor IS NOT NULL LOOP
    steps := steps + 1;
    IF ancestor = NEW.id OR steps > 1000 THEN
      RAISE EXCEPTION 'chart: a cycle' USING ERRCODE = '23514', CONSTRAINT = 'node_no_cycle';
    END IF;
    SELECT parent_id INTO ancestor FROM node WHERE id = ancestor;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER "node_keeps_tree" BEFORE INSERT OR UPDATE OF "parent_id" ON "node"
  FOR EACH ROW EXECUTE FUNCTION "node_keeps_tree"();
ALTER TABLE "node" ADD CONSTRAINT "node_person_kind" CHECK (("kind" = 'person') = ("person_id" IS NOT NULL));
ALTER TABLE "node" ADD CONSTRAINT "node_lead_kind" CHECK ("lead_id" IS NULL OR "kind" = 'team');
ALTER TABLE "node" ADD CONSTRAINT "node_slug_form" CHECK ("slug" ~ '^[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?$');

ALTER TABLE "person" ADD CONSTRAINT "person_email_form" CHECK ("email" = lower("email") AND "email" LIKE '%_@_%');
ALTER TABLE "agent" ADD CONSTRAINT "agent_version_positive" CHECK ("version" >= 1);
ALTER TABLE "action" ADD CONSTRAINT "action_of_system" CHECK ("id" LIKE "system_id" || '.%');
ALTER TABLE "credential" ADD CONSTRAINT "credential_hash_length" CHECK (octet_length("secret_hash") = 32);

-- ── Runs and money ───────────────────────────────────────────────────────────
ALTER TABLE "run" ADD CONSTRAINT "run_ended" CHECK (("status" = 'running') = ("ended_at" IS NULL));
ALTER TABLE "run" ADD CONSTRAINT "run_counts" CHECK ("cost_micro_usd" >= 0 AND "decisions" >= 0 AND "denials" >= 0 AND "escalations" >= 0
  AND "events" >= 0 AND "unpriced_calls" >= 0 AND "input_tokens" >= 0 AND "output_tokens" >= 0 AND "depth" BETWEEN 0 AND 64);
ALTER TABLE "decision" ADD CONSTRAINT "decision_redeems_to_allow" CHECK ("redeemed_approval_id" IS NULL OR "effect" = 'allow');

-- An ended run stays ended.
CREATE FUNCTION "run_stays_ended"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'running' AND NEW.status IS DISTINCT FROM OLD.status THEN
    RAISE EXCEPTION 'run: it has ended' USING ERRCODE = '23514', CONSTRAINT = 'run_stays_ended';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "run_stays_ended" BEFORE UPDATE OF "status" ON "run" FOR EACH ROW EXECUTE FUNCTION "run_stays_ended"();

-- ── I2: an approval moves once, and is redeemed once ─────────────────────────
ALTER TABLE "approval" ADD CONSTRAINT "approval_decided" CHECK (
  ("state" IN ('approved', 'rejected')) = ("decided_by_id" IS NOT NULL AND "decided_at" IS NOT NULL));
ALTER TABLE "approval" ADD CONSTRAINT "approval_valid_until" CHECK (("state" = 'approved') = ("valid_until" IS NOT NULL));
ALTER TABLE "approval" ADD CONSTRAINT "approval_redeemed" CHECK ("redeemed_at" IS NULL OR "state" = 'approved');
CREATE FUNCTION "approval_moves_once"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'pending' AND (NEW.state, NEW.args_hash, NEW.decided_by_id, NEW.decided_at, NEW.valid_until)
      IS DISTINCT FROM (OLD.state, OLD.args_hash, OLD.decided_by_id, OLD.decided_at, OLD.valid_until) THEN
    RAISE EXCEPTION 'approval: it is no longer pending' USING ERRCODE = '23514', CONSTRAINT = 'approval_moves_once';
  END IF;
  IF OLD.redeemed_at IS NOT NULL AND NEW.redeemed_at IS DISTINCT FROM OLD.redeemed_at THEN
    RAISE EXCEPTION 'approval: it is redeemed' USING ERRCODE = '23514', CONSTRAINT = 'approval_redeemed_once';
  END IF;
  IF (NEW.decision_id, NEW.run_id, NEW.agent_id, NEW.action) IS DISTINCT FROM (OLD.decision_id, OLD.run_id, OLD.agent_id, OLD.action) THEN
    RAISE EXCEPTION 'approval: its subject is fixed' USING ERRCODE = '23514', CONSTRAINT = 'approval_subject_fixed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "approval_moves_once" BEFORE UPDATE ON "approval" FOR EACH ROW EXECUTE FUNCTION "approval_moves_once"();

-- One live grant per agent and pattern.
CREATE FUNCTION "grant_lives_once"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM agent WHERE id = NEW.agent_id FOR UPDATE;
  IF NEW.revoked_at IS NULL AND EXISTS (
      SELECT 1 FROM "grant" WHERE agent_id = NEW.agent_id AND pattern = NEW.pattern AND revoked_at IS NULL AND id <> NEW.id) THEN
    RAISE EXCEPTION 'grant: this agent has it already' USING ERRCODE = '23505', CONSTRAINT = 'grant_lives_once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "grant_lives_once" BEFORE INSERT OR UPDATE OF "pattern", "revoked_at" ON "grant"
  FOR EACH ROW EXECUTE FUNCTION "grant_lives_once"();

-- ── I8: append-only, by trigger for every role and by privilege for the runtime role ──
CREATE FUNCTION "append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "audit_record" FOR EACH ROW EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "decision" FOR EACH ROW EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "event" FOR EACH ROW EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "agent_version" FOR EACH ROW EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "policy_version" FOR EACH ROW EXECUTE FUNCTION "append_only"();

-- ── Partitions of events, a UTC day each ─────────────────────────────────────
CREATE FUNCTION "ensure_event_days"("first" date, "days" int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  day date;
BEGIN
  IF "days" NOT BETWEEN 1 AND 366 THEN
    RAISE EXCEPTION 'ensure_event_days: 1 to 366 days' USING ERRCODE = '22023';
  END IF;
  PERFORM pg_advisory_xact_lock(7364902);
  FOR i IN 0 .. "days" - 1 LOOP
    day := "first" + i;
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF event FOR VALUES FROM (%L) TO (%L)',
      'event_' || to_char(day, 'YYYY_MM_DD'), day, day + 1);
  END LOOP;
END $$;

-- ── The demo: begun only on an empty database, removable only while it is one ─
CREATE FUNCTION "begin_demo"() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM 1 FROM configuration WHERE id = 1 FOR UPDATE;
  IF EXISTS (SELECT 1 FROM person) OR EXISTS (SELECT 1 FROM node) THEN
    RAISE EXCEPTION 'demo: the organisation is not empty' USING ERRCODE = '23514', CONSTRAINT = 'demo_needs_empty';
  END IF;
  UPDATE configuration SET demo = true, version = version + 1 WHERE id = 1;
END $$;
CREATE FUNCTION "remove_demo"() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT (SELECT demo FROM configuration WHERE id = 1 FOR UPDATE) THEN
    RAISE EXCEPTION 'demo: this organisation is not a demo' USING ERRCODE = '23514', CONSTRAINT = 'demo_only';
  END IF;
  TRUNCATE person, invite, role_binding, sign_in_throttle, node, agent, agent_version, credential, "grant", system, action,
    policy, policy_version, run, event, decision, approval, audit_stream, audit_record;
  UPDATE configuration SET demo = false, organisation = 'Remit', kill_switch = false, kill_switch_reason = NULL, settings = '{}',
    version = version + 1 WHERE id = 1;
  INSERT INTO audit_stream (id, head_hash) VALUES ('configuration', decode(repeat('00', 32), 'hex'));
END $$;

-- ── Two roles: the owner migrates, the runtime role runs ─────────────────────
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'remit_runtime') THEN
    CREATE ROLE "remit_runtime" NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
REVOKE ALL ON FUNCTION "ensure_event_days"(date, int), "begin_demo"(), "remove_demo"() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "ensure_event_days"(date, int), "begin_demo"(), "remove_demo"() TO "remit_runtime";
DO $$ BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO remit_runtime', current_schema());
END $$;
GRANT SELECT, INSERT ON "audit_record", "decision", "event", "agent_version", "policy_version" TO "remit_runtime";
GRANT SELECT, INSERT, UPDATE ON "audit_stream", "person", "agent", "credential", "grant", "system", "action", "policy", "run", "approval" TO "remit_runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON "node", "role_binding", "invite", "sign_in_throttle" TO "remit_runtime";
GRANT SELECT ON "configuration" TO "remit_runtime";
GRANT UPDATE ("version", "organisation", "kill_switch", "kill_switch_reason", "settings", "updated_at") ON "configuration" TO "remit_runtime";

-- The worker's job queue lives in a schema of its own, which the runtime role owns and the library migrates.
DO $$ BEGIN
  IF NOT pg_has_role(current_user, 'remit_runtime', 'USAGE') THEN
    EXECUTE format('GRANT remit_runtime TO %I', current_user);
  END IF;
END $$;
CREATE SCHEMA IF NOT EXISTS "graphile_worker" AUTHORIZATION "remit_runtime";
-- The table by which the library sees that its schema is there; it would otherwise ask for CREATE on the database.
CREATE TABLE IF NOT EXISTS "graphile_worker"."migrations" (
  "id" int PRIMARY KEY,
  "ts" timestamptz DEFAULT now() NOT NULL,
  "breaking" boolean NOT NULL DEFAULT false
);
ALTER TABLE "graphile_worker"."migrations" OWNER TO "remit_runtime";
