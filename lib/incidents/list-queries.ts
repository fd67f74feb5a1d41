import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { searchSql } from "@/lib/db/search-sql";
import type { IncidentFilter, IncidentListParams } from "@/lib/incidents/list-params";
import type { IncidentRow, IncidentSource, IncidentState, Severity } from "@/lib/incidents/views";

interface StoredRow {
  id: string;
  title: string;
  state: IncidentState;
  severity: Severity;
  source: IncidentSource;
  agentId: string;
  slug: string;
  name: string;
  paused: boolean;
  runs: number;
  openedAt: Date;
  openedBy: string | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  cause: string | null;
}

/** Incidents of the agents that the viewer sees, one page of them, and how many there are in all. */
export async function listIncidents(
  viewer: Viewer,
  params: IncidentListParams,
): Promise<{ rows: IncidentRow[]; total: number }> {
  const where = incidentsWhere(viewer, params);
  const limit = Math.min(100, params.pageSize);
  const [rows, counted] = await Promise.all([
    viewer.db.$queryRaw<StoredRow[]>`
      SELECT i.id, i.title, i.state::text, i.severity::text, i.source::text, i.agent_id AS "agentId", n.slug, n.name, i.paused,
        (SELECT count(*)::int FROM incident_run r WHERE r.incident_id = i.id) AS runs, i.opened_at AS "openedAt",
        o.name AS "openedBy", i.resolved_at AS "resolvedAt", p.name AS "resolvedBy", i.cause
      FROM incident i JOIN node n ON n.id = i.agent_id LEFT JOIN person o ON o.id = i.opened_by_id
        LEFT JOIN person p ON p.id = i.resolved_by_id
      WHERE ${where} ORDER BY ${orderBy(params.sort)} LIMIT ${limit} OFFSET ${(params.page - 1) * limit}`,
    viewer.db.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM incident i JOIN node n ON n.id = i.agent_id WHERE ${where}`,
  ]);
  return {
    rows: rows.map(({ agentId, slug, name, ...row }) => ({ ...row, agent: { id: agentId, slug, name } })),
    total: counted[0]?.total ?? 0,
  };
}

const SEARCHED = [
  Prisma.sql`i.title`,
  Prisma.sql`n.name`,
  Prisma.sql`n.slug`,
  Prisma.sql`i.cause`,
  Prisma.sql`i.id::text`,
];

function incidentsWhere({ access }: Viewer, filter: IncidentFilter): Prisma.Sql {
  const parts = [withinSql(access, "incident.read", "i.agent_id"), searchSql(filter.search, SEARCHED)];
  if (filter.state.length > 0) parts.push(Prisma.sql`i.state = ANY(${[...filter.state]}::incident_state[])`);
  if (filter.severity.length > 0)
    parts.push(Prisma.sql`i.severity = ANY(${[...filter.severity]}::incident_severity[])`);
  if (filter.source.length > 0) parts.push(Prisma.sql`i.source = ANY(${[...filter.source]}::incident_source[])`);
  if (filter.agent.length > 0) parts.push(Prisma.sql`n.slug = ANY(${[...filter.agent]}::text[])`);
  return Prisma.join(parts, " AND ");
}

/** What is open stands before what is resolved, whatever the order within. */
function orderBy({ id, desc }: IncidentListParams["sort"]): Prisma.Sql {
  const direction = desc ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  switch (id) {
    case "openedAt":
      return Prisma.sql`i.state, i.opened_at ${direction}, i.id ${direction}`;
    case "severity":
      return Prisma.sql`i.state, i.severity ${direction}, i.opened_at DESC, i.id`;
    case "agent":
      return Prisma.sql`i.state, n.name ${direction}, i.opened_at DESC, i.id`;
    case "state":
      return Prisma.sql`i.state ${direction}, i.opened_at DESC, i.id`;
  }
}

/** How many incidents and contradictions of policies are open within sight: tabs and the shell's badge. */
export async function countOpen({ db, access }: Viewer): Promise<{ incidents: number; conflicts: number }> {
  const [row] = await db.$queryRaw<{ incidents: number; conflicts: number }[]>`
    SELECT (SELECT count(*)::int FROM incident i WHERE i.state = 'open' AND ${withinSql(access, "incident.read", "i.agent_id")}) AS incidents,
      (SELECT count(*)::int FROM policy_conflict c WHERE c.resolved_at IS NULL AND ${withinSql(access, "incident.read", "c.agent_id")}) AS conflicts`;
  return row ?? { incidents: 0, conflicts: 0 };
}

/** Agents with incidents in sight, most first: the choices of the filter. */
export function incidentAgents({ db, access }: Viewer): Promise<{ value: string; label: string; count: number }[]> {
  return db.$queryRaw`
    SELECT n.slug AS value, n.name AS label, count(*)::int AS count FROM incident i JOIN node n ON n.id = i.agent_id
    WHERE ${withinSql(access, "incident.read", "i.agent_id")} GROUP BY n.slug, n.name ORDER BY count DESC, n.name LIMIT 200`;
}
