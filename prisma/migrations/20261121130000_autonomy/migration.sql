-- CreateEnum
CREATE TYPE "promotion_state" AS ENUM ('pending', 'approved', 'rejected', 'withdrawn');

-- CreateTable
CREATE TABLE "decision_cursor" (
    "reader" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "decision_cursor_pkey" PRIMARY KEY ("reader","stream")
);

-- CreateTable
CREATE TABLE "action_use" (
    "action" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "agent_id" UUID NOT NULL,
    "allowed" INTEGER NOT NULL DEFAULT 0,
    "escalated" INTEGER NOT NULL DEFAULT 0,
    "denied" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "action_use_pkey" PRIMARY KEY ("action","day","agent_id")
);

-- CreateTable
CREATE TABLE "unclassified_action" (
    "action" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "sample_ids" UUID[],
    "dismissed_at" TIMESTAMPTZ(3),
    "dismissed_by_id" UUID,
    "dismissed_reason" TEXT,

    CONSTRAINT "unclassified_action_pkey" PRIMARY KEY ("action")
);

-- CreateTable
CREATE TABLE "promotion" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "from_tier" "tier" NOT NULL,
    "to_tier" "tier" NOT NULL,
    "state" "promotion_state" NOT NULL DEFAULT 'pending',
    "agent_version" INTEGER NOT NULL,
    "record" JSONB NOT NULL,
    "requested_by_id" UUID,
    "reason" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "comment" TEXT,

    CONSTRAINT "promotion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "period" DATE NOT NULL,
    "body" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "action_use_agent_id_day_idx" ON "action_use"("agent_id", "day");

-- CreateIndex
CREATE INDEX "unclassified_action_last_at_idx" ON "unclassified_action"("last_at" DESC);

-- CreateIndex
CREATE INDEX "promotion_agent_id_requested_at_idx" ON "promotion"("agent_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "promotion_state_requested_at_idx" ON "promotion"("state", "requested_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "report_kind_period_key" ON "report"("kind", "period");

-- AddForeignKey
ALTER TABLE "unclassified_action" ADD CONSTRAINT "unclassified_action_dismissed_by_id_fkey" FOREIGN KEY ("dismissed_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ═══ Guards ══════════════════════════════════════════════════════════════════

ALTER TABLE "action_use" ADD CONSTRAINT "action_use_counts" CHECK (least("allowed", "escalated", "denied") >= 0);
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_decided" CHECK (("state" = 'pending') = ("decided_at" IS NULL));
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_tiers" CHECK ("from_tier" <> "to_tier");
-- Nobody decides what they asked for, whatever a command forgets.
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_two_people" CHECK (
  "state" NOT IN ('approved', 'rejected') OR "requested_by_id" IS NULL OR "decided_by_id" IS DISTINCT FROM "requested_by_id");
ALTER TABLE "report" ADD CONSTRAINT "report_period" CHECK (extract(day FROM "period") = 1);

-- An agent has one request at a time. Not an index: Prisma knows no partial ones.
CREATE FUNCTION "promotion_waits_once"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'pending' THEN
    PERFORM 1 FROM agent WHERE id = NEW.agent_id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM promotion WHERE agent_id = NEW.agent_id AND state = 'pending' AND id <> NEW.id) THEN
      RAISE EXCEPTION 'promotion: one waits already' USING ERRCODE = '23505', CONSTRAINT = 'promotion_waits_once';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "promotion_waits_once" BEFORE INSERT OR UPDATE OF "state" ON "promotion"
  FOR EACH ROW EXECUTE FUNCTION "promotion_waits_once"();

-- ═══ What the worker keeps of decisions ══════════════════════════════════════

-- The next decisions of a reader, each exactly once, in the order of the audit streams that carry them: numbers in a stream have no gaps
-- and are visible in order, so that nothing is missed whatever the clocks of gates say. The cursor moves in the caller's transaction.
CREATE FUNCTION "take_decisions"("p_reader" text, "p_limit" int) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
DECLARE
  head record;
  left_over bigint := p_limit;
  upto bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('decision_cursor ' || p_reader, 0));
  FOR head IN
    SELECT s.id, s.seq, coalesce(c.seq, 0) AS done
      FROM audit_stream AS s LEFT JOIN decision_cursor AS c ON c.stream = s.id AND c.reader = p_reader
      WHERE s.seq > coalesce(c.seq, 0) AND s.id LIKE 'gate/%' AND s.id NOT LIKE '%/runs' ORDER BY s.updated_at, s.id
  LOOP
    EXIT WHEN left_over <= 0;
    upto := least(head.seq, head.done + left_over);
    RETURN QUERY SELECT r.subject_id::uuid FROM audit_record AS r
      WHERE r.stream = head.id AND r.seq > head.done AND r.seq <= upto AND r.subject_kind = 'decision';
    INSERT INTO decision_cursor AS c (reader, stream, seq) VALUES (p_reader, head.id, upto)
      ON CONFLICT (reader, stream) DO UPDATE SET seq = excluded.seq;
    left_over := left_over - (upto - head.done);
  END LOOP;
