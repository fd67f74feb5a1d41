import { command } from "@/lib/audit/command";
import { argsHash } from "@/lib/kernel/json";
import { fail, ok } from "@/lib/kernel/result";
import { step as machine } from "@/lib/reviews/machine";
import { rollBackReviewInput } from "@/lib/reviews/schemas";
import { move, openReview, refusal, releaseAt } from "@/lib/reviews/settle";
import { beginRollback } from "@/lib/rollbacks/begin";
import { planRollback } from "@/lib/rollbacks/plan";

/**
 * A person has what was done undone, by their own role and on their own record. The order can be taken back for some seconds; then the system's
 * receiver is called, or the agent's software fetches it. One that failed can be ordered again, at once. Errors: `not_found`, `review_not_yours`
 * (invariant I3), `review_not_waiting`, `rollback_impossible` when the catalogue or what was reported does not say how.
 */
export const rollBackReview = command(rollBackReviewInput, {}, async (step, { reviewId, reason }) => {
  const opened = await openReview(step, reviewId);
  if (!opened.ok) return opened;
  const { review, personId, holdsRole } = opened.value;
  const release = await releaseAt(step);
  const moved = machine(review, { kind: "roll_back", by: personId, holdsRole, at: step.now, releaseAt: release });
  if (!moved.ok) return refusal(moved.refusal);
  const planned = await planRollback(step.tx, { id: review.decisionId, runId: review.runId });
  if (!planned.ok) return fail("rollback_impossible", planned.message);
  const { plan } = planned;
  const begins = moved.record.releaseAt ?? step.now;
  const rollbackId = await beginRollback(step, review, plan, { reason, releaseAt: begins });
  await move(
    step,
    review,
    {
      state: "rolling_back",
      decidedAt: step.now,
      decidedById: personId,
      comment: reason,
      releaseAt: begins,
      endedAt: null,
      incidentId: null,
    },
    "review.roll_back",
    {
      comment: reason,
      rollbackId,
      rollback: plan.action,
      argsHash: argsHash(plan.action, plan.args).toString("hex"),
      via: plan.via,
    },
  );
  return ok({ rollbackId, releaseAt: begins });
});
