import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { stateAt } from "@/lib/approvals/standing";
import type { ApprovalFilter, ApprovalListParams } from "@/lib/approvals/list-params";
import type { ApprovalRow, ApprovalState, Reversibility, Risk } from "@/lib/approvals/views";
import { actionTitle, targetOf } from "@/lib/decisions/words";
import { Prisma } from "@/lib/db/generated/client";
import { searchSql } from "@/lib/db/search-sql";
import type { Json } from "@/lib/kernel/json";
import { storedOnBehalfOf } from "@/lib/runs/stored-run";

/** One page of what waits no more, within the viewer's sight, and how much of it there is. */
export async function listDecided(
  viewer: Viewer,
  params: ApprovalListParams,
): Promise<{ rows: ApprovalRow[]; total: number }> {
  const where = approvalsWhere(viewer, params);
  const limit = Math.min(100, params.pageSize);
  const [rows, counted] = await Promise.all([
    viewer.db.$queryRaw<StoredRow[]>`
      WITH page AS (
        SELECT a.id, row_number() OVER (ORDER BY ${orderBy(params.sort)}) AS place ${FROM} WHERE ${where}
        ORDER BY place LIMIT ${limit} OFFSET ${(params.page - 1) * limit}
      )
      SELECT a.id, a.action, c.title, c.reversibility::text, a.agent_id AS "agentId", n.slug, n.name, a.risk::text, a.code, a.state::text,
        a.requested_at AS "requestedAt", a.deadline, ${ENDED} AS "decidedAt", p.name AS "decidedBy", a.run_id AS "runId",
        CASE WHEN octet_length(a.args::text) <= 65536 THEN a.args END AS args,
        CASE WHEN octet_length(d.resource::text) <= 65536 THEN d.resource END AS resource,
        r.on_behalf_of AS "onBehalfOf"
      FROM page JOIN approval a ON a.id = page.id JOIN decision d ON d.id = a.decision_id JOIN run r ON r.id = a.run_id
        JOIN node n ON n.id = a.agent_id LEFT JOIN action c ON c.id = a.action LEFT JOIN person p ON p.id = a.decided_by_id
      ORDER BY page.place`,
    viewer.db.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total ${FROM} WHERE ${where}`,
  ]);
  const now = viewer.clock.now();
  return { rows: rows.map((row) => rowOf(row, now)), total: counted[0]?.total ?? 0 };
}

const FROM = Prisma.sql`FROM approval a JOIN run r ON r.id = a.run_id JOIN node n ON n.id = a.agent_id LEFT JOIN action c ON c.id = a.action`;

/** When it left the queue. Nobody decides one that expires or is cancelled: it ended at its deadline, or with its run if that ended before. */
const ENDED = Prisma.sql`coalesce(a.decided_at, least(a.deadline, r.ended_at))`;

interface StoredRow {
  id: string;
  action: string;
  title: string | null;
  reversibility: Reversibility | null;
  agentId: string;
  slug: string;
  name: string;
  risk: Risk;
  code: string;
  state: ApprovalState;
  requestedAt: Date;
  deadline: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  runId: string;
  args: Json;
  resource: Json;
  onBehalfOf: Json;
}

function rowOf({ title, agentId, slug, name, args, resource, onBehalfOf, ...row }: StoredRow, now: Date): ApprovalRow {
  return {
    ...row,
    actionTitle: actionTitle(row.action, title),
    target: targetOf(resource, args),
    agent: { id: agentId, slug, name },
    onBehalfOf: storedOnBehalfOf(onBehalfOf)?.subject ?? null,
    state: stateAt(row.state, row.deadline, now),
  };
}

/** Waits for nobody: decided, cancelled, or its deadline passed (what is overdue counts as expired before the worker writes it down). */
const ended = (viewer: Viewer): Prisma.Sql =>
  Prisma.sql`NOT (a.state = 'pending' AND a.deadline > ${viewer.clock.now()}::timestamptz)`;

const inSight = (viewer: Viewer): Prisma.Sql => withinSql(viewer.access, "approval.read", "a.agent_id");

// Arguments are searched as their JSON text: an identifier in them is what a customer's letter names.
const SEARCHED = [
  Prisma.sql`n.name`,
  Prisma.sql`n.slug`,
  Prisma.sql`a.action`,
  Prisma.sql`c.title`,
  Prisma.sql`a.id::text`,
  Prisma.sql`left(a.args::text, 20000)`,
];

function approvalsWhere(viewer: Viewer, filter: ApprovalFilter): Prisma.Sql {
  const parts = [inSight(viewer), ended(viewer), searchSql(filter.search, SEARCHED)];
  if (filter.agent.length > 0) parts.push(Prisma.sql`n.slug = ANY(${[...filter.agent]}::text[])`);
  if (filter.action.length > 0) parts.push(Prisma.sql`a.action = ANY(${[...filter.action]}::text[])`);
  if (filter.risk.length > 0) parts.push(Prisma.sql`a.risk = ANY(${[...filter.risk]}::impact[])`);
  if (filter.state.length > 0) {
    const overdue = filter.state.includes("expired") ? Prisma.sql` OR a.state = 'pending'` : Prisma.empty;
    parts.push(Prisma.sql`(a.state = ANY(${[...filter.state]}::approval_state[])${overdue})`);
  }
  return Prisma.join(parts, " AND ");
}

function orderBy({ id, desc }: ApprovalListParams["sort"]): Prisma.Sql {
  const direction = desc ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  switch (id) {
    case "risk":
      return Prisma.sql`a.risk ${direction}, a.deadline, a.id`;
    case "deadline":
      return Prisma.sql`a.deadline ${direction}, a.risk DESC, a.id`;
    case "requestedAt":
      return Prisma.sql`a.requested_at ${direction}, a.id ${direction}`;
    case "decidedAt":
      return Prisma.sql`${ENDED} ${direction}, a.id ${direction}`;
    case "agent":
      return Prisma.sql`n.name ${direction}, a.risk DESC, a.deadline, a.id`;
    case "action":
      return Prisma.sql`coalesce(c.title, a.action) ${direction}, a.risk DESC, a.deadline, a.id`;
  }
}

interface Facet {
  value: string;
  label: string;
  count: number;
}

/** Choices for the filters, with how many of the latest 10,000 each has. */
export async function decidedFacets(viewer: Viewer): Promise<{ agent: Facet[]; action: Facet[]; risk: Facet[] }> {
  const rows = await viewer.db.$queryRaw<
    {
      slug: string | null;
      name: string | null;
      action: string | null;
      title: string | null;
      risk: string | null;
      count: number;
    }[]
  >`
    SELECT latest.slug, latest.name, latest.action, latest.title, latest.risk::text, count(*)::int AS count
    FROM (
      SELECT n.slug, n.name, a.action, c.title, a.risk ${FROM} WHERE ${inSight(viewer)} AND ${ended(viewer)}
      ORDER BY a.id DESC LIMIT 10000
    ) AS latest
    GROUP BY GROUPING SETS ((latest.slug, latest.name), (latest.action, latest.title), (latest.risk)) ORDER BY count DESC LIMIT 300`;
  return {
    agent: rows.flatMap(({ slug, name, count }) =>
      slug !== null && name !== null ? [{ value: slug, label: name, count }] : [],
    ),
    action: rows.flatMap(({ action, title, count }) =>
      action !== null ? [{ value: action, label: actionTitle(action, title), count }] : [],
    ),
    risk: rows.flatMap(({ risk, count }) => (risk !== null ? [{ value: risk, label: risk, count }] : [])),
  };
}
