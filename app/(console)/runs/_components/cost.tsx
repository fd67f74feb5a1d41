import { CircleHelp } from "lucide-react";
import { formatPlural } from "@/components/ui/format/number";
import { Money } from "@/components/ui/money";

/** What is known of a cost. A mark says that calls without a known price are not in it: the sum is then only a part (invariant I7). */
export function Cost({ microUsd, unpricedCalls }: { microUsd: string; unpricedCalls: number }) {
  if (unpricedCalls === 0) return <Money microUsd={microUsd} />;
  if (microUsd === "0") return <Money microUsd={null} />;
  const words = `and ${formatPlural(unpricedCalls, "model call")} without a known price`;
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <Money microUsd={microUsd} />
      <span title={words} className="text-escalate-text">
        <CircleHelp aria-hidden className="size-3.5" />
        <span className="sr-only">{words}</span>
      </span>
    </span>
  );
}
