import Link from "next/link";

import { simulateHref } from "@/app/(console)/policies/[slug]/simulate/search-params";
import { RULE_EFFECT_LOOK } from "@/components/domain/rule-effect-badge";
import { cn } from "@/components/ui/cn";
import { formatCompact, formatCount } from "@/components/ui/format/number";
import { TONES } from "@/components/ui/tone";
import { OUTCOMES, type SimulatedOutcome } from "@/lib/policies/simulation/outcome";

interface TransitionMatrixProps {
  slug: string;
  simulation: string;
  transitions: readonly { from: SimulatedOutcome; to: SimulatedOutcome; count: number }[];
  selected: { from: SimulatedOutcome; to: SimulatedOutcome } | null;
}

const SHORT: Record<SimulatedOutcome, string> = {
  allow: "Allow",
  review: "Review",
  escalate: "Escalate",
  deny: "Deny",
};

/** What was answered and what would be: each number off the diagonal opens its decisions. */
export function TransitionMatrix({ slug, simulation, transitions, selected }: TransitionMatrixProps) {
  const countOf = (from: SimulatedOutcome, to: SimulatedOutcome): number =>
    transitions.find((one) => one.from === from && one.to === to)?.count ?? 0;
  return (
    <table className="w-full table-fixed border-separate border-spacing-1 text-sm">
      <caption className="sr-only">Decisions by their outcome under the rules in force and under the draft</caption>
      <colgroup>
        <col className="w-18 sm:w-32" />
        {OUTCOMES.map((outcome) => (
          <col key={outcome} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th rowSpan={2} scope="col" className="px-1 pb-1 text-left align-bottom text-xs font-medium text-muted">
            In force
          </th>
          <th scope="colgroup" colSpan={4} className="pb-1 text-center text-xs font-medium text-muted">
            With the draft
          </th>
        </tr>
        <tr>
          {OUTCOMES.map((to) => (
            <th key={to} scope="col" className="px-1 pb-1 font-medium">
              <Heading outcome={to} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {OUTCOMES.map((from) => (
          <tr key={from}>
            <th scope="row" className="px-1 text-left font-medium">
              <Heading outcome={from} start />
            </th>
            {OUTCOMES.map((to) => (
              <td key={to} className="p-0">
                <Cell
                  count={countOf(from, to)}
                  from={from}
                  to={to}
                  href={simulateHref(slug, { simulation, from, to })}
                  selected={selected?.from === from && selected.to === to}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Heading({ outcome, start = false }: { outcome: SimulatedOutcome; start?: boolean }) {
  const { icon: Icon, tone } = RULE_EFFECT_LOOK[outcome];
  return (
    <span
      className={cn(
        "flex items-center gap-1 text-2xs sm:text-xs",
        start ? "justify-start" : "flex-col justify-center sm:flex-row",
        TONES[tone].text,
      )}
    >
      <Icon className="size-3.5 shrink-0" aria-hidden />
      {SHORT[outcome]}
    </span>
  );
}

interface CellProps {
  count: number;
  from: SimulatedOutcome;
  to: SimulatedOutcome;
  href: string;
  selected: boolean;
}

const CELL = "grid h-11 place-items-center rounded-md border text-sm tabular-nums sm:h-12";

function Cell({ count, from, to, href, selected }: CellProps) {
  if (from === to) {
    return (
      <span className={cn(CELL, "border-transparent bg-surface-2 text-muted")} title={`${formatCount(count)} stay`}>
        {count === 0 ? <Nothing /> : <Count count={count} />}
      </span>
    );
  }
  if (count === 0) {
    return (
      <span className={cn(CELL, "border-line text-faint")}>
        <Nothing />
      </span>
    );
  }
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={selected ? "true" : undefined}
      aria-label={`${SHORT[from]} becomes ${SHORT[to].toLowerCase()}: ${formatCount(count)} decisions`}
      className={cn(
        CELL,
        "font-semibold transition-shadow hover:shadow-card focus-visible:outline-2 focus-visible:outline-ring",
        TONES[RULE_EFFECT_LOOK[to].tone].soft,
        selected && "ring-2 ring-ring",
      )}
    >
      <Count count={count} />
    </Link>
  );
}

const Count = ({ count }: { count: number }) => (
  <>
    <span className="sm:hidden">{formatCompact(count)}</span>
    <span className="hidden sm:inline">{formatCount(count)}</span>
  </>
);

const Nothing = () => (
  <>
    <span aria-hidden>·</span>
    <span className="sr-only">none</span>
  </>
);
