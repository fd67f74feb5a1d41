import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";

export interface StoppedNode {
  id: string;
  slug: string;
  name: string;
  kind: "team" | "person" | "agent";
  /** Agents at and below it, in sight. */
  agents: number;
  mayResume: boolean;
}

/** What is stopped, as the banner on every page says it: everything, and the parts in sight. */
export interface Stops {
  everything: { reason: string | null } | null;
  nodes: StoppedNode[];
}

const MOST = 50;

/** The kill switches that are on within the viewer's sight. That everything is stopped is everybody's to know. */
export async function readStops({ db, access }: Viewer): Promise<Stops> {
  const [configuration, nodes] = await Promise.all([
    db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { killSwitch: true, killSwitchReason: true } }),
    db.$queryRaw<Omit<StoppedNode, "mayResume">[]>`
      SELECT n.id, n.slug, n.name, n.kind::text, (
        WITH RECURSIVE down AS (
          SELECT n.id, n.kind UNION ALL SELECT c.id, c.kind FROM node c JOIN down ON c.parent_id = down.id
        ) SELECT count(*)::int FROM down WHERE kind = 'agent'
      ) AS agents
      FROM node n WHERE n.suspended AND ${withinSql(access, "chart.read", "n.id")} ORDER BY n.name LIMIT ${MOST}`,
  ]);
  return {
    everything: configuration.killSwitch ? { reason: configuration.killSwitchReason } : null,
    nodes: nodes.map((node) => ({ ...node, mayResume: access.can("chart.write", node.id) })),
  };
}

export interface StoppedAgent {
  id: string;
  slug: string;
  name: string;
  reason: string | null;
  mayResume: boolean;
}

/** Agents in sight that are suspended themselves. */
export async function suspendedAgents({ db, access }: Viewer): Promise<StoppedAgent[]> {
  const rows = await db.agent.findMany({
    where: { status: "suspended", ...within(access, "chart.read", "id") },
    orderBy: { node: { name: "asc" } },
    take: 200,
    select: { id: true, suspendedReason: true, node: { select: { slug: true, name: true } } },
  });
  return rows.map(({ id, suspendedReason, node }) => ({
    id,
    ...node,
    reason: suspendedReason,
    mayResume: access.can("agent.write", id),
  }));
}

/** Parts of the chart that the viewer may stop, by their place: `Company › Support`. The root is left out: that is everything. */
export async function stoppableNodes({ db, access }: Viewer): Promise<{ id: string; path: string }[]> {
  const nodes = await db.node.findMany({
    where: { kind: { not: "person" } },
    select: { id: true, parentId: true, name: true, suspended: true },
    orderBy: [{ position: "asc" }, { name: "asc" }],
    take: 5_000,
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const pathOf = (id: string | null, steps = 0): string[] => {
    const node = id === null ? undefined : byId.get(id);
    return node === undefined || node.parentId === null || steps > 100
      ? []
      : [...pathOf(node.parentId, steps + 1), node.name];
  };
  return nodes
    .filter((node) => node.parentId !== null && !node.suspended && access.can("agent.suspend", node.id))
    .map((node) => ({ id: node.id, path: pathOf(node.id).join(" › ") }))
    .toSorted((a, b) => a.path.localeCompare(b.path, "en"));
}

/** How many switches are on within sight: everything, parts, single agents. */
export async function countStops({ db, access }: Viewer): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT (SELECT count(*) FROM configuration WHERE kill_switch)::int
      + (SELECT count(*) FROM node n WHERE n.suspended AND ${withinSql(access, "chart.read", "n.id")})::int
      + (SELECT count(*) FROM agent a WHERE a.status = 'suspended' AND ${withinSql(access, "chart.read", "a.id")})::int AS count`;
  return row?.count ?? 0;
}
