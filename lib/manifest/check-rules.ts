import { actionFault } from "@/lib/catalogue/action-fault";
import { error, warning, type Finding } from "@/lib/manifest/finding";
import type { Manifest } from "@/lib/manifest/schemas";
import type { World } from "@/lib/manifest/world";
import { ruleFaults } from "@/lib/policies/rule-faults";
import { argumentsOf, mappingFault, mappingInForce } from "@/lib/rollbacks/mapping-fault";

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
      findings.push(...checkRollback(action, where, world));
    }
    return findings;
  });
}

/** A rollback that does not exist, or whose arguments cannot follow: an error where they are said, a warning where they are taken by name. */
function checkRollback(
  { args, rollback, rollbackArgs }: Manifest["systems"][number]["actions"][number],
  where: readonly PropertyKey[],
  world: World,
): Finding[] {
  if (rollback === null) return [];
  const path = [...where, "rollback"];
  const target = world.argsOf(rollback);
  if (target === undefined) return [error(path, `there is no action ${rollback}`)];
  const [from, to] = [argumentsOf(args), argumentsOf(target)];
  const fault = mappingFault(mappingInForce(rollbackArgs, from, to), from, to);
  if (fault === null) return [];
  return rollbackArgs === null ? [warning(path, `nobody can order it: ${fault}`)] : [error([...path, "args"], fault)];
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
