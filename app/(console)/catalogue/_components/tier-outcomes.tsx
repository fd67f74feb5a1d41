import { OutcomeBadge } from "@/app/(console)/_components/outcome-badge";
import { TierBadge } from "@/components/domain/tier-badge";
import { TIERS } from "@/lib/tiers/matrices";
import type { TierOutcome } from "@/lib/tiers/outcome";

/** What each tier may do with an action, one line a tier. */
export function TierOutcomes({ tiers }: { tiers: Record<(typeof TIERS)[number], TierOutcome> }) {
  return (
    <ul className="flex flex-col gap-2">
      {TIERS.map((tier) => (
        <li key={tier} className="flex items-center justify-between gap-2">
          <TierBadge tier={tier} />
          <OutcomeBadge effect={tiers[tier].effect} />
        </li>
      ))}
    </ul>
  );
}
