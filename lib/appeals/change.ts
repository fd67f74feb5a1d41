import { command } from "@/lib/audit/command";
import { changeAppealInput } from "@/lib/appeals/schemas";
import { pendingAppeal, settleAppeal } from "@/lib/appeals/settle";
import { startDraft } from "@/lib/policies/drafts/start";
import { fail, ok } from "@/lib/kernel/result";

/**
 * Grants an appeal by a change of what denied: the person says what they change, and a draft of the rule's policy is begun for them unless
 * it has one. Nothing is allowed by that alone: the agent asks again once the change is in force. Errors: `not_found`, `forbidden`,
 * `appeal_not_pending`, `invalid_input` for a policy that did not deny.
 */
export const changeForAppeal = command(changeAppealInput, {}, async (step, { appealId, comment, draft }) => {
  const opened = await pendingAppeal(step, appealId);
  if (!opened.ok) return opened;
  const { appeal } = opened.value;
  if (draft !== undefined && !appeal.rules.some((rule) => rule.startsWith(`${draft}/`)))
    return fail("invalid_input", "This policy did not deny it.", "draft");
  if (
    draft !== undefined &&
    !(await step.tx.policyDraft.findUnique({ where: { policyId: draft }, select: { id: true } }))
  ) {
    const begun = await startDraft.within(step, { policy: draft });
    if (!begun.ok) return begun;
  }
  const granted = { state: "granted", outcome: "change" } as const;
  await settleAppeal(step, opened.value, "appeal.change", comment, granted, draft === undefined ? {} : { draft });
  return ok({ draft: draft ?? null });
});
