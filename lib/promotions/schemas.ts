import { z } from "zod";

import { id, reason } from "@/lib/agents/schemas";
import { TIERS } from "@/lib/tiers/matrices";

const PROMOTION_STATES = ["pending", "approved", "rejected", "withdrawn"] as const;
export type PromotionState = (typeof PROMOTION_STATES)[number];

export const requestPromotionInput = z.strictObject({ agentId: id, reason });
export const approvePromotionInput = z.strictObject({
  id,
  /** The agent version that was looked at: what is approved is what was seen. */
  version: z.int().min(1),
  comment: z.string().trim().max(500, "must have at most 500 characters").nullable().default(null),
});
export const rejectPromotionInput = z.strictObject({ id, reason });
export const withdrawPromotionInput = z.strictObject({ id, reason });
export const demoteInput = z.strictObject({ agentId: id, tier: z.enum(TIERS), reason });
