import { cancelInput } from "@/lib/approvals/schemas";
import { hex, NOT_PENDING, openApproval, record, settle } from "@/lib/approvals/settle";
import type { Change } from "@/lib/audit/change";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

/** Withdraws a question that nobody needs answered any more. Errors: `not_found`, `forbidden`, `approval_not_pending`. */
export const cancelApproval = command(cancelInput, {}, async (step, { approvalId, comment }) => {
  const opened = await openApproval(step, approvalId);
  if (!opened.ok) return opened;
  const { approval, holdsRole } = opened.value;
  if (!holdsRole) return fail("forbidden", "You do not have the role that this needs.");
  const data = { state: "cancelled", comment: comment ?? null } as const;
  if (!(await settle(step, approval.id, data, { beforeDeadline: false }))) return NOT_PENDING;
  record(step, "approval.cancel", approval, { argsHash: hex(approval.argsHash), ...(comment ? { comment } : {}) });
  return ok(null);
});

/** Cancels what a run that ends still waits for, within the change that ends it. Yields how many there were. */
export async function cancelApprovalsOfRun(step: Change, runId: string): Promise<number> {
  const cancelled = await step.tx.approval.updateManyAndReturn({
    where: { runId, state: "pending" },
    data: { state: "cancelled", comment: "The run ended." },
    select: { id: true, runId: true, agentId: true, decisionId: true, action: true, argsHash: true },
  });
  for (const approval of cancelled) {
    record(step, "approval.cancel", approval, { argsHash: hex(approval.argsHash), reason: "run_ended" });
  }
  return cancelled.length;
}
