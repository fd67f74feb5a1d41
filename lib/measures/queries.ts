import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { actionTitle } from "@/lib/decisions/words";
import { isId } from "@/lib/kernel/ids";
import { causeOf, type Cause } from "@/lib/measures/outcomes";
import { rowOf, type Counts, type TallyRow } from "@/lib/measures/tally";

/** Which approvals: those that ended on these UTC days, both included, of these agents (by id; empty: all in sight). */
export interface MeasureFilter {
  from: string;
  to: string;
  agents: readonly string[];
}

/** Reviewers, rules, agents or actions that a page lists at most; those with most approvals. */
const MOST = 200;

type Kind = "all" | "reviewer" | "cause" | "action";
type Grouped<Extra> = (Counts & Extra & { waits: SpanPairs; spent: SpanPairs })[];
type SpanPairs = [span: number, count: number][] | null;

/**
 * Counts of one kind, each group with its spans of time. Sums of daily counts: a page costs the same whether a day had ten approvals or
 * a hundred thousand. `group` is the caller's own text.
 */
async function grouped<Extra extends { group: string }>(
  viewer: Viewer,
  kind: Kind,
  filter: MeasureFilter,
  group: Prisma.Sql,
): Promise<Grouped<Extra>> {
  const where = whereOf(viewer, kind, filter);
  return await viewer.db.$queryRaw<Grouped<Extra>>`
    WITH top AS (
      SELECT ${group} AS "group", sum(approved)::int AS approved, sum(rejected)::int AS rejected, sum(expired)::int AS expired,
        sum(cancelled)::int AS cancelled, sum(overturned)::int AS overturned, sum(timed)::int AS timed, sum(quick)::int AS quick
      FROM approval_day d WHERE ${where} GROUP BY 1 ORDER BY sum(approved + rejected + expired + cancelled) DESC, 1 LIMIT ${Math.max(MOST, DAYS_MOST)}
    ), wait AS (
      SELECT "group", json_agg(json_build_array(span, count)) AS spans FROM (
        SELECT ${group} AS "group", w.span, sum(w.count)::int AS count
        FROM approval_day d CROSS JOIN LATERAL unnest(d.wait_at, d.wait_count) AS w(span, count) WHERE ${where} GROUP BY 1, 2) AS s
      GROUP BY 1
    ), time AS (
      SELECT "group", json_agg(json_build_array(span, count)) AS spans FROM (
        SELECT ${group} AS "group", t.span, sum(t.count)::int AS count
        FROM approval_day d CROSS JOIN LATERAL unnest(d.spent_at, d.spent_count) AS t(span, count) WHERE ${where} GROUP BY 1, 2) AS s
      GROUP BY 1
    )
    SELECT top.*, wait.spans AS waits, time.spans AS spent
    FROM top LEFT JOIN wait USING ("group") LEFT JOIN time USING ("group")
    ORDER BY top.approved + top.rejected + top.expired + top.cancelled DESC, "group"`;
}

/** Days that counts are kept. */
const DAYS_MOST = 400;

function whereOf(viewer: Viewer, kind: Kind, { from, to, agents }: MeasureFilter): Prisma.Sql {
  const parts = [
    Prisma.sql`d.kind = ${kind}`,
    Prisma.sql`d.day BETWEEN ${from}::date AND ${to}::date`,
    withinSql(viewer.access, "measures.read", "d.agent_id"),
  ];
  if (agents.length > 0) parts.push(Prisma.sql`d.agent_id = ANY(${agents.filter(isId)}::uuid[])`);
  return Prisma.join(parts, " AND ");
}

const tallied = <Row extends Counts & { waits: SpanPairs; spent: SpanPairs }>({
  waits,
  spent,
  ...row
}: Row): TallyRow => {
  const { approved, rejected, expired, cancelled, overturned, timed, quick } = row;
  const counts = { approved, rejected, expired, cancelled, overturned, timed, quick };
  return rowOf({ ...counts, waits: new Map(waits ?? []), spent: new Map(spent ?? []) });
};

export interface DayRow extends TallyRow {
  /** `2026-11-21`, a UTC day. */
  day: string;
}

