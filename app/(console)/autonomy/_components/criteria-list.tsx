import { CircleCheck, CircleDashed } from "lucide-react";

import { cn } from "@/components/ui/cn";
import { shareBeside } from "@/app/(console)/autonomy/_components/share-beside";
import { formatCount, formatPercent, formatPlural } from "@/components/ui/format/number";
import type { Criterion } from "@/lib/tiers/record";

const WORDS: Record<Criterion["id"], { label: string; share: boolean; most: boolean; unit?: string }> = {
  minDays: { label: "At this tier", share: false, most: false, unit: "day" },
  minRuns: { label: "Runs that ended", share: false, most: false },
  minSuccess: { label: "Runs that succeeded", share: true, most: false },
  maxDenied: { label: "Decisions denied", share: true, most: true },
  minApproved: { label: "Approved by people", share: true, most: false },
  maxIncidents: { label: "Incidents", share: false, most: true },
};

/** What a record must show for the next tier, and what it shows. */
export function CriteriaList({ criteria, className }: { criteria: readonly Criterion[]; className?: string }) {
  return (
    <ul className={cn("flex flex-col divide-y divide-line text-sm", className)}>
      {criteria.map(({ id, value, wanted, met }) => {
        const { label, share, most, unit } = WORDS[id];
        const shown = (n: number): string =>
          share ? formatPercent(n) : unit === undefined ? formatCount(n) : formatPlural(n, unit);
        return (
          <li key={id} className="flex items-center gap-2 py-1.5 sm:gap-2.5">
            {met ? (
              <CircleCheck aria-label="Met" className="size-4 shrink-0 text-allow-text" />
            ) : (
              <CircleDashed aria-label="Not met" className="size-4 shrink-0 text-escalate-text" />
            )}
            <span className="min-w-0 flex-1">{label}</span>
            <span className="font-medium whitespace-nowrap tabular-nums">
              {value === null ? "none yet" : share ? shareBeside(value, wanted, most) : shown(value)}
            </span>
            <span className="w-24 shrink-0 text-right sm:w-28 text-xs text-muted tabular-nums">
              {most ? (wanted === 0 ? "none" : `at most ${shown(wanted)}`) : `at least ${shown(wanted)}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
