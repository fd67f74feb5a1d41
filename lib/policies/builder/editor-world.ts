import { matchesAction } from "@/lib/catalogue/match";
import type { FieldAction } from "@/lib/policies/builder/fields";
import { reachOf, type People } from "@/lib/policies/reach";
import { someRollback, type RuleWorld } from "@/lib/policies/rule-faults";

/** What the editor of a policy offers, and checks a rule against: plain data that crosses to the browser. */
export interface EditorWorld {
  actions: readonly EditorAction[];
  agents: readonly NamedNode[];
  /** Teams and people of the chart, below which a rule can apply. */
  nodes: readonly NamedNode[];
  people: readonly { email: string; name: string }[];
  rotations: readonly { slug: string; name: string }[];
  /** Whom rules can ask, for rules that count them. */
  reach: People;
  dataClasses: readonly string[];
  /** There are more actions or agents than are offered: others can still be typed, and are checked when the draft is saved. */
  isPartial: boolean;
}

export interface EditorAction extends FieldAction {
  system: { id: string; name: string };
  kind: "read" | "draft" | "propose" | "execute";
  /** The catalogue says how to undo it. */
  hasRollback: boolean;
}

export interface NamedNode {
  slug: string;
  name: string;
  kind: "team" | "person" | "agent";
}

/** The same as what `ruleFaults` asks. Of a partial world nothing is said to be missing: the server knows. */
export function ruleWorldOf(world: EditorWorld): RuleWorld {
  const actions = new Map(world.actions.map((action) => [action.id, action.args]));
  const rollbacks = new Map(world.actions.map((action) => [action.id, action.hasRollback]));
  const agents = new Set(world.agents.map((agent) => agent.slug));
  const nodes = new Set([...world.nodes, ...world.agents].map((node) => node.slug));
  const people = new Set(world.people.map((person) => person.email.toLowerCase()));
  const known =
    <T>(set: ReadonlySet<T>) =>
    (one: T) =>
      world.isPartial || set.has(one);
  return {
    argsOf: (id) => actions.get(id) ?? (world.isPartial || actions.has(id) ? null : undefined),
    argsMatching: (pattern) => [
      ...world.actions.flatMap(({ id, args }) => (matchesAction(pattern, id) ? [args] : [])),
      ...(world.isPartial ? [null] : []),
    ],
    hasAgent: known(agents),
    hasNode: known(nodes),
    hasPerson: known(people),
    hasRollback: (pattern) => world.isPartial || someRollback(pattern, rollbacks),
    hasRotation: (slug) => world.rotations.some((one) => one.slug === slug),
    reach: reachOf(world.reach),
  };
}