/** Everything together, and day by day, oldest first; days without an approval are left out. */
export async function measureDays(viewer: Viewer, filter: MeasureFilter): Promise<{ whole: TallyRow; days: DayRow[] }> {
  const [whole, days] = await Promise.all([
    grouped(viewer, "all", filter, Prisma.sql`''`),
    grouped(viewer, "all", filter, Prisma.sql`to_char(d.day, 'YYYY-MM-DD')`),
  ]);
  const [all] = whole;
  return {
    whole: all ? tallied(all) : rowOf({ ...NOTHING, waits: new Map(), spent: new Map() }),
    days: days.map((row) => ({ day: row.group, ...tallied(row) })).toSorted((a, b) => a.day.localeCompare(b.day)),
  };
}

const NOTHING: Counts = { approved: 0, rejected: 0, expired: 0, cancelled: 0, overturned: 0, timed: 0, quick: 0 };

interface ReviewerRow extends TallyRow {
  id: string;
  name: string;
}

/** By who decided. A person whom the viewer may not see by name decided on agents that they see all the same: the approvals name them, too. */
export async function measureReviewers(viewer: Viewer, filter: MeasureFilter): Promise<ReviewerRow[]> {
  const rows = await grouped(viewer, "reviewer", filter, Prisma.sql`d.key`);
  const people = await viewer.db.person.findMany({
    where: { id: { in: rows.map((row) => row.group) } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map((person) => [person.id, person.name]));
  return rows
    .slice(0, MOST)
    .map((row) => ({ id: row.group, name: names.get(row.group) ?? "Somebody", ...tallied(row) }));
}

interface CauseRow extends TallyRow {
  /** As in the address of a drill-down: `policy/rule`, or `code:<code>`. */
  key: string;
  cause: Cause;
}

/** By what asked: each rule, or the decision's code where no rule did. An approval that two rules asked for counts for both. */
export async function measureCauses(viewer: Viewer, filter: MeasureFilter): Promise<CauseRow[]> {
  const rows = await grouped(viewer, "cause", filter, Prisma.sql`d.key`);
  return rows.slice(0, MOST).map((row) => ({ key: row.group, cause: causeOf(row.group), ...tallied(row) }));
}

interface ActionRow extends TallyRow {
  action: string;
  title: string;
}

export async function measureActions(viewer: Viewer, filter: MeasureFilter): Promise<ActionRow[]> {
  const rows = await grouped(viewer, "action", filter, Prisma.sql`d.key`);
  const actions = await viewer.db.action.findMany({
    where: { id: { in: rows.map((row) => row.group) } },
    select: { id: true, title: true },
  });
  const titles = new Map(actions.map((action) => [action.id, action.title]));
  return rows.slice(0, MOST).map((row) => ({
    action: row.group,
    title: actionTitle(row.group, titles.get(row.group) ?? null),
    ...tallied(row),
  }));
}

interface AgentRow extends TallyRow {
  id: string;
  slug: string;
  name: string;
}

export async function measureAgents(viewer: Viewer, filter: MeasureFilter): Promise<AgentRow[]> {
  const rows = await grouped(viewer, "all", filter, Prisma.sql`d.agent_id::text`);
  const nodes = await viewer.db.node.findMany({
    where: { id: { in: rows.map((row) => row.group) } },
    select: { id: true, slug: true, name: true },
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return rows.slice(0, MOST).flatMap((row) => {
    const node = byId.get(row.group);
    return node ? [{ ...node, ...tallied(row) }] : [];
  });
}

/** Agents in sight that were measured at all in these days, for a filter's choices. */
export async function measuredAgents(
  viewer: Viewer,
  filter: MeasureFilter,
): Promise<{ id: string; name: string; count: number }[]> {
  return await viewer.db.$queryRaw`
    SELECT n.id, n.name, sum(d.approved + d.rejected + d.expired + d.cancelled)::int AS count
    FROM approval_day d JOIN node n ON n.id = d.agent_id
    WHERE ${whereOf(viewer, "all", { ...filter, agents: [] })} GROUP BY n.id ORDER BY 3 DESC, n.name LIMIT 200`;
}
