import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { boundEvidence } from "@/lib/decisions/bound-evidence";
import { getDecision, titleOfAction } from "@/lib/decisions/queries";
import { actionTitle } from "@/lib/decisions/words";
import type { Db } from "@/lib/db/client";
import { boundJson, boundObject } from "@/lib/kernel/bound-json";
import { isId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { reviewStanding } from "@/lib/reviews/machine";
import type { ReviewDetail, ReviewState, RollbackView } from "@/lib/reviews/views";
import { planRollback, reportedResult, type Reported } from "@/lib/rollbacks/plan";
import { runTrail } from "@/lib/runs/trail";
import { settingsFrom } from "@/lib/tiers/settings";

/** What crosses to the browser of what an agent sent. */
const SHOWN = { text: 4_000, items: 100, total: 30_000 };
const ROLLBACKS = 10;
const TRIES = 30;

/** What a review is about, in words; null as getReview, which asks for much more. */
export async function reviewTitle(viewer: Viewer, id: string): Promise<string | null> {
  if (!isId(id)) return null;
  const review = await viewer.db.review.findFirst({
    where: { id, ...within(viewer.access, "approval.read", "agentId") },
    select: { action: true },
  });
  return review && (await titleOfAction(viewer.db, review.action));
}

/** Everything that a reviewer needs; null when the viewer does not see the agent (I12), or there is no such review. */
export async function getReview(viewer: Viewer, id: string): Promise<ReviewDetail | null> {
  if (!isId(id)) return null;
  const { db, access, person } = viewer;
  const row = await db.review.findFirst({
    where: { id, ...within(access, "approval.read", "agentId") },
    include: {
      decidedBy: { select: { id: true, name: true } },
      run: { select: { costMicroUsd: true, unpricedCalls: true } },
    },
  });
  if (!row) return null;
  const now = viewer.clock.now();
  const holdsRole = access.can("approval.decide", row.agentId);
  const standing = reviewStanding(row, person.id, holdsRole, now);
  const about = { id: row.decisionId, runId: row.runId };
  const open = row.state === "waiting" || row.state === "rollback_failed";
  const [decision, trail, reported, plan, rollbacks, configuration] = await Promise.all([
    getDecision(viewer, row.decisionId),
    runTrail(viewer, row.runId),
    reportedResult(db, about),
    open ? planRollback(db, about) : null,
    rollbacksOf(db, row.id),
    db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } }),
  ]);
  if (!decision || !trail) return null;
  const { id: reviewId, risk, onLapse, createdAt, deadline, escalatedAt, decidedAt, decidedBy, comment } = row;
  return {
    id: reviewId,
    state: stateAt(row, now),
    risk,
    onLapse,
    createdAt,
    deadline,
    escalatedAt,
    decidedAt,
    decidedBy,
    comment,
    releaseAt: row.releaseAt,
    endedAt: row.endedAt,
    incidentId: row.incidentId,
    standing,
    mayUndo: !open && row.decidedById === person.id && row.releaseAt !== null && now < row.releaseAt,
    decision: {
      ...decision,
      args: boundObject(decision.args, SHOWN).value,
      resource: boundJson(decision.resource, SHOWN).value,
      evidence: decision.evidence && boundEvidence(decision.evidence),
    },
    trail,
    reported: reported && shownOf(reported),
    cost: { microUsd: row.run.costMicroUsd.toString(), unpriced: row.run.unpricedCalls },
    plan,
    rollbacks,
    undoSeconds: settingsFrom(configuration.settings).settings.approvals.undoSeconds,
    now,
  };
}

/** A window that is over counts as lapsed, even before the worker has done what the rule says. */
export function stateAt({ state, deadline }: { state: ReviewState; deadline: Date }, now: Date): ReviewState {
  return state === "waiting" && deadline <= now ? "lapsed" : state;
}

function shownOf({ ok, result, error, at }: Reported): NonNullable<ReviewDetail["reported"]> {
  const shown = boundJson(result ?? null, SHOWN);
  const failure = boundJson(error ?? null, SHOWN);
  return { ok, at, result: shown.value, error: failure.value, cut: shown.cut || failure.cut };
}

async function rollbacksOf(db: Db, reviewId: string): Promise<RollbackView[]> {
  const rows = await db.rollback.findMany({
    where: { reviewId },
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
    take: ROLLBACKS,
    select: {
      id: true,
      action: true,
      args: true,
      via: true,
      state: true,
      reason: true,
      requestedAt: true,
      releaseAt: true,
      deadline: true,
      nextAt: true,
      attempts: true,
      detail: true,
      endedAt: true,
      requestedBy: { select: { name: true } },
      tries: {
        orderBy: { number: "desc" },
        take: TRIES,
        select: { number: true, at: true, durationMs: true, statusCode: true, error: true },
      },
    },
  });
  const titles = await db.action.findMany({
    where: { id: { in: rows.map((row) => row.action) } },
    select: { id: true, title: true },
  });
  return rows.map(({ requestedBy, args, ...row }) => ({
    ...row,
    title: actionTitle(row.action, titles.find((one) => one.id === row.action)?.title ?? null),
    args: boundObject(args as JsonObject, SHOWN).value,
    requestedBy: requestedBy?.name ?? null,
  }));
}
