-- CreateTable
CREATE TABLE "measure_due" (
    "id" BIGSERIAL NOT NULL,
    "approval_id" UUID NOT NULL,

    CONSTRAINT "measure_due_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_outcome" (
    "approval_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "risk" "impact" NOT NULL,
    "state" "approval_state" NOT NULL,
    "causes" TEXT[],
    "people" UUID[],
    "spent" INTEGER[],
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "day" DATE NOT NULL,
    "wait_ms" BIGINT NOT NULL,
    "overturned" TEXT,

    CONSTRAINT "approval_outcome_pkey" PRIMARY KEY ("approval_id")
);

-- CreateTable
CREATE TABLE "approval_day" (
    "day" DATE NOT NULL,
    "agent_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "approved" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "expired" INTEGER NOT NULL DEFAULT 0,
    "cancelled" INTEGER NOT NULL DEFAULT 0,
    "overturned" INTEGER NOT NULL DEFAULT 0,
    "timed" INTEGER NOT NULL DEFAULT 0,
    "quick" INTEGER NOT NULL DEFAULT 0,
    "people" UUID[],
    "wait_at" SMALLINT[],
    "wait_count" INTEGER[],
    "spent_at" SMALLINT[],
    "spent_count" INTEGER[],

    CONSTRAINT "approval_day_pkey" PRIMARY KEY ("day","agent_id","kind","key")
);

-- CreateTable
CREATE TABLE "suggestion_dismissal" (
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suggestion_dismissal_pkey" PRIMARY KEY ("kind","subject")
);

-- CreateIndex
CREATE INDEX "approval_outcome_agent_id_day_idx" ON "approval_outcome"("agent_id", "day");

-- CreateIndex
CREATE INDEX "approval_outcome_ended_at_idx" ON "approval_outcome"("ended_at" DESC);

-- CreateIndex
CREATE INDEX "approval_day_kind_day_idx" ON "approval_day"("kind", "day");

-- AddForeignKey
ALTER TABLE "suggestion_dismissal" ADD CONSTRAINT "suggestion_dismissal_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- ═══ What has to be measured anew ════════════════════════════════════════════

-- An approval that is settled or waits again, by whomever; redeeming one does not come here.
CREATE FUNCTION "measure_approval"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO measure_due (approval_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER "measure_approval" AFTER UPDATE OF "state" ON "approval" FOR EACH ROW
  WHEN (NEW."state" IS DISTINCT FROM OLD."state") EXECUTE FUNCTION "measure_approval"();

-- An incident speaks against what people approved in its runs.
CREATE FUNCTION "measure_incident"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO measure_due (approval_id) SELECT id FROM approval WHERE run_id = NEW.run_id AND state = 'approved';
  RETURN NULL;
END $$;
CREATE TRIGGER "measure_incident" AFTER INSERT ON "incident_run" FOR EACH ROW EXECUTE FUNCTION "measure_incident"();

INSERT INTO "measure_due" ("approval_id") SELECT "id" FROM "approval" WHERE "state" <> 'pending' ORDER BY "id";

-- ═══ Measuring ═══════════════════════════════════════════════════════════════

-- In which of 64 spans of time this lies: a third of an octave each, the first up to 1.26 s, the last from 24 days on (lib/measures/spans.ts).
CREATE FUNCTION "time_span"("ms" bigint) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT least(63, CASE WHEN ms < 1260 THEN 0 ELSE floor(3 * ln(ms / 1000.0::float8) / ln(2::float8)) END)::smallint
$$;

-- What came of an approval, as its rows say it now. None for one that waits, and for a permit, which nobody asked for in this way.
CREATE FUNCTION "outcomes_of"("ids" uuid[]) RETURNS SETOF "approval_outcome" LANGUAGE sql STABLE AS $$
  SELECT a.id, a.agent_id, a.action, a.risk, a.state, why.causes,
      CASE WHEN a.decided_by_id IS NULL THEN '{}' ELSE ARRAY[a.decided_by_id] END,
      CASE WHEN a.decided_by_id IS NULL THEN '{}' ELSE ARRAY[NULL::int] END,
      a.requested_at, ended.at, (ended.at AT TIME ZONE 'UTC')::date,
      greatest(0, extract(epoch FROM ended.at - a.requested_at) * 1000)::bigint,
      CASE WHEN a.state = 'approved' AND EXISTS (
          SELECT 1 FROM incident_run ir JOIN incident i ON i.id = ir.incident_id
          WHERE ir.run_id = a.run_id AND i.opened_at >= a.decided_at) THEN 'incident'
        WHEN EXISTS (SELECT 1 FROM audit_record u WHERE u.subject_id = a.id::text AND u.action = 'approval.undo') THEN 'undone' END
    FROM approval a JOIN decision d ON d.id = a.decision_id JOIN run r ON r.id = a.run_id
      CROSS JOIN LATERAL (SELECT coalesce(a.decided_at, least(a.deadline, r.ended_at)) AS at) AS ended
      CROSS JOIN LATERAL (
        -- A trace may quote what an agent sent: escapes that are no text are taken out first, as in count_rule_hits.
        SELECT coalesce(array_agg(DISTINCT rule->>'policy' || '/' || (rule->>'rule')), ARRAY['code:' || a.code]) AS causes
          FROM json_array_elements(CASE WHEN strpos(d.checks::text, '\u') = 0 THEN d.checks
              ELSE regexp_replace(d.checks::text, '\\(u[0-9A-Fa-f]{4}|.)', '?', 'g')::json END) AS c
            CROSS JOIN LATERAL json_array_elements(CASE WHEN json_typeof(c->'rules') = 'array' THEN c->'rules' ELSE '[]' END) AS rule
          WHERE c->>'check' = 'policy' AND rule->>'matched' = 'true' AND rule->>'effect' = 'escalate'
      ) AS why
    WHERE a.id = ANY(ids) AND a.state <> 'pending' AND d.effect = 'escalate' AND cardinality(a.overrides) = 0
$$;

-- The counts of these days and agents, anew from the outcomes.
CREATE FUNCTION "count_approval_days"("p_days" date[], "p_agents" uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM approval_day AS c USING unnest(p_days, p_agents) AS t(day, agent) WHERE c.day = t.day AND c.agent_id = t.agent;
  INSERT INTO approval_day (day, agent_id, kind, key, approved, rejected, expired, cancelled, overturned, timed, quick, people,
      wait_at, wait_count, spent_at, spent_count)
    WITH outcome AS (
      SELECT o.* FROM unnest(p_days, p_agents) AS t(day, agent) JOIN approval_outcome o ON o.day = t.day AND o.agent_id = t.agent
    ), part AS (
      SELECT o.day, o.agent_id, 'all' AS kind, '' AS key, o.approval_id, o.state, o.overturned, o.wait_ms, o.people, o.spent FROM outcome o
      UNION ALL
      SELECT o.day, o.agent_id, 'action', o.action, o.approval_id, o.state, o.overturned, o.wait_ms, o.people, o.spent FROM outcome o
      UNION ALL
      SELECT o.day, o.agent_id, 'cause', cause, o.approval_id, o.state, o.overturned, o.wait_ms, o.people, o.spent
        FROM outcome o CROSS JOIN LATERAL unnest(o.causes) AS cause
      UNION ALL
      SELECT o.day, o.agent_id, 'reviewer', who.id::text, o.approval_id, o.state, o.overturned, o.wait_ms, ARRAY[who.id], ARRAY[who.spent]
        FROM outcome o CROSS JOIN LATERAL unnest(o.people, o.spent) AS who(id, spent)
    ), counted AS (
      SELECT day, agent_id, kind, key, count(*) FILTER (WHERE state = 'approved') AS approved,
          count(*) FILTER (WHERE state = 'rejected') AS rejected, count(*) FILTER (WHERE state = 'expired') AS expired,
          count(*) FILTER (WHERE state = 'cancelled') AS cancelled, count(*) FILTER (WHERE overturned IS NOT NULL) AS overturned
        FROM part GROUP BY 1, 2, 3, 4
    ), persons AS (
      SELECT p.day, p.agent_id, p.kind, p.key, count(who.spent) FILTER (WHERE p.state = 'approved') AS timed, count(*) FILTER (WHERE who.spent < 5 AND p.state = 'approved') AS quick,
          (array_agg(DISTINCT who.id) FILTER (WHERE p.state = 'approved'))[:20] AS people
        FROM part p CROSS JOIN LATERAL unnest(p.people, p.spent) AS who(id, spent) GROUP BY 1, 2, 3, 4
    ), waits AS (
      SELECT day, agent_id, kind, key, array_agg(span ORDER BY span) AS at, array_agg(n ORDER BY span) AS n
        FROM (SELECT day, agent_id, kind, key, time_span(wait_ms) AS span, count(*)::int AS n FROM part
            WHERE state IN ('approved', 'rejected') GROUP BY 1, 2, 3, 4, 5) AS s GROUP BY 1, 2, 3, 4
    ), spents AS (
      SELECT day, agent_id, kind, key, array_agg(span ORDER BY span) AS at, array_agg(n ORDER BY span) AS n
        FROM (SELECT p.day, p.agent_id, p.kind, p.key, time_span(who.spent::bigint * 1000) AS span, count(*)::int AS n
            FROM part p CROSS JOIN LATERAL unnest(p.spent) AS who(spent)
            WHERE who.spent IS NOT NULL AND p.state = 'approved' GROUP BY 1, 2, 3, 4, 5) AS s
        GROUP BY 1, 2, 3, 4
    )
    SELECT day, agent_id, kind, key, c.approved, c.rejected, c.expired, c.cancelled, c.overturned, coalesce(p.timed, 0), coalesce(p.quick, 0),
        coalesce(p.people, '{}'), coalesce(w.at, '{}'), coalesce(w.n, '{}'), coalesce(s.at, '{}'), coalesce(s.n, '{}')
      FROM counted c LEFT JOIN persons p USING (day, agent_id, kind, key) LEFT JOIN waits w USING (day, agent_id, kind, key)
        LEFT JOIN spents s USING (day, agent_id, kind, key);
END $$;

-- Measures approvals that are due, and counts their days anew. Safe to repeat; one at a time. Returns how many rows were due: less than the
-- limit means that nothing is left.
CREATE FUNCTION "measure_approvals"("p_limit" int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  due uuid[];
  days date[];
  agents uuid[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('measure_approvals', 0));
  WITH taken AS (DELETE FROM measure_due WHERE id IN (SELECT id FROM measure_due ORDER BY id LIMIT p_limit) RETURNING approval_id)
    SELECT coalesce(array_agg(approval_id), '{}') INTO due FROM taken;
  IF cardinality(due) = 0 THEN
    RETURN 0;
  END IF;
  WITH before AS (DELETE FROM approval_outcome WHERE approval_id = ANY(due) RETURNING day, agent_id)
    SELECT array_agg(day), array_agg(agent_id) INTO days, agents FROM before;
  WITH made AS (INSERT INTO approval_outcome SELECT * FROM outcomes_of(due) RETURNING day, agent_id), touched AS (
      SELECT day, agent_id FROM made UNION SELECT day, agent_id FROM unnest(days, agents) AS b(day, agent_id))
    SELECT array_agg(day), array_agg(agent_id) INTO days, agents FROM touched;
  IF days IS NOT NULL THEN
    PERFORM count_approval_days(days, agents);
    PERFORM pg_notify('remit', '["measures"]');
  END IF;
  RETURN cardinality(due);
END $$;

REVOKE ALL ON FUNCTION "outcomes_of"(uuid[]), "count_approval_days"(date[], uuid[]), "measure_approvals"(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "outcomes_of"(uuid[]), "count_approval_days"(date[], uuid[]), "measure_approvals"(int) TO "remit_runtime";
GRANT SELECT, INSERT, DELETE ON "measure_due", "approval_outcome", "approval_day" TO "remit_runtime";
GRANT USAGE ON SEQUENCE "measure_due_id_seq" TO "remit_runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON "suggestion_dismissal" TO "remit_runtime";
