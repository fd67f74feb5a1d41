import { decidersAmong } from "@/lib/approvals/deciders";
import { stateAt } from "@/lib/approvals/standing";
import { assignInput, claimInput } from "@/lib/approvals/schemas";
import { NOT_PENDING, openApproval, personWhoActs, record, type OpenApproval } from "@/lib/approvals/settle";
import { command, type Step } from "@/lib/audit/command";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { approvalNotice, assignedKey, toldApprovals } from "@/lib/notify/tell/approval-words";
import { notify } from "@/lib/notify/notify";

interface Assigned {
  assigneeId: string | null;
}

/**
 * Says who takes care of an approval, or nobody. It gives no authority and takes none: whoever may decide it still may, so that it can
 * only go to somebody who may. Anybody who decides for the agent's node assigns, also what is another's: the record says who did.
 * Errors: `not_found`, `forbidden`, `approval_not_pending`, `assignee_may_not_decide` with field `personId`.
 */
export const assignApproval = command(assignInput, {}, (step, { approvalId, personId }) =>
  assign(step, approvalId, personId),
);

/** Takes it oneself. Errors: as {@link assignApproval}. */
export const claimApproval = command(claimInput, {}, async (step, { approvalId }) => {
  const person = personWhoActs(step);
  return person.ok ? await assign(step, approvalId, person.value.personId) : person;
});

async function assign(step: Step, approvalId: string, assigneeId: string | null): Promise<Result<Assigned>> {
  const opened = await openApproval(step, approvalId);
  if (!opened.ok) return opened;
  const { approval, holdsRole } = opened.value;
  const person = personWhoActs(step);
  if (!person.ok) return person;
  if (!holdsRole) return fail("forbidden", "You do not have the role that this needs.");
  if (stateAt(approval.state, approval.deadline, step.now) !== "pending") return NOT_PENDING;
  if (assigneeId !== null) {
    const asked = approval.approverIds.includes(assigneeId) && !approval.excludedIds.includes(assigneeId);
    const may = asked && (await decidersAmong(step.tx, approval.agentId, [assigneeId])).has(assigneeId);
    if (!may) return fail("assignee_may_not_decide", "This person may not decide this approval.", "personId");
  }
  await step.tx.approval.updateMany({
    where: { id: approvalId },
    data: {
      assigneeId,
      assignedAt: assigneeId === null ? null : step.now,
      assignedById: assigneeId === null ? null : person.value.personId,
    },
  });
  record(step, "approval.assign", approval, { from: approval.assigneeId, to: assigneeId });
  if (assigneeId !== null && assigneeId !== person.value.personId) await tell(step, approval, assigneeId);
  return ok({ assigneeId });
}

/** Whoever takes it themselves need not be told. */
async function tell(step: Step, approval: OpenApproval, personId: string): Promise<void> {
  const words = (await toldApprovals(step.tx, [approval]))(approval);
  await notify(step, approvalNotice("assign", words, [personId], assignedKey(approval.id, personId)));
}
