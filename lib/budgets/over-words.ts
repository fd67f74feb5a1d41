import { dollars } from "@/lib/budgets/answer";
import type { Line } from "@/lib/budgets/assess";

const WINDOWS = { run: "in this run", hour: "this hour", day: "this day", month: "this month" } as const;

/** A limit that does not take what is asked, in one sentence for people: `Support has $1.00 of $50.00 left this day; this asks for $5.00.` */
export function overSentence({ counter, unit, bound, taken, asked }: Line): string {
  const left = Math.max(bound.limit - taken, 0);
  const words = (value: number): string =>
    unit === "usd" ? `$${dollars(value).toFixed(value % 10_000 === 0 ? 2 : 6)}` : `${value} ${unit}`;
  const asks = asked > 0 && left > 0 ? `; this asks for ${words(asked)}` : "";
  const has = left === 0 ? `has used up its ${words(bound.limit)}` : `has ${words(left)} of ${words(bound.limit)} left`;
  return `${bound.node} ${has} ${WINDOWS[counter.period]}${asks}.`;
}
