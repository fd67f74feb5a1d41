import type { PromotionState } from "@/lib/promotions/schemas";

interface PromotionNow {
  state: PromotionState;
  /** Null: Remit suggested it. */
  requestedById: string | null;
  /** The agent's accountable person. */
  ownerId: string;
}

type PromotionFault = "decided" | "requester" | "owner";

/**
 * Why this person may not decide the promotion, or null. Two people stand behind more autonomy: whoever asked does not decide, and whoever
 * answers for the agent does not either, also where Remit suggested it. That they stand above the agent is for the caller to check.
 */
export function decisionFault(promotion: PromotionNow, personId: string): PromotionFault | null {
  if (promotion.state !== "pending") return "decided";
  if (promotion.requestedById === personId) return "requester";
  return promotion.ownerId === personId ? "owner" : null;
}
