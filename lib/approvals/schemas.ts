import { z } from "zod";

import { jsonObjectSchema } from "@/lib/catalogue/json-schema";

const comment = z.string().trim().max(2_000);

export const approveInput = z.strictObject({
  approvalId: z.string().max(64),
  comment: comment.optional(),
  /** Instead of the arguments that were asked for: then only these may be redeemed. */
  args: jsonObjectSchema.optional(),
});
export type ApproveInput = z.infer<typeof approveInput>;

export const rejectInput = z.strictObject({
  approvalId: z.string().max(64),
  /** The agent and the record are told why. */
  comment: comment.min(1, "Say why."),
});
export type RejectInput = z.infer<typeof rejectInput>;

export const cancelInput = z.strictObject({ approvalId: z.string().max(64), comment: comment.optional() });
export type CancelInput = z.infer<typeof cancelInput>;
