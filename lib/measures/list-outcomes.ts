import type { ApprovalState, Risk } from "@/lib/approvals/views";
import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { actionTitle, targetOf } from "@/lib/decisions/words";
import { isId } from "@/lib/kernel/ids";
import type { Json } from "@/lib/kernel/json";
import type { OutcomeFilter } from "@/lib/measures/list-params";
import { isOverturned, type Overturned } from "@/lib/measures/outcomes";
import { QUICK_SECONDS } from "@/lib/measures/tally";
import { AGES } from "@/lib/measures/ages";

/** Rows that are counted one by one; beyond, the page says "more than". */
export const COUNTED_MOST = 10_000;

/** An approval behind a number. */
export interface OutcomeRow {
  id: string;
  action: string;
  actionTitle: string;
  /** Agent's text. */
  target: string | null;
  agent: { slug: string; name: string };
  risk: Risk;
  state: ApprovalState;
  requestedAt: Date;
  /** Null while it waits. */
  endedAt: Date | null;
  waitMs: number;
  /** Who decided, and for how long they looked, in seconds, where that is known. */
  people: { name: string; seconds: number | null }[];
  overturned: Overturned | null;
}

interface StoredRow {
  id: string;
  action: string;
  title: string | null;
  slug: string;
  name: string;
  risk: Risk;
  state: ApprovalState;
  requestedAt: Date;
  endedAt: Date | null;
  waitMs: number;
  people: string[] | null;
  spent: number[] | null;
  overturned: string | null;
  args: Json;
  resource: Json;
}

