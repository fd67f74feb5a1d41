-- CreateEnum
CREATE TYPE "approval_entry_kind" AS ENUM ('question', 'answer', 'comment');

-- AlterTable
ALTER TABLE "approval" ADD COLUMN     "answers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "assigned_at" TIMESTAMPTZ(3),
ADD COLUMN     "assigned_by_id" UUID,
ADD COLUMN     "assignee_id" UUID,
ADD COLUMN     "edited_at" TIMESTAMPTZ(3),
ADD COLUMN     "edited_by_id" UUID,
ADD COLUMN     "release_at" TIMESTAMPTZ(3),
ADD COLUMN     "seconds_spent" INTEGER;

-- CreateTable
CREATE TABLE "approval_vote" (
    "approval_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "args_hash" BYTEA NOT NULL,
    "comment" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "seconds_spent" INTEGER,

    CONSTRAINT "approval_vote_pkey" PRIMARY KEY ("approval_id","person_id")
);

-- CreateTable
CREATE TABLE "approval_entry" (
    "id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "kind" "approval_entry_kind" NOT NULL,
    "author_person_id" UUID,
    "author_agent_id" UUID,
    "text" TEXT NOT NULL,
    "evidence" JSON,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "answers_id" UUID,

    CONSTRAINT "approval_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_snooze" (
    "approval_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approval_snooze_pkey" PRIMARY KEY ("approval_id","person_id")
);

-- CreateTable
CREATE TABLE "approval_view" (
    "approval_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approval_view_pkey" PRIMARY KEY ("approval_id","person_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "approval_entry_answers_id_key" ON "approval_entry"("answers_id");

-- CreateIndex
CREATE INDEX "approval_entry_approval_id_at_idx" ON "approval_entry"("approval_id", "at");

-- CreateIndex
CREATE INDEX "approval_snooze_person_id_idx" ON "approval_snooze"("person_id");

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_edited_by_id_fkey" FOREIGN KEY ("edited_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_assigned_by_id_fkey" FOREIGN KEY ("assigned_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_vote" ADD CONSTRAINT "approval_vote_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_vote" ADD CONSTRAINT "approval_vote_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_entry" ADD CONSTRAINT "approval_entry_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_entry" ADD CONSTRAINT "approval_entry_author_person_id_fkey" FOREIGN KEY ("author_person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_entry" ADD CONSTRAINT "approval_entry_author_agent_id_fkey" FOREIGN KEY ("author_agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_entry" ADD CONSTRAINT "approval_entry_answers_id_fkey" FOREIGN KEY ("answers_id") REFERENCES "approval_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_snooze" ADD CONSTRAINT "approval_snooze_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_snooze" ADD CONSTRAINT "approval_snooze_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_view" ADD CONSTRAINT "approval_view_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_view" ADD CONSTRAINT "approval_view_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── A decision, its release, and the way back before it ──────────────────────
ALTER TABLE "approval" ADD CONSTRAINT "approval_release" CHECK ("release_at" IS NULL OR "state" IN ('approved', 'rejected'));
ALTER TABLE "approval" ADD CONSTRAINT "approval_redeemed_after_release" CHECK (
  "redeemed_at" IS NULL OR "release_at" IS NULL OR "redeemed_at" >= "release_at");
ALTER TABLE "approval" ADD CONSTRAINT "approval_assigned" CHECK (
  ("assignee_id" IS NULL) = ("assigned_at" IS NULL) AND ("assignee_id" IS NOT NULL OR "assigned_by_id" IS NULL));
ALTER TABLE "approval" ADD CONSTRAINT "approval_edited" CHECK (("edited_by_id" IS NULL) = ("edited_at" IS NULL));

-- As in 20261121000000_foundation, and: what was decided and not released goes back to pending as a whole. When it is released is for
-- the commands to say, which know the clock that it was decided by.
CREATE OR REPLACE FUNCTION "approval_moves_once"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'pending' AND (NEW.state, NEW.args_hash, NEW.decided_by_id, NEW.decided_at, NEW.valid_until, NEW.release_at)
      IS DISTINCT FROM (OLD.state, OLD.args_hash, OLD.decided_by_id, OLD.decided_at, OLD.valid_until, OLD.release_at)
    AND NOT (OLD.state IN ('approved', 'rejected') AND OLD.release_at IS NOT NULL AND OLD.redeemed_at IS NULL
      AND NEW.state = 'pending' AND NEW.decided_by_id IS NULL AND NEW.decided_at IS NULL AND NEW.release_at IS NULL) THEN
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

-- ── What is said about one ───────────────────────────────────────────────────
ALTER TABLE "approval_entry" ADD CONSTRAINT "approval_entry_author" CHECK (
  ("kind" = 'answer') = ("author_agent_id" IS NOT NULL) AND ("kind" = 'answer') = ("author_person_id" IS NULL)
  AND ("kind" = 'answer') = ("answers_id" IS NOT NULL) AND ("evidence" IS NULL OR "kind" = 'answer'));
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "approval_entry" FOR EACH ROW EXECUTE FUNCTION "append_only"();

GRANT SELECT, INSERT ON "approval_entry", "approval_view" TO "remit_runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON "approval_vote", "approval_snooze" TO "remit_runtime";

-- As in 20261121170000_routes, and: an approval is redeemed after its release only.
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
        AND approval.valid_until > p_now AND (approval.release_at IS NULL OR approval.release_at <= p_now);
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
