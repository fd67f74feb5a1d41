import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { stateAt } from "@/lib/approvals/standing";
import type { ApprovalFilter, ApprovalListParams } from "@/lib/approvals/list-params";
import type { ApprovalRow, ApprovalState, Queue, Reversibility, Risk } from "@/lib/approvals/views";
import { actionTitle, targetOf } from "@/lib/decisions/words";
import { Prisma } from "@/lib/db/generated/client";
import { searchSql } from "@/lib/db/search-sql";
import { isId } from "@/lib/kernel/ids";
import type { Json } from "@/lib/kernel/json";
import { storedOnBehalfOf } from "@/lib/runs/stored-run";

/** One page of a queue within the viewer's sight, and how many wait there in all. */
export async function listApprovals(
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
        a.requested_at AS "requestedAt", a.deadline, CASE WHEN a.state <> 'pending' THEN ${ENDED} END AS "decidedAt", p.name AS "decidedBy", a.run_id AS "runId",
        CASE WHEN octet_length(a.args::text) <= 65536 THEN a.args END AS args,
        CASE WHEN octet_length(d.resource::text) <= 65536 THEN d.resource END AS resource,
        r.on_behalf_of AS "onBehalfOf", ${waitsFor(viewer)} AS mine, who.names AS approvers, who.count AS "approverCount"
      FROM page JOIN approval a ON a.id = page.id JOIN decision d ON d.id = a.decision_id JOIN run r ON r.id = a.run_id
        JOIN node n ON n.id = a.agent_id LEFT JOIN action c ON c.id = a.action LEFT JOIN person p ON p.id = a.decided_by_id
        CROSS JOIN LATERAL (
          SELECT coalesce((array_agg(q.name ORDER BY u.place))[1:4], '{}') AS names, count(*)::int AS count
          FROM unnest(a.approver_ids) WITH ORDINALITY AS u(id, place) JOIN person q ON q.id = u.id
          WHERE NOT q.id = ANY(a.excluded_ids)
        ) AS who
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
  mine: boolean;
  approvers: string[];
  approverCount: number;
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

/** Waits for anybody: pending, and its deadline not passed (what is overdue counts as expired before the worker writes it down). */
const waits = (viewer: Viewer): Prisma.Sql =>
  Prisma.sql`(a.state = 'pending' AND a.deadline > ${viewer.clock.now()}::timestamptz)`;

/** Waits for the viewer: asked, not excluded, and holding a role that decides for the agent (invariant I3). */
function waitsFor(viewer: Viewer): Prisma.Sql {
  const me = viewer.person.id;
  return Prisma.sql`(${waits(viewer)} AND a.approver_ids @> ARRAY[${me}::uuid] AND NOT a.excluded_ids @> ARRAY[${me}::uuid]
    AND ${withinSql(viewer.access, "approval.decide", "a.agent_id")})`;
}

function inQueue(viewer: Viewer, queue: Queue): Prisma.Sql {
  switch (queue) {
    case "mine":
      return waitsFor(viewer);
    case "waiting":
      return waits(viewer);
    case "decided":
      return Prisma.sql`NOT ${waits(viewer)}`;
  }
}

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
  const parts = [inSight(viewer), inQueue(viewer, filter.queue), searchSql(filter.search, SEARCHED)];
  if (filter.agent.length > 0) parts.push(Prisma.sql`n.slug = ANY(${[...filter.agent]}::text[])`);
  if (filter.action.length > 0) parts.push(Prisma.sql`a.action = ANY(${[...filter.action]}::text[])`);
  if (filter.risk.length > 0) parts.push(Prisma.sql`a.risk = ANY(${[...filter.risk]}::impact[])`);
  if (filter.state.length > 0 && filter.queue === "decided") {
    const overdue = filter.state.includes("expired") ? Prisma.sql` OR a.state = 'pending'` : Prisma.empty;
    parts.push(Prisma.sql`(a.state = ANY(${[...filter.state]}::approval_state[])${overdue})`);
  }
  return Prisma.join(parts, " AND ");
}

/** By risk, the nearest deadline stands first among equals, so that the top of the queue is what to look at next. */
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

/** How many wait, for the viewer and for anybody within sight: the tabs and the shell's badge. */
export async function countApprovals(viewer: Viewer): Promise<{ mine: number; waiting: number }> {
  const [row] = await viewer.db.$queryRaw<{ mine: number; waiting: number }[]>`
    SELECT count(*) FILTER (WHERE ${waitsFor(viewer)})::int AS mine, count(*)::int AS waiting
    FROM approval a WHERE ${waits(viewer)} AND ${inSight(viewer)}`;
  return row ?? { mine: 0, waiting: 0 };
}

export interface Facet {
  value: string;
  label: string;
  count: number;
}

/** Choices for the filters of a queue, with how many of its first 10,000 each has. */
export async function approvalFacets(
  viewer: Viewer,
  queue: Queue,
): Promise<{ agent: Facet[]; action: Facet[]; risk: Facet[] }> {
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
      SELECT n.slug, n.name, a.action, c.title, a.risk ${FROM} WHERE ${inSight(viewer)} AND ${inQueue(viewer, queue)}
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

/**
 * The item after this one in the same filtered queue, by risk and deadline; at its end the first one, null when none is left.
 * Where the item itself has left the queue (it was decided), its place still tells what comes next.
 */
export async function nextWaiting(viewer: Viewer, filter: ApprovalFilter, id: string): Promise<string | null> {
  if (!isId(id)) return null;
  const [row] = await viewer.db.$queryRaw<{ id: string }[]>`
    SELECT a.id ${FROM}
      CROSS JOIN (SELECT risk, deadline, id FROM approval WHERE id = ${id}::uuid) AS here
    WHERE ${approvalsWhere(viewer, filter)} AND a.id <> here.id
    ORDER BY (a.risk < here.risk OR (a.risk = here.risk AND (a.deadline, a.id) > (here.deadline, here.id))) DESC,
      a.risk DESC, a.deadline, a.id
    LIMIT 1`;
  return row?.id ?? null;
}
