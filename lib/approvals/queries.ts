import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { obstaclesOf } from "@/lib/approvals/obstacles";
import { precedentsOf } from "@/lib/approvals/precedents";
import { standingOf, stateAt } from "@/lib/approvals/standing";
import type { ApprovalDetail, PersonLabel } from "@/lib/approvals/views";
import { getDecision, titleOfAction } from "@/lib/decisions/queries";
import type { Db } from "@/lib/db/client";
import { isId } from "@/lib/kernel/ids";
import { encodePlace } from "@/lib/runs/timeline-cursor";
import { timelineOf } from "@/lib/runs/timeline-queries";
import { runTrail } from "@/lib/runs/trail";

/** Entries of the run that stand in the evidence panel. */
const BEFORE = 12;

/** What an approval is about, in words; null as getApproval, which asks for much more. */
export async function approvalTitle(viewer: Viewer, id: string): Promise<string | null> {
  if (!isId(id)) return null;
  const approval = await viewer.db.approval.findFirst({
    where: { id, ...within(viewer.access, "approval.read", "agentId") },
    select: { action: true },
  });
  return approval && (await titleOfAction(viewer.db, approval.action));
}

/** Everything that a reviewer needs to decide; null when the viewer does not see the agent (I12), or there is no such approval. */
export async function getApproval(viewer: Viewer, id: string): Promise<ApprovalDetail | null> {
  if (!isId(id)) return null;
  const { db, access } = viewer;
  const row = await db.approval.findFirst({
    where: { id, ...within(access, "approval.read", "agentId") },
    select: {
      id: true,
      decisionId: true,
      runId: true,
      agentId: true,
      action: true,
      state: true,
      risk: true,
      approverIds: true,
      excludedIds: true,
      requestedAt: true,
      deadline: true,
      decidedAt: true,
      comment: true,
      validUntil: true,
      redeemedAt: true,
      decidedBy: { select: { id: true, name: true, email: true } },
      redeemedBy: { select: { id: true } },
      decision: { select: { at: true, estimate: true } },
      run: { select: { startedAt: true, status: true } },
    },
  });
  if (!row) return null;
  const asked = { atMs: row.decision.at.getTime(), type: "decision" as const, id: row.decisionId };
  const [decision, trail, people, obstacles, before, precedents] = await Promise.all([
    getDecision(viewer, row.decisionId),
    runTrail(viewer, row.runId),
    peopleById(db, [...row.approverIds, ...row.excludedIds]),
    obstaclesOf(viewer, { ...row, runStatus: row.run.status, estimate: row.decision.estimate }),
    timelineOf(
      viewer,
      { id: row.runId, startedAt: row.run.startedAt },
      { from: { before: encodePlace(asked) }, kinds: [], limit: BEFORE },
    ),
    precedentsOf(viewer, row),
  ]);
  if (!decision || !trail) return null;
  const state = stateAt(row.state, row.deadline, viewer.clock.now());
  const pick = (ids: readonly string[]) => ids.flatMap((personId) => people.get(personId) ?? []);
  return {
    id: row.id,
    state,
    risk: row.risk,
    requestedAt: row.requestedAt,
    deadline: row.deadline,
    decidedAt: row.decidedAt,
    decidedBy: row.decidedBy,
    comment: row.comment,
    validUntil: row.validUntil,
    redeemedAt: row.redeemedAt,
    redeemedByDecisionId: row.redeemedBy?.id ?? null,
    standing: standingOf({ ...row, state }, viewer.person.id, access.can("approval.decide", row.agentId)),
    approvers: pick(row.approverIds.filter((personId) => !row.excludedIds.includes(personId))),
    excluded: pick(row.excludedIds),
    obstacles: state === "pending" || (state === "approved" && row.redeemedAt === null) ? obstacles : [],
    decision,
    trail,
    before: before.entries,
    precedents,
  };
}

async function peopleById(db: Db, ids: readonly string[]): Promise<Map<string, PersonLabel>> {
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, email: true },
  });
  return new Map(people.map((person) => [person.id, person]));
}
