import { Money } from "@/components/ui/money";

/** What is known of a cost. Calls without a known price are said beside it: the sum is then only a part (invariant I7). */
export function Cost({ microUsd, unpricedCalls }: { microUsd: string; unpricedCalls: number }) {
  if (unpricedCalls === 0) return <Money microUsd={microUsd} />;
  const calls = unpricedCalls === 1 ? "1 model call has" : `${unpricedCalls} model calls have`;
  if (microUsd === "0") return <Money microUsd={null} />;
  return (
    <span
      className="inline-flex items-baseline gap-1 whitespace-nowrap"
      title={`${calls} no known price: the whole cost is more`}
    >
      <Money microUsd={microUsd} />
      <span className="text-xs text-escalate-text">+ unpriced</span>
    </span>
  );
}
