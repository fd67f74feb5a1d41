"use server";
import { defineAction } from "@/lib/auth/define-action";
import { acceptManyReviews, acceptReview } from "@/lib/reviews/accept";
import { rollBackReview } from "@/lib/reviews/roll-back";
import {
  acceptManyReviewsInput,
  acceptReviewInput,
  rollBackReviewInput,
  undoManyReviewsInput,
  undoReviewInput,
} from "@/lib/reviews/schemas";
import { undoManyReviews, undoReview } from "@/lib/reviews/undo";

// None revalidates: the inbox keeps itself up to date, item by item. The commands authorise on the review that they load.

export const accept = defineAction({ permission: "approval.decide", input: acceptReviewInput, run: acceptReview });
export const rollBack = defineAction({
  permission: "approval.decide",
  input: rollBackReviewInput,
  run: rollBackReview,
});
/** Taking back needs no role any more. */
export const undo = defineAction({ permission: "approval.read", input: undoReviewInput, run: undoReview });
export const acceptSeveral = defineAction({
  permission: "approval.decide",
  input: acceptManyReviewsInput,
  run: acceptManyReviews,
});
export const undoSeveral = defineAction({
  permission: "approval.read",
  input: undoManyReviewsInput,
  run: undoManyReviews,
});
