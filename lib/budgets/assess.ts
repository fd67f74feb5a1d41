import { settledOf, takenOf, UNITS, type Amounts, type Bound, type Counter, type Unit } from "@/lib/budgets/envelope";
import type { BudgetSettings } from "@/lib/budgets/schemas";

/** One limit of one counter, beside what was asked of it. Amounts as in lib/budgets/envelope.ts. */
export interface Line {
  readonly counter: Counter;
  readonly unit: Unit;
  readonly bound: Bound;
  readonly taken: number;
  readonly settled: number;
  readonly asked: number;
}

/** What counters say to a request. */
export interface Assessment {
  /** Lines that do not take what is asked; empty: it fits. */
  readonly over: readonly Line[];
  /** The line that is, with what is asked, closest to its limit; null: no limit binds. */
  readonly closest: Line | null;
  /** What is left before it, the least of all windows; of units that are limited. */
  readonly left: Partial<Record<Unit, number>>;
  /** A share of the settings of some limit is used already, or would be with what is asked. */
  readonly windDown: "already" | "with_this" | null;
  /** Model calls of unknown price in the same windows: the most of any. */
  readonly unpriced: number;
}

/**
 * Whether a reservation fits every counter. It does where what is taken stays within each limit, and nothing is used up yet: an envelope
 * that is used up takes nothing more, not even what asks for none of it, because all work costs. Pure.
 */
export function assess(counters: readonly Counter[], asked: Amounts, windDownAt: number): Assessment {
  const over: Line[] = [];
  const left: Partial<Record<Unit, number>> = {};
  let closest: Line | null = null;
  let [nearness, before, unpriced] = [-1, 0, 0];
  for (const counter of counters) {
    const { bounds, use } = counter;
    if (use.unpriced > unpriced) unpriced = use.unpriced;
    for (const unit of UNITS) {
      const bound = bounds[unit];
      if (bound === null) continue;
      const { limit } = bound;
      const taken = takenOf(use, unit);
      const after = taken + asked[unit];
      const rest = Math.max(limit - taken, 0);
      if (rest < (left[unit] ?? Infinity)) left[unit] = rest;
      if (taken / limit > before) before = taken / limit;
      const isOver = taken >= limit || after > limit;
      if (!isOver && after / limit <= nearness) continue;
      const line: Line = { counter, unit, bound, taken, settled: settledOf(use, unit), asked: asked[unit] };
      if (isOver) over.push(line);
      if (after / limit > nearness) [closest, nearness] = [line, after / limit];
    }
  }
  const windDown = before >= windDownAt ? "already" : nearness >= windDownAt ? "with_this" : null;
  return { over, closest, left, windDown, unpriced };
}

/** What a request reserves: its estimate, and where it brings none, what the settings say of the kind of its action. One call always. */
export function askedOf(
  estimate: { costMicroUsd?: bigint; tokens?: number } | null,
  settings: BudgetSettings,
  kind: keyof BudgetSettings["estimates"],
): Amounts {
  const usual = settings.estimates[kind];
  const usd = estimate?.costMicroUsd;
  return {
    usd: usd === undefined ? Math.round((usual?.usd ?? 0) * 1_000_000) : Number(usd),
    tokens: estimate?.tokens ?? usual?.tokens ?? 0,
    calls: 1,
  };
}

/** What a run is told, from what has been spent: settled spend beyond a limit that nobody could prevent halts it. */
export function directiveFrom(counters: readonly Counter[], windDownAt: number): "continue" | "wind_down" | "halt" {
  let near = false;
  for (const { bounds, use } of counters) {
    for (const unit of UNITS) {
      const bound = bounds[unit];
      if (bound === null) continue;
      if (settledOf(use, unit) > bound.limit) return "halt";
      if (takenOf(use, unit) / bound.limit >= windDownAt) near = true;
    }
  }
  return near ? "wind_down" : "continue";
}
