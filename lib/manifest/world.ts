import { matchesAction } from "@/lib/catalogue/match";
import { ROOT, type Current } from "@/lib/manifest/current";
import type { FlatNode } from "@/lib/manifest/flatten";
import type { Manifest } from "@/lib/manifest/schemas";
import type { Json } from "@/lib/kernel/json";
import { peopleOf } from "@/lib/manifest/people-of";
import { reachOf } from "@/lib/policies/reach";
import { someRollback, type RuleWorld } from "@/lib/policies/rule-faults";

/** What will exist once the manifest is applied: what it lists and what is there already. */
export interface World extends RuleWorld {
  /** Exists, and can be made accountable. */
  hasActivePerson(email: string): boolean;
  hasSystem(id: string): boolean;
  /** Whether the pattern is about any action. */
  matchesSome(pattern: string): boolean;
}

export function worldOf(manifest: Manifest, nodes: readonly FlatNode[], current: Current): World {
  const disabled = new Set(current.people.filter((person) => person.disabled).map((person) => person.email));
  const people = new Set([...current.people, ...manifest.people].map((person) => person.email));
  const slugs = new Set([ROOT, ...current.nodes.map((node) => node.slug), ...nodes.map((node) => node.slug)]);
  const agents = new Set([
    ...current.nodes
      .filter((node) => node.is.kind === "agent" && node.is.status !== "retired")
      .map((node) => node.slug),
    ...nodes.filter((node) => node.kind === "agent").map((node) => node.slug),
  ]);
  const systems = new Set([...current.systems, ...manifest.systems].map((system) => system.id));
  const actions = new Map<string, Json>();
  for (const action of current.actions) if (!action.retired) actions.set(action.id, action.fields.args);
  for (const action of manifest.systems.flatMap((system) => system.actions)) actions.set(action.id, action.args);
  const rollbacks = new Map<string, boolean>();
  for (const one of current.actions) if (!one.retired) rollbacks.set(one.id, one.fields.rollback !== null);
  for (const one of manifest.systems.flatMap((system) => system.actions)) rollbacks.set(one.id, one.rollback !== null);
  const ids = [...actions.keys()];
  const rotations = new Set([...current.rotations.map((one) => one.slug), ...manifest.rotations.map((one) => one.id)]);
  return {
    hasPerson: (email) => people.has(email),
    hasRollback: (pattern) => someRollback(pattern, rollbacks),
    hasRotation: (slug) => rotations.has(slug),
    reach: reachOf(peopleOf(manifest, nodes, current)),
    hasActivePerson: (email) => people.has(email) && !disabled.has(email),
    hasNode: (slug) => slugs.has(slug),
    hasAgent: (slug) => agents.has(slug),
    hasSystem: (id) => systems.has(id),
    argsOf: (id) => actions.get(id),
    argsMatching: (pattern) => [...actions].flatMap(([id, args]) => (matchesAction(pattern, id) ? [args] : [])),
    matchesSome: (pattern) => ids.some((id) => matchesAction(pattern, id)),
  };
}
