import { askInput } from "@/lib/approvals/schemas";
import { mayDecide, openApproval, record } from "@/lib/approvals/settle";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

/** So that a person and an agent cannot talk for ever: whoever still does not know rejects, and says what is missing. */
const QUESTIONS_MAX = 20;

/**
 * A person who may decide asks the agent something before they do; the waiting agent is woken with it. The approval's deadline stays.
 * Errors: `not_found`, `approval_not_yours`, `approval_not_pending`, `too_many_requests`.
 */
export const askAgent = command(askInput, {}, async (step, { approvalId, text }) => {
  const opened = await openApproval(step, approvalId);
  if (!opened.ok) return opened;
  const decider = mayDecide(step, opened.value);
  if (!decider.ok) return decider;
  const asked = await step.tx.approvalEntry.count({ where: { approvalId, kind: "question" } });
  if (asked >= QUESTIONS_MAX)
    return fail("too_many_requests", `The agent has been asked ${QUESTIONS_MAX} questions about this already.`);
  const questionId = step.newId();
  const { personId } = decider.value;
  await step.tx.approvalEntry.create({
    data: { id: questionId, approvalId, kind: "question", authorPersonId: personId, text, at: step.now },
  });
  record(step, "approval.ask", opened.value.approval, { questionId, text });
  return ok({ questionId });
});
