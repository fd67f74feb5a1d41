import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { actionTitle, targetOf } from "@/lib/decisions/words";
import { Prisma } from "@/lib/db/generated/client";
import { searchSql } from "@/lib/db/search-sql";
import type { Json } from "@/lib/kernel/json";
import type { ReviewListParams } from "@/lib/reviews/list-params";
import { stateAt } from "@/lib/reviews/queries";
import type { ReviewRow } from "@/lib/reviews/views";

type StoredRow = Omit<ReviewRow, "actionTitle" | "target" | "agent"> & {
  title: string | null;
  agentId: string;
  slug: string;
  name: string;
  args: Json;
  resource: Json;
};

/** One page of reviews within the viewer's sight, of any state, and how many there are. */
export async function listReviews(
  viewer: Viewer,
  params: ReviewListParams,
): Promise<{ rows: ReviewRow[]; total: number }> {
  const { db } = viewer;
  const where = Prisma.join(conditions(viewer, params), " AND ");
  const limit = Math.min(100, params.pageSize);
  const [rows, counted] = await Promise.all([
    db.$queryRaw<StoredRow[]>`
      WITH page AS (
        SELECT v.id, row_number() OVER (ORDER BY ${orderBy(params.sort)}) AS place ${FROM} WHERE ${where}
        ORDER BY place LIMIT ${limit} OFFSET ${(params.page - 1) * limit}
      )
      SELECT v.id, v.state::text, v.risk::text, v.on_lapse::text AS "onLapse", v.action, c.title, v.agent_id AS "agentId", n.slug, n.name,
        v.created_at AS "createdAt", v.deadline, v.decided_at AS "decidedAt", p.name AS "decidedBy", v.run_id AS "runId",
        CASE WHEN octet_length(d.args::text) <= 65536 THEN d.args END AS args,
        CASE WHEN octet_length(d.resource::text) <= 65536 THEN d.resource END AS resource
      FROM page JOIN review v ON v.id = page.id JOIN decision d ON d.id = v.decision_id JOIN node n ON n.id = v.agent_id
        LEFT JOIN action c ON c.id = v.action LEFT JOIN person p ON p.id = v.decided_by_id
      ORDER BY page.place`,
    db.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total ${FROM} WHERE ${where}`,
  ]);
  const now = viewer.clock.now();
  return {
    total: counted[0]?.total ?? 0,
    rows: rows.map(({ title, agentId, slug, name, args, resource, ...row }) => ({
      ...row,
      state: stateAt(row, now),
      actionTitle: actionTitle(row.action, title),
      target: targetOf(resource, args),
      agent: { id: agentId, slug, name },
    })),
  };
}

/** Agents and actions that have reviews in sight, for the filters; at most 200 each. */
export async function reviewFacets(
  viewer: Viewer,
): Promise<{ agents: { slug: string; name: string }[]; actions: { id: string; title: string }[] }> {
  const { db, access } = viewer;
  const [agents, actions] = await Promise.all([
    db.$queryRaw<{ slug: string; name: string }[]>`
      SELECT n.slug, n.name FROM node n WHERE EXISTS (SELECT 1 FROM review v WHERE v.agent_id = n.id)
        AND ${withinSql(access, "approval.read", "n.id")} ORDER BY n.name, n.id LIMIT 200`,
    db.$queryRaw<{ id: string; title: string | null }[]>`
      SELECT DISTINCT v.action AS id, c.title FROM review v LEFT JOIN action c ON c.id = v.action
      WHERE ${withinSql(access, "approval.read", "v.agent_id")} ORDER BY v.action LIMIT 200`,
  ]);
  return { agents, actions: actions.map(({ id, title }) => ({ id, title: actionTitle(id, title) })) };
}

const FROM = Prisma.sql`FROM review v JOIN node n ON n.id = v.agent_id LEFT JOIN action c ON c.id = v.action`;

function conditions(viewer: Viewer, { search, agent, action, risk, state }: ReviewListParams): Prisma.Sql[] {
  return [
    withinSql(viewer.access, "approval.read", "v.agent_id"),
    searchSql(search, [Prisma.sql`v.action`, Prisma.sql`c.title`, Prisma.sql`n.name`, Prisma.sql`v.comment`]),
    ...(agent.length > 0 ? [Prisma.sql`n.slug = ANY(${agent})`] : []),
    ...(action.length > 0 ? [Prisma.sql`v.action = ANY(${action})`] : []),
    ...(risk.length > 0 ? [Prisma.sql`v.risk = ANY(${risk}::impact[])`] : []),
    ...(state.length > 0 ? [Prisma.sql`v.state = ANY(${state}::review_state[])`] : []),
  ];
}

function orderBy({ id, desc }: ReviewListParams["sort"]): Prisma.Sql {
  const column = {
    createdAt: Prisma.sql`v.created_at`,
    decidedAt: Prisma.sql`coalesce(v.decided_at, v.deadline)`,
    deadline: Prisma.sql`v.deadline`,
    risk: Prisma.sql`v.risk`,
    agent: Prisma.sql`n.name`,
    action: Prisma.sql`coalesce(c.title, v.action)`,
  }[id];
  return Prisma.sql`${column} ${Prisma.raw(desc ? "DESC" : "ASC")}, v.id DESC`;
}
