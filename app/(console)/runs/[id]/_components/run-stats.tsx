import { formatCompact, formatCount, formatPlural } from "@/components/ui/format/number";
import { Stat, StatGrid } from "@/components/ui/stat";
import type { RunDetail } from "@/lib/runs/views";
import { Cost } from "../../_components/cost";
import { RunDuration } from "../../_components/run-duration";

/** Some have a line below their number, some not: the numbers still stand in one row. */
const TOP = "items-start";

/** A run in numbers; those of the timeline lead to what they count. */
export function RunStats({ run }: { run: RunDetail }) {
  const narrowed = (kinds: string) => `/runs/${run.id}?kinds=${kinds}`;
  const allowed = run.decisions - run.denials - run.escalations;
  return (
    <StatGrid>
      <Stat className={TOP} label="Duration" value={<RunDuration startedAt={run.startedAt} endedAt={run.endedAt} />} />
      <Stat className={TOP} label="Allowed" value={formatCount(Math.max(0, allowed))} href={narrowed("allow")} />
      <Stat className={TOP} label="Denied" value={formatCount(run.denials)} href={narrowed("deny")} />
      <Stat
        className={TOP}
        label="Escalated"
        value={formatCount(run.escalations)}
        hint={run.waiting > 0 ? `${formatCount(run.waiting)} waiting now` : undefined}
        href={narrowed("escalate,approval")}
      />
      <Stat className={TOP} label="Events" value={formatCount(run.events)} />
      <Stat
        className={TOP}
        label="Tokens in → out"
        value={`${formatCompact(Number(run.inputTokens))} → ${formatCompact(Number(run.outputTokens))}`}
      />
      <Stat
        className={`${TOP} max-sm:col-span-2`}
        label="Cost"
        value={<Cost microUsd={run.costMicroUsd} unpricedCalls={run.unpricedCalls} />}
        hint={run.unpricedCalls > 0 ? `+ ${formatPlural(run.unpricedCalls, "unpriced call")}` : undefined}
      />
    </StatGrid>
  );
}
