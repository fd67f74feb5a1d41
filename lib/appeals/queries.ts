import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { mayAnswer } from "@/lib/appeals/may-answer";
import { permitFor } from "@/lib/appeals/permit-for";
import type { AppealDetail, AppealQueue, AppealRow, AppealStanding, AppealState } from "@/lib/appeals/views";
import { versionsFor } from "@/lib/appeals/versions";
import { Prisma } from "@/lib/db/generated/client";
import { searchSql } from "@/lib/db/search-sql";
import { evidenceView } from "@/lib/decisions/evidence-view";
import { getDecision, titleOfAction } from "@/lib/decisions/queries";
import { actionTitle, targetOf } from "@/lib/decisions/words";
import { isId } from "@/lib/kernel/ids";
import type { Json } from "@/lib/kernel/json";
import { runTrail } from "@/lib/runs/trail";

export interface AppealListParams {
  queue: AppealQueue;
  search: string;
  /** Slugs. */
  agent: readonly string[];
  /** From 1. */
  page: number;
  pageSize: number;
  sort: { id: "openedAt"; desc: boolean };
}

const FROM = Prisma.sql`FROM appeal a JOIN node n ON n.id = a.agent_id JOIN decision d ON d.id = a.decision_id
  LEFT JOIN action c ON c.id = a.action`;
const SEARCHED = ["n.name", "n.slug", "a.action", "c.title", "a.reason", "a.id::text"].map((text) => Prisma.raw(text));

