import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { searchSql } from "@/lib/db/search-sql";
import { isId } from "@/lib/kernel/ids";
import type { Json } from "@/lib/kernel/json";
import type { RunFilter, RunListParams } from "@/lib/runs/list-params";
import { storedOnBehalfOf, storedTrigger } from "@/lib/runs/stored-run";
import { runTrail } from "@/lib/runs/trail";
import type { ChildRun, RunDetail, RunMode, RunRow, RunSort, RunStatus } from "@/lib/runs/views";

/** Runs of the agents that the viewer sees, one page of them, and how many there are in all. */
export async function listRuns(viewer: Viewer, params: RunListParams): Promise<{ rows: RunRow[]; total: number }> {
  const where = runsWhere(viewer, params);
  const limit = Math.min(100, params.pageSize);
  const [rows, counted] = await Promise.all([
    viewer.db.$queryRaw<StoredRow[]>`
      SELECT ${ROW} FROM run r JOIN node n ON n.id = r.agent_id WHERE ${where}
      ORDER BY ${orderBy(params.sort, viewer.clock.now())} LIMIT ${limit} OFFSET ${(params.page - 1) * limit}`,
    viewer.db.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM run r JOIN node n ON n.id = r.agent_id WHERE ${where}`,
  ]);
  return { rows: rows.map(rowOf), total: counted[0]?.total ?? 0 };
}

/** Of run r and its agent's node n. */
export const ROW = Prisma.sql`r.id, r.agent_id AS "agentId", n.slug, n.name, r.status::text, r.mode::text, r.trigger,
  r.on_behalf_of AS "onBehalfOf", r.parent_run_id IS NOT NULL AS delegated, r.started_at AS "startedAt", r.ended_at AS "endedAt",
  r.decisions, r.denials, r.escalations, r.events, r.cost_micro_usd AS "costMicroUsd", r.unpriced_calls AS "unpricedCalls"`;

export interface StoredRow {
  id: string;
  agentId: string;
  slug: string;
  name: string;
  status: RunStatus;
  mode: RunMode;
  trigger: Json;
  onBehalfOf: Json;
  delegated: boolean;
  startedAt: Date;
  endedAt: Date | null;
  decisions: number;
  denials: number;
  escalations: number;
  events: number;
  costMicroUsd: bigint;
  unpricedCalls: number;
}

export function rowOf({ agentId, slug, name, trigger, onBehalfOf, costMicroUsd, ...row }: StoredRow): RunRow {
  return {
    ...row,
    agent: { id: agentId, slug, name },
    trigger: storedTrigger(trigger),
    onBehalfOf: storedOnBehalfOf(onBehalfOf)?.subject ?? null,
    costMicroUsd: costMicroUsd.toString(),
  };
}

// The trigger and the subject are jsonb, which cannot hold a NUL: taking their parts out in SQL is safe here.
const SEARCHED = [
  Prisma.sql`n.name`,
  Prisma.sql`n.slug`,
  Prisma.sql`r.id::text`,
  Prisma.sql`r.on_behalf_of->>'subject'`,
  Prisma.sql`r.trigger->>'reference'`,
  Prisma.sql`r.trigger->>'source'`,
];

const WITH = {
  denials: Prisma.sql`r.denials > 0`,
  escalations: Prisma.sql`r.escalations > 0`,
  unpriced: Prisma.sql`r.unpriced_calls > 0`,
};

export function runsWhere({ access }: Viewer, filter: RunFilter): Prisma.Sql {
  const parts = [withinSql(access, "run.read", "r.agent_id"), searchSql(filter.search, SEARCHED)];
  if (filter.status.length > 0) parts.push(Prisma.sql`r.status = ANY(${[...filter.status]}::run_status[])`);
  if (filter.mode.length > 0) parts.push(Prisma.sql`r.mode = ANY(${[...filter.mode]}::run_mode[])`);
  if (filter.agent.length > 0) parts.push(Prisma.sql`n.slug = ANY(${[...filter.agent]}::text[])`);
  if (filter.trigger.length > 0) parts.push(Prisma.sql`r.trigger->>'kind' = ANY(${[...filter.trigger]}::text[])`);
  if (filter.from) parts.push(Prisma.sql`(r.ended_at IS NULL OR r.ended_at >= ${filter.from})`);
  if (filter.to) parts.push(Prisma.sql`r.started_at < ${filter.to}`);
  parts.push(...filter.with.map((one) => WITH[one]));
  return Prisma.join(parts, " AND ");
}

/** A run that goes on counts as lasting until now. */
function orderBy(sort: RunListParams["sort"], now: Date): Prisma.Sql {
  const direction = sort.desc ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const columns: Record<RunSort, Prisma.Sql> = {
    startedAt: Prisma.sql`r.started_at`,
    duration: Prisma.sql`(coalesce(r.ended_at, ${now}::timestamptz) - r.started_at)`,
    decisions: Prisma.sql`r.decisions`,
    denials: Prisma.sql`r.denials`,
    escalations: Prisma.sql`r.escalations`,
    cost: Prisma.sql`r.cost_micro_usd`,
  };
  return Prisma.sql`${columns[sort.id]} ${direction}, r.id ${direction}`;
}

/** Choices for the filters: agents with runs, and kinds of trigger, with how many of the latest 10,000 runs in sight each has. */
export async function runFacets(viewer: Viewer): Promise<{ agents: Facet[]; triggers: Facet[] }> {
  const rows = await viewer.db.$queryRaw<
    { slug: string | null; name: string | null; trigger: string | null; count: number }[]
  >`
    SELECT latest.slug, latest.name, latest.trigger, count(*)::int AS count
    FROM (
      SELECT n.slug, n.name, r.trigger->>'kind' AS trigger FROM run r JOIN node n ON n.id = r.agent_id
      WHERE ${withinSql(viewer.access, "run.read", "r.agent_id")} ORDER BY r.started_at DESC LIMIT 10000
    ) AS latest
    GROUP BY GROUPING SETS ((latest.slug, latest.name), (latest.trigger)) ORDER BY count DESC LIMIT 300`;
  return {
    agents: rows.flatMap(({ slug, name, count }) =>
      slug !== null && name !== null ? [{ value: slug, label: name, count }] : [],
    ),
    triggers: rows.flatMap(({ trigger, count }) =>
      trigger !== null ? [{ value: trigger, label: trigger, count }] : [],
    ),
  };
}

interface Facet {
  value: string;
  label: string;
  count: number;
}

/** Whose run it is; null as getRun, which asks for much more. */
export async function runTitle(viewer: Viewer, id: string): Promise<string | null> {
  if (!isId(id)) return null;
  const run = await viewer.db.run.findFirst({
    where: { id, ...within(viewer.access, "run.read", "agentId") },
    select: { agent: { select: { node: { select: { name: true } } } } },
  });
  return run && `Run of ${run.agent.node.name}`;
}

const MOST_CHILDREN = 50;

/** A run's head; null when the viewer does not see its agent (I12), or there is none. */
export async function getRun(viewer: Viewer, id: string): Promise<RunDetail | null> {
  if (!isId(id)) return null;
  const { db, access } = viewer;
  const children = { parentRunId: id, ...within(access, "run.read", "agentId") };
  const [run, trail, childRows, childCount, waiting] = await Promise.all([
    db.run.findFirst({
      where: { id, ...within(access, "run.read", "agentId") },
      select: {
        id: true,
        agentId: true,
        status: true,
        scope: true,
        startedAt: true,
        endedAt: true,
        leaseUntil: true,
        decisions: true,
        denials: true,
        escalations: true,
        events: true,
        inputTokens: true,
        outputTokens: true,
        costMicroUsd: true,
        unpricedCalls: true,
        input: true,
        output: true,
        followUp: true,
        error: true,
        blocker: true,
        credential: { select: { name: true, prefix: true } },
      },
    }),
    runTrail(viewer, id),
    db.run.findMany({
      where: children,
      orderBy: { startedAt: "asc" },
      take: MOST_CHILDREN,
      select: {
        id: true,
        status: true,
        startedAt: true,
        agent: { select: { node: { select: { slug: true, name: true } } } },
      },
    }),
    db.run.count({ where: children }),
    db.approval.count({ where: { runId: id, state: "pending", deadline: { gt: viewer.clock.now() } } }),
  ]);
  if (!run || !trail) return null;
  const { agentId, inputTokens, outputTokens, costMicroUsd, input, output, followUp, error, blocker, ...rest } = run;
  return {
    ...rest,
    trail,
    waiting,
    inputTokens: inputTokens.toString(),
    outputTokens: outputTokens.toString(),
    costMicroUsd: costMicroUsd.toString(),
    input: input as Json,
    output: output as Json,
    followUp: followUp as Json,
    error: error as Json,
    blocker: blocker as Json,
    children: childRows.map((child): ChildRun => ({
      id: child.id,
      status: child.status,
      startedAt: child.startedAt,
      agent: child.agent.node,
    })),
    childCount,
    mayHalt: run.status === "running" && access.can("run.halt", agentId),
  };
}
