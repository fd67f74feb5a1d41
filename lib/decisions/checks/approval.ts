import type { DecisionCode } from "@/lib/decisions/codes";
import { brief, found, type Check, type CheckContext, type Finding } from "@/lib/decisions/finding";
import type { ApprovalClaim } from "@/lib/decisions/types";

/**
 * The approval that a request names (invariant I2): it must be of this run, for exactly this action and these arguments, approved,
 * within its time and not used. A claim that does not hold is denied, whatever else is allowed: the agent is mistaken about it.
 */
export const approval: Check = (context) => {
  const claim = context.request.approval;
  if (claim === undefined) return found("approval", "skip", "allowed", "The request names no approval.");
  if (claim === null) return denied("approval_unknown", "There is no such approval.", null);
  const fault = claimFault(claim, context);
  if (fault) return denied(fault, FAULTS[fault], claim);
  return found("approval", "pass", "approved", "A person approved exactly this.", {
    approvalId: claim.id,
    questions: claim.questions.slice(0, 20).map((name) => brief(name)),
  });
};

const FAULTS = {
  approval_mismatch: "The approval is for another run, action or other arguments.",
  approval_redeemed: "The approval has been used already.",
  approval_pending: "Nobody has decided the approval yet.",
  approval_rejected: "A person rejected it.",
  approval_expired: "Nobody decided it in time.",
  approval_cancelled: "It was cancelled.",
  approval_lapsed: "It was approved, and not used in time.",
} as const satisfies Partial<Record<DecisionCode, string>>;

function claimFault(claim: ApprovalClaim, { request, nowMs }: CheckContext): keyof typeof FAULTS | null {
  const { run, action, argsHash } = request;
  const exact =
    claim.runId === run.id && claim.agentId === run.agentId && claim.action === action && claim.argsHash === argsHash;
  if (!exact) return "approval_mismatch";
  if (claim.redeemedAt !== null) return "approval_redeemed";
  if (claim.state !== "approved") return `approval_${claim.state}`;
  return claim.validUntil !== null && nowMs < claim.validUntil.getTime() ? null : "approval_lapsed";
}

const denied = (code: DecisionCode, message: string, claim: ApprovalClaim | null): Finding =>
  found("approval", "deny", code, message, { approvalId: claim?.id ?? null, state: claim?.state ?? null });
