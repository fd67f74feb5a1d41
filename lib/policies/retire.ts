import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { policyIdInput } from "@/lib/policies/inputs";

/** Takes a policy out of force; its versions stay. Errors: `not_found`, `conflict` when it is retired already. */
export const retirePolicy = command(policyIdInput, { rebindsDecisions: true }, async (step, { id }) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  const policy = await step.tx.policy.findUnique({
    where: { id },
    select: { retiredAt: true, publishedVersion: true },
  });
  if (!policy) return fail("not_found", "There is no such policy.");
  if (policy.retiredAt) return fail("conflict", `${id} is retired already.`);
  await step.tx.policy.update({ where: { id }, data: { retiredAt: step.now } });
  step.audit({
    action: "policy.retire",
    subjectKind: "policy",
    subjectId: id,
    nodeId: null,
    detail: { version: policy.publishedVersion },
  });
  step.notify("policies");
  return ok({ id });
});
