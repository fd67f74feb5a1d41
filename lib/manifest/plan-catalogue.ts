import type { Current } from "@/lib/manifest/current";
import { titled } from "@/lib/manifest/flatten";
import type { Manifest } from "@/lib/manifest/schemas";
import { differences, same, type PlanStep } from "@/lib/manifest/steps";

/** Systems, then their actions. A listed action that was retired is in use again. */
export function planCatalogue(manifest: Manifest, current: Current): PlanStep[] {
  const systems = new Map(current.systems.map((system) => [system.id, system]));
  const actions = new Map(current.actions.map((action) => [action.id, action]));
  return manifest.systems.flatMap((system): PlanStep[] => {
    const { id, description } = system;
    const name = system.name ?? titled(id);
    const before = systems.get(id);
    const changes = before ? differences({ ...before }, { name, description }) : [];
    const act = { do: "system.save", id, name, description } as const;
    const saved: PlanStep[] =
      before && changes.length === 0
        ? []
        : [{ verb: before ? "update" : "create", subject: "system", name: id, changes, act }];
    const rest = system.actions.flatMap(({ id: actionId, ...fields }): PlanStep[] => {
      const known = actions.get(actionId);
      const line = { subject: "action", name: actionId } as const;
      const save = { do: "action.save", id: actionId, systemId: id, fields } as const;
      if (!known) return [{ ...line, verb: "create", changes: [], act: save }];
      const differing = [
        ...(known.retired ? ["retired: yes → no"] : []),
        ...differences({ ...known.fields }, { ...fields }),
      ];
      return differing.length > 0 ? [{ ...line, verb: "update", changes: differing, act: save }] : [];
    });
    return [...saved, ...rest];
  });
}

/** A policy whose name or rules differ is published in a new version. */
export function planPolicies(manifest: Manifest, current: Current): PlanStep[] {
  const known = new Map(current.policies.map((policy) => [policy.id, policy]));
  return manifest.policies.flatMap(({ id, name: given, rules }): PlanStep[] => {
    const name = given ?? titled(id);
    const before = known.get(id);
    const act = { do: "policy.publish", id, name, rules } as const;
    if (!before)
      return [
        {
          verb: "create",
          subject: "policy",
          name: id,
          changes: [rules.length === 1 ? "1 rule" : `${rules.length} rules`],
          act,
        },
      ];
    const changes = [
      ...(before.inForce ? [] : ["in force: no → yes"]),
      ...differences({ name: before.name }, { name }),
      ...(same(before.rules, rules) ? [] : ruleChanges(before.rules, rules)),
    ];
    return changes.length > 0 ? [{ verb: "update", subject: "policy", name: id, changes, act }] : [];
  });
}

function ruleChanges(before: readonly { id: string }[], after: readonly { id: string }[]): string[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const now = new Map(after.map((rule) => [rule.id, rule]));
  const changes = after.flatMap((rule) => {
    const known = old.get(rule.id);
    if (!known) return [`rule ${rule.id} is new`];
    return same(known, rule) ? [] : [`rule ${rule.id} changes`];
  });
  const gone = before.filter((rule) => !now.has(rule.id)).map((rule) => `rule ${rule.id} goes`);
  return [...changes, ...gone].length > 0 ? [...changes, ...gone] : ["the order of rules changes"];
}
