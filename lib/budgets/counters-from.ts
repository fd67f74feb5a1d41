import { UNUSED, type Bounds, type Counter, type Use } from "@/lib/budgets/envelope";
import { startOf } from "@/lib/budgets/periods";
import { budgetTrace, type TraceLine } from "@/lib/budgets/trace";
import type { Json } from "@/lib/kernel/json";

/**
 * The counters that refused a decision, from the trace of its budget check: so that it can be decided again as things stood. Each line
 * becomes a counter of its own. None for a trace that can not be read, or that refused nothing.
 */
export function countersFrom(saw: Json, at: Date): Counter[] {
  return (budgetTrace(saw)?.lines ?? []).map((one, index) => ({
    ownerId: `line ${index}`,
    period: one.period,
    startsAtMs: startOf(one.period, at.getTime()),
    bounds: boundsOf(one),
    use: useOf(one),
  }));
}

function boundsOf({ unit, node, limit }: TraceLine): Bounds {
  return { usd: null, tokens: null, calls: null, [unit]: { limit, node } };
}

function useOf({ unit, spent, reserved }: TraceLine): Use {
  if (unit === "usd") return { ...UNUSED, settledUsd: spent, reservedUsd: reserved };
  if (unit === "tokens") return { ...UNUSED, settledTokens: spent, reservedTokens: reserved };
  return { ...UNUSED, calls: spent };
}
