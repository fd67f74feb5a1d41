import type { JsonObject } from "@/lib/kernel/json";

/** What of its envelopes an agent is told with a decision. */
export interface BudgetAnswer {
  readonly windDown: boolean;
  /** The least that is left in any window, of what is limited; `usd` in dollars. */
  readonly remaining: Remaining;
}
interface Remaining {
  usd?: number;
  tokens?: number;
  calls?: number;
}

export const NO_BUDGET: BudgetAnswer = { windDown: false, remaining: {} };

const UNITS = ["usd", "tokens", "calls"] as const;
const MICRO = 1_000_000;

/** Dollars of a trace or an answer. */
export const dollars = (microUsd: number): number => microUsd / MICRO;

/**
 * What an answer says, from what the budget check saw: so that a repeat, which is answered from the store, says the same. What is left is
 * counted with what this decision holds itself.
 */
export function budgetAnswer(
  saw: JsonObject | null | undefined,
  effect: "allow" | "deny" | "escalate",
  mode: "live" | "shadow",
): BudgetAnswer {
  if (!saw || !isObject(saw.left)) return NO_BUDGET;
  const { left, asks, windDown } = saw;
  const holds = effect === "allow" && mode === "live" && isObject(asks) ? asks : {};
  const remaining: Remaining = {};
  for (const unit of UNITS) {
    const [before, held] = [left[unit], holds[unit] ?? 0];
    if (typeof before !== "number" || typeof held !== "number") continue;
    remaining[unit] = unit === "usd" ? Math.round((before - held) * MICRO) / MICRO : before - held;
  }
  return { windDown: windDown === "already" || (windDown === "with_this" && effect === "allow"), remaining };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
