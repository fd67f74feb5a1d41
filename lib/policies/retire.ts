import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import type { Tx } from "@/lib/db/client";
import { retirePolicyInput } from "@/lib/policies/inputs";
import { mayActAlone } from "@/lib/policies/second-person";

/**
 * Takes a policy out of force; its versions stay. Errors: `not_found`, `conflict` when it is retired already or was never in force.
 * Where publishing takes two people, one may retire only a policy that has no rules any more (a version that two made): otherwise
 * `forbidden`, because retiring a deny permits as much as rewriting it.
 */
export const retirePolicy = command(retirePolicyInput, { rebindsDecisions: true }, async (step, { id, reason }) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  const policy = await step.tx.policy.findUnique({
    where: { id },
    select: { retiredAt: true, publishedVersion: true },
  });
  if (!policy) return fail("not_found", "There is no such policy.");
  if (policy.retiredAt) return fail("conflict", `${id} is retired already.`);
  if (policy.publishedVersion === null) return fail("conflict", `${id} was never in force.`);
  const alone = await mayActAlone(step);
  if (!alone.ok && !(await isEmpty(step.tx, id, policy.publishedVersion)))
    return fail("forbidden", "Retiring takes two people here: publish a version without rules first.");
  await step.tx.policy.update({ where: { id }, data: { retiredAt: step.now } });
  step.audit({
    action: "policy.retire",
    subjectKind: "policy",
    subjectId: id,
    nodeId: null,
    detail: { version: policy.publishedVersion, reason },
  });
  step.notify("policies", `policy:${id}`);
  return ok({ id });
});

async function isEmpty(tx: Tx, policyId: string, number: number): Promise<boolean> {
  const version = await tx.policyVersion.findUnique({
    where: { policyId_number: { policyId, number } },
    select: { rules: true },
  });
  return Array.isArray(version?.rules) && version.rules.length === 0;
}
