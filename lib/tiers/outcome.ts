import type { ActionRow, Tier } from "@/lib/decisions/rows";
import type { Settings } from "@/lib/tiers/settings";

/** What a tier comes to for an action, and which of the two matrices says so. Rules of policies, evidence and budgets bind beside it. */
export interface TierOutcome {
  effect: "allow" | "review" | "escalate" | "deny";
  by: "tier" | "reversibility";
}

/** The tier's matrix first; what it allows is let through as carefully as the action is hard to undo, which only an `execute` is. */
export function tierOutcome(
  settings: Pick<Settings, "tiers" | "reversibility">,
  tier: Tier,
  action: Pick<ActionRow, "kind" | "reversibility" | "impact">,
): TierOutcome {
  const effect = settings.tiers[tier][action.kind];
  if (effect !== "allow" || action.kind !== "execute") return { effect, by: "tier" };
  const care = settings.reversibility[action.reversibility][action.impact];
  return { effect: care, by: care === "allow" ? "tier" : "reversibility" };
}