/** One page of the approvals behind a number, those that ended last first; of what waits, the oldest first. */
export async function listOutcomes(
  viewer: Viewer,
  filter: OutcomeFilter,
): Promise<{ rows: OutcomeRow[]; total: number; more: boolean }> {
  const limit = Math.min(100, filter.pageSize);
  const source = filter.ages.length === 0 ? ended(viewer, filter) : waiting(viewer, filter);
  const order =
    filter.ages.length === 0
      ? Prisma.sql`page.ended_at ${direction(filter)}, page.id ${direction(filter)}`
      : Prisma.sql`a.requested_at, a.id`;
  const [rows, counted] = await Promise.all([
    viewer.db.$queryRaw<StoredRow[]>`
      WITH page AS (${source} LIMIT ${limit} OFFSET ${(filter.page - 1) * limit})
      SELECT page.id, a.action, c.title, n.slug, n.name, a.risk::text, page.state::text, a.requested_at AS "requestedAt",
        page.ended_at AS "endedAt", page.wait_ms::float8 AS "waitMs", page.spent, page.overturned,
        (SELECT array_agg(p.name ORDER BY u.place) FROM unnest(page.people) WITH ORDINALITY AS u(id, place) JOIN person p ON p.id = u.id) AS people,
        CASE WHEN octet_length(a.args::text) <= 65536 THEN a.args END AS args,
        CASE WHEN octet_length(d.resource::text) <= 65536 THEN d.resource END AS resource
      FROM page JOIN approval a ON a.id = page.id JOIN decision d ON d.id = a.decision_id JOIN node n ON n.id = a.agent_id
        LEFT JOIN action c ON c.id = a.action
      ORDER BY ${order}`,
    viewer.db.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM (SELECT 1 FROM (${source}) AS s LIMIT ${COUNTED_MOST + 1}) AS counted`,
  ]);
  const total = counted[0]?.total ?? 0;
  return { rows: rows.map(rowOf), total: Math.min(total, COUNTED_MOST), more: total > COUNTED_MOST };
}

function rowOf({ title, slug, name, people, spent, overturned, args, resource, ...row }: StoredRow): OutcomeRow {
  return {
    ...row,
    actionTitle: actionTitle(row.action, title),
    target: targetOf(resource, args),
    agent: { slug, name },
    people: (people ?? []).map((who, place) => ({ name: who, seconds: knownSeconds(spent?.[place]) })),
    overturned: isOverturned(overturned) ? overturned : null,
  };
}

const knownSeconds = (stored: number | undefined): number | null =>
  stored === undefined || stored < 0 ? null : stored;

function ended(viewer: Viewer, filter: OutcomeFilter): Prisma.Sql {
  const parts = [
    Prisma.sql`o.ended_at >= ${filter.from}::date::timestamp AT TIME ZONE 'UTC'`,
    Prisma.sql`o.ended_at < (${filter.to}::date + 1)::timestamp AT TIME ZONE 'UTC'`,
    withinSql(viewer.access, "measures.read", "o.agent_id"),
    ...ofAgents(filter, "o.agent_id"),
  ];
  const reviewers = filter.reviewers.filter(isId);
  if (filter.reviewers.length > 0) parts.push(Prisma.sql`o.people && ${reviewers}::uuid[]`);
  if (filter.causes.length > 0) parts.push(Prisma.sql`o.causes && ${known(filter.causes)}::text[]`);
  if (filter.actions.length > 0) parts.push(Prisma.sql`o.action = ANY(${known(filter.actions)}::text[])`);
  if (filter.states.length > 0) parts.push(Prisma.sql`o.state::text = ANY(${[...filter.states]}::text[])`);
  if (filter.overturned.length > 0) parts.push(Prisma.sql`o.overturned = ANY(${[...filter.overturned]}::text[])`);
  if (filter.quick) {
    const whose = reviewers.length > 0 ? Prisma.sql`AND u.id = ANY(${reviewers}::uuid[])` : Prisma.empty;
    parts.push(Prisma.sql`o.state = 'approved' AND EXISTS (
      SELECT 1 FROM unnest(o.people, o.spent) AS u(id, seconds) WHERE u.seconds >= 0 AND u.seconds < ${QUICK_SECONDS} ${whose})`);
  }
  return Prisma.sql`
    SELECT o.approval_id AS id, o.state, o.ended_at, o.wait_ms, o.people, o.spent, o.overturned
    FROM approval_outcome o WHERE ${Prisma.join(parts, " AND ")} ORDER BY o.ended_at ${direction(filter)}, o.approval_id ${direction(filter)}`;
}

const direction = ({ ascending }: OutcomeFilter): Prisma.Sql => (ascending ? Prisma.sql`ASC` : Prisma.sql`DESC`);

/** NUL is in no name, and no text that the store takes. */
const known = (texts: readonly string[]): string[] => texts.filter((text) => !text.includes("\0"));

function ofAgents({ agents }: OutcomeFilter, column: "o.agent_id" | "w.agent_id"): Prisma.Sql[] {
  return agents.length === 0 ? [] : [Prisma.sql`${Prisma.raw(column)} = ANY(${agents.filter(isId)}::uuid[])`];
}

function waiting(viewer: Viewer, filter: OutcomeFilter): Prisma.Sql {
  const now = viewer.clock.now();
  const ages = AGES.filter((age) => filter.ages.includes(age.id)).map((age) => {
    // What was asked a moment after this clock's now has waited for no time at all.
    const from =
      age.fromMs > 0 ? Prisma.sql`w.requested_at <= ${new Date(now.getTime() - age.fromMs)}` : Prisma.sql`TRUE`;
    const to =
      age.toMs === null ? Prisma.sql`TRUE` : Prisma.sql`w.requested_at > ${new Date(now.getTime() - age.toMs)}`;
    return Prisma.sql`(${from} AND ${to})`;
  });
  const parts = [
    Prisma.sql`w.state = 'pending' AND w.deadline > ${now}`,
    withinSql(viewer.access, "measures.read", "w.agent_id"),
    ...ofAgents(filter, "w.agent_id"),
  ];
  parts.push(Prisma.sql`(${Prisma.join(ages, " OR ")})`);
  if (filter.actions.length > 0) parts.push(Prisma.sql`w.action = ANY(${known(filter.actions)}::text[])`);
  return Prisma.sql`
    SELECT w.id, w.state, NULL::timestamptz AS ended_at, greatest(0, extract(epoch FROM ${now}::timestamptz - w.requested_at) * 1000)::bigint AS wait_ms,
      '{}'::uuid[] AS people, '{}'::int[] AS spent, NULL::text AS overturned
    FROM approval w WHERE ${Prisma.join(parts, " AND ")} ORDER BY w.requested_at, w.id`;
}
