import type { PromotionState } from "@/lib/promotions/schemas";

interface PromotionNow {
  state: PromotionState;
  /** Null: Remit suggested it. */
  requestedById: string | null;
  /** The agent's accountable person, and who was that before at the tier that it has. */
  ownerIds: readonly string[];
}

type PromotionFault = "decided" | "requester" | "owner";

/**
 * Why this person may not decide the promotion, or null. Two people stand behind more autonomy: whoever asked does not decide, and whoever
 * answers for the agent does not either, also where Remit suggested it, nor who gave it away since it came to its tier: the record that is
 * decided on is theirs. That they stand above the agent is for the caller to check.
 */
export function decisionFault(promotion: PromotionNow, personId: string): PromotionFault | null {
  if (promotion.state !== "pending") return "decided";
  if (promotion.requestedById === personId) return "requester";
  return promotion.ownerIds.includes(personId) ? "owner" : null;
}
