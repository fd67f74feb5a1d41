import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { RuleEffect } from "@/lib/policies/schemas";

/** Fields that have a meaning only for an escalation. */
const OF_ESCALATION: readonly string[] = ["ask", "maxAge", "to", "quorum", "then", "excludeOwner", "onDeadline"];
const OF_REVIEW: readonly string[] = ["onLapse"];

/** An escalation's deadline is how long people have, a review's how long its window is: neither follows from the other. */
const keeps = (field: string, effect: RuleEffect): boolean =>
  field !== "deadline" &&
  (effect === "escalate" || !OF_ESCALATION.includes(field)) &&
  (effect === "review" || !OF_REVIEW.includes(field));

/** The rule with another effect: whom, what and when it is about stay as they are, and what only the old effect has goes. */
export function changedRule(rule: DraftRule, effect: RuleEffect): DraftRule {
  if (rule.effect === effect) return rule;
  const kept = Object.entries(rule).filter(([field]) => keeps(field, effect));
  return { ...(Object.fromEntries(kept) as DraftRule), effect };
}
