import { redemptionFault, type RedemptionFault } from "@/lib/approvals/machine";
import type { DecisionCode } from "@/lib/decisions/codes";
import { brief, found, type Check, type Finding } from "@/lib/decisions/finding";
import type { ApprovalClaim } from "@/lib/decisions/types";
import { canonical } from "@/lib/kernel/canonical";
import type { JsonObject } from "@/lib/kernel/json";

/**
 * The approval that a request names (invariant I2): it must be of this run, for exactly this action, these arguments and this resource,
 * approved, within its time and not used. A claim that does not hold is denied, whatever else is allowed: the agent is mistaken about it.
 */
export const approval: Check = (context) => {
  const claim = context.request.approval;
  if (claim === undefined) return found("approval", "skip", "allowed", "The request names no approval.");
  if (claim === null) return denied("approval_unknown", "There is no such approval.", null);
  const { run, action, argsHash, resource } = context.request;
  const use = { runId: run.id, agentId: run.agentId, action, argsHash };
  const fault = isAbout(claim, resource) ? redemptionFault(claim, use, context.now) : "mismatch";
  if (fault) return denied(`approval_${fault}`, FAULTS[fault], claim);
  return found("approval", "pass", "approved", "A person approved exactly this.", {
    approvalId: claim.id,
    questions: claim.questions.slice(0, 20).map((name) => brief(name)),
  });
};

/** What is acted upon may stand in the resource alone: whoever approved saw it. Edits of arguments leave it as it was. */
const isAbout = (claim: ApprovalClaim, resource: JsonObject | null): boolean =>
  claim.resource === undefined || canonical(claim.resource) === canonical(resource);

const FAULTS = {
  mismatch: "The approval is for another run, action, resource or other arguments.",
  redeemed: "The approval has been used already.",
  pending: "Nobody has decided the approval yet.",
  rejected: "A person rejected it.",
  expired: "Nobody decided it in time.",
  cancelled: "It was cancelled.",
  lapsed: "It was approved, and not used in time.",
} as const satisfies Record<RedemptionFault, string>;

const denied = (code: DecisionCode, message: string, claim: ApprovalClaim | null): Finding =>
  found("approval", "deny", code, message, { approvalId: claim?.id ?? null, state: claim?.state ?? null });
