import type { Step } from "@/lib/audit/command";
import { command, personOf } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { rulesHash } from "@/lib/policies/drafts/hash";
import { draftRuleSchema, startDraftInput, type DraftRule } from "@/lib/policies/drafts/schemas";

/**
 * Begins the one draft of a policy. Errors: `conflict` when it has one already (field `policy`), or `isNew` and the policy exists;
 * `not_found` for a version that there is not; `invalid_input` for a new policy without a name.
 */
export const startDraft = command(startDraftInput, {}, async (step, input) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  const { tx, now } = step;
  const policy = await tx.policy.findUnique({
    where: { id: input.policy },
    select: { name: true, publishedVersion: true, retiredAt: true },
  });
  if (policy && input.isNew) return fail("conflict", "A policy of this name exists already.", "policy");
  if (await tx.policyDraft.findUnique({ where: { policyId: input.policy }, select: { id: true } }))
    return fail("conflict", "This policy has a draft already.", "policy");
  const name = input.name ?? policy?.name;
  if (name === undefined) return fail("invalid_input", "A new policy needs a name.", "name");
  const version = input.fromVersion ?? (input.rules ? null : (policy?.publishedVersion ?? null));
  const given = version === null ? ok(input.rules ?? []) : await rulesOf(step, input.policy, version);
  if (!given.ok) return given;
  const author = personOf(step);
  const id = step.newId();
  const baseVersion = policy && policy.retiredAt === null ? policy.publishedVersion : null;
  await tx.policyDraft.create({
    data: {
      id,
      policyId: input.policy,
      name,
      baseVersion,
      rules: given.value,
      authorIds: author === null ? [] : [author],
      createdAt: now,
      updatedAt: now,
      updatedById: author,
    },
  });
  step.audit({
    action: "policy.draft_start",
    subjectKind: "policy",
    subjectId: input.policy,
    nodeId: null,
    detail: { draftId: id, name, baseVersion, from: version, rulesHash: rulesHash(given.value) },
  });
  step.notify("policies", `policy:${input.policy}`);
  return ok({ draftId: id, revision: 1 });
});

async function rulesOf({ tx }: Step, policyId: string, number: number): Promise<Result<DraftRule[]>> {
  const found = await tx.policyVersion.findUnique({
    where: { policyId_number: { policyId, number } },
    select: { rules: true },
  });
  if (!found) return fail("not_found", "There is no such version.", "fromVersion");
  // What can not be read is shown beside the draft (readStoredRules): without it, people mend the rest.
  return ok(
    (Array.isArray(found.rules) ? found.rules : []).flatMap((one) => {
      const rule = draftRuleSchema.safeParse(one);
      return rule.success ? [rule.data] : [];
    }),
  );
}
