import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { changedRule } from "@/lib/measures/changed-rule";
import { followSuggestionInput } from "@/lib/measures/schemas";
import type { SuggestionKind } from "@/lib/measures/suggest";
import { draftRulesSchema } from "@/lib/policies/drafts/schemas";
import { startDraft } from "@/lib/policies/drafts/start";
import type { RuleEffect } from "@/lib/policies/schemas";

/** The effect that a rule would have. */
const TO: Readonly<Record<SuggestionKind, RuleEffect>> = {
  relax: "review",
  refuse: "deny",
  ask: "escalate",
  permit: "escalate",
};

/**
 * Begins a draft of the policy in which this one rule has the suggested effect: nothing is in force by it. Errors: those of `startDraft`
 * (`conflict` while the policy has a draft), `not_found` for a rule that is not in force any more.
 */
export const followSuggestion = command(followSuggestionInput, {}, async (step, { kind, policy, rule }) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  const found = await step.tx.policy.findUnique({
    where: { id: policy, retiredAt: null },
    select: { publishedVersion: true },
  });
  const inForce =
    found?.publishedVersion == null
      ? null
      : await step.tx.policyVersion.findUnique({
          where: { policyId_number: { policyId: policy, number: found.publishedVersion } },
          select: { rules: true },
        });
  const rules = draftRulesSchema.safeParse(inForce?.rules);
  if (!rules.success || !rules.data.some((one) => one.id === rule))
    return fail("not_found", "This rule is not in force any more.", "rule");
  const changed = rules.data.map((one) => (one.id === rule ? changedRule(one, TO[kind]) : one));
  const begun = await startDraft.within(step, { policy, rules: changed });
  return begun.ok ? ok({ policy, rule, ...begun.value }) : begun;
});
