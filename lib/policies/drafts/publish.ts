import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { parseInput } from "@/lib/kernel/parse";
import { draftFaults, withoutOpenFields } from "@/lib/policies/drafts/faults";
import { draftRulesSchema, publishDraftInput } from "@/lib/policies/drafts/schemas";
import { putInForce } from "@/lib/policies/publish";
import { publishPolicyInput } from "@/lib/policies/inputs";
import { needsSecondPerson, secondPersonFault } from "@/lib/policies/second-person";
import { readRuleWorld } from "@/lib/policies/world";

/**
 * Puts a draft in force as the policy's next version and ends the draft; the next decision on every gate is bound by it.
 * Errors: `conflict` (`revision`: somebody changed the draft; `inForce`: another version came into force than the publisher compared
 * with; `draftId`: it is gone, or not proposed where a second person publishes), `forbidden` for one of its authors there,
 * `invalid_input` naming the first fault as `rules.<index>.<field>`.
 */
export const publishDraft = command(publishDraftInput, { rebindsDecisions: true }, async (step, input) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  const { tx, actor } = step;
  const { draftId: id, revision, note } = input;
  const draft = await tx.policyDraft.findUnique({ where: { id } });
  if (!draft) return fail("conflict", "This draft is gone: it was published or discarded.", "draftId");
  if (actor.kind === "person" && (await needsSecondPerson(tx))) {
    const second = secondPersonFault(draft, actor.id);
    if (!second.ok) return second;
  }
  const policy = await tx.policy.findUnique({
    where: { id: draft.policyId },
    select: { publishedVersion: true, retiredAt: true },
  });
  const inForce = policy && policy.retiredAt === null ? policy.publishedVersion : null;
  if (inForce !== input.inForce)
    return fail("conflict", "Another version came into force meanwhile: compare again.", "inForce");
  const written = draftRulesSchema.parse(draft.rules);
  const [fault] = draftFaults(written, await readRuleWorld(tx, written));
  if (fault)
    return fail(
      "invalid_input",
      `Rule ${fault.ruleId}: ${fault.message}.`,
      ["rules", fault.rule, ...fault.path].join("."),
    );
  const rules = written.map(withoutOpenFields);
  const ready = parseInput(publishPolicyInput, { id: draft.policyId, name: draft.name, rules, note });
  if (!ready.ok) return ready;
  const { count } = await tx.policyDraft.deleteMany({ where: { id, revision } });
  if (count === 0) return fail("conflict", "Somebody else changed this draft meanwhile.", "revision");
  const published = await putInForce(step, ready.value, {
    draftId: id,
    authorIds: draft.authorIds,
    proposedById: draft.proposedById,
  });
  return published.ok ? ok({ policy: draft.policyId, version: published.value.version }) : published;
});
