import type { RuleOutcome } from "@/lib/decisions/types";
import type { BoundRule, CompiledRule } from "@/lib/policies/compile";
import type { Variables } from "@/lib/policies/variables";

/** A rule that holds for the request; `error` when that is because its condition could not be evaluated. */
export interface MatchedRule {
  readonly rule: CompiledRule;
  readonly error: string | null;
}

/** What the rules in force say of one request. */
export interface PolicyFindings {
  /** How many rules were about this agent and action. */
  considered: number;
  matched: readonly MatchedRule[];
  /** Rules that need facts that the run has not read: the source's action id, or null when the rule computes it. */
  missing: readonly { rule: CompiledRule; source: string | null }[];
  /** Of the trace: rules that matched or erred. */
  trace: readonly RuleOutcome[];
}

/**
 * Evaluates every rule that is about this agent. Errors fail closed: a deny, escalate or review whose condition can not be
 * evaluated counts as matched, an allow as not matched. A rule that fails because a fact is missing is listed apart: the evidence
 * check denies it (an allow alone is then only not matched).
 */
export function evaluateRules(
  rules: readonly BoundRule[],
  agentId: string,
  variablesFor: (exact: boolean) => Variables,
): PolicyFindings {
  const matched: MatchedRule[] = [];
  const missing: { rule: CompiledRule; source: string | null }[] = [];
  const trace: RuleOutcome[] = [];
  let considered = 0;
  for (const bound of rules) {
    const { rule } = bound;
    if (rule.agentIds !== null && !rule.agentIds.has(agentId)) continue;
    considered += 1;
    const outcome = bound.says(variablesFor(bound.exact));
    if (outcome.kind === "value") {
      if (!outcome.value) continue;
      matched.push({ rule, error: null });
      trace.push(traceOf(rule, true));
      continue;
    }
    const binds = rule.effect !== "allow";
    if (binds && outcome.missingFact) missing.push({ rule, source: outcome.missingFactOf });
    if (binds) matched.push({ rule, error: outcome.message });
    trace.push(traceOf(rule, binds, outcome.message));
  }
  return { considered, matched, missing, trace };
}

function traceOf(rule: CompiledRule, matched: boolean, error?: string): RuleOutcome {
  const outcome: RuleOutcome = {
    policy: rule.policy,
    version: rule.version,
    rule: rule.rule,
    effect: rule.effect,
    matched,
  };
  if (error !== undefined) outcome.error = error;
  return outcome;
}
