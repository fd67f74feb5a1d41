-- AlterTable
ALTER TABLE "rule_hit" ADD COLUMN     "sample_ids" UUID[] DEFAULT ARRAY[]::UUID[];

-- Counts how often rules held, each decision once (see take_decisions). Returns how many decisions it took; less than the limit means that
-- nothing is left. A trace is JSON that may quote what an agent sent: escapes that PostgreSQL cannot turn into text (NUL, half a surrogate
-- pair) are taken out first, so that no request can stop the count.
CREATE FUNCTION "count_rule_hits"("p_limit" int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[];
BEGIN
  ids := ARRAY(SELECT take_decisions('rule_hits', p_limit));
  IF cardinality(ids) = 0 THEN
    RETURN 0;
  END IF;

  INSERT INTO rule_hit AS h (policy_id, rule_id, day, agent_id, effect, mode, count, errors, last_at, sample_ids)
    SELECT rule->>'policy', rule->>'rule', (d.at AT TIME ZONE 'UTC')::date, d.agent_id, (rule->>'effect')::rule_effect, d.mode,
        count(*), count(*) FILTER (WHERE rule->'error' IS NOT NULL), max(d.at),
        (array_agg(d.id ORDER BY d.id DESC))[:20]
      FROM (
        SELECT id, at, agent_id, mode, CASE WHEN strpos(checks, '\u') = 0 THEN checks::json
            ELSE regexp_replace(checks, '\\(u[0-9A-Fa-f]{4}|.)', '?', 'g')::json END AS checks
          FROM (SELECT id, at, agent_id, mode, decision.checks::text AS checks FROM decision WHERE id = ANY(ids)) AS stored
          WHERE strpos(checks, '"matched":true') > 0
      ) AS d
      CROSS JOIN LATERAL json_array_elements(d.checks) AS c
      CROSS JOIN LATERAL json_array_elements(CASE WHEN json_typeof(c->'rules') = 'array' THEN c->'rules' ELSE '[]' END) AS rule
      WHERE c->>'check' = 'policy' AND rule->>'matched' = 'true' AND rule->>'effect' IN ('allow', 'review', 'escalate', 'deny')
      GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (policy_id, rule_id, day, agent_id, effect, mode) DO UPDATE SET count = h.count + excluded.count,
      errors = h.errors + excluded.errors, last_at = greatest(h.last_at, excluded.last_at),
      sample_ids = (excluded.sample_ids || h.sample_ids)[:20];
  IF FOUND THEN
    PERFORM pg_notify('remit', '["hits"]');
  END IF;
  RETURN cardinality(ids);
END $$;
