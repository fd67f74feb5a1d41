import type { Json } from "@/lib/kernel/json";
import { compileCondition, positionOf } from "@/lib/policies/cel/condition";
import { argsTyping, UNTYPED, type ArgsTyping } from "@/lib/policies/cel/typing";
import type { Rule } from "@/lib/policies/schemas";

/** What rules may refer to. */
export interface RuleWorld {
  /** The JSON Schema of an action's arguments; undefined: there is no such action. */
  argsOf(actionId: string): Json | undefined;
  hasAgent(slug: string): boolean;
  hasNode(slug: string): boolean;
  hasPerson(email: string): boolean;
}

export interface RuleFault {
  path: PropertyKey[];
  message: string;
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
  for (const [index, email] of (rule.to ?? []).entries()) {
    if (!world.hasPerson(email.toLowerCase()))
      faults.push({ path: ["to", index], message: `there is no person ${email}` });
  }
  if (rule.when !== undefined) {
    const message =
      conditionFault(rule.when, rule.match.actions, world) ?? sourceFault(rule.when, rule.match.actions, world);
    if (message) faults.push({ path: ["when"], message });
  }
  return faults;
}

/** The first fault of a condition, for each of the actions as the decision will see it: typed where it is named exactly. */
export function conditionFault(
  text: string,
  patterns: readonly string[],
  world: Pick<RuleWorld, "argsOf">,
): string | null {
  for (const pattern of patterns) {
    const compiled = compileCondition(text, typingOf(pattern, world));
    if (!compiled.ok) return placed(compiled.fault.message, compiled.fault);
  }
  return null;
}

/** Why a condition would always lack a fact: it reads those of an action that there is not. */
function sourceFault(text: string, [pattern]: readonly string[], world: Pick<RuleWorld, "argsOf">): string | null {
  const compiled = pattern === undefined ? null : compileCondition(text, typingOf(pattern, world));
  const { factOffsets } = compiled?.ok ? compiled.program.analysis : { factOffsets: [] };
  const unknown = factOffsets.find(({ actionId }) => world.argsOf(actionId) === undefined);
  return unknown ? placed(`there is no action ${unknown.actionId}`, positionOf(text, unknown.offset)) : null;
}

function typingOf(pattern: string, world: Pick<RuleWorld, "argsOf">): ArgsTyping {
  const schema = pattern.endsWith("*") ? undefined : world.argsOf(pattern);
  return schema === undefined ? UNTYPED : argsTyping(schema);
}

function placed(message: string, { line, column }: { line: number; column: number }): string {
  const where = line > 1 ? `line ${line}, character ${column}` : `character ${column}`;
  return `${message} (${where} of the condition)`;
}
