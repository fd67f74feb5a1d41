import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { matchesAction } from "@/lib/catalogue/match";
import { ruleSchema, type RuleEffect } from "@/lib/policies/schemas";

const DAY_MS = 86_400_000;
export const USAGE_DAYS = 30;

export interface ActionUsage {
  /** Days (UTC) on which it was asked for, oldest first. */
  days: { day: Date; allowed: number; escalated: number; denied: number }[];
  agents: { slug: string; name: string; requests: number; denied: number; lastAt: Date }[];
}

/** How agents in sight used an action over the last 30 days; the 20 that asked most. */
export async function actionUsage(viewer: Viewer, action: string): Promise<ActionUsage> {
  const { db, access, clock } = viewer;
  if (!access.canAnywhere("run.read")) return { days: [], agents: [] };
  const since = new Date(clock.now().getTime() - (USAGE_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  const seen = withinSql(access, "run.read", "u.agent_id");
  const [days, agents] = await Promise.all([
    db.$queryRaw<ActionUsage["days"]>`
      SELECT u.day, sum(u.allowed)::int AS allowed, sum(u.escalated)::int AS escalated, sum(u.denied)::int AS denied
      FROM action_use u WHERE u.action = ${action} AND u.day >= ${since}::date AND ${seen} GROUP BY u.day ORDER BY u.day`,
    db.$queryRaw<ActionUsage["agents"]>`
      SELECT node.slug, node.name, sum(u.allowed + u.escalated + u.denied)::int AS requests, sum(u.denied)::int AS denied,
        max(u.last_at) AS "lastAt"
      FROM action_use u JOIN node ON node.id = u.agent_id
      WHERE u.action = ${action} AND u.day >= ${since}::date AND ${seen}
      GROUP BY node.id ORDER BY requests DESC, node.name LIMIT 20`,
  ]);
  return { days, agents };
}

/** A published rule that is about an action. */
export interface NamingRule {
  policyId: string;
  policyName: string;
  ruleId: string;
  effect: RuleEffect;
  description: string | null;
  /** The pattern that matches. */
  pattern: string;
}

/** The rules in force that name the action, at most 100; empty for whoever reads no policy. */
export async function rulesNaming(viewer: Viewer, action: string): Promise<NamingRule[]> {
  if (!viewer.access.canAnywhere("policy.read")) return [];
  const rows = await viewer.db.$queryRaw<{ policyId: string; policyName: string; rules: unknown }[]>`
    SELECT policy.id AS "policyId", policy.name AS "policyName", version.rules
    FROM policy JOIN policy_version version ON version.policy_id = policy.id AND version.number = policy.published_version
    WHERE policy.retired_at IS NULL ORDER BY policy.name, policy.id LIMIT 1000`;
  return rows
    .flatMap(({ policyId, policyName, rules }) =>
      (Array.isArray(rules) ? rules : []).flatMap((stored): NamingRule[] => {
        const rule = ruleSchema.safeParse(stored);
        if (!rule.success) return [];
        const pattern = rule.data.match.actions.find((one) => matchesAction(one, action));
        if (pattern === undefined) return [];
        const { id, effect, description = null } = rule.data;
        return [{ policyId, policyName, ruleId: id, effect, description, pattern }];
      }),
    )
    .slice(0, 100);
}
