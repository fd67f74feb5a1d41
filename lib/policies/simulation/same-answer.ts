import type { CompiledRule, BoundRule } from "@/lib/policies/compile";
import type { Decision, Snapshot } from "@/lib/decisions/types";
import { refill } from "@/lib/policies/cel/meter";
import { UNTYPED } from "@/lib/policies/cel/typing";
import { evaluateRules } from "@/lib/policies/evaluate";
import type { Rebuilt } from "@/lib/policies/simulation/rebuild";
import { Variables } from "@/lib/policies/variables";

/** Of two configurations, the rules in which they differ, for one action. */
interface Difference {
  /** By policy and id: those of the first configuration. */
  first: ReadonlySet<string>;
  /** Those of the second one. */
  second: readonly BoundRule[];
}

const nameOf = (rule: Pick<CompiledRule, "policy" | "rule">): string => `${rule.policy}/${rule.rule}`;

/**
 * Two configurations that differ in rules alone answer alike where none of those rules says anything: then what the first one
 * answered is what the second one would, and only the rules that differ have to be evaluated. Most rules are silent about most
 * requests, so that this is most of the work of a simulation.
 */
export class SameAnswer {
  private readonly byAction = new Map<string, Difference | null>();

  constructor(
    private readonly first: Snapshot,
    private readonly second: Snapshot,
  ) {}

  /** Whether the second answers as the first one did; false also where that cannot be told without deciding. */
  holds(answered: Pick<Decision, "checks">, { request, usage, now }: Rebuilt): boolean {
    // What an approval answers may differ, though no rule says anything.
    if (request.approval) return false;
    const difference = this.differenceFor(request.action);
    if (!difference || saidSomething(answered, difference.first)) return false;
    if (difference.second.length === 0) return true;
    const agent = this.second.agents.get(request.run.agentId);
    const action = this.second.actions.get(request.action);
    if (!agent || !action) return false;
    refill();
    const source = {
      agent,
      action,
      request,
      usage,
      now,
      factActions: this.second.factActions,
      timeZone: this.second.settings.timeZone,
    };
    let typed: Variables | null = null;
    let untyped: Variables | null = null;
    const { trace } = evaluateRules(difference.second, agent.id, (exact) =>
      exact ? (typed ??= new Variables(source, action.typing())) : (untyped ??= new Variables(source, UNTYPED)),
    );
    return trace.length === 0;
  }

  private differenceFor(actionId: string): Difference | null {
    let difference = this.byAction.get(actionId);
    if (difference === undefined) {
      difference = this.compare(actionId);
      this.byAction.set(actionId, difference);
    }
    return difference;
  }

  private compare(actionId: string): Difference | null {
    const [first, second] = [this.first.actions.get(actionId), this.second.actions.get(actionId)];
    // Loops of all rules share one budget, so that with them the other rules count as well.
    if (!first || !second || [...first.rules, ...second.rules].some(mayLoop)) return null;
    const only = (rules: readonly BoundRule[], others: readonly BoundRule[]): BoundRule[] => {
      const same = new Set(others.map(({ rule }) => keyOf(rule)));
      return rules.filter(({ rule }) => rule.broken !== null || !same.has(keyOf(rule)));
    };
    return {
      first: new Set(only(first.rules, second.rules).map(({ rule }) => nameOf(rule))),
      second: only(second.rules, first.rules),
    };
  }
}

/** What a compiled rule says, whatever its version, its message and how long people have. Fields that are added count. */
function keyOf({ version: _version, message: _message, deadlineMs: _deadlineMs, ...rule }: CompiledRule): string {
  return JSON.stringify(rule, (_key, value: unknown) => (value instanceof Set ? [...value].toSorted() : value));
}

function mayLoop({ condition }: BoundRule): boolean {
  const compiled = condition?.();
  return compiled?.ok === true && compiled.program.analysis.loops.length > 0;
}

function saidSomething({ checks }: Pick<Decision, "checks">, rules: ReadonlySet<string>): boolean {
  return checks.some((check) => check.rules?.some((rule) => rules.has(nameOf(rule))) === true);
}
