import { actionFault } from "@/lib/catalogue/action-fault";
import { error, warning, type Finding } from "@/lib/manifest/finding";
import type { Manifest } from "@/lib/manifest/schemas";
import type { World } from "@/lib/manifest/world";
import { ruleFaults } from "@/lib/policies/rule-faults";

/** Actions outside their system or listed twice, schemas that do not compile, a rollback that does not exist. */
export function checkCatalogue(manifest: Manifest, world: World): Finding[] {
  const systems = new Set<string>();
  const actions = new Set<string>();
  return manifest.systems.flatMap((system, index) => {
    const path = ["systems", index];
    const findings: Finding[] = [];
    if (systems.has(system.id)) findings.push(error([...path, "id"], `${system.id} is listed twice`));
    systems.add(system.id);
    for (const [at, action] of system.actions.entries()) {
      const where = [...path, "actions", at];
      if (!action.id.startsWith(`${system.id}.`)) {
        findings.push(error([...where, "id"], `${action.id} must begin with ${system.id}.`));
      }
      if (actions.has(action.id)) findings.push(error([...where, "id"], `${action.id} is listed twice`));
      actions.add(action.id);
      const fault = actionFault(action);
      if (fault) findings.push(error([...where, ...fault.path], fault.message));
      if (action.rollback !== null && world.argsOf(action.rollback) === undefined) {
        findings.push(error([...where, "rollback"], `there is no action ${action.rollback}`));
      }
    }
    return findings;
  });
}

/** Rules of one id, rules that name what does not exist, conditions that do not compile. */
export function checkPolicies(manifest: Manifest, world: World): Finding[] {
  const policies = new Set<string>();
  return manifest.policies.flatMap((policy, index) => {
    const path = ["policies", index];
    const findings: Finding[] = [];
    if (policies.has(policy.id)) findings.push(error([...path, "id"], `${policy.id} is listed twice`));
    policies.add(policy.id);
    const rules = new Set<string>();
    for (const [at, rule] of policy.rules.entries()) {
      const where = [...path, "rules", at];
      if (rules.has(rule.id)) findings.push(error([...where, "id"], `${rule.id} is listed twice`));
      rules.add(rule.id);
      for (const fault of ruleFaults(rule, world)) findings.push(error([...where, ...fault.path], fault.message));
      for (const [one, pattern] of rule.match.actions.entries()) {
        if (world.matchesSome(pattern)) continue;
        findings.push(warning([...where, "match", "actions", one], `${pattern} matches no action of the catalogue`));
      }
    }
    return findings;
  });
}
