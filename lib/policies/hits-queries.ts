import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { targetOf } from "@/lib/decisions/words";
import { isId } from "@/lib/kernel/ids";
import type { Json } from "@/lib/kernel/json";
import { firstDay, HIT_DAYS, type DailyHits } from "@/lib/policies/hits";
import { isSlug } from "@/lib/kernel/slug";
import { RULE_EFFECTS, type RuleEffect } from "@/lib/policies/schemas";

/** Rules times days that one page draws. */
const MOST_ROWS = 60_000;

/** How often the policy's rules held on each of the last days, in live runs of agents in the viewer's sight (I12). */
export async function dailyHits(viewer: Viewer, policy: string, days = HIT_DAYS): Promise<DailyHits[]> {
  return await viewer.db.$queryRaw<DailyHits[]>`
    SELECT rule_id AS rule, to_char(day, 'YYYY-MM-DD') AS day, effect::text AS effect, sum(count)::int AS count, sum(errors)::int AS errors
    FROM rule_hit WHERE policy_id = ${policy} AND mode = 'live' AND day >= ${firstDay(viewer.clock.now(), days)}::date
      AND ${withinSql(viewer.access, "run.read", "agent_id")}
    GROUP BY rule_id, day, effect ORDER BY day LIMIT ${MOST_ROWS}`;
}

/** The same for several policies at once, without the rules' names: `rule` is the policy. */
export async function dailyHitsOfPolicies(viewer: Viewer, policies: readonly string[]): Promise<DailyHits[]> {
  if (policies.length === 0) return [];
  return await viewer.db.$queryRaw<DailyHits[]>`
    SELECT policy_id AS rule, to_char(day, 'YYYY-MM-DD') AS day, effect::text AS effect, sum(count)::int AS count, sum(errors)::int AS errors
    FROM rule_hit WHERE policy_id = ANY(${[...policies]}) AND mode = 'live' AND day >= ${firstDay(viewer.clock.now())}::date
      AND ${withinSql(viewer.access, "run.read", "agent_id")}
    GROUP BY policy_id, day, effect ORDER BY day LIMIT ${MOST_ROWS}`;
}

/** When each rule last held in a live run, as far back as counts are kept. */
export async function lastHits(viewer: Viewer, policy: string): Promise<Map<string, Date>> {
  const rows = await viewer.db.$queryRaw<{ rule: string; at: Date }[]>`
    SELECT rule_id AS rule, max(last_at) AS at FROM rule_hit
    WHERE policy_id = ${policy} AND mode = 'live' AND ${withinSql(viewer.access, "run.read", "agent_id")} GROUP BY rule_id LIMIT 10000`;
  return new Map(rows.map(({ rule, at }) => [rule, at]));
}

export interface HitFilter {
  /** Empty: all. */
  rules: readonly string[];
  effect: readonly RuleEffect[];
  agent: readonly string[];
  modes: readonly ("live" | "shadow")[];
  /** UTC days, both included. */
  from: string;
  to: string;
  /** Newest first, unless oldest first is asked for. */
  ascending: boolean;
  page: number;
  pageSize: number;
}

/** A decision that a rule of the policy held for. */
export interface HitDecision {
  id: string;
  at: string;
  rules: string[];
  /** What was decided in the end, after all checks. */
  effect: "allow" | "deny" | "escalate";
  review: boolean;
  shadow: boolean;
  action: string;
  actionTitle: string | null;
  /** What it was done to, in a few words of the agent's. */
  target: string | null;
  agent: { name: string; slug: string };
  message: string;
}

/**
 * The decisions behind the counts, newest first: of each rule, agent and day the latest twenty are known by name (`rule_hit.sample_ids`).
 * `held` is how often the rules held in all, `listed` how many decisions are kept by name.
 */
