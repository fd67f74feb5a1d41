import type { Unit } from "@/lib/budgets/envelope";
import { formatMicroUsd } from "@/lib/kernel/money";

const COUNT = new Intl.NumberFormat("en-US");

/** An amount for people: `$1.20`, `5,000 tokens`, `1 call`. */
export function unitWords(unit: Unit, amount: number): string {
  if (unit === "usd") return formatMicroUsd(BigInt(amount));
  const word = unit === "tokens" ? "token" : "call";
  return `${COUNT.format(amount)} ${word}${amount === 1 ? "" : "s"}`;
}
