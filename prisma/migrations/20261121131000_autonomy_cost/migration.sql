-- A report stays as it was written, for every role.
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "report" FOR EACH ROW EXECUTE FUNCTION "append_only"();

-- The same (see 20261121130000_autonomy), reading the trace of a decision only where its agent holds a conditional grant.
CREATE OR REPLACE FUNCTION "digest_decisions"("p_limit" int) RETURNS int LANGUAGE plpgsql AS $$
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
  WITH RECURSIVE conditional AS MATERIALIZED (
    SELECT DISTINCT agent_id FROM "grant" WHERE condition IS NOT NULL AND revoked_at IS NULL
  ), let_through AS (
    SELECT decision.agent_id, decision.action, run.parent_run_id, max(decision.at) AS at,
        array_agg(DISTINCT CASE WHEN decision.agent_id IN (SELECT agent_id FROM conditional)
          THEN substring(decision.checks::text FROM '"check":"authority".*?"grants":(\[[^]]*\])') END) AS carried
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
