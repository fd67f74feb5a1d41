import type { PermitFault } from "@/lib/appeals/permit-for";

/** Why there can be no permit, for the person who would give it. */
export const PERMIT_FAULTS: Record<PermitFault, string> = {
  other_checks: "More than rules stood in the way, and a permit overrides rules only.",
  rule_error: "A rule could not be evaluated on this request, so nobody knows what it would have said.",
  rule_asks: "Another rule asks somebody else as well, and that is for them to answer.",
  rule_changed: "The rule was changed since: the agent can ask again under the new one.",
};