/** One page of a queue of appeals within the viewer's sight, and how many there are in it. */
export async function listAppeals(
  viewer: Viewer,
  params: AppealListParams,
): Promise<{ rows: AppealRow[]; total: number }> {
  const parts = [inQueue(viewer, params.queue), searchSql(params.search, SEARCHED)];
  if (params.agent.length > 0) parts.push(Prisma.sql`n.slug = ANY(${[...params.agent]}::text[])`);
  const where = Prisma.join(parts, " AND ");
  const limit = Math.min(100, params.pageSize);
  const direction = params.sort.desc ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const [rows, counted] = await Promise.all([
    viewer.db.$queryRaw<StoredRow[]>`
      SELECT a.id, a.action, c.title, a.agent_id AS "agentId", n.slug, n.name, a.reason, a.rules, a.code, a.state::text,
        a.outcome::text, a.opened_at AS "openedAt", a.decided_at AS "decidedAt", p.name AS "decidedBy",
        CASE WHEN octet_length(d.args::text) <= 65536 THEN d.args END AS args,
        CASE WHEN octet_length(d.resource::text) <= 65536 THEN d.resource END AS resource
      ${FROM} LEFT JOIN person p ON p.id = a.decided_by_id
      WHERE ${where} ORDER BY a.opened_at ${direction}, a.id ${direction} LIMIT ${limit} OFFSET ${(params.page - 1) * limit}`,
    viewer.db.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total ${FROM} WHERE ${where}`,
  ]);
  return {
    rows: rows.map(({ title, agentId, slug, name, args, resource, ...row }) => ({
      ...row,
      actionTitle: actionTitle(row.action, title),
      target: targetOf(resource, args),
      agent: { id: agentId, slug, name },
    })),
    total: counted[0]?.total ?? 0,
  };
}

interface StoredRow {
  id: string;
  action: string;
  title: string | null;
  agentId: string;
  slug: string;
  name: string;
  reason: string;
  rules: string[];
  code: string;
  state: AppealState;
  outcome: "permit" | "change" | null;
  openedAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  args: Json;
  resource: Json;
}

/** Waits for the viewer: pending, about what they may change, and not about a run that acts for them. */
function waitsFor({ access, person }: Viewer): Prisma.Sql {
  const policies = access.canEverywhere("policy.write") ? Prisma.sql`a.subject = 'policy'` : Prisma.sql`FALSE`;
  return Prisma.sql`(a.state = 'pending' AND NOT a.excluded_ids @> ARRAY[${person.id}::uuid]
    AND (${policies} OR (a.subject = 'authority' AND ${withinSql(access, "agent.write", "a.agent_id")})))`;
}

function inQueue(viewer: Viewer, queue: AppealQueue): Prisma.Sql {
  const inSight = withinSql(viewer.access, "approval.read", "a.agent_id");
  switch (queue) {
    case "mine":
      return Prisma.sql`${inSight} AND ${waitsFor(viewer)}`;
    case "waiting":
      return Prisma.sql`${inSight} AND a.state = 'pending'`;
    case "answered":
      return Prisma.sql`${inSight} AND a.state <> 'pending'`;
  }
}

/** How many wait, for the viewer and for anybody within sight. */
export async function countAppeals(viewer: Viewer): Promise<{ mine: number; waiting: number }> {
  const [row] = await viewer.db.$queryRaw<{ mine: number; waiting: number }[]>`
    SELECT count(*) FILTER (WHERE ${waitsFor(viewer)})::int AS mine, count(*)::int AS waiting
    FROM appeal a WHERE ${inQueue(viewer, "waiting")}`;
  return row ?? { mine: 0, waiting: 0 };
}

/** What an appeal is about, in words; null when the viewer does not see its agent (I12), or there is none. */
export async function appealTitle(viewer: Viewer, id: string): Promise<string | null> {
  if (!isId(id)) return null;
  const appeal = await viewer.db.appeal.findFirst({
    where: { id, ...within(viewer.access, "approval.read", "agentId") },
    select: { action: true },
  });
  return appeal && (await titleOfAction(viewer.db, appeal.action));
}

/** Everything that is needed to answer an appeal; null as {@link appealTitle}. */
export async function getAppeal(viewer: Viewer, id: string): Promise<AppealDetail | null> {
  if (!isId(id)) return null;
  const { db, access, person } = viewer;
  const row = await db.appeal.findFirst({
    where: { id, ...within(access, "approval.read", "agentId") },
    select: {
      id: true,
      decisionId: true,
      runId: true,
      agentId: true,
      state: true,
      outcome: true,
      subject: true,
      rules: true,
      reason: true,
      evidence: true,
      excludedIds: true,
      openedAt: true,
      decidedAt: true,
      comment: true,
      decidedBy: { select: { name: true } },
      approval: { select: { id: true, validUntil: true, redeemedAt: true } },
      run: { select: { status: true, tokenExpiresAt: true, tokenRevokedAt: true } },
    },
  });
  if (!row) return null;
  const [decision, trail] = await Promise.all([getDecision(viewer, row.decisionId), runTrail(viewer, row.runId)]);
  if (!decision || !trail) return null;
  const { asDecided, inForce } = await versionsFor(db, decision.checks);
  const possible = permitFor(decision.checks, asDecided, inForce, person.email);
  const { status, tokenExpiresAt, tokenRevokedAt } = row.run;
  const runOpen = status === "running" && tokenRevokedAt === null && tokenExpiresAt > viewer.clock.now();
  const {
    approval,
    decidedBy,
    run: _run,
    excludedIds,
    decisionId: _decisionId,
    runId: _runId,
    agentId,
    ...appeal
  } = row;
  return {
    ...appeal,
    evidence: evidenceView(row.evidence as Json),
    decidedBy: decidedBy?.name ?? null,
    permit: approval && { approvalId: approval.id, validUntil: approval.validUntil, redeemedAt: approval.redeemedAt },
    standing: standingOf(row.state, excludedIds.includes(person.id), mayAnswer(access, row.subject, agentId)),
    permitFault: !runOpen
      ? "run_over"
      : !possible.ok
        ? possible.fault
        : access.can("approval.decide", agentId)
          ? null
          : "no_role",
    runOpen,
    decision,
    trail,
  };
}

function standingOf(state: AppealState, excluded: boolean, mayChange: boolean): AppealStanding {
  if (state !== "pending") return "answered";
  if (!mayChange) return "not_yours";
  return excluded ? "excluded" : "may_answer";
}

/** Agents with appeals in a queue, most first: the choices of the filter. */
export function appealAgents(
  viewer: Viewer,
  queue: AppealQueue,
): Promise<{ value: string; label: string; count: number }[]> {
  return viewer.db.$queryRaw`
    SELECT n.slug AS value, n.name AS label, count(*)::int AS count FROM appeal a JOIN node n ON n.id = a.agent_id
    WHERE ${inQueue(viewer, queue)} GROUP BY n.slug, n.name ORDER BY count DESC, n.name LIMIT 200`;
}
