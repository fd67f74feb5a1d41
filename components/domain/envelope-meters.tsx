import { cn } from "@/components/ui/cn";
import { formatPercent } from "@/components/ui/format/number";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import { DEFAULT_BUDGETS } from "@/lib/budgets/schemas";
import { shareOf, type EnvelopeView, type Meter, type RunLimit } from "@/lib/budgets/views";
import { unitWords } from "@/lib/budgets/words";

const PERIODS = { hour: "this hour", day: "this day", month: "this month" } as const;

/** `nearAt`: from which share on agents are told to wind down. */
export const toneOfShare = (share: number, nearAt: number = DEFAULT_BUDGETS.windDownAt): Tone =>
  share >= 1 ? "deny" : share >= nearAt ? "escalate" : "accent";

/** Limits with what their windows have taken: spent, held, left. `ownId`: the node whose page it is; other nodes are named. */
export function EnvelopeMeters({ view, ownId }: { view: EnvelopeView; ownId: string }) {
  return (
    <div className="flex flex-col gap-3">
      {view.unreadable && (
        <p className="text-sm text-deny-text">A stored envelope can not be read: everything below it is denied.</p>
      )}
      {view.meters.length > 0 && (
        <ul className="flex flex-col gap-3">
          {view.meters.map((meter) => (
            <MeterLine
              key={`${meter.nodeId} ${meter.period} ${meter.unit}`}
              meter={meter}
              nearAt={view.nearAt}
              ownId={ownId}
            />
          ))}
        </ul>
      )}
      {view.runs.length > 0 && <RunLimits runs={view.runs} ownId={ownId} />}
    </div>
  );
}

function MeterLine({ meter, nearAt, ownId }: { meter: Meter; nearAt: number; ownId: string }) {
  const { unit, limit, spent, reserved, period, unpriced, toldAt } = meter;
  const share = shareOf(meter);
  const left = Math.max(limit - spent - reserved, 0);
  const whose = meter.nodeId === ownId ? "Own" : meter.node;
  return (
    <li className="flex flex-col gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <span className="min-w-0">
          <span className="font-medium wrap-anywhere">{whose}</span>{" "}
          <span className="text-muted">{PERIODS[period]}</span>
        </span>
        <span className="tabular-nums">
          {unitWords(unit, spent + reserved)} <span className="text-muted">of {unitWords(unit, limit)}</span>
        </span>
      </div>
      <Progress
        label={`${whose}, ${PERIODS[period]}: ${formatPercent(share)} used`}
        value={share * 100}
        tone={toneOfShare(share, nearAt)}
      />
      <p className="flex flex-wrap gap-x-3 text-xs text-muted tabular-nums">
        <span>
          {unitWords(unit, spent)} {unit === "calls" ? "allowed" : "spent"}
        </span>
        {reserved > 0 && <span>{unitWords(unit, reserved)} held</span>}
        <span className={cn(left === 0 && "text-deny-text")}>
          {left === 0 ? "used up" : `${unitWords(unit, left)} left`}
        </span>
        {unit === "usd" && unpriced > 0 && (
          <span className="text-escalate-text">and {unitWords("calls", unpriced)} of unknown price</span>
        )}
        <span>
          until <Time value={meter.endsAt} format="minute" />
        </span>
      </p>
      {share >= nearAt && (
        <p className="text-xs text-muted">
          {share >= 1
            ? "Every request at and below it is denied until then, or until it is raised."
            : "Agents at and below it are told to wind down."}
          {toldAt !== null && (
            <>
              {" "}
              Who answers for it was told <Time value={toldAt} format="minute" />.
            </>
          )}
        </p>
      )}
    </li>
  );
}

function RunLimits({ runs, ownId }: { runs: readonly RunLimit[]; ownId: string }) {
  return (
    <ul className="flex flex-col gap-0.5 text-sm">
      {runs.map(({ nodeId, node, unit, limit }) => (
        <li key={`${nodeId} ${unit}`}>
          <span className="tabular-nums">{unitWords(unit, limit)}</span> each run
          {nodeId !== ownId && <span className="text-xs text-muted"> · of {node}</span>}
        </li>
      ))}
    </ul>
  );
}
