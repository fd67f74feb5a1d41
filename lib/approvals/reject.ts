import { rejectInput } from "@/lib/approvals/schemas";
import { evidenceHash, hex, mayDecide, NOT_PENDING, openApproval, record, settle } from "@/lib/approvals/settle";
import { command } from "@/lib/audit/command";
import { signalRejection } from "@/lib/incidents/signal";
import { ok } from "@/lib/kernel/result";

/** A person rejects, and says why. Errors: `not_found`, `approval_not_yours` (invariant I3), `approval_not_pending`, `invalid_input`. */
export const rejectApproval = command(rejectInput, {}, async (step, { approvalId, comment }) => {
  const opened = await openApproval(step, approvalId);
  if (!opened.ok) return opened;
  const { approval } = opened.value;
  const decider = mayDecide(step, opened.value);
  if (!decider.ok) return decider;
  const data = { state: "rejected", decidedAt: step.now, decidedById: decider.value.personId, comment } as const;
  if (!(await settle(step, approval.id, data, { beforeDeadline: true }))) return NOT_PENDING;
  record(step, "approval.reject", approval, {
    argsHash: hex(approval.argsHash),
    evidenceHash: evidenceHash(approval.decision.evidence),
    comment,
  });
  await signalRejection(step, approval);
  return ok(null);
});
