import type { CommandContext } from "@/lib/audit/change";
import { command } from "@/lib/audit/command";
import { parseInput } from "@/lib/kernel/parse";
import { fail, ok, type RemitError, type Result } from "@/lib/kernel/result";
import { step as machine } from "@/lib/reviews/machine";
import { acceptManyReviewsInput, acceptReviewInput, type AcceptManyReviewsInput } from "@/lib/reviews/schemas";
import { move, openReview, refusal, releaseAt } from "@/lib/reviews/settle";

/**
 * A person looked at what was done and lets it stand. It can be taken back for some seconds. Errors: `not_found`, `review_not_yours`
 * (invariant I3), `review_not_waiting`.
 */
export const acceptReview = command(acceptReviewInput, {}, async (step, { reviewId, comment }) => {
  const opened = await openReview(step, reviewId);
  if (!opened.ok) return opened;
  const { review, personId, holdsRole } = opened.value;
  const release = await releaseAt(step);
  const moved = machine(review, { kind: "accept", by: personId, holdsRole, at: step.now, releaseAt: release });
  if (!moved.ok) return refusal(moved.refusal);
  await move(
    step,
    review,
    { state: "accepted", decidedAt: step.now, decidedById: personId, comment: comment ?? null, releaseAt: release },
    "review.accept",
    comment ? { comment } : {},
  );
  return ok({ releaseAt: release });
});

interface Accepted {
  reviewId: string;
  error: RemitError | null;
  /** For so long from the answer on it can be taken back, whatever the browser's clock says; null for one that was refused. */
  undoMs: number | null;
}

/**
 * Accepts reviews of low risk, each by the same command in a transaction of its own and on its own record. One that is refused stops no other.
 * Errors: `invalid_input`; per review those of {@link acceptReview}, and `not_low_risk`.
 */
export async function acceptManyReviews(
  context: CommandContext,
  input: AcceptManyReviewsInput,
): Promise<Result<{ results: Accepted[] }>> {
  const parsed = parseInput(acceptManyReviewsInput, input);
  if (!parsed.ok) return parsed;
  const { reviewIds, comment } = parsed.value;
  const done: { reviewId: string; one: Awaited<ReturnType<typeof acceptReview>> }[] = [];
  for (const reviewId of new Set(reviewIds))
    done.push({ reviewId, one: await acceptLow(context, { reviewId, ...(comment ? { comment } : {}) }) });
  const now = context.clock.now().getTime();
  const results = done.map(({ reviewId, one }): Accepted => {
    if (!one.ok) return { reviewId, error: one.error, undoMs: null };
    return { reviewId, error: null, undoMs: Math.max(0, one.value.releaseAt.getTime() - now) };
  });
  return ok({ results });
}

const acceptLow = command(acceptReviewInput, {}, async (step, input) => {
  const opened = await openReview(step, input.reviewId);
  if (!opened.ok) return opened;
  if (opened.value.review.risk !== "low")
    return fail("not_low_risk", "Only reviews of low risk are accepted together: look at this one by itself.");
  return acceptReview.within(step, input);
});
