import { command, personOf } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { rulesHash } from "@/lib/policies/drafts/hash";
import { saveDraftInput } from "@/lib/policies/drafts/schemas";

/**
 * Keeps what is being written, finished or not: made for saving while typing. Whoever saves is an author from then on, and a proposal
 * that is changed is a draft again. Answers the new revision.
 * Errors: `conflict` (field `revision`) when somebody saved, proposed or discarded since the author's revision.
 */
export const saveDraft = command(saveDraftInput, {}, async (step, input) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  const { tx, now } = step;
  const { draftId: id, revision, name, rules, note } = input;
  const draft = await tx.policyDraft.findUnique({ where: { id }, select: { policyId: true, authorIds: true } });
  if (!draft) return fail("conflict", "This draft is gone: it was published or discarded.", "draftId");
  const author = personOf(step);
  const authorIds =
    author === null || draft.authorIds.includes(author) ? draft.authorIds : [...draft.authorIds, author];
  const { count } = await tx.policyDraft.updateMany({
    where: { id, revision },
    data: {
      name,
      rules,
      note,
      revision: revision + 1,
      state: "editing",
      authorIds,
      updatedAt: now,
      updatedById: author,
      proposedAt: null,
      proposedById: null,
    },
  });
  if (count === 0) return fail("conflict", "Somebody else changed this draft meanwhile.", "revision");
  step.audit({
    action: "policy.draft_save",
    subjectKind: "policy",
    subjectId: draft.policyId,
    nodeId: null,
    detail: { draftId: id, name, revision: revision + 1, rulesHash: rulesHash(rules), rules: rules.length },
  });
  step.notify("policies", `policy:${draft.policyId}`);
  return ok({ revision: revision + 1, savedAt: now.toISOString() });
});
