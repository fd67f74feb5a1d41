import { outcomesHref } from "@/app/(console)/inbox/measures/search-params";
import { Duration } from "@/components/ui/duration";
import { formatCount, formatPercent } from "@/components/ui/format/number";
import { Stat, StatGrid } from "@/components/ui/stat";
import { OVERTURNED } from "@/lib/measures/outcomes";
import type { MeasureFilter } from "@/lib/measures/queries";
import { TIMED_NEEDED, type TallyRow } from "@/lib/measures/tally";

const percent = (share: number | null): string => (share === null ? "–" : formatPercent(share));

/** All approvals of these days at a glance; each number leads to the approvals behind it. */
export function MeasureStats({ whole, filter }: { whole: TallyRow; filter: MeasureFilter }) {
  return (
    <StatGrid>
      <Stat
        label="Decided"
        value={formatCount(whole.decided)}
        hint={`of ${formatCount(whole.all)} that ended`}
        href={outcomesHref(filter, { state: ["approved", "rejected"] })}
      />
      <Stat
        label="Approved"
        value={percent(whole.approvalRate)}
        hint={`${formatCount(whole.rejected)} rejected`}
        href={outcomesHref(filter, { state: ["approved"] })}
      />
      <Stat
        label="Median to decide"
        value={<Duration ms={whole.medianMs} />}
        hint={
          <>
            90% within <Duration ms={whole.p90Ms} />
          </>
        }
      />
      <Stat
        label="Expired"
        value={
          <span className={whole.expired > 0 ? "text-escalate-text" : undefined}>{formatCount(whole.expired)}</span>
        }
        hint={whole.all === 0 ? "nobody decided" : `${percent(whole.expired / whole.all)}, nobody decided`}
        href={outcomesHref(filter, { state: ["expired"] })}
      />
      <Stat
        label="Overturned"
        value={
          <span className={whole.overturned > 0 ? "text-deny-text" : undefined}>{formatCount(whole.overturned)}</span>
        }
        hint="later spoken against"
        href={outcomesHref(filter, { overturned: [...OVERTURNED] })}
      />
      <Stat
        label="Approved under 5 s"
        value={percent(whole.quickShare)}
        hint={
          whole.timed < TIMED_NEEDED ? (
            `${formatCount(whole.timed)} timed, too few to say`
          ) : (
            <>
              median <Duration ms={whole.medianSpentMs} />
            </>
          )
        }
        href={outcomesHref(filter, { looked: ["quick"] })}
      />
    </StatGrid>
  );
}
