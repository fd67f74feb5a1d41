import { z } from "zod";

import { UNITS, type Unit } from "@/lib/budgets/envelope";
import { PERIODS, type Period } from "@/lib/budgets/periods";
import type { Json } from "@/lib/kernel/json";

/** One limit as a budget check saw it. Amounts as in lib/budgets/envelope.ts. */
export interface TraceLine {
  node: string;
  period: Period;
  unit: Unit;
  limit: number;
  spent: number;
  reserved: number;
  asked: number;
  /** ISO; null: with its run. */
  endsAt: string | null;
}

export interface BudgetTrace {
  /** Those that refused; of a check that passed, the one closest to its limit. */
  lines: TraceLine[];
  unpricedCalls: number;
}

const amount = z.number().nonnegative();
const line = z.object({
  node: z.string(),
  window: z.enum(PERIODS),
  unit: z.enum(UNITS),
  limit: amount,
  spent: amount,
  reserved: amount,
  asked: amount,
  endsAt: z.string().nullish(),
});
const trace = line.extend({ also: z.array(line).catch([]), unpricedCalls: amount.catch(0) });

/** What a stored budget check saw; null where no limit bound it, or it can not be read. */
export function budgetTrace(saw: Json): BudgetTrace | null {
  const parsed = trace.safeParse(saw);
  if (!parsed.success) return null;
  const { also, unpricedCalls, ...first } = parsed.data;
  return { lines: [first, ...also].map(lineOf), unpricedCalls };
}

function lineOf({ node, window, unit, limit, spent, reserved, asked, endsAt }: z.infer<typeof line>): TraceLine {
  const whole = (value: number): number => (unit === "usd" ? Math.round(value * 1_000_000) : value);
  const amounts = { limit: whole(limit), spent: whole(spent), reserved: whole(reserved), asked: whole(asked) };
  return { node, period: window, unit, ...amounts, endsAt: endsAt ?? null };
}
