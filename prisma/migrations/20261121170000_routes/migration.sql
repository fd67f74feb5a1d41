-- Whom an approval asks, in which order, and how many must approve; who is on call; who is away.

-- CreateEnum
CREATE TYPE "shift_unit" AS ENUM ('hours', 'days', 'weeks');

-- AlterTable
ALTER TABLE "approval" ADD COLUMN     "asked_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "next_contact_at" TIMESTAMPTZ(3),
ADD COLUMN     "quorum" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "route" JSON,
ADD COLUMN     "route_step" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "rotation" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "node_id" UUID NOT NULL,
    "member_ids" UUID[],
    "shift_length" INTEGER NOT NULL,
    "shift_unit" "shift_unit" NOT NULL,
    "handover_minute" INTEGER NOT NULL,
    "zone" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rotation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rotation_override" (
    "id" UUID NOT NULL,
    "rotation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rotation_override_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "delegate_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "rotation_slug_key" ON "rotation"("slug");

-- CreateIndex
CREATE INDEX "rotation_node_id_idx" ON "rotation"("node_id");

-- CreateIndex
CREATE INDEX "rotation_override_rotation_id_starts_at_idx" ON "rotation_override"("rotation_id", "starts_at");

-- CreateIndex
CREATE INDEX "absence_person_id_starts_at_idx" ON "absence"("person_id", "starts_at");

-- CreateIndex
CREATE INDEX "absence_delegate_id_idx" ON "absence"("delegate_id");

-- CreateIndex
CREATE INDEX "approval_state_next_contact_at_idx" ON "approval"("state", "next_contact_at");

