import { ancestorsInSight } from "@/lib/agents/ancestry";
import type { AgentListParams, AgentSort } from "@/lib/agents/list-params";
import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { searchSql } from "@/lib/db/search-sql";
import { isSlug } from "@/lib/kernel/slug";

const WEEK_MS = 7 * 24 * 3_600_000;

/** One agent as the list shows it; figures are of the last seven days. */
export interface AgentRow {
  id: string;
  slug: string;
  name: string;
  status: "active" | "suspended" | "retired";
  tier: "observe" | "recommend" | "prepare" | "execute" | "escalate";
  version: number;
  model: string | null;
  owner: { id: string; name: string };
  /** The nearest team above that the viewer may see. */
  team: { slug: string; name: string } | null;
  /** The nearest suspended node above: its next decision is a deny as well. */
  suspendedBy: string | null;
  running: number;
  runs: number;
  decisions: number;
  denials: number;
  costMicroUsd: string;
  unpricedCalls: number;
  lastSeenAt: Date | null;
}

interface AgentPage {
  rows: AgentRow[];
  total: number;
}

type Listed = Omit<AgentRow, "team" | "suspendedBy" | "owner"> & { ownerId: string; ownerName: string };

/** Agents that the viewer may see, a page of them. `total` counts all that match. */
export async function listAgents(viewer: Viewer, params: AgentListParams): Promise<AgentPage> {
  const { db, clock } = viewer;
  const since = new Date(clock.now().getTime() - WEEK_MS);
  const matching = Prisma.join([withinSql(viewer.access, "chart.read", "agent.id"), ...filters(params)], " AND ");
  const [rows, counted] = await Promise.all([
    db.$queryRaw<Listed[]>`
      WITH week AS (
        SELECT agent_id, count(*)::int AS runs, sum(decisions)::int AS decisions, sum(denials)::int AS denials,
          sum(cost_micro_usd)::bigint AS cost, sum(unpriced_calls)::int AS unpriced,
          count(*) FILTER (WHERE status = 'running')::int AS running
        FROM run WHERE started_at >= ${since} AND ${withinSql(viewer.access, "run.read", "agent_id")}
        GROUP BY agent_id
      ), listed AS (
        SELECT agent.id, node.slug, node.name, agent.status::text AS status, agent.tier::text AS tier, agent.version,
          version.boundary->>'model' AS model, owner.id AS "ownerId", owner.name AS "ownerName",
          coalesce(week.running, 0) AS running, coalesce(week.runs, 0) AS runs, coalesce(week.decisions, 0) AS decisions,
          coalesce(week.denials, 0) AS denials, coalesce(week.cost, 0) AS cost, coalesce(week.unpriced, 0) AS "unpricedCalls",
          (SELECT greatest(max(credential.last_used_at), (SELECT max(started_at) FROM run WHERE run.agent_id = agent.id))
           FROM credential WHERE credential.agent_id = agent.id) AS "lastSeenAt",
          agent.tier AS tier_order, agent.status AS status_order, parent.name AS parent_name
        FROM agent
        JOIN node ON node.id = agent.id
        LEFT JOIN node parent ON parent.id = node.parent_id
        JOIN person owner ON owner.id = agent.owner_id
        LEFT JOIN agent_version version ON version.agent_id = agent.id AND version.number = agent.version
        LEFT JOIN week ON week.agent_id = agent.id
        WHERE ${matching}
      )
      SELECT id, slug, name, status, tier, version, model, "ownerId", "ownerName", running, runs, decisions, denials,
        cost::text AS "costMicroUsd", "unpricedCalls", "lastSeenAt"
      FROM listed ORDER BY ${ordering(params)}
      LIMIT ${params.pageSize} OFFSET ${(params.page - 1) * params.pageSize}`,
    db.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM agent JOIN node ON node.id = agent.id JOIN person owner ON owner.id = agent.owner_id
      WHERE ${matching}`,
  ]);
  const above = await ancestorsInSight(
    viewer,
    rows.map((row) => row.id),
  );
  return {
    total: counted[0]?.total ?? 0,
    rows: rows.map(({ ownerId, ownerName, ...row }) => {
      const nodes = above.get(row.id) ?? [];
      const team = nodes.find((node) => node.kind === "team");
      return {
        ...row,
        owner: { id: ownerId, name: ownerName },
        team: team ? { slug: team.slug, name: team.name } : null,
        suspendedBy: nodes.find((node) => node.suspended)?.name ?? null,
      };
    }),
  };
}

const SEARCHED = [Prisma.sql`node.name`, Prisma.sql`node.slug`, Prisma.sql`owner.name`];

function filters(params: AgentListParams): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (params.status.length > 0) conditions.push(Prisma.sql`agent.status::text = ANY(${params.status})`);
  if (params.tier.length > 0) conditions.push(Prisma.sql`agent.tier::text = ANY(${params.tier})`);
  if (params.q !== "") conditions.push(searchSql(params.q, SEARCHED));
  if (params.node !== "" && !isSlug(params.node)) conditions.push(Prisma.sql`FALSE`);
  else if (params.node !== "") {
    conditions.push(Prisma.sql`agent.id IN (
      WITH RECURSIVE below AS (
        SELECT id FROM node WHERE slug = ${params.node}
        UNION ALL
        SELECT node.id FROM node JOIN below ON node.parent_id = below.id
      ) SELECT id FROM below)`);
  }
  return conditions;
}

const SORT_COLUMNS: Record<AgentSort, string> = {
  name: "lower(name)",
  team: "lower(parent_name)",
  owner: `lower("ownerName")`,
  tier: "tier_order",
  status: "status_order",
  runs: "runs",
  denials: "denials::float / nullif(decisions, 0)",
  cost: "cost",
  seen: `"lastSeenAt"`,
};

function ordering({ sort, descending }: AgentListParams): Prisma.Sql {
  return Prisma.raw(`${SORT_COLUMNS[sort]} ${descending ? "DESC" : "ASC"} NULLS LAST, lower(name), id`);
}
