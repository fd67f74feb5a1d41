import { matchesAction } from "@/lib/catalogue/match";
import type { Json } from "@/lib/kernel/json";
import { argumentFault } from "@/lib/policies/arg-faults";
import { compileCondition, positionOf, type ConditionFault } from "@/lib/policies/cel/condition";
import { argsTyping, UNTYPED, type ArgsTyping } from "@/lib/policies/cel/typing";
import { readContact } from "@/lib/policies/contact";
import type { Reach } from "@/lib/policies/reach";
import type { Rule } from "@/lib/policies/schemas";

type ArgsWorld = Pick<RuleWorld, "argsOf" | "argsMatching">;

/** What rules may refer to. */
export interface RuleWorld {
  /** The JSON Schema of an action's arguments; undefined: there is no such action. */
  argsOf(actionId: string): Json | undefined;
  /** The schemas of all actions that a pattern with a star matches. */
  argsMatching(pattern: string): readonly Json[];
  hasAgent(slug: string): boolean;
  hasNode(slug: string): boolean;
  hasPerson(email: string): boolean;
  hasRotation(slug: string): boolean;
  /** Whether the catalogue says how to undo an action, or any that a pattern matches; true of what is not known. */
  hasRollback(pattern: string): boolean;
  /** How many people the rule can ask at most; null where that is not known. */
  reach: Reach;
}

/** The same of a catalogue that says of each action whether it has a rollback. */
export function someRollback(pattern: string, catalogue: ReadonlyMap<string, boolean>): boolean {
  if (!pattern.endsWith("*")) return catalogue.get(pattern) ?? true;
  const matched = [...catalogue].filter(([id]) => matchesAction(pattern, id));
  return matched.length === 0 || matched.some(([, has]) => has);
}

export interface RuleFault {
  path: PropertyKey[];
  message: string;
  /** Of a condition: the same as data, for an editor that marks the place. */
  condition?: ConditionFault;
}

/** Why a rule that is well formed cannot work: what it names does not exist, or its condition does not compile for the actions that it names. */
export function ruleFaults(rule: Rule, world: RuleWorld): RuleFault[] {
  const faults: RuleFault[] = [];
  for (const [index, slug] of (rule.match.agents ?? []).entries()) {
    if (!world.hasAgent(slug)) faults.push({ path: ["match", "agents", index], message: `there is no agent ${slug}` });
  }
  for (const [index, slug] of (rule.match.nodes ?? []).entries()) {
    if (!world.hasNode(slug)) faults.push({ path: ["match", "nodes", index], message: `there is no node ${slug}` });
  }
  const asked = [{ path: ["to"], to: rule.to ?? [] }, ...(rule.then ?? []).map(nextContact)];
  for (const { path, to } of asked) {
    for (const [index, contact] of to.entries()) {
      const message = contactFault(contact, world);
      if (message !== null) faults.push({ path: [...path, index], message });
    }
  }
  const few = faults.length === 0 ? reachFault(rule, world) : null;
  if (few) faults.push(few);
  for (const [index, pattern] of (rule.onLapse === "rollback" ? rule.match.actions : []).entries()) {
    if (!world.hasRollback(pattern))
      faults.push({ path: ["match", "actions", index], message: `${pattern} has no rollback, so it cannot be undone` });
  }
  if (rule.when !== undefined) {
    const fault = faultOfCondition(rule.when, rule.match.actions, world);
    if (fault) faults.push({ path: ["when"], message: placed(fault), condition: fault });
  }
  return faults;
}

const nextContact = ({ to }: { to: readonly string[] }, index: number) => ({ path: ["then", index, "to"], to });

function contactFault(text: string, world: RuleWorld): string | null {
  const contact = readContact(text);
  switch (contact?.kind) {
    case undefined:
      return null;
    case "person":
      return world.hasPerson(contact.email) ? null : `there is no person ${text}`;
    case "role":
      return world.hasNode(contact.node) ? null : `there is no node ${contact.node}`;
    case "rotation":
      return world.hasRotation(contact.slug) ? null : `there is no rotation ${contact.slug}`;
  }
}

/** A rule that wants more people than there are would never let anything through. */
function reachFault(rule: Rule, world: RuleWorld): RuleFault | null {
  const quorum = rule.quorum ?? 1;
  if (rule.effect !== "escalate" || (quorum === 1 && !rule.excludeOwner)) return null;
  const most = world.reach(rule);
  if (most === null || most >= quorum) return null;
  if (most === 0 && rule.excludeOwner && quorum === 1)
    return { path: ["excludeOwner"], message: "leaves nobody who may decide" };
  const people = most === 1 ? "one person" : most === 0 ? "nobody" : `${most} people`;
  return { path: ["quorum"], message: `wants ${quorum} people to agree, and at most ${people} can be asked` };
}

/** Why a condition can not work for these actions, in words that name the place. See {@link faultOfCondition}. */
export function conditionFault(text: string, patterns: readonly string[], world: ArgsWorld): string | null {
  const fault = faultAsTyped(text, patterns, world);
  return fault && placed(fault);
}

/** The first fault of a condition: one of its language or types, or a source of facts that there is not. */
export function faultOfCondition(text: string, patterns: readonly string[], world: ArgsWorld): ConditionFault | null {
  return faultAsTyped(text, patterns, world) ?? sourceFault(text, patterns, world);
}

/**
 * For each of the actions as the decision will see it: typed where it is named exactly. An argument that none of them has, those that a
 * pattern matches included, is a fault as well.
 */
function faultAsTyped(text: string, patterns: readonly string[], world: ArgsWorld): ConditionFault | null {
  for (const pattern of patterns) {
    const compiled = compileCondition(text, typingOf(pattern, world));
    if (!compiled.ok) return compiled.fault;
  }
  const schemas = patterns.flatMap((one) =>
    one.endsWith("*") ? world.argsMatching(one) : knownSchema(world.argsOf(one)),
  );
  return argumentFault(text, schemas);
}

/** null is a schema too: that of an action which takes any arguments. */
const knownSchema = (schema: Json | undefined): Json[] => (schema === undefined ? [] : [schema]);

/** A condition would always lack a fact that it reads of an action that there is not. */
function sourceFault(
  text: string,
  [pattern]: readonly string[],
  world: Pick<RuleWorld, "argsOf">,
): ConditionFault | null {
  const compiled = pattern === undefined ? null : compileCondition(text, typingOf(pattern, world));
  const { factOffsets } = compiled?.ok ? compiled.program.analysis : { factOffsets: [] };
  const unknown = factOffsets.find(({ actionId }) => world.argsOf(actionId) === undefined);
  return unknown ? { message: `there is no action ${unknown.actionId}`, ...positionOf(text, unknown.offset) } : null;
}

function typingOf(pattern: string, world: Pick<RuleWorld, "argsOf">): ArgsTyping {
  const schema = pattern.endsWith("*") ? undefined : world.argsOf(pattern);
  return schema === undefined ? UNTYPED : argsTyping(schema);
}

function placed({ message, line, column }: ConditionFault): string {
  const where = line > 1 ? `line ${line}, character ${column}` : `character ${column}`;
  return `${message} (${where} of the condition)`;
}
