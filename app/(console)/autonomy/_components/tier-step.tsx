import { ArrowRight } from "lucide-react";

import { TierBadge } from "@/components/domain/tier-badge";

/** From one tier to another. */
export function TierStep({ from, to }: { from: string | null; to: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      {from !== null && (
        <>
          <TierBadge tier={from} />
          <ArrowRight aria-label="to" className="size-3.5 text-muted" />
        </>
      )}
      <TierBadge tier={to} />
    </span>
  );
}
