import { z } from "zod";

const reviewId = z.string().max(64);
const words = z.string().trim().max(2_000);
/** A comment of nothing but spaces is none, in the store as in the record. */
const remark = words.transform((said) => (said === "" ? undefined : said)).optional();

export const acceptReviewInput = z.strictObject({ reviewId, comment: remark });
export const rollBackReviewInput = z.strictObject({
  reviewId,
  /** Whoever undoes it, and the record, are told why. */
  reason: words.min(1, "Say why."),
});
export const undoReviewInput = z.strictObject({ reviewId });
export const acceptManyReviewsInput = z.strictObject({
  reviewIds: z.array(reviewId).min(1).max(200),
  comment: remark,
});
export type AcceptManyReviewsInput = z.input<typeof acceptManyReviewsInput>;
export const undoManyReviewsInput = z.strictObject({ reviewIds: z.array(reviewId).min(1).max(200) });
export type UndoManyReviewsInput = z.input<typeof undoManyReviewsInput>;
