import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { branchesFor } from "@/lib/inbox/branches";
import { DEFAULT_VIEW } from "@/lib/inbox/filter";
import { filterSql } from "@/lib/inbox/where";
import { fillBuckets, SPANS, spanStart, startOfDay, type DecisionBucket, type Span } from "@/lib/overview/buckets";

/** Agents by status and by tier, and what their runs do now. */
export interface Fleet {
  status: { active: number; suspended: number; retired: number };
  /** Of agents that are not retired. */
  tier: { observe: number; recommend: number; prepare: number; execute: number; escalate: number };
  runningRuns: number;
  runningAgents: number;
  /** Runs that lost their lease in the last 24 hours. */
  lost: number;
}

export async function fleet(viewer: Viewer): Promise<Fleet> {
  const dayAgo = new Date(viewer.clock.now().getTime() - 86_400_000);
  const inSight = withinSql(viewer.access, "run.read", "agent_id");
  const [agents, runs, lost] = await Promise.all([
    viewer.db.$queryRaw<{ status: keyof Fleet["status"]; tier: keyof Fleet["tier"]; count: number }[]>`
      SELECT status::text AS status, tier::text AS tier, count(*)::int AS count FROM agent
      WHERE ${withinSql(viewer.access, "chart.read", "id")} GROUP BY status, tier`,
    viewer.db.$queryRaw<{ runs: number; agents: number }[]>`
      SELECT count(*)::int AS runs, count(DISTINCT agent_id)::int AS agents FROM run WHERE status = 'running' AND ${inSight}`,
    viewer.db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM run WHERE status = 'lost' AND ended_at >= ${dayAgo} AND ${inSight}`,
  ]);
  const result: Fleet = {
    status: { active: 0, suspended: 0, retired: 0 },
    tier: { observe: 0, recommend: 0, prepare: 0, execute: 0, escalate: 0 },
    runningRuns: runs[0]?.runs ?? 0,
    runningAgents: runs[0]?.agents ?? 0,
    lost: lost[0]?.count ?? 0,
  };
  for (const { status, tier, count } of agents) {
    result.status[status] += count;
    if (status !== "retired") result.tier[tier] += count;
  }
  return result;
}

/** An escalation that waits for a person. */
interface WaitingApproval {
  id: string;
  action: string;
  title: string | null;
  risk: "low" | "medium" | "high";
  code: string;
  agent: { slug: string; name: string };
  requestedAt: Date;
  deadline: Date;
  /** The viewer's own, as the inbox says. */
  mine: boolean;
}

/** What waits: the riskiest first, then by deadline; at most `take` of `total`. */
export async function waitingApprovals(
  viewer: Viewer,
  take = 6,
): Promise<{ rows: WaitingApproval[]; total: number; mine: number }> {
  const { db, clock } = viewer;
  const [approvals] = branchesFor(viewer, ["approval"]);
  if (!approvals) return { rows: [], total: 0, mine: 0 };
  const { from, waits } = approvals;
  // Where nobody is named it is not known to be anybody's: that is no.
  const mine = Prisma.sql`coalesce(${filterSql(approvals, DEFAULT_VIEW.filter, clock.now())}, FALSE)`;
  const [rows, counted] = await Promise.all([
    db.$queryRaw<(Omit<WaitingApproval, "agent"> & { slug: string; name: string })[]>`
      SELECT a.id, a.action, action.title, a.risk::text AS risk, a.code, node.slug, node.name,
        a.requested_at AS "requestedAt", a.deadline, ${mine} AS mine
      FROM ${from} JOIN node ON node.id = a.agent_id LEFT JOIN action ON action.id = a.action
      WHERE ${waits}
      ORDER BY mine DESC, a.risk DESC, a.deadline, a.id LIMIT ${Math.min(take, 50)}`,
    db.$queryRaw<{ total: number; mine: number }[]>`
      SELECT count(*)::int AS total, count(*) FILTER (WHERE ${mine})::int AS mine FROM ${from} WHERE ${waits}`,
  ]);
  return {
    rows: rows.map(({ slug, name, ...row }) => ({ ...row, agent: { slug, name } })),
    total: counted[0]?.total ?? 0,
    mine: counted[0]?.mine ?? 0,
  };
}

/**
 * Live decisions in sight from the start of an hour on: by hour as the worker has counted them, one by one where it has not (the present hour, or
 * all, when it is away). Both in one statement, which sees one state of the store: none is missing and none is there twice.
 */
const liveDecisions = ({ access }: Viewer, from: Date): Prisma.Sql => Prisma.sql`
  SELECT hour AS at, agent_id, action, code, effect, count FROM decision_hour
    WHERE hour >= ${from}::timestamptz AND ${withinSql(access, "run.read", "agent_id")}
  UNION ALL
  SELECT at, agent_id, action, code, effect, 1 FROM decision
    WHERE at >= greatest(${from}::timestamptz, (SELECT until FROM decision_hours_counted)) AND mode = 'live'
      AND ${withinSql(access, "run.read", "agent_id")}`;

/** Live decisions by effect over the span; shadow runs act on nothing and are left out. */
export async function decisionsOverTime(viewer: Viewer, span: Span): Promise<DecisionBucket[]> {
  const now = viewer.clock.now();
  const first = spanStart(span, now);
  const rows = await viewer.db.$queryRaw<{ bucket: number; effect: "allow" | "deny" | "escalate"; count: number }[]>`
    SELECT floor(extract(epoch FROM at - ${first}::timestamptz) * 1000 / ${SPANS[span].bucketMs}::float8)::int AS bucket,
      effect::text AS effect, sum(count)::int AS count
    FROM (${liveDecisions(viewer, first)}) decided GROUP BY 1, 2`;
  return fillBuckets(span, now, rows);
}

/** What runs that began today, in the viewer's time zone, have cost; calls without a price are counted, never taken as free. */
export async function costToday(
  viewer: Viewer,
): Promise<{ since: Date; costMicroUsd: string; unpricedCalls: number; runs: number }> {
  const since = startOfDay(viewer.clock.now(), viewer.person.timeZone);
  const rows = await viewer.db.$queryRaw<{ costMicroUsd: string; unpricedCalls: number; runs: number }[]>`
    SELECT coalesce(sum(cost_micro_usd), 0)::text AS "costMicroUsd", coalesce(sum(unpriced_calls), 0)::int AS "unpricedCalls",
      count(*)::int AS runs
    FROM run WHERE started_at >= ${since} AND ${withinSql(viewer.access, "run.read", "agent_id")}`;
  return { since, ...(rows[0] ?? { costMicroUsd: "0", unpricedCalls: 0, runs: 0 }) };
}

/** An action that was denied, why, and how often. */
interface DeniedAction {
  action: string;
  title: string | null;
  code: string;
  count: number;
  agents: number;
}

/** The pairs of action and code that were denied most over the span. */
export async function mostDenied(viewer: Viewer, span: Span, take = 8): Promise<DeniedAction[]> {
  return await viewer.db.$queryRaw<DeniedAction[]>`
    SELECT denied.*, action.title FROM (
      SELECT action, code, sum(count)::int AS count, count(DISTINCT agent_id)::int AS agents
      FROM (${liveDecisions(viewer, spanStart(span, viewer.clock.now()))}) decided WHERE effect = 'deny'
      GROUP BY action, code ORDER BY count DESC, action, code LIMIT ${Math.min(take, 50)}
    ) denied LEFT JOIN action ON action.id = denied.action
    ORDER BY count DESC, denied.action, code`;
}

/** Whether anything has run yet, and an agent that could: the overview of a new organisation shows the way from there. */
export async function firstSteps(
  viewer: Viewer,
): Promise<{ agent: { id: string; slug: string } | null; runs: boolean }> {
  const [agents, runs] = await Promise.all([
    viewer.db.$queryRaw<{ id: string; slug: string }[]>`
      SELECT agent.id, node.slug FROM agent JOIN node ON node.id = agent.id
      WHERE agent.status = 'active' AND ${withinSql(viewer.access, "chart.read", "agent.id")}
      ORDER BY agent.created_at, node.slug LIMIT 1`,
    viewer.db.$queryRaw<unknown[]>`SELECT 1 FROM run WHERE ${withinSql(viewer.access, "run.read", "agent_id")} LIMIT 1`,
  ]);
  return { agent: agents[0] ?? null, runs: runs.length > 0 };
}
