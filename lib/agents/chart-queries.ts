import { envelopesOfNodes } from "@/lib/budgets/queries";
import type { EnvelopeView } from "@/lib/budgets/views";
import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";

/** The most nodes that one chart shows; a larger organisation looks at one of its subtrees. */
export const CHART_LIMIT = 5_000;

/** A node of the chart as a card shows it. */
export interface ChartNode {
  id: string;
  /** Null for the topmost nodes that the viewer sees. */
  parentId: string | null;
  kind: "team" | "person" | "agent";
  slug: string;
  name: string;
  /** This node's whole subtree is suspended. */
  suspended: boolean;
  /** Of a team. */
  lead: string | null;
  leadId: string | null;
  /** Its place among its siblings. */
  position: number;
  /** What it and all below may use, its own limits only; null: it has none, and is not the viewer's to give one. */
  envelope: EnvelopeView | null;
  agent: {
    status: "active" | "suspended" | "retired";
    tier: "observe" | "recommend" | "prepare" | "execute" | "escalate";
    owner: string;
    model: string | null;
    running: number;
    waiting: number;
  } | null;
}

interface Chart {
  nodes: ChartNode[];
  /** There are more nodes than shown. */
  truncated: boolean;
}

type Row = Omit<ChartNode, "agent" | "envelope"> & {
  stored: unknown;
  status: "active" | "suspended" | "retired" | null;
  tier: NonNullable<ChartNode["agent"]>["tier"];
  owner: string;
  model: string | null;
  running: number;
  waiting: number;
};

/** The part of the chart that the viewer sees, parents before children, siblings in their order. One query. */
export async function getChart(viewer: Viewer): Promise<Chart> {
  const rows = await viewer.db.$queryRaw<Row[]>`
    WITH RECURSIVE tree AS (
      SELECT id, ARRAY[]::int[] AS path, 0 AS depth FROM node WHERE parent_id IS NULL
      UNION ALL
      SELECT node.id, tree.path || node.position, tree.depth + 1 FROM node JOIN tree ON node.parent_id = tree.id
    ), running AS (
      SELECT agent_id, count(*)::int AS count FROM run
      WHERE status = 'running' AND ${withinSql(viewer.access, "run.read", "agent_id")} GROUP BY agent_id
    ), waiting AS (
      SELECT agent_id, count(*)::int AS count FROM approval
      WHERE state = 'pending' AND ${withinSql(viewer.access, "approval.read", "agent_id")} GROUP BY agent_id
    )
    SELECT node.id, node.parent_id AS "parentId", node.kind::text AS kind, node.slug, node.name, node.suspended, node.envelope AS stored, lead.name AS lead, node.lead_id AS "leadId", node.position,
      agent.status::text AS status, agent.tier::text AS tier, owner.name AS owner, version.boundary->>'model' AS model,
      coalesce(running.count, 0) AS running, coalesce(waiting.count, 0) AS waiting
    FROM tree
    JOIN node ON node.id = tree.id
    LEFT JOIN person lead ON lead.id = node.lead_id
    LEFT JOIN agent ON agent.id = node.id
    LEFT JOIN person owner ON owner.id = agent.owner_id
    LEFT JOIN agent_version version ON version.agent_id = agent.id AND version.number = agent.version
    LEFT JOIN running ON running.agent_id = node.id
    LEFT JOIN waiting ON waiting.agent_id = node.id
    WHERE ${withinSql(viewer.access, "chart.read", "node.id")}
    ORDER BY tree.depth, tree.path, node.name, node.id
    LIMIT ${CHART_LIMIT + 1}`;
  const shown = rows.slice(0, CHART_LIMIT);
  const seen = new Set(shown.map((row) => row.id));
  const envelopes = await envelopesOfNodes(
    viewer,
    shown.map(({ stored, ...row }) => ({ ...row, envelope: stored })),
  );
  return {
    truncated: rows.length > CHART_LIMIT,
    nodes: shown.map((row) => ({
      id: row.id,
      parentId: row.parentId !== null && seen.has(row.parentId) ? row.parentId : null,
      kind: row.kind,
      slug: row.slug,
      name: row.name,
      suspended: row.suspended,
      lead: row.lead,
      leadId: row.leadId,
      position: row.position,
      envelope: envelopes.get(row.id) ?? null,
      agent:
        row.status === null
          ? null
          : {
              status: row.status,
              tier: row.tier,
              owner: row.owner,
              model: row.model,
              running: row.running,
              waiting: row.waiting,
            },
    })),
  };
}
