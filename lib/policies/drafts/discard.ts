import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import type { Json } from "@/lib/kernel/json";
import { fail, ok } from "@/lib/kernel/result";
import { draftInput } from "@/lib/policies/drafts/schemas";

/** Throws a draft away; its text stays in the audit record. Errors: `conflict` when somebody changed it since. */
export const discardDraft = command(draftInput, {}, async (step, { draftId: id, revision }) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  const draft = await step.tx.policyDraft.findUnique({
    where: { id },
    select: { policyId: true, name: true, rules: true },
  });
  if (!draft) return fail("conflict", "This draft is gone: it was published or discarded.", "draftId");
  const { count } = await step.tx.policyDraft.deleteMany({ where: { id, revision } });
  if (count === 0) return fail("conflict", "Somebody else changed this draft meanwhile.", "revision");
  step.audit({
    action: "policy.draft_discard",
    subjectKind: "policy",
    subjectId: draft.policyId,
    nodeId: null,
    detail: { draftId: id, name: draft.name, revision, rules: draft.rules as Json },
  });
  step.notify("policies", `policy:${draft.policyId}`);
  return ok({ policy: draft.policyId });
});
