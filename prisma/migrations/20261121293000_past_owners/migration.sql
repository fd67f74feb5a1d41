-- AlterTable
ALTER TABLE "agent" ADD COLUMN     "past_owner_ids" UUID[] DEFAULT ARRAY[]::UUID[];

-- Who answered for an agent before its owner of now, since it has its tier, as the record has it.
UPDATE "agent" SET "past_owner_ids" = past.ids FROM (
  SELECT agent.id, array_agg(DISTINCT (record.body::jsonb #>> '{detail,before,ownerId}')::uuid) AS ids
  FROM "agent"
  JOIN "audit_record" AS record ON record.subject_id = agent.id::text AND record.action = 'agent.update'
    AND record.body::jsonb #> '{detail,before}' ? 'ownerId'
  WHERE record.at > coalesce((
    SELECT max(step.created_at) FROM (
      SELECT created_at, boundary->>'tier' AS tier, lag(boundary->>'tier') OVER (ORDER BY number) AS before
      FROM "agent_version" WHERE agent_id = agent.id
    ) AS step WHERE step.before IS DISTINCT FROM step.tier
  ), agent.created_at)
  GROUP BY agent.id
) AS past WHERE agent.id = past.id;