END $$;

-- Counts the uses of actions by agent and UTC day, remembers who tried what nobody has classified, and when each grant was last of use.
-- Returns how many decisions it took; less than the limit means that nothing is left.
CREATE FUNCTION "digest_decisions"("p_limit" int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[];
BEGIN
  ids := ARRAY(SELECT take_decisions('digest', p_limit));
  IF cardinality(ids) = 0 THEN
    RETURN 0;
  END IF;

  INSERT INTO action_use AS u (action, day, agent_id, allowed, escalated, denied, last_at)
    SELECT action, (at AT TIME ZONE 'UTC')::date, agent_id, count(*) FILTER (WHERE effect = 'allow'),
        count(*) FILTER (WHERE effect = 'escalate'), count(*) FILTER (WHERE effect = 'deny'), max(at)
      FROM decision WHERE id = ANY(ids) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (action, day, agent_id) DO UPDATE SET allowed = u.allowed + excluded.allowed,
      escalated = u.escalated + excluded.escalated, denied = u.denied + excluded.denied,
      last_at = greatest(u.last_at, excluded.last_at);

  -- The latest five requests of each are kept as samples of its arguments.
  INSERT INTO unclassified_action AS u (action, first_at, last_at, sample_ids)
    SELECT action, min(at), max(at), (array_agg(id ORDER BY at DESC))[:5] FROM decision
      WHERE id = ANY(ids) AND NOT EXISTS (SELECT 1 FROM action WHERE action.id = decision.action) GROUP BY 1 ORDER BY 1
    ON CONFLICT (action) DO UPDATE SET first_at = least(u.first_at, excluded.first_at),
      last_at = greatest(u.last_at, excluded.last_at), sample_ids = (excluded.sample_ids || u.sample_ids)[:5];
  IF FOUND THEN
    PERFORM pg_notify('remit', '["catalogue"]');
  END IF;

  -- A grant is of use where it let an action through, for the agent itself, for one below it or for one that it delegated to: taken away, it
  -- would have stopped that. Whether the condition of an agent's own grant held is in the trace (its patterns name the grants that carried
  -- the action); a condition further up counts as having held, so that nothing is called unused that may have been needed.
  WITH RECURSIVE let_through AS (
    SELECT decision.agent_id, decision.action, run.parent_run_id, max(decision.at) AS at,
        array_agg(DISTINCT substring(decision.checks::text FROM '"check":"authority".*?"grants":(\[[^]]*\])')) AS carried
      FROM decision JOIN run ON run.id = decision.run_id
      WHERE decision.id = ANY(ids) AND decision.effect <> 'deny' GROUP BY 1, 2, 3
  ), delegated AS (
    SELECT agent_id, action, parent_run_id, at, carried, true AS own, 0 AS depth FROM let_through
    UNION
    SELECT run.agent_id, d.action, run.parent_run_id, d.at, NULL, false, d.depth + 1
      FROM delegated AS d JOIN run ON run.id = d.parent_run_id WHERE d.depth < 64
  ), above AS (
    SELECT agent_id AS id, agent_id AS holder, action, at, carried, own FROM delegated
    UNION
    SELECT a.id, node.parent_id, a.action, a.at, NULL, false FROM above AS a JOIN node ON node.id = a.holder
      WHERE node.parent_id IS NOT NULL
  ), used AS (
    SELECT held.id, max(above.at) AS at FROM above JOIN "grant" AS held ON held.agent_id = above.holder
      WHERE held.revoked_at IS NULL AND held.created_at <= above.at AND (held.expires_at IS NULL OR held.expires_at > above.at)
        AND CASE WHEN right(held.pattern, 1) = '*' THEN starts_with(above.action, left(held.pattern, -1))
          ELSE held.pattern = above.action END
        AND (held.condition IS NULL OR NOT above.own OR above.carried IS NULL OR array_position(above.carried, NULL) IS NOT NULL
          OR EXISTS (SELECT 1 FROM unnest(above.carried) AS c(text) WHERE strpos(c.text, '"' || held.pattern || '"') > 0))
      GROUP BY held.id
  )
  UPDATE "grant" SET last_used_at = used.at FROM used
    WHERE "grant".id = used.id AND ("grant".last_used_at IS NULL OR "grant".last_used_at < used.at - interval '1 minute');

  RETURN cardinality(ids);
END $$;

-- Report rows stay as they were written.
GRANT SELECT, INSERT ON "report" TO "remit_runtime";
GRANT SELECT, INSERT, UPDATE ON "decision_cursor", "action_use", "unclassified_action", "promotion" TO "remit_runtime";
GRANT DELETE ON "action_use" TO "remit_runtime";
