import { matchesAction } from "@/lib/catalogue/match";
import type { CompiledRule } from "@/lib/policies/compile";
import { canonical, type Json, type JsonObject } from "@/lib/kernel/json";

export type RuleChange = "added" | "removed" | "changed";

/** Of a rule, what changes no effect: whom it asks, until when, and what it says. */
const NO_EFFECT: ReadonlySet<string> = new Set(["id", "description", "message", "to", "deadline"]);

/**
 * Rules whose effect differs between two sets, by id. Whom an escalation asks and until when is no difference here: the answer to
 * the agent is the same. What cannot be read as a rule differs under the name that a compiled rule then has.
 */
export function differingRules(before: unknown, after: unknown): ReadonlyMap<string, RuleChange> {
  const [old, fresh] = [byId(before), byId(after)];
  const differing = new Map<string, RuleChange>();
  for (const [id, text] of fresh) {
    const was = old.get(id);
    if (was === undefined) differing.set(id, "added");
    else if (was !== text) differing.set(id, "changed");
  }
  for (const id of old.keys()) if (!fresh.has(id)) differing.set(id, "removed");
  return differing;
}

function byId(rules: unknown): Map<string, string> {
  const list: unknown[] = Array.isArray(rules) ? rules : rules === null || rules === undefined ? [] : [null];
  return new Map(list.map((rule) => (isRule(rule) ? [rule.id, textOf(rule)] : ["unreadable", ""])));
}

const isRule = (rule: unknown): rule is JsonObject & { id: string } =>
  typeof rule === "object" && rule !== null && !Array.isArray(rule) && "id" in rule && typeof rule.id === "string";

const textOf = (rule: JsonObject): string =>
  canonical(Object.fromEntries(Object.entries(rule).filter(([key]) => !NO_EFFECT.has(key))) as Json);

/** Which decisions the differing rules of one policy are about: all others come out the same under both sets. */
export class Concern {
  private readonly byAction = new Map<string, readonly CompiledRule[]>();
  private readonly rules: readonly CompiledRule[];

  constructor(policy: string, differing: ReadonlyMap<string, RuleChange>, compiled: readonly CompiledRule[]) {
    this.rules = compiled.filter(
      (rule) => rule.policy === policy && (differing.has(rule.rule) || rule.broken !== null),
    );
  }

  /** Patterns of the actions that they are about. */
  get patterns(): string[] {
    return [...new Set(this.rules.flatMap((rule) => rule.patterns))];
  }

  about(action: string, agentId: string): boolean {
    let rules = this.byAction.get(action);
    if (!rules) {
      rules = this.rules.filter((rule) => rule.patterns.some((pattern) => matchesAction(pattern, action)));
      // Actions that nobody has catalogued are without number.
      if (this.byAction.size < 10_000) this.byAction.set(action, rules);
    }
    return rules.some((rule) => rule.agentIds === null || rule.agentIds.has(agentId));
  }
}
