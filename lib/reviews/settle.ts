import { decidersAmong } from "@/lib/approvals/deciders";
import type { Change } from "@/lib/audit/change";
import type { Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import type { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import type { ReviewRefusal } from "@/lib/reviews/machine";
import { settingsFrom } from "@/lib/tiers/settings";

/** What the commands on one review read of it. */
export type OpenReview = Awaited<ReturnType<typeof load>> & object;

const load = (change: Pick<Change, "tx">, id: string) =>
  change.tx.review.findUnique({
    where: { id },
    select: {
      id: true,
      decisionId: true,
      runId: true,
      agentId: true,
      action: true,
      risk: true,
      state: true,
      onLapse: true,
      excludedIds: true,
      createdAt: true,
      deadline: true,
      escalatedAt: true,
      decidedById: true,
      releaseAt: true,
    },
  });

const NO_REVIEW = fail("not_found", "There is no such review.");

/** The review under its row's lock: of several who decide at once the next one sees what the first one did. */
export async function lockReview(change: Pick<Change, "tx">, id: string): Promise<OpenReview | null> {
  await change.tx.$queryRaw`SELECT 1 FROM review WHERE id = ${id}::uuid FOR UPDATE`;
  return load(change, id);
}

/** The same for the person who acts; `not_found` for an id that is foreign, malformed or out of sight (invariant I12). */
export async function openReview(
  step: Step,
  id: string,
): Promise<Result<{ review: OpenReview; personId: string; holdsRole: boolean }>> {
  const { actor } = step;
  if (actor.kind !== "person") return fail("forbidden", "Only a person decides a review.");
  const review = isId(id) ? await lockReview(step, id) : null;
  if (!review) return NO_REVIEW;
  const allowed = authorise(step, "approval.decide", review.agentId);
  if (!allowed.ok && allowed.error.code === "not_found") return NO_REVIEW;
  // Again, after the wait for the lock: a role that was taken since counts no longer.
  const holdsRole = allowed.ok && (await decidersAmong(step.tx, review.agentId, [actor.id])).has(actor.id);
  return ok({ review, personId: actor.id, holdsRole });
}

/** How long what was decided can be taken back: as with approvals. */
export async function releaseAt(step: Change): Promise<Date> {
  const { settings } = await step.tx.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  const { undoSeconds } = settingsFrom(settings).settings.approvals;
  return new Date(step.now.getTime() + undoSeconds * 1_000);
}

/** A refusal of the machine as the command's error. */
export function refusal(of: ReviewRefusal): ReturnType<typeof fail> {
  switch (of) {
    case "not_waiting":
    case "not_due":
      return fail("review_not_waiting", "This review has been decided already, or its time is up.");
    case "not_yours":
      return fail("review_not_yours", "This review is for somebody else to decide.");
    case "released":
      return fail("undo_too_late", "It is too late to undo this.");
  }
}

type ReviewAction =
  | "review.open"
  | "review.contact"
  | "review.accept"
  | "review.roll_back"
  | "review.undo"
  | "review.lapse"
  | "review.escalate"
  | "rollback.send"
  | "rollback.done"
  | "rollback.fail";

/** Writes a step and records it. The caller holds the row's lock. */
export async function move(
  change: Change,
  review: Pick<OpenReview, "id" | "runId" | "agentId" | "action" | "decisionId">,
  data: Prisma.ReviewUncheckedUpdateInput,
  action: ReviewAction,
  detail: JsonObject,
): Promise<void> {
  await change.tx.review.update({ where: { id: review.id }, data });
  recordReview(change, action, review, detail);
}

/** The audit entry of a step, and what live pages listen to. */
export function recordReview(
  change: Pick<Change, "audit" | "notify">,
  action: ReviewAction,
  review: Pick<OpenReview, "id" | "runId" | "agentId" | "action" | "decisionId">,
  detail: JsonObject,
): void {
  const { id, runId, agentId, decisionId } = review;
  change.audit({
    action,
    subjectKind: "review",
    subjectId: id,
    nodeId: agentId,
    detail: { runId, agentId, decisionId, action: review.action, ...detail },
  });
  change.notify("reviews", `review:${id}`, `run:${runId}`);
}
