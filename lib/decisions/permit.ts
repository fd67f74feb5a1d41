import { redemptionFault } from "@/lib/approvals/machine";
import type { CheckContext } from "@/lib/decisions/finding";
import type { MatchedRule } from "@/lib/policies/evaluate";

const NOTHING: readonly MatchedRule[] = [];

/**
 * The rules whose deny the request's permit overrides: those that it names as they were when it was given, so that a rule which was
 * changed since, or came later, binds. None unless the permit holds for exactly this run, action and arguments, now and unused
 * (invariant I2). A rule that could not be evaluated is not overridden: nobody knows what it would have said. Nothing but denies of
 * rules can be: every other check stands as it is, and what asks a person still asks, unless the permit names that rule too (its
 * giver was one of those who may answer: see lib/appeals/permit-for.ts).
 */
export function overriddenBy({ request, now, policy }: CheckContext): readonly MatchedRule[] {
  const permit = request.approval;
  if (!permit?.overrides || permit.overrides.length === 0) return NOTHING;
  const { run, action, argsHash } = request;
  if (redemptionFault(permit, { runId: run.id, agentId: run.agentId, action, argsHash }, now)) return NOTHING;
  const names = new Set(permit.overrides);
  return policy.matched.filter(
    ({ rule, error }) => rule.effect === "deny" && error === null && names.has(rule.question),
  );
}
