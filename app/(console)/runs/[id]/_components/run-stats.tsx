import { formatCompact, formatCount } from "@/components/ui/format/number";
import { Stat, StatGrid } from "@/components/ui/stat";
import type { RunDetail } from "@/lib/runs/views";
import { Cost } from "../../_components/cost";
import { RunDuration } from "../../_components/run-duration";

/** A run in numbers; those of the timeline lead to what they count. */
export function RunStats({ run }: { run: RunDetail }) {
  const narrowed = (kinds: string) => `/runs/${run.id}?kinds=${kinds}`;
  const allowed = run.decisions - run.denials - run.escalations;
  return (
    <StatGrid>
      <Stat label="Duration" value={<RunDuration startedAt={run.startedAt} endedAt={run.endedAt} />} />
      <Stat label="Allowed" value={formatCount(Math.max(0, allowed))} href={narrowed("allow")} />
      <Stat label="Denied" value={formatCount(run.denials)} href={narrowed("deny")} />
      <Stat
        label="Escalated"
        value={formatCount(run.escalations)}
        hint={run.waiting > 0 ? `${formatCount(run.waiting)} waiting now` : undefined}
        href={narrowed("escalate,approval")}
      />
      <Stat label="Events" value={formatCount(run.events)} />
      <Stat
        label="Tokens in → out"
        value={`${formatCompact(Number(run.inputTokens))} → ${formatCompact(Number(run.outputTokens))}`}
      />
      <Stat
        label="Cost"
        value={<Cost microUsd={run.costMicroUsd} unpricedCalls={run.unpricedCalls} />}
        hint={run.unpricedCalls > 0 ? `${formatCount(run.unpricedCalls)} calls without a known price` : undefined}
      />
    </StatGrid>
  );
}
