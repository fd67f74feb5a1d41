import { command, personOf } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { publishPolicyInput } from "@/lib/policies/inputs";
import { ruleFaults } from "@/lib/policies/rule-faults";
import { readRuleWorld } from "@/lib/policies/world";

/**
 * Puts a new version of a policy in force, whole: versions are never edited. A retired policy is in use again.
 * The configuration's lock orders two that publish at once; each gets its own number.
 * Errors: `invalid_input` for a rule that names what does not exist or whose condition does not compile for the actions that it names.
 */
export const publishPolicy = command(publishPolicyInput, { rebindsDecisions: true }, async (step, input) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  const { id, name, rules, note } = input;
  const world = await readRuleWorld(step.tx, rules);
  for (const [index, rule] of rules.entries()) {
    const [fault] = ruleFaults(rule, world);
    if (fault)
      return fail("invalid_input", `Rule ${rule.id}: ${fault.message}.`, ["rules", index, ...fault.path].join("."));
  }
  const before = await step.tx.policy.findUnique({ where: { id }, select: { name: true, publishedVersion: true } });
  if (!before) await step.tx.policy.create({ data: { id, name, createdAt: step.now } });
  const last = await step.tx.policyVersion.findFirst({
    where: { policyId: id },
    orderBy: { number: "desc" },
    select: { number: true },
  });
  const number = (last?.number ?? 0) + 1;
  await step.tx.policyVersion.create({
    data: { policyId: id, number, rules, note, createdById: personOf(step), createdAt: step.now },
  });
  await step.tx.policy.update({ where: { id }, data: { name, publishedVersion: number, retiredAt: null } });
  step.audit({
    action: "policy.publish",
    subjectKind: "policy",
    subjectId: id,
    nodeId: null,
    detail: { name, version: number, before: before?.publishedVersion ?? null, rules, note },
  });
  step.notify("policies");
  return ok({ id, version: number });
});
