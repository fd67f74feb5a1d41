import type { Db, Tx } from "@/lib/db/client";
import type { AutonomyRecord } from "@/lib/tiers/record";
import type { TIERS } from "@/lib/tiers/matrices";

/** Runs further back say little about today; it also bounds what is read. */
const RECORD_DAYS = 180;
const DAY_MS = 86_400_000;

type Tier = (typeof TIERS)[number];

/** What the agent did since it got its tier, at most 180 days back; null when there is no such agent. Reads along keys of one agent. */
export async function readRecord(db: Db | Tx, agentId: string, now: Date): Promise<AutonomyRecord | null> {
  const agents = await db.$queryRaw<{ tier: Tier; version: number; versions: number; since: Date }[]>`
    WITH steps AS (
      SELECT number, created_at, boundary->>'tier' AS tier,
        lag(boundary->>'tier') OVER (ORDER BY number) AS before
      FROM agent_version WHERE agent_id = ${agentId}::uuid
    ), began AS (
      SELECT coalesce(max(number) FILTER (WHERE before IS DISTINCT FROM tier), 1) AS number FROM steps
    )
    SELECT agent.tier::text AS tier, agent.version, (agent.version - began.number + 1)::int AS versions,
      coalesce(steps.created_at, agent.created_at) AS since
    FROM agent CROSS JOIN began LEFT JOIN steps ON steps.number = began.number WHERE agent.id = ${agentId}::uuid`;
  const agent = agents[0];
  if (!agent) return null;
  const earliest = new Date(now.getTime() - RECORD_DAYS * DAY_MS);
  const since = agent.since > earliest ? agent.since : earliest;
  const [runs, approvals, incidents] = await Promise.all([
    db.$queryRaw<(AutonomyRecord["runs"] & AutonomyRecord["decisions"])[]>`
      SELECT count(*) FILTER (WHERE status = 'succeeded')::int AS succeeded, count(*) FILTER (WHERE status = 'failed')::int AS failed,
        count(*) FILTER (WHERE status = 'blocked')::int AS blocked, count(*) FILTER (WHERE status = 'halted')::int AS halted,
        count(*) FILTER (WHERE status = 'lost')::int AS lost, coalesce(sum(decisions), 0)::int AS made,
        coalesce(sum(denials), 0)::int AS denied, coalesce(sum(escalations), 0)::int AS escalated
      FROM run WHERE agent_id = ${agentId}::uuid AND started_at >= ${since} AND mode = 'live'`,
    db.$queryRaw<AutonomyRecord["approvals"][]>`
      SELECT count(*) FILTER (WHERE state = 'approved')::int AS approved, count(*) FILTER (WHERE state = 'rejected')::int AS rejected,
        count(*) FILTER (WHERE state = 'expired')::int AS expired
      FROM approval WHERE agent_id = ${agentId}::uuid AND requested_at >= ${since}`,
    db.incident.count({ where: { agentId, openedAt: { gte: since } } }),
  ]);
  const { made = 0, denied = 0, escalated = 0, ...ended } = runs[0] ?? {};
  return {
    tier: agent.tier,
    version: agent.version,
    versions: Math.max(1, agent.versions),
    since: since.toISOString(),
    at: now.toISOString(),
    runs: { succeeded: 0, failed: 0, blocked: 0, halted: 0, lost: 0, ...ended },
    decisions: { made, denied, escalated },
    approvals: approvals[0] ?? { approved: 0, rejected: 0, expired: 0 },
    incidents,
  };
}
