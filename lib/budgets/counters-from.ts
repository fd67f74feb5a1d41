import { z } from "zod";

import { UNITS, UNUSED, type Bounds, type Counter, type Unit, type Use } from "@/lib/budgets/envelope";
import { PERIODS, startOf } from "@/lib/budgets/periods";
import type { Json } from "@/lib/kernel/json";

const line = z.object({
  node: z.string(),
  window: z.enum(PERIODS),
  unit: z.enum(UNITS),
  limit: z.number().nonnegative(),
  spent: z.number().nonnegative(),
  reserved: z.number().nonnegative(),
});
const trace = line.extend({ also: z.array(line).catch([]) });
type StoredLine = z.infer<typeof line>;

/**
 * The counters that refused a decision, from the trace of its budget check: so that it can be decided again as things stood. Each line
 * becomes a counter of its own. None for a trace that can not be read, or that refused nothing.
 */
export function countersFrom(saw: Json, at: Date): Counter[] {
  const parsed = trace.safeParse(saw);
  if (!parsed.success) return [];
  return [parsed.data, ...parsed.data.also].map((one, index) => ({
    ownerId: `line ${index}`,
    period: one.window,
    startsAtMs: startOf(one.window, at.getTime()),
    bounds: boundsOf(one),
    use: useOf(one),
  }));
}

const whole = (unit: Unit, amount: number): number => (unit === "usd" ? Math.round(amount * 1_000_000) : amount);

function boundsOf({ unit, node, limit }: StoredLine): Bounds {
  return { usd: null, tokens: null, calls: null, [unit]: { limit: whole(unit, limit), node } };
}

function useOf({ unit, spent, reserved }: StoredLine): Use {
  const [settled, held] = [whole(unit, spent), whole(unit, reserved)];
  if (unit === "usd") return { ...UNUSED, settledUsd: settled, reservedUsd: held };
  if (unit === "tokens") return { ...UNUSED, settledTokens: settled, reservedTokens: held };
  return { ...UNUSED, calls: settled };
}
