import type { z } from "zod";

import { command, personOf, type Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import type { JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { publishPolicyInput } from "@/lib/policies/inputs";
import { ruleFaults } from "@/lib/policies/rule-faults";
import { mayActAlone } from "@/lib/policies/second-person";
import { readRuleWorld } from "@/lib/policies/world";

/**
 * Puts a new version of a policy in force, whole: versions are never edited. A retired policy is in use again.
 * The configuration's lock orders two that publish at once; each gets its own number. An open draft stays, and sees that it is behind.
 * Errors: `invalid_input` for a rule that names what does not exist or whose condition does not compile for the actions that it names;
 * `forbidden` for a person where publishing takes two (see publishDraft).
 */
export const publishPolicy = command(publishPolicyInput, { rebindsDecisions: true }, async (step, input) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  const alone = await mayActAlone(step);
  return alone.ok ? putInForce(step, input) : alone;
});

/** The writing part of publishing: who may was decided before. `origin` says in the record where the rules came from. */
export async function putInForce(
  step: Step,
  { id, name, rules, note }: z.output<typeof publishPolicyInput>,
  origin: JsonObject = {},
): Promise<Result<{ id: string; version: number }>> {
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
    detail: { name, version: number, before: before?.publishedVersion ?? null, rules, note, ...origin },
  });
  step.notify("policies", `policy:${id}`);
  return ok({ id, version: number });
}
