-- What is rolled back after an approval let it through speaks against that approval.
CREATE FUNCTION "measure_review"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO measure_due (approval_id) SELECT redeemed_approval_id FROM decision WHERE id = NEW.decision_id AND redeemed_approval_id IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "measure_review" AFTER UPDATE OF "state" ON "review" FOR EACH ROW
  WHEN (NEW."state" IS DISTINCT FROM OLD."state") EXECUTE FUNCTION "measure_review"();

-- As before, with everybody who approved, how long each of them took, and what was rolled back afterwards.
CREATE OR REPLACE FUNCTION "outcomes_of"("ids" uuid[]) RETURNS SETOF "approval_outcome" LANGUAGE sql STABLE AS $$
  SELECT a.id, a.agent_id, a.action, a.risk, a.state, why.causes, coalesce(who.persons, '{}'), coalesce(who.spent, '{}'),
      a.requested_at, ended.at, (ended.at AT TIME ZONE 'UTC')::date,
      greatest(0, extract(epoch FROM ended.at - a.requested_at) * 1000)::bigint,
      CASE WHEN EXISTS (
          SELECT 1 FROM decision used JOIN review v ON v.decision_id = used.id
          WHERE used.redeemed_approval_id = a.id AND v.state IN ('rolling_back', 'rolled_back', 'rollback_failed')) THEN 'rolled_back'
        WHEN a.state = 'approved' AND EXISTS (
          SELECT 1 FROM incident_run ir JOIN incident i ON i.id = ir.incident_id
          WHERE ir.run_id = a.run_id AND i.opened_at >= a.decided_at AND i.source <> 'rejections') THEN 'incident'
        WHEN EXISTS (SELECT 1 FROM audit_record u WHERE u.subject_id = a.id::text AND u.action = 'approval.undo') THEN 'undone' END
    FROM approval a JOIN decision d ON d.id = a.decision_id JOIN run r ON r.id = a.run_id
      CROSS JOIN LATERAL (SELECT coalesce(a.decided_at, least(a.deadline, r.ended_at)) AS at) AS ended
      CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(DISTINCT rule->>'policy' || '/' || (rule->>'rule')), ARRAY['code:' || a.code]) AS causes
          FROM json_array_elements(CASE WHEN strpos(d.checks::text, '\u') = 0 THEN d.checks
              ELSE regexp_replace(d.checks::text, '\\(u[0-9A-Fa-f]{4}|.)', '?', 'g')::json END) AS c
            CROSS JOIN LATERAL json_array_elements(CASE WHEN json_typeof(c->'rules') = 'array' THEN c->'rules' ELSE '[]' END) AS rule
          WHERE c->>'check' = 'policy' AND rule->>'matched' = 'true' AND rule->>'effect' = 'escalate'
      ) AS why
      CROSS JOIN LATERAL (
        SELECT array_agg(word.id ORDER BY word.id) AS persons, array_agg(word.spent ORDER BY word.id) AS spent
          FROM (SELECT id, coalesce(min(spent), -1) AS spent FROM (
              SELECT a.decided_by_id AS id, a.seconds_spent AS spent WHERE a.decided_by_id IS NOT NULL
              UNION ALL SELECT v.person_id, v.seconds_spent FROM approval_vote v WHERE v.approval_id = a.id AND a.state = 'approved'
            ) AS words GROUP BY id) AS word
      ) AS who
    WHERE a.id = ANY(ids) AND a.state <> 'pending' AND d.effect = 'escalate' AND cardinality(a.overrides) = 0
$$;

-- As before, where a time that is not known is -1.
CREATE OR REPLACE FUNCTION "count_approval_days"("p_days" date[], "p_agents" uuid[]) RETURNS void LANGUAGE plpgsql AS $$
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
      SELECT p.day, p.agent_id, p.kind, p.key, count(*) FILTER (WHERE who.spent >= 0 AND p.state = 'approved') AS timed, count(*) FILTER (WHERE who.spent BETWEEN 0 AND 4 AND p.state = 'approved') AS quick,
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
            WHERE who.spent >= 0 AND p.state = 'approved' GROUP BY 1, 2, 3, 4, 5) AS s
        GROUP BY 1, 2, 3, 4
    )
    SELECT day, agent_id, kind, key, c.approved, c.rejected, c.expired, c.cancelled, c.overturned, coalesce(p.timed, 0), coalesce(p.quick, 0),
        coalesce(p.people, '{}'), coalesce(w.at, '{}'), coalesce(w.n, '{}'), coalesce(s.at, '{}'), coalesce(s.n, '{}')
      FROM counted c LEFT JOIN persons p USING (day, agent_id, kind, key) LEFT JOIN waits w USING (day, agent_id, kind, key)
        LEFT JOIN spents s USING (day, agent_id, kind, key);
END $$;


INSERT INTO "measure_due" ("approval_id") SELECT "approval_id" FROM "approval_outcome";
