import { ancestors, type TreeNode } from "@/lib/agents/tree";
import type { Access } from "@/lib/auth/access";
import type { Db } from "@/lib/db/client";
import type { Rule } from "@/lib/policies/schemas";

/** Which rules concern a viewer's subtree: "all", or the slugs by which a rule can name an agent in it. */
export type RuleSight = "all" | { agents: ReadonlySet<string>; nodes: ReadonlySet<string> };

/** A node of the chart as rules name it. */
interface NamedNode extends TreeNode {
  slug: string;
  kind: string;
}

/** What the viewer's reach makes visible: agents in it, and nodes that stand in it or above it. */
function sightOf(reach: "all" | ReadonlySet<string>, chart: readonly NamedNode[]): RuleSight {
  if (reach === "all") return "all";
  const byId = new Map(chart.map((node) => [node.id, node]));
  const inside = chart.filter((node) => reach.has(node.id));
  const above = inside.flatMap((node) => ancestors(byId, node.id));
  return {
    agents: new Set(inside.flatMap((node) => (node.kind === "agent" ? [node.slug] : []))),
    nodes: new Set([...inside, ...above].map((node) => node.slug)),
  };
}

/**
 * The rules that bind some agent in sight, each without the names of agents and nodes out of sight. Policies are the organisation's:
 * a rule that names nobody binds everybody, and everybody may read it (I12).
 */
export function rulesInSight(rules: readonly Rule[], sight: RuleSight): Rule[] {
  if (sight === "all") return [...rules];
  return rules.flatMap((rule) => {
    const { actions, agents, nodes } = rule.match;
    if (!agents && !nodes) return [rule];
    const seenAgents = agents?.filter((slug) => sight.agents.has(slug)) ?? [];
    const seenNodes = nodes?.filter((slug) => sight.nodes.has(slug)) ?? [];
    if (seenAgents.length + seenNodes.length === 0) return [];
    const match: Rule["match"] = { actions };
    if (seenAgents.length > 0) match.agents = seenAgents;
    if (seenNodes.length > 0) match.nodes = seenNodes;
    return [{ ...rule, match }];
  });
}

/** As {@link sightOf}, of the chart as it is; null for whoever holds no role that reads policies. */
export async function ruleSight({ db, access }: { db: Db; access: Access }): Promise<RuleSight | null> {
  if (!access.canAnywhere("policy.read")) return null;
  const reach = access.nodes("policy.read");
  if (reach === "all") return "all";
  const chart = await db.node.findMany({ select: { id: true, parentId: true, slug: true, kind: true } });
  return sightOf(reach, chart);
}
