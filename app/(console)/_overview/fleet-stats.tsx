import { UnpricedMark } from "@/app/(console)/_components/unpriced-mark";
import { agentsParams } from "@/app/(console)/agents/search-params";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { Money } from "@/components/ui/money";
import { Stat, StatGrid } from "@/components/ui/stat";
import type { Viewer } from "@/lib/auth/viewer";
import { costToday, type Fleet } from "@/lib/overview/queries";

/** The fleet at a glance; each number leads to what it counts. */
export async function FleetStats({
  viewer,
  fleet,
  waiting,
}: {
  viewer: Viewer;
  fleet: Fleet;
  waiting: { total: number; mine: number };
}) {
  const cost = await costToday(viewer);
  const { status } = fleet;
  return (
    <StatGrid>
      <Stat
        label="Agents"
        value={formatCount(status.active)}
        hint={status.retired > 0 ? `active, ${formatCount(status.retired)} retired` : "active"}
        href={agentsParams.href("/agents", { status: ["active"] })}
      />
      <Stat
        label="Suspended"
        value={
          <span className={status.suspended > 0 ? "text-deny-text" : undefined}>{formatCount(status.suspended)}</span>
        }
        hint="every decision denied"
        href={agentsParams.href("/agents", { status: ["suspended"] })}
      />
      <Stat
        label="Running now"
        value={formatCount(fleet.runningRuns)}
        hint={`by ${formatPlural(fleet.runningAgents, "agent")}`}
        href="/runs?status=running"
      />
      <Stat
        label="Lost, 24 hours"
        value={<span className={fleet.lost > 0 ? "text-escalate-text" : undefined}>{formatCount(fleet.lost)}</span>}
        hint="lease ran out"
        href="/runs?status=lost"
      />
      <Stat
        label="Waiting for a person"
        value={formatCount(waiting.total)}
        hint={`${formatCount(waiting.mine)} for you`}
        href="/inbox"
      />
      <Stat
        label="Cost today"
        value={
          <span className="inline-flex items-center gap-1.5">
            <Money microUsd={cost.costMicroUsd} />
            <UnpricedMark calls={cost.unpricedCalls} />
          </span>
        }
        hint={
          cost.unpricedCalls > 0
            ? `${formatPlural(cost.unpricedCalls, "call")} without a price`
            : `by ${formatPlural(cost.runs, "run")}`
        }
        href="/runs"
      />
    </StatGrid>
  );
}
