import { formatMicroUsd } from "@/lib/kernel/money";
import { cn } from "./cn";
import { formatMicroUsdExact } from "./format/money-exact";

export interface MoneyProps {
  /** Integer micro-USD, as a bigint or its decimal text. Null is "unpriced", which is never shown as zero (I7). */
  microUsd: bigint | string | null;
  className?: string;
}

export function Money({ microUsd, className }: MoneyProps) {
  if (microUsd === null) {
    return (
      <span className={cn("text-escalate-text", className)} title="Some usage has no known price">
        unpriced
      </span>
    );
  }
  return (
    <span className={cn("whitespace-nowrap tabular-nums", className)} title={formatMicroUsdExact(microUsd)}>
      {formatMicroUsd(microUsd)}
    </span>
  );
}
