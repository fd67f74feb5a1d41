import { rulesFor, variablesOf } from "@/lib/decisions/bind";
import { explainCondition, type Part } from "@/lib/decisions/explain";
import type { Request, Snapshot, Usage } from "@/lib/decisions/types";
import { UNTYPED } from "@/lib/policies/cel/typing";
import type { CompiledRule } from "@/lib/policies/compile";

/** A rule about a request, its condition taken apart. */
export interface ExplainedRule {
  rule: CompiledRule;
  /** null: it has no condition, or one that does not parse. */
  condition: Part | null;
}

/** Every rule of the snapshot that is about the request's agent and action, with what each part of its condition comes to. */
export function explainRules(snapshot: Snapshot, request: Request, usage: Usage, now: Date): ExplainedRule[] {
  const agent = snapshot.agents.get(request.run.agentId);
  if (!agent) return [];
  const action = snapshot.actions.get(request.action);
  const variables = variablesOf(snapshot, request, usage, now, agent, action);
  return rulesFor(snapshot, action, request)
    .filter(({ rule }) => rule.agentIds === null || rule.agentIds.has(agent.id))
    .map(({ rule, exact }) => {
      const typing = exact && action ? action.typing() : UNTYPED;
      return { rule, condition: rule.when === null ? null : explainCondition(rule.when, typing, variables(exact)) };
    });
}