export async function hitDecisions(
  viewer: Viewer,
  policy: string,
  filter: HitFilter,
): Promise<{ rows: HitDecision[]; listed: number; held: number }> {
  if (!isSlug(policy)) return { rows: [], listed: 0, held: 0 };
  const { db } = viewer;
  const where = hitWhere(viewer, policy, filter);
  const [ids, counted] = await Promise.all([
    db.$queryRaw<{ id: string; rules: string[] }[]>`
      SELECT sample.id, array_agg(DISTINCT hit.rule_id) AS rules FROM rule_hit hit CROSS JOIN LATERAL unnest(hit.sample_ids) AS sample(id)
      WHERE ${where} GROUP BY sample.id ORDER BY sample.id ${Prisma.raw(filter.ascending ? "ASC" : "DESC")} LIMIT ${filter.pageSize} OFFSET ${(filter.page - 1) * filter.pageSize}`,
    db.$queryRaw<{ listed: number; held: number }[]>`
      SELECT (SELECT count(DISTINCT sample.id) FROM rule_hit hit CROSS JOIN LATERAL unnest(hit.sample_ids) AS sample(id) WHERE ${where})::int AS listed,
        (SELECT coalesce(sum(hit.count), 0) FROM rule_hit hit WHERE ${where})::int AS held`,
  ]);
  const decisions = await db.decision.findMany({
    where: { id: { in: ids.map((one) => one.id) } },
    select: {
      id: true,
      at: true,
      agentId: true,
      action: true,
      effect: true,
      reviewDeadline: true,
      message: true,
      mode: true,
      args: true,
      resource: true,
    },
  });
  const [agents, titles] = await Promise.all([
    db.node.findMany({
      where: { id: { in: decisions.map((one) => one.agentId) } },
      select: { id: true, name: true, slug: true },
    }),
    db.action.findMany({
      where: { id: { in: decisions.map((one) => one.action) } },
      select: { id: true, title: true },
    }),
  ]);
  const byId = new Map(decisions.map((one) => [one.id, one]));
  const agentOf = new Map(agents.map((one) => [one.id, one]));
  const titleOf = new Map(titles.map((one) => [one.id, one.title]));
  const rows = ids.flatMap(({ id, rules }): HitDecision[] => {
    const found = byId.get(id);
    const agent = found && agentOf.get(found.agentId);
    if (!found || !agent) return [];
    const { at, effect, reviewDeadline, action, message, mode } = found;
    return [
      {
        id,
        at: at.toISOString(),
        rules,
        effect,
        review: reviewDeadline !== null,
        shadow: mode === "shadow",
        action,
        actionTitle: titleOf.get(action) ?? null,
        target: targetOf(found.resource as Json, found.args as Json),
        agent: { name: agent.name, slug: agent.slug },
        message,
      },
    ];
  });
  return { rows, listed: counted[0]?.listed ?? 0, held: counted[0]?.held ?? 0 };
}

/** Agents in sight for which rules of the policy held in these days, by how often; for a filter's choices. */
export async function hitAgents(
  viewer: Viewer,
  policy: string,
  filter: HitFilter,
): Promise<{ id: string; name: string; count: number }[]> {
  return await viewer.db.$queryRaw`
    SELECT node.id, node.name, sum(hit.count)::int AS count FROM rule_hit hit JOIN node ON node.id = hit.agent_id
    WHERE ${hitWhere(viewer, policy, { ...filter, agent: [] })} GROUP BY node.id ORDER BY 3 DESC, node.name LIMIT 100`;
}

/** The rules of the policy that held in these days, of whichever version, by how often; for a filter's choices. */
export async function hitRules(
  viewer: Viewer,
  policy: string,
  filter: HitFilter,
): Promise<{ rule: string; count: number }[]> {
  return await viewer.db.$queryRaw`
    SELECT hit.rule_id AS rule, sum(hit.count)::int AS count FROM rule_hit hit
    WHERE ${hitWhere(viewer, policy, { ...filter, rules: [] })} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200`;
}

function hitWhere(viewer: Viewer, policy: string, { rules, effect, agent, modes, from, to }: HitFilter): Prisma.Sql {
  const parts = [
    Prisma.sql`hit.policy_id = ${policy}`,
    Prisma.sql`hit.mode::text = ANY(${[...modes]})`,
    Prisma.sql`hit.day BETWEEN ${from}::date AND ${to}::date`,
    withinSql(viewer.access, "run.read", "hit.agent_id"),
  ];
  const effects = effect.filter((one) => RULE_EFFECTS.includes(one));
  const agents = agent.filter(isId);
  const named = rules.filter((one) => !one.includes("\0"));
  if (rules.length > 0) parts.push(Prisma.sql`hit.rule_id = ANY(${named})`);
  if (effects.length > 0) parts.push(Prisma.sql`hit.effect::text = ANY(${effects})`);
  if (agent.length > 0) parts.push(Prisma.sql`hit.agent_id = ANY(${agents}::uuid[])`);
  return Prisma.join(parts, " AND ");
}
