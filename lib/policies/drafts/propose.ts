import { command, personOf } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { notify } from "@/lib/notify/notify";
import { peopleWhoMay } from "@/lib/notify/recipients";
import { draftFaults } from "@/lib/policies/drafts/faults";
import { draftRulesSchema, draftInput } from "@/lib/policies/drafts/schemas";
import { readRuleWorld } from "@/lib/policies/world";

/**
 * Says that a draft is ready for whoever publishes it, and tells those who may and wrote nothing in it. Its text stays as it is: whoever changes it makes it a draft again.
 * Errors: `conflict` when somebody changed it since or it is proposed already; `invalid_input` naming the first fault.
 */
export const proposeDraft = command(draftInput, {}, async (step, { draftId: id, revision }) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  const { tx, now } = step;
  const draft = await tx.policyDraft.findUnique({
    where: { id },
    select: { policyId: true, name: true, state: true, rules: true, authorIds: true },
  });
  if (!draft) return fail("conflict", "This draft is gone: it was published or discarded.", "draftId");
  if (draft.state === "proposed") return fail("conflict", "This draft is proposed already.", "draftId");
  const rules = draftRulesSchema.parse(draft.rules);
  const [fault] = draftFaults(rules, await readRuleWorld(tx, rules));
  if (fault) return fail("invalid_input", fault.message, `rules.${fault.rule}.${fault.path.join(".")}`);
  const { count } = await tx.policyDraft.updateMany({
    where: { id, revision, state: "editing" },
    data: { state: "proposed", proposedAt: now, proposedById: personOf(step), revision: revision + 1 },
  });
  if (count === 0) return fail("conflict", "Somebody else changed this draft meanwhile.", "revision");
  step.audit({
    action: "policy.draft_propose",
    subjectKind: "policy",
    subjectId: draft.policyId,
    nodeId: null,
    detail: { draftId: id, revision: revision + 1 },
  });
  const publishers = await peopleWhoMay(tx, "policy.write", null);
  await notify(step, {
    kind: "policy_draft.proposed",
    // Proposed anew after a change, it is told anew.
    key: `policy_draft:${id}:${revision + 1}`,
    recipients: publishers.filter((person) => person !== personOf(step) && !draft.authorIds.includes(person)),
    subject: draft.name,
    link: `/policies/${draft.policyId}/publish`,
    nodeId: null,
  });
  step.notify("policies", `policy:${draft.policyId}`);
  return ok({ revision: revision + 1 });
});
