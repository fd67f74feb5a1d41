import { toneOfShare } from "@/components/domain/envelope-meters";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import type { BudgetTrace, TraceLine } from "@/lib/budgets/trace";
import { unitWords } from "@/lib/budgets/words";

const PERIODS = { run: "in this run", hour: "in that hour", day: "on that day", month: "in that month" } as const;

/** The envelopes that a decision met, as they stood at that moment: what was used, what was asked, what it was of. */
export function BudgetSaw({ trace }: { trace: BudgetTrace }) {
  return (
    <ul className="mt-1.5 flex max-w-md flex-col gap-2 text-xs">
      {trace.lines.map((line) => (
        <Line key={`${line.node} ${line.period} ${line.unit}`} line={line} />
      ))}
      {trace.unpricedCalls > 0 && (
        <li className="text-escalate-text">
          Beside it, {unitWords("calls", trace.unpricedCalls)} of models whose price is not known.
        </li>
      )}
    </ul>
  );
}

function Line({ line }: { line: TraceLine }) {
  const { node, period, unit, limit, spent, reserved, asked, endsAt } = line;
  const share = (spent + reserved + asked) / limit;
  return (
    <li className="flex flex-col gap-1">
      <div className="flex flex-wrap justify-between gap-x-3">
        <span className="wrap-anywhere">
          <span className="font-medium">{node}</span> <span className="text-muted">{PERIODS[period]}</span>
        </span>
        <span className="tabular-nums text-muted">limit {unitWords(unit, limit)}</span>
      </div>
      <Progress label={`${node} ${PERIODS[period]}`} value={share * 100} tone={toneOfShare(share)} />
      <p className="flex flex-wrap gap-x-3 tabular-nums text-muted">
        <span>
          {unitWords(unit, spent)} {unit === "calls" ? "allowed" : "spent"}
        </span>
        {reserved > 0 && <span>{unitWords(unit, reserved)} held</span>}
        <span className="text-foreground">{unitWords(unit, asked)} asked</span>
        {endsAt !== null && (
          <span>
            until <Time value={endsAt} format="minute" />
          </span>
        )}
      </p>
    </li>
  );
}
