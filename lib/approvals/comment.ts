import { authorise } from "@/lib/auth/authorise";
import { commentInput } from "@/lib/approvals/schemas";
import { openApproval, personWhoActs, record } from "@/lib/approvals/settle";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

/** So that the page of one approval stays bounded. */
const COMMENTS_MAX = 200;

/**
 * Says something to the others who see the approval, before or after it is decided; the agent never learns of it. Whoever may read it
 * may comment. Errors: `not_found`, `forbidden`, `too_many_requests`.
 */
export const commentApproval = command(commentInput, {}, async (step, { approvalId, text }) => {
  const opened = await openApproval(step, approvalId, "none");
  if (!opened.ok) return opened;
  const person = personWhoActs(step);
  if (!person.ok) return person;
  const { approval } = opened.value;
  const reads = authorise(step, "approval.read", approval.agentId);
  if (!reads.ok) return reads;
  const made = await step.tx.approvalEntry.count({ where: { approvalId, kind: "comment" } });
  if (made >= COMMENTS_MAX) return fail("too_many_requests", `There are ${COMMENTS_MAX} comments on this already.`);
  const commentId = step.newId();
  await step.tx.approvalEntry.create({
    data: {
      id: commentId,
      approvalId,
      kind: "comment",
      authorPersonId: person.value.personId,
      text,
      at: step.now,
    },
  });
  record(step, "approval.comment", approval, { commentId, text });
  return ok({ commentId });
});
