import type { CommandContext } from "@/lib/audit/change";
import { command } from "@/lib/audit/command";
import { parseInput } from "@/lib/kernel/parse";
import { ok, type RemitError, type Result } from "@/lib/kernel/result";
import { step as machine } from "@/lib/reviews/machine";
import { undoManyReviewsInput, undoReviewInput, type UndoManyReviewsInput } from "@/lib/reviews/schemas";
import { move, openReview, refusal } from "@/lib/reviews/settle";

/**
 * Whoever decided takes it back before it is released: the review waits again, and nobody hears of its rollback. Errors: `not_found`,
 * `review_not_yours`, `review_not_waiting`, `undo_too_late`.
 */
export const undoReview = command(undoReviewInput, {}, async (step, { reviewId }) => {
  const opened = await openReview(step, reviewId);
  if (!opened.ok) return opened;
  const { review, personId } = opened.value;
  const moved = machine(review, { kind: "undo", by: personId, at: step.now });
  if (!moved.ok) return refusal(moved.refusal);
  if (review.state === "rolling_back") {
    // Clocks of several machines differ: what somebody has taken on already is not taken back, whatever this one says.
    const { count } = await step.tx.rollback.updateMany({
      where: { reviewId: review.id, state: "waiting", attempts: 0 },
      data: { state: "cancelled", endedAt: step.now },
    });
    if (count === 0) return refusal("released");
  }
  await move(
    step,
    review,
    { state: "waiting", decidedAt: null, decidedById: null, comment: null, releaseAt: null },
    "review.undo",
    { undone: review.state },
  );
  return ok(null);
});

/** Takes several back, each by {@link undoReview} in a transaction of its own; what is refused stops no other. */
export async function undoManyReviews(
  context: CommandContext,
  input: UndoManyReviewsInput,
): Promise<Result<{ reviewId: string; error: RemitError | null }[]>> {
  const parsed = parseInput(undoManyReviewsInput, input);
  if (!parsed.ok) return parsed;
  const results: { reviewId: string; error: RemitError | null }[] = [];
  for (const reviewId of new Set(parsed.value.reviewIds)) {
    const done = await undoReview(context, { reviewId });
    results.push({ reviewId, error: done.ok ? null : done.error });
  }
  return ok(results);
}
