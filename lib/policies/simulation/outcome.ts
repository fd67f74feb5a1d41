import type { Decision, RuleOutcome } from "@/lib/decisions/types";

/** What a decision answers, an allow that is looked at afterwards told apart. From the mildest to the strictest. */
export const OUTCOMES = ["allow", "review", "escalate", "deny"] as const;
export type SimulatedOutcome = (typeof OUTCOMES)[number];

export const outcomeOf = ({ effect, review }: Pick<Decision, "effect" | "review">): SimulatedOutcome =>
  effect === "allow" && review !== null ? "review" : effect;

export const storedOutcome = ({
  effect,
  reviewed,
}: {
  effect: Decision["effect"];
  reviewed: boolean;
}): SimulatedOutcome => (effect === "allow" && reviewed ? "review" : effect);

/** Whether the second is stricter than the first. */
export const isStricter = (from: SimulatedOutcome, to: SimulatedOutcome): boolean =>
  OUTCOMES.indexOf(to) > OUTCOMES.indexOf(from);

/** What the rules of one policy said: those that held, by id. One whose condition could not be evaluated carries why. */
export function rulesThatHeld(decision: Pick<Decision, "checks">, policy: string): Map<string, RuleOutcome> {
  const held = new Map<string, RuleOutcome>();
  for (const check of decision.checks) {
    for (const rule of check.rules ?? []) {
      if (rule.policy === policy && (rule.matched || rule.error !== undefined)) held.set(rule.rule, rule);
    }
  }
  return held;
}

/** Rules that said one thing before and another after: what a change of the outcome comes from. */
export function saidOtherwise(
  before: ReadonlyMap<string, RuleOutcome>,
  after: ReadonlyMap<string, RuleOutcome>,
): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    return was?.matched !== is?.matched || was?.effect !== is?.effect;
  });
}
