import { CircleDollarSign } from "lucide-react";

import { formatPlural } from "@/components/ui/format/number";

/** Says beside a sum that some model calls in it have no known price (invariant I7); nothing where all have one. */
export function UnpricedMark({ calls }: { calls: number }) {
  if (calls === 0) return null;
  const words = `${formatPlural(calls, "call", "calls")} without a price`;
  return (
    <span className="text-escalate-text" title={`${words}: not part of this sum`}>
      <CircleDollarSign aria-hidden className="size-3.5" />
      <span className="sr-only">{words}</span>
    </span>
  );
}