-- AddForeignKey
ALTER TABLE "rotation" ADD CONSTRAINT "rotation_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rotation_override" ADD CONSTRAINT "rotation_override_rotation_id_fkey" FOREIGN KEY ("rotation_id") REFERENCES "rotation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rotation_override" ADD CONSTRAINT "rotation_override_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_delegate_id_fkey" FOREIGN KEY ("delegate_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whoever may decide what waits already has been asked.
UPDATE "approval" SET "asked_ids" = "approver_ids" WHERE "state" = 'pending';

ALTER TABLE "approval" ADD CONSTRAINT "approval_quorum" CHECK ("quorum" BETWEEN 1 AND 50);
ALTER TABLE "approval" ADD CONSTRAINT "approval_route_step" CHECK ("route_step" >= 0);
ALTER TABLE "rotation" ADD CONSTRAINT "rotation_slug" CHECK ("slug" ~ '^[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?$');
ALTER TABLE "rotation" ADD CONSTRAINT "rotation_members" CHECK (cardinality("member_ids") BETWEEN 1 AND 50);
ALTER TABLE "rotation" ADD CONSTRAINT "rotation_shift" CHECK ("shift_length" BETWEEN 1 AND 1000);
ALTER TABLE "rotation" ADD CONSTRAINT "rotation_handover" CHECK ("handover_minute" BETWEEN 0 AND 1439);
ALTER TABLE "rotation_override" ADD CONSTRAINT "rotation_override_order" CHECK ("starts_at" < "ends_at");
ALTER TABLE "absence" ADD CONSTRAINT "absence_order" CHECK ("ends_at" IS NULL OR "starts_at" < "ends_at");
ALTER TABLE "absence" ADD CONSTRAINT "absence_delegate" CHECK ("delegate_id" <> "person_id");

GRANT SELECT, INSERT, UPDATE, DELETE ON "rotation", "rotation_override", "absence" TO "remit_runtime";

-- As in 20261121091000_rate_of_runs, and the approval's route. A gate that is not yet of this version sends none: it asks everybody at once.
CREATE OR REPLACE FUNCTION "commit_decisions"(
  "p_stream" text, "p_seq" bigint, "p_prev" bytea, "p_now" timestamptz, "p_version" bigint,
  -- in the order of ids: every gate locks in this order
  "p_runs" "run_change"[],
  -- runs above delegated ones, which must still not have been stopped
  "p_alive" uuid[],
  -- in the order of the chain
  "p_decisions" "new_decision"[],
  -- some of them use up an approval
  "p_redeems" boolean,
  -- approvals that are asked for, or null
  "p_approvals" json
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  touched int;
  last_hash bytea;
BEGIN
  -- "IS TRUE" keeps conditions away from the planner's choice of an index: every run is to be found by its id. By the index of open
  -- runs each batch would read all of them.
  UPDATE run SET revision = run.revision + 1, decisions = run.decisions + r.made, denials = run.denials + r.denied,
      escalations = run.escalations + r.escalated,
      data_classes = CASE WHEN r.classes IS NULL THEN run.data_classes ELSE r.classes::text[] END,
      rate_tat_us = r.tat,
      lease_until = CASE WHEN run.lease_until < p_now + make_interval(secs => run.lease_seconds / 2)
        THEN least(p_now + make_interval(secs => run.lease_seconds), run.token_expires_at) ELSE run.lease_until END
    FROM unnest(p_runs) AS r
    WHERE run.id = r.id AND run.revision = r.revision AND (run.status = 'running') IS TRUE AND (run.token_revoked_at IS NULL) IS TRUE
      AND (run.lease_until > p_now) IS TRUE AND (run.token_expires_at > p_now) IS TRUE;
  GET DIAGNOSTICS touched = ROW_COUNT;
  IF touched <> cardinality(p_runs) THEN
    RAISE EXCEPTION 'a run changed' USING ERRCODE = 'RM002';
  END IF;

  IF p_alive IS NOT NULL THEN
    SELECT count(*) INTO touched FROM unnest(p_alive) AS a(id) JOIN run ON run.id = a.id
      WHERE (run.status NOT IN ('halted', 'lost')) IS TRUE AND (run.token_revoked_at IS NULL) IS TRUE;
    IF touched <> cardinality(p_alive) THEN
      RAISE EXCEPTION 'a delegating run changed' USING ERRCODE = 'RM002';
    END IF;
  END IF;

  IF p_redeems THEN
    UPDATE approval SET redeemed_at = p_now FROM unnest(p_decisions) AS d
      WHERE d.redeems IS NOT NULL AND approval.id = d.redeems AND (approval.run_id = d.run) IS TRUE AND approval.action = d.action
        AND approval.args_hash = d.args_hash AND (approval.state = 'approved') IS TRUE AND (approval.redeemed_at IS NULL) IS TRUE
        AND approval.valid_until > p_now;
    GET DIAGNOSTICS touched = ROW_COUNT;
    IF touched <> (SELECT count(redeems) FROM unnest(p_decisions)) THEN
      RAISE EXCEPTION 'an approval changed' USING ERRCODE = 'RM003';
    END IF;
  END IF;

  WITH d AS MATERIALIZED (SELECT * FROM unnest(p_decisions) WITH ORDINALITY),
  kept AS (
    INSERT INTO decision (id, run_id, agent_id, action, args, args_hash, resource, evidence, estimate, effect, code, message,
        checks, mode, config_version, redeemed_approval_id, review_deadline, idempotency_key, request_hash, latency_us, at)
      SELECT id, run, agent, action, args, args_hash, resource, evidence, estimate, effect::effect, code, message,
          checks, mode::run_mode, p_version, redeems, review, key, request, latency, p_now FROM d
  )
  INSERT INTO audit_record (stream, seq, at, actor_kind, actor_id, action, subject_kind, subject_id, node_id, body, prev_hash, hash)
    SELECT p_stream, p_seq + ordinality, p_now, 'agent', agent, 'decision.' || effect, 'decision', id, agent, body, prev, hash FROM d;

  IF p_approvals IS NOT NULL THEN
    INSERT INTO approval (id, decision_id, run_id, agent_id, action, args, args_hash, code, risk, approver_ids, excluded_ids,
        requested_at, deadline, quorum, asked_ids, route, route_step, next_contact_at)
      SELECT a.id, d.id, d.run_id, d.agent_id, d.action, d.args, d.args_hash, d.code, a.risk, a.approver_ids, a.excluded_ids,
          d.at, a.deadline, coalesce(a.quorum, 1), coalesce(a.asked_ids, a.approver_ids), a.route, coalesce(a.route_step, 0), a.next_contact_at
        FROM json_to_recordset(p_approvals) AS a(id uuid, decision_id uuid, risk impact, approver_ids uuid[],
          excluded_ids uuid[], deadline timestamptz, quorum int, asked_ids uuid[], route json, route_step int,
          next_contact_at timestamptz)
        JOIN decision AS d ON d.id = a.decision_id;
  END IF;

  last_hash := (p_decisions[cardinality(p_decisions)]).hash;
  UPDATE audit_stream SET seq = p_seq + cardinality(p_decisions), head_hash = last_hash, updated_at = p_now
    WHERE id = p_stream AND seq = p_seq AND head_hash = p_prev;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the stream moved' USING ERRCODE = 'RM004';
  END IF;

  -- Last, in a snapshot of its own (READ COMMITTED): a change that was committed before a request arrived binds it.
  IF (SELECT version FROM configuration WHERE id = 1) IS DISTINCT FROM p_version THEN
    RAISE EXCEPTION 'the configuration changed' USING ERRCODE = 'RM001';
  END IF;
END $$;
